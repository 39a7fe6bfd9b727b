"""SIGKILL at every write of a load, a publication and a withdrawal, while a reader looks (docs/publishing.md).

A version names its content, and a reader holds what it has read against it. So it is enough to compare names: what is
seen is the old release, the restricted one, or the new one, whole; once a command that withdraws has ended, never the
old one; and in the end what a home that nobody killed publishes.
"""

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.readers import LEASE_SECONDS
from graph.stores import bolt_parts
from server.partner.feed import POLL_SECONDS
from tests.command_line import Desk, agreement_text
from tests.homes_in_neo4j import keep_in_neo4j
from tests.killing import SELDOM_SECONDS, Point, When, command, looking, writes
from tests.neo4j_server import Neo4jServer
from tests.plain_lines import Made, case, document, link
from tests.store_contract import emptied

IDS = ("county", "ndex")
BEFORE: list[Made] = [
    *(case(f"C-{n}", f"NY03-000{n}", synopsis="See NY03-0002.") for n in (1, 2)),
    document("D-1", "NY03-0001-001"),
    link("L-1", "C-1", "CONTAINS", "D-1"),
]
AFTER: list[Made] = [
    case("C-2", "NY03-0002", access_codes=["T3"]),
    case("C-3", "NY03-0003"),
    document("D-1", "NY03-0001-001", title="Another"),
]
Versions = Mapping[str, str]


@dataclass(frozen=True)
class Given:
    """A command, and what a home has done before it. of: whose arguments it has, where another has its name.

    code: its exit code. again: that of the same command once it had come to its end.
    """

    name: str
    before: tuple[str, ...]
    of: str | None = None
    code: int = 0
    again: int = 0

    @property
    def withdraws(self) -> bool:
        """What it adds is seen a little later, and may be; what it withdraws may not."""
        return self.of != "publish"

    def arguments(self, desk: Desk) -> list[str]:
        told = {
            "first": ["load", str(desk.folder / "before.jsonl")],
            "load": ["load", str(desk.folder / "after.jsonl")],
            "reject": ["load", str(desk.folder / "rejected.jsonl")],
            "publish": ["publish", "--yes"],
            "withdraw": ["withdraw", "C-2", "--reason", "a test"],
            "lift": ["withdraw", "--lift", "C-2", "--reason", "a test"],
            "accept": ["rejects", "accept", "--reason", "a test"],
        }
        return told[self.of or self.name]


COMMANDS = (
    Given("load", ("first", "publish")),
    Given("publish", ("first", "publish", "load"), of="publish"),
    Given("withdraw", ("first", "publish")),
)
OTHERS = (
    Given("a first publication", ("first",), of="publish"),
    Given("an agreement that ends", ("first", "publish", "end"), of="load"),
    Given("lines that are rejected", ("first", "publish"), of="reject", code=3, again=3),
    Given("rejected lines that are accepted", ("first", "publish", "reject"), of="accept"),
    Given("a withdrawal that is lifted", ("first", "publish", "withdraw"), of="lift", again=2),
)
"""Whose points are another's, or few: they are killed after each write, in files."""


@dataclass
class Homes:
    """Homes that are all in the same state. servers: where they keep holdings and releases; none is in files."""

    folder: Path
    servers: tuple[Neo4jServer, ...] = ()
    made: int = field(default=0)

    def at(self, given: Given) -> Desk:
        """A home that is ready for a command."""
        self.made += 1
        ready = self.folder / given.name
        if self.servers:
            return self._make(self.folder / f"{self.made}", given)
        if not ready.exists():
            self._make(ready, given)
        return Desk(Path(shutil.copytree(ready, self.folder / f"{self.made}")))

    def _make(self, folder: Path, given: Given) -> Desk:
        folder.mkdir()
        desk = Desk(folder)
        desk.done("init", "--test", "--seed", "x")
        for id in IDS:
            desk.agreement(agreement_text(id), id)
        if self.servers:
            holdings, releases = map(emptied, self.servers)
            keep_in_neo4j(desk.home, holdings=holdings, releases=releases)
        desk.file("before.jsonl", *BEFORE)
        desk.file("after.jsonl", *AFTER)
        desk.file("rejected.jsonl", '{"kind": "case", "id": "C-2", "revised": 7}', AFTER[1])
        for step in given.before:
            if step == "end":
                (desk.home / "agreements" / "county.toml").unlink()
            else:
                assert command(desk.home, *Given(step, ()).arguments(desk)) in (0, 3)
        return desk


def versions(desk: Desk) -> dict[str, str]:
    """What is published. In a process of its own: here no connection may stand when a child is made."""
    told = desk.done("status", "--json").json()["releases"]["published"]
    return {each["agreement"]: each["version"] for each in told}


def points(homes: Homes, given: Given) -> int:
    desk = homes.at(given)
    return writes(desk.home, *given.arguments(desk), code=given.code)


