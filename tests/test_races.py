"""What happens when things meet: a publisher that stood still, a reader that pages, a full disk, a store that is paused
(docs/publishing.md)."""

import asyncio
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import AgreementId, OpaqueId
from graph.release import Release, ReleasedCase
from graph.release_store import Change
from graph.stores import bolt_reader, bolt_releases
from server.partner.feed import Feed
from server.partner.lease import NotServed
from tests.command_line import Desk, agreement_text, run
from tests.killing import Point, Points, When, command, in_child, looking
from tests.memory_releases import MARK
from tests.neo4j_server import Neo4jServer
from tests.partner_client import Client
from tests.partner_world import VERSION_KEY, content, publish, published, release
from tests.plain_lines import case, document, link, prop, subject
from tests.store_contract import access, emptied

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002")
_PAGE = """
query ($after: String) {
  cases(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
}
"""
CANARY = "Canary Quetzalcoatlus"


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.agreement(agreement_text("ndex"))
    return desk


def another_home(desk: Desk) -> Desk:
    """Another home over the same stores, as on another machine."""
    other = Desk(desk.folder / "other")
    other.folder.mkdir()
    other.done("init", "--test", "--seed", "x")
    for name in ("holdings.sqlite", "releases.sqlite"):
        (other.home / name).symlink_to(desk.home / name)
    return other


