"""Homes in one database do not see each other (issue 6): each does as if the database were its own.

Each home here has a twin in files, which is given the same commands and has no neighbour. What the home and its twin
say must be the same, whatever is loaded, published, withdrawn or dropped next door; and what the database has of the
neighbour stays as it is, node for node.
"""

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.stores import bolt_parts
from graph.stores.home_labels import HomeId
from graph.stores.statements import schema
from server.home import open_home
from server.stores import open_reader
from tests.building import Given
from tests.command_line import Desk, Ran, agreement_text
from tests.documentation import Page
from tests.homes_in_neo4j import home_in_neo4j
from tests.neighbours import HOME, NEIGHBOUR, all_of
from tests.neo4j_server import Neo4jServer
from tests.plain_lines import case, document, link
from tests.store_contract import emptied

pytestmark = pytest.mark.neo4j

Servers = tuple[Neo4jServer, Neo4jServer]

_PROGRESS = re.compile(r"^.* [\d,]+ lines, \d+%\n", re.MULTILINE)
"""Told where a load takes long, as it may on one side alone."""

OURS: list[Given] = [
    case("C-1", "NY03-0001", synopsis="As in NY03-0002."),
    case("C-2", "NY03-0002", access_codes=["T3"]),
    document("D-1", "NY03-0001-001"),
    link("L-1", "C-1", "CONTAINS", "D-1"),
]
THEIRS: list[Given] = [
    case("C-1", "NY03-0002", title="Another agency's"),
    case("D-9", "NY03-0009"),
    document("C-2", "NY03-0001-001", narrative="As in NY03-0001."),
    document("D-1", "NY03-0002-001"),
    link("L-1", "C-1", "CONTAINS", "C-2"),
    link("L-2", "D-9", "CONTAINS", "D-1"),
]


@pytest.fixture(name="servers")
def _servers(neo4j_holdings_server: Neo4jServer, neo4j_releases_server: Neo4jServer) -> Servers:
    return emptied(neo4j_holdings_server), emptied(neo4j_releases_server)


@dataclass(frozen=True)
class Twins:
    """A home on two servers, and one in files with the same keys that is given the same commands."""

    shared: Desk
    alone: Desk
    servers: Servers
    id: HomeId | None

    @classmethod
    def make(cls, folder: Path, servers: Servers, id: HomeId | None, seed: str) -> "Twins":
        init = ("--test", "--seed", seed)
        alone = Desk(folder / f"{seed}-alone")
        alone.folder.mkdir()
        alone.done("init", *init)
        return cls(home_in_neo4j(folder / seed, *servers, *init, home_id=id), alone, servers, id)

    def both(self, act: Callable[[Desk], Any]) -> Any:
        """What the two do and say, which is the same."""
        in_files, shared = act(self.alone), act(self.shared)
        assert shared == in_files
        return shared

    def run(self, *arguments: str | Path) -> Ran:
        """What a command does, that says nothing of where it does it."""
        ran: Ran = self.both(lambda desk: _without_folder(desk, desk.run(*arguments)))
        return ran

    def load(self, *lines: Given) -> None:
        self.both(lambda desk: _without_folder(desk, desk.load(*lines)))

    def seen(self, agreement: str = "ndex") -> set[str]:
        """What is released, when all that is released is the same."""
        told: list[dict[str, Any]] = self.both(lambda desk: desk.exported(agreement))
        return {line["id"] for line in told[1:]}

    def told(self) -> Any:
        """What status and verify say, which is the same but for the stores, and for when."""
        return self.both(_status), self.run("verify", "--json")

    def in_database(self) -> list[Any]:
        """All that the servers have of it."""
        return in_database(self.servers, self.id)


def in_database(servers: Servers, id: HomeId | None) -> list[Any]:
    """All that the servers have of a home."""
    found = []
    for server in servers:
        with server.driver() as driver:
            found.append(all_of(driver, id))
    return found


def _without_folder(desk: Desk, ran: Ran) -> Ran:
    told = [_PROGRESS.sub("", text.replace(str(desk.folder), "")) for text in (ran.out, ran.err)]
    return Ran(ran.code, *told)


def _status(desk: Desk) -> Any:
    told = desk.done("status", "--json").json()
    for each in told["releases"]["published"]:
        del each["published_at"]
    del told["took"], told["holdings"]["store"], told["releases"]["store"]
    return told


def view(desk: Desk) -> dict[str, set[str]]:
    """The ids of the records that a partner process reads, by agreement."""
    with closing(open_reader(open_home(desk.home, {}))) as reader:
        read = {agreement: reader.read(agreement) for agreement in reader.headers()}
    return {agreement: set(release.content.records) for agreement, release in read.items() if release}