def whole(homes: Homes, given: Given) -> Sequence[Versions]:
    """The versions before a command, after it, and after the next publication, where nobody kills anything."""
    desk = homes.at(given)
    told = [versions(desk)]
    for arguments, code in ((given.arguments(desk), given.code), (["publish", "--yes"], 0)):
        assert command(desk.home, *arguments) == code
        told.append(versions(desk))
    return told


def check_all_in_neo4j(homes: Homes, given: Given, when: When, known: Sequence[Versions]) -> None:
    """Kill a command at each write in turn, until one comes to its end: a slow one writes more often that it lives."""
    counted, place = points(homes, given), 1
    while check(homes, given, Point(place, when), known, may_end=place > counted * 3 // 4):
        place += 1


def check(
    homes: Homes, given: Given, point: Point, known: Sequence[Versions], *, may_end: bool = False
) -> bool:
    """Kill a command at a point, run it again, publish; hold what was seen meanwhile against what is known.

    Whether it was killed. may_end: it may have come to its end before that point.
    """
    desk = homes.at(given)
    with looking(desk.home, IDS, desk.folder / "seen", poll=SELDOM_SECONDS) as answers:
        killed = command(desk.home, *given.arguments(desk), point=point)
        assert killed == -9 or (may_end and killed == given.code), f"{given.name} was not killed {point}"
        assert command(desk.home, *given.arguments(desk)) in (given.code, given.again)
        acknowledged = time.monotonic()
        after = answers()
        assert command(desk.home, "publish", "--yes") == 0
        published = time.monotonic()
        while (seen := answers())[-1].begun < published + LEASE_SECONDS:
            time.sleep(POLL_SECONDS)
    for id in IDS:
        allowed = {None, *(each.get(id) for each in known)}
        assert {answer.version for answer in seen if answer.agreement == id} <= allowed, f"{point}"
        late = {a.version for a in after if a.agreement == id and a.begun > acknowledged}
        if given.withdraws:
            assert late == {known[1].get(id)}, f"after {given.name} {point}"
        assert [a.version for a in seen if a.agreement == id][-1] == known[2].get(id), (
            f"after publish {point}"
        )
    assert versions(desk) == known[2]
    assert command(desk.home, "verify") == 0
    return killed == -9


@pytest.fixture
def homes(tmp_path: Path) -> Homes:
    return Homes(tmp_path)


@pytest.fixture
def homes_in_neo4j(
    tmp_path: Path, neo4j_holdings_server: Neo4jServer, neo4j_releases_server: Neo4jServer
) -> Homes:
    return Homes(tmp_path, (neo4j_holdings_server, neo4j_releases_server))


# A publication is killed by `make test-long` alone, which kills each of the three at every write.
@pytest.mark.parametrize("given", [COMMANDS[0], COMMANDS[2]], ids=lambda given: given.name)
def test_a_command_that_is_killed_half_way_shows_nothing_and_is_finished(homes: Homes, given: Given) -> None:
    known, last = whole(homes, given), points(homes, given)
    check(homes, given, Point(last // 2, When.AFTER), known)


@pytest.mark.long
@pytest.mark.parametrize("when", When, ids=lambda when: when.value)
@pytest.mark.parametrize("given", COMMANDS, ids=lambda given: given.name)
def test_a_command_that_is_killed_at_any_write_shows_nothing_and_is_finished(
    homes: Homes, given: Given, when: When
) -> None:
    known = whole(homes, given)
    for place in range(1, points(homes, given) + 1):
        check(homes, given, Point(place, when), known)


@pytest.mark.long
@pytest.mark.parametrize("given", OTHERS, ids=lambda given: given.name)
def test_whatever_else_is_killed_after_any_write_shows_nothing_and_is_finished(
    homes: Homes, given: Given
) -> None:
    known = whole(homes, given)
    for place in range(1, points(homes, given) + 1):
        check(homes, given, Point(place, When.AFTER), known)


@pytest.mark.long
@pytest.mark.neo4j
@pytest.mark.parametrize("when", When, ids=lambda when: when.value)
@pytest.mark.parametrize("given", COMMANDS, ids=lambda given: given.name)
def test_a_command_that_is_killed_at_any_write_in_neo4j_shows_nothing_and_is_finished(
    homes_in_neo4j: Homes, given: Given, when: When
) -> None:
    check_all_in_neo4j(homes_in_neo4j, given, when, whole(homes_in_neo4j, given))


@pytest.mark.long
@pytest.mark.neo4j
def test_a_load_that_is_killed_while_a_change_is_built_beside_what_is_served_shows_nothing_and_is_finished(
    homes_in_neo4j: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bolt_parts, "PART_BYTES", 1)
    given = COMMANDS[0]
    check_all_in_neo4j(homes_in_neo4j, given, When.AFTER, whole(homes_in_neo4j, given))