def stopped(desk: Desk, *arguments: str, point: Point, said: Path) -> int:
    """A command in a process of its own that stands still at a point. Its id."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            Points(point, signal.SIGSTOP).wrap()
            ran = run("--home", desk.home, *arguments)
            said.write_text(ran.err, encoding="utf-8")
            code = ran.code
        finally:
            os._exit(code)
    assert os.WIFSTOPPED(os.waitpid(child, os.WUNTRACED)[1])
    return child


@pytest.mark.long
def test_a_publisher_that_stood_still_while_another_home_withdrew_adds_nothing_when_it_wakes(
    desk: Desk,
) -> None:
    desk.load(C1, C2)
    desk.done("publish", "--yes")
    desk.load(case("C-3", "NY03-0003"))
    desk.file("coded.jsonl", case("C-3", "NY03-0003", access_codes=["T3"]))
    other = another_home(desk)
    # After its restriction, before its addition: it has judged that C-3 is released.
    child = stopped(desk, "publish", "--yes", point=Point(5, When.AFTER), said=desk.folder / "said")
    assert command(other.home, "load", desk.folder / "coded.jsonl") == 0
    assert other.seen() == {"C-1", "C-2"}
    os.kill(child, signal.SIGCONT)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert (code, "another caselink command took over" in (desk.folder / "said").read_text()) == (2, True)
    assert other.seen() == {"C-1", "C-2"}
    assert command(other.home, "verify") == 0


def test_a_reader_that_pages_during_fifty_publications_meets_each_case_that_stays_once() -> None:
    dice = random.Random(50)
    stay = [ReleasedCase(OpaqueId(f"s{n:02}"), f"N-{dice.randrange(100):02}") for n in range(60)]

    def shown() -> Release:
        """Those that stay, and some that come and go between them."""
        passing = (ReleasedCase(OpaqueId(f"p{n:02}"), f"N-{n:02}") for n in dice.sample(range(100), 30))
        return release(content((*stay, *passing), ()))

    releases = published(shown())
    client, met, pages = Client(releases), list[str](), 0
    more, after = True, None
    while more:
        told = client.ask(_PAGE, after=after)["cases"]
        met += [node["id"] for node in told["nodes"]]
        more, after, pages = told["pageInfo"]["hasNextPage"], told["pageInfo"]["endCursor"], pages + 1
        publish(releases, shown())
    ids = {record.id for record in stay}
    assert sorted(id for id in met if id in ids) == sorted(ids)
    assert pages >= 50


def test_a_link_that_one_adds_to_a_record_that_another_codes_leaks_nothing(desk: Desk) -> None:
    wire = document("D-1", "NY03-0001-001")
    desk.load(C1, C2, wire)
    desk.done("publish", "--yes")
    files = (
        desk.file("link.jsonl", link("L-1", "C-1", "CONTAINS", "D-1")),
        desk.file("code.jsonl", wire | {"access_codes": ["T3"]}),
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "server.cli", "--home", desk.home, *arguments], stdout=subprocess.DEVNULL
        )
        for arguments in (("load", files[0]), ("publish", "--yes"), ("load", files[1]))
    ]
    assert [each.wait() for each in started] == [0, 0, 0]
    assert desk.seen() <= {"C-1", "C-2"}
    desk.done("verify")
    desk.done("publish", "--yes")
    assert desk.seen() == {"C-1", "C-2"}


@pytest.mark.parametrize("room", [0, 40_000])
def test_where_the_disk_is_full_a_load_says_so_and_what_is_published_stays(desk: Desk, room: int) -> None:
    desk.load(C1, C2)
    desk.done("publish", "--yes")
    big = [case(f"C-{n}", f"NY04-{n:04}", synopsis="word " * 400) for n in range(300)]
    desk.file("big.jsonl", *big, C1 | {"access_codes": ["T3"]})
    said = desk.folder / "said"

    def work() -> int:
        biggest = max(path.stat().st_size for path in desk.home.glob("*.sqlite*"))
        limit = biggest + room
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        ran = run("--home", desk.home, "load", desk.folder / "big.jsonl")
        resource_said = os.open(said, os.O_WRONLY | os.O_CREAT)
        os.write(resource_said, ran.err.encode()[:1000])
        return ran.code

    assert in_child(work) == 2
    assert "the disk" in said.read_text(encoding="utf-8")
    assert desk.seen() == {"C-1", "C-2"}
    desk.done("load", desk.folder / "big.jsonl")
    assert desk.seen() == {"C-2"}
    desk.done("verify")


def test_what_was_withdrawn_is_in_no_file_that_a_partner_process_can_open(desk: Desk) -> None:
    desk.load(
        C1 | {"title": CANARY},
        document("D-1", "NY03-0001-001", narrative=CANARY),
        subject("S-1", prop("name", CANARY)),
        C2,
        link("L-1", "C-1", "CONTAINS", "D-1", role=CANARY),
        link("L-2", "S-1", "SUBJECT_OF", "C-1"),
    )
    desk.done("publish", "--yes")

    def files() -> dict[str, int]:
        return {
            path.name: path.read_bytes().count(CANARY.encode())
            for path in desk.home.iterdir()
            if path.is_file() and not path.name.startswith("holdings.")
        }

    assert sum(files().values()) > 0
    with looking(desk.home, ["ndex"], desk.folder / "seen") as answers:
        before = answers()[-1].version
        assert command(desk.home, "withdraw", "C-1", "--reason", "a test") == 0
        assert answers()[-1].version != before
        assert {name for name, found in files().items() if found} == set()


@pytest.mark.neo4j
def test_a_reader_whose_store_stands_still_longer_than_its_lease_refuses_and_recovers(
    neo4j_releases_server: Neo4jServer,
) -> None:
    server, whole = emptied(neo4j_releases_server), release()
    with bolt_releases.open_releases(*access(server), MARK) as releases:
        releases.apply(
            whole.header,
            Change([*whole.content.records.values()], [*whole.content.links.values()]),
        )
    reader = bolt_reader.open_reader(*access(server))
    feed, told = Feed(reader, VERSION_KEY), list[str | None]()

    async def ask() -> None:
        try:
            told.append((await feed.view(AgreementId("ndex"))).header.version)
        except NotServed:
            told.append(None)

    async def until(answer: str | None) -> None:
        end = time.monotonic() + 120
        while (not told or told[-1] != answer) and time.monotonic() < end:
            await ask()
            await asyncio.sleep(0.2)

    async def go_on(server_does: Callable[[], None], answer: str | None) -> None:
        server_does()
        await until(answer)

    async def all_of_it() -> None:
        await until(whole.header.version)  # a server that has just started may take longer than a lease
        told[:-1] = []
        await go_on(server.pause, None)
        await go_on(server.resume, whole.header.version)

    try:
        asyncio.run(all_of_it())
    finally:
        server.resume()
        reader.close()
    assert (told[0], None in told, told[-1]) == (whole.header.version, True, whole.header.version)