@pytest.mark.parametrize(
    "neighbour", [NEIGHBOUR, pytest.param(None, id="without-an-id", marks=pytest.mark.long)]
)
def test_two_homes_do_the_same_as_if_each_were_alone(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, neighbour: HomeId | None
) -> None:
    monkeypatch.setattr(
        bolt_parts, "PART_BYTES", 600
    )  # some elements: changes are built beside and switched to
    one = Twins.make(tmp_path, servers, HOME, "one")
    other = Twins.make(tmp_path, servers, neighbour, "other")
    for desk in (one.shared, one.alone):
        desk.agreement(agreement_text("county"), "county")

    one.load(*OURS)
    one.run("publish", "--yes")
    assert other.both(_status)["holdings"]["held"] == {}
    theirs = one.in_database()
    other.load(*THEIRS)
    other.run("publish", "--yes")
    assert one.in_database() == theirs
    assert (one.seen(), other.seen()) == ({"C-1", "D-1", "L-1"}, {"C-1", "C-2", "D-1", "D-9", "L-1", "L-2"})

    ours = other.in_database()
    one.load(case("C-1", "NY03-0001", access_codes=["T3"]), case("C-2", "NY03-0002"))
    assert (one.seen(), one.run("publish", "--yes").code, one.seen()) == (set(), 0, {"C-2"})
    one.run("withdraw", "C-2", "--reason", "a test")
    one.load({"kind": "delete", "id": "L-1"})
    assert (one.seen(), other.in_database()) == (set(), ours)

    theirs = one.in_database()
    for desk in (other.shared, other.alone):
        (desk.home / "agreements" / "ndex.toml").unlink()
    other.run("publish", "--yes")
    assert other.both(_status)["releases"]["published"] == []
    assert one.in_database() == theirs
    one.load(*OURS)
    one.run("publish", "--yes")
    assert (one.told()[1].code, other.told()[1].code) == (0, 0)
    assert set(view(one.shared)) == {"ndex", "county"}
    assert view(other.shared) == {}


def test_a_home_is_backed_up_and_restored_beside_another(servers: Servers, tmp_path: Path) -> None:
    one = home_in_neo4j(tmp_path / "one", *servers)
    other = home_in_neo4j(tmp_path / "other", *servers, home_id=NEIGHBOUR)
    for desk, lines in ((one, OURS), (other, THEIRS)):
        desk.load(*lines)
        desk.done("publish", "--yes")
    before, seen = [in_database(servers, id) for id in (HOME, NEIGHBOUR)], other.seen()
    one.done("backup", tmp_path / "backup")
    settings = tmp_path / "settings.toml"
    text = (one.home / "caselink.toml").read_text("utf-8")
    text = text.replace(HOME, "3" * 16).replace('file = "', f'file = "{one.home}/')
    settings.write_text(text, encoding="utf-8")
    second, third = Desk(tmp_path / "second"), Desk(tmp_path / "third")
    for desk in (second, third):
        desk.folder.mkdir()
    again = second.run("restore", tmp_path / "backup")
    assert (again.code, "holdings of this home are there already" in again.err) == (2, True)
    third.done("restore", tmp_path / "backup", "--settings", settings)
    assert [in_database(servers, id) for id in (HOME, NEIGHBOUR)] == before
    third.done("restore", "--accept", "--reason", "a test")
    third.done("publish")
    assert (third.exported()[1:], third.seen(), other.seen()) == (one.exported()[1:], one.seen(), seen)


def test_holdings_and_releases_of_two_homes_do_not_share_a_server(servers: Servers, tmp_path: Path) -> None:
    holdings, releases = servers
    one = home_in_neo4j(tmp_path / "one", holdings, releases)
    one.load(*OURS)
    one.done("publish", "--yes")
    crossed = home_in_neo4j(tmp_path / "crossed", releases, holdings, home_id=NEIGHBOUR)
    ran = crossed.run("load", crossed.file("given.jsonl", *THEIRS))
    assert (ran.code, "releases are kept there" in ran.err) == (2, True)
    ran = crossed.run("status")
    assert (ran.code, ran.out) == (2, "")
    apart = home_in_neo4j(tmp_path / "apart", releases, releases, home_id=NEIGHBOUR)
    assert "the holdings' server; releases need another" in apart.run("status").err


def test_what_the_manual_says_takes_a_home_away_and_leaves_the_others(
    servers: Servers, tmp_path: Path
) -> None:
    kept, gone = HOME, NEIGHBOUR
    desks = [home_in_neo4j(tmp_path / id, *servers, home_id=id) for id in (kept, gone)]
    for desk in desks:
        desk.load(*OURS)
        desk.done("publish")
    before, seen = in_database(servers, kept), desks[0].seen()
    for server in servers:
        with server.driver() as driver, driver.session() as session:
            nodes, constraints, indexes = (text.replace("3f2a9c0d1b4e5f67", gone) for text in REMOVING)
            session.run(nodes).consume()
            for [drop] in [*session.run(constraints), *session.run(indexes)]:
                session.run(drop).consume()
    assert in_database(servers, gone) == [frozenset(), frozenset()]
    assert named_for(servers, gone) == set()
    assert (in_database(servers, kept), named_for(servers, kept)) == (before, SCHEMA_NAMES)
    assert desks[0].seen() == seen == {"C-1", "D-1", "L-1"}
    desks[1].load(*THEIRS)
    desks[1].done("publish", "--yes")
    assert (len(desks[1].seen()), in_database(servers, kept)) == (6, before)


REMOVING = Page.of("docs/operations.md").part("### Taking away what a home has").examples("cypher")
SCHEMA_NAMES = {known.text.split()[2] for store in ("holdings", "releases") for known in schema(store)}


def named_for(servers: Servers, id: HomeId) -> set[str]:
    """The constraints and indexes of a home, without its id."""
    found = set()
    for server in servers:
        with server.driver() as driver:
            rows = driver.execute_query("SHOW CONSTRAINTS YIELD name")[0]
            rows += driver.execute_query("SHOW INDEXES YIELD name")[0]
        found |= {name.removesuffix(f"_{id}") for [name] in rows if name.endswith(f"_{id}")}
    return found
