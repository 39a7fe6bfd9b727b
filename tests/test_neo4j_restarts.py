"""Neo4j ends and comes back in the middle of a load, of a publication, and while a reader looks: nothing is lost.

A command either goes on when the server is back, or says so and is run again. What the homes publish in the end is what
a home in files publishes, and a reader has never seen anything else.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.stores import bolt_parts
from tests.bench.made_files import entries
from tests.command_line import Desk
from tests.homes_in_neo4j import home_in_neo4j
from tests.killing import command, looking
from tests.neighbours import HOME
from tests.neo4j_server import Neo4jServer
from tests.plain_lines import case
from tests.test_kills import versions

pytestmark = [pytest.mark.long, pytest.mark.neo4j]

FILES = 100
PATIENCE_SECONDS = 300.0


@pytest.fixture
def servers() -> Iterator[tuple[Neo4jServer, Neo4jServer]]:
    """Servers that this test may end."""
    with Neo4jServer() as holdings, Neo4jServer() as releases:
        yield holdings, releases


def begun(home: Path, *arguments: str | Path) -> int:
    """The process of a command."""
    child = os.fork()
    if child == 0:
        os._exit(command(home, *arguments))
    return child


def ended(child: int) -> int:
    """The exit code of a command."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def await_some(server: Neo4jServer, counting: str, least: int) -> None:
    """Until so many of something stand there."""
    end = time.monotonic() + PATIENCE_SECONDS
    with server.driver() as driver:
        while driver.execute_query(counting)[0][0][0] < least:
            assert time.monotonic() < end, f"{counting} stayed below {least}"
            time.sleep(0.05)


def crash(server: Neo4jServer) -> None:
    server.kill()
    server.start()


@pytest.mark.parametrize("comes_back", [crash, Neo4jServer.restart], ids=["killed", "stopped"])
def test_a_restart_in_the_middle_of_load_publish_and_serve_loses_nothing(
    servers: tuple[Neo4jServer, Neo4jServer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    comes_back: Callable[[Neo4jServer], None],
) -> None:
    monkeypatch.setattr(bolt_parts, "PART_BYTES", 1 << 20)
    holdings, releases = servers
    in_files = Desk(tmp_path / "files")
    in_files.folder.mkdir()
    in_files.done("init", "--test", "--seed", "x")
    desk = home_in_neo4j(tmp_path / "neo4j", holdings, releases, "--test", "--seed", "x")
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"".join(entry.line + b"\n" for entry in entries(FILES)))
    known = []
    for step in ("first", "all"):
        if step == "first":
            assert in_files.load(case("C-x", "NY03-0001")).code == 0
            assert command(desk.home, "load", in_files.folder / "given.jsonl") == 0
            assert command(desk.home, "publish") == 0
        else:
            in_files.done("load", file)
        in_files.done("publish", "--yes")
        known.append(versions(in_files)["ndex"])
    assert versions(desk)["ndex"] == known[0]

    with looking(desk.home, ["ndex"], desk.folder / "seen") as answers:
        loading = begun(desk.home, "load", file)
        await_some(holdings, f"MATCH (n:Link_{HOME}) RETURN count(n)", 1)
        comes_back(holdings)
        if ended(loading) != 0:
            assert command(desk.home, "load", file) == 0
        publishing = begun(desk.home, "publish", "--yes")
        await_some(releases, f"MATCH (n:ReleasePart_{HOME}) RETURN count(n)", 3)
        comes_back(releases)
        if ended(publishing) != 0:
            assert command(desk.home, "publish", "--yes") == 0
        publishing = begun(desk.home, "publish", "--yes")
        comes_back(releases)
        if ended(publishing) != 0:
            assert command(desk.home, "publish", "--yes") == 0
        end = time.monotonic() + PATIENCE_SECONDS
        while (seen := answers())[-1].version != known[1]:
            assert time.monotonic() < end
            time.sleep(0.2)
    assert {answer.version for answer in seen} == {None, *known}
    assert versions(desk)["ndex"] == known[1]
    assert command(desk.home, "verify") == 0
