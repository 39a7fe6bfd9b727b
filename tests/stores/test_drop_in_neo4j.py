"""A home that is dropped in Neo4j: all of it goes, whatever stops that, and nothing of another home (issue 6)."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graph.readers import Reader
from graph.stores import bolt_dropping
from graph.stores.bolt import Transaction, open_bolt
from graph.stores.bolt_turn import BoltTurns
from graph.stores.statements import schema
from server.home import open_home
from server.stores import open_reader
from tests.command_line import Desk
from tests.commands.test_command_line import failed
from tests.homes_in_neo4j import home_in_neo4j, keep_in_neo4j
from tests.neighbours import HOME, NEIGHBOUR
from tests.neo4j_server import Neo4jServer
from tests.store_contract import access, emptied
from tests.test_homes_in_one_database import OURS, THEIRS, in_database, named_for

pytestmark = pytest.mark.neo4j

Servers = tuple[Neo4jServer, Neo4jServer]
NOTHING = [frozenset[Any](), frozenset[Any]()]
SCHEMA_NAMES = {known.text.split()[2] for store in ("holdings", "releases") for known in schema(store)}


@pytest.fixture(name="servers")
def _servers(neo4j_holdings_server: Neo4jServer, neo4j_releases_server: Neo4jServer) -> Servers:
    return emptied(neo4j_holdings_server), emptied(neo4j_releases_server)


@pytest.fixture(name="desks")
def _desks(servers: Servers, tmp_path: Path) -> tuple[Desk, Desk]:
    """One that stays, and one that goes."""
    stays = home_in_neo4j(tmp_path / "stays", *servers)
    goes = home_in_neo4j(tmp_path / "goes", *servers, home_id=NEIGHBOUR)
    for desk, lines in ((stays, OURS), (goes, THEIRS)):
        desk.load(*lines)
        desk.done("publish", "--yes")
    return stays, goes


def test_all_of_one_home_goes_and_the_other_stays_as_it_was(
    servers: Servers, desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bolt_dropping, "AT_ONCE", 2)
    stays, goes = desks
    before, seen = in_database(servers, HOME), stays.seen()
    reader = open_reader(open_home(goes.home, {}))
    with closing(reader):
        reader.enrol(Reader("killed", 0, 0.1), {"UTC": 100})
        told = goes.done("drop", "--yes", "--json").json()
        assert reader.headers() == {}
    assert (told["agreements"], told["held"]) == (["ndex"], {"case": 2, "document": 2, "link": 2})
    assert (in_database(servers, NEIGHBOUR), named_for(servers, NEIGHBOUR)) == (NOTHING, set())
    assert (in_database(servers, HOME), named_for(servers, HOME)) == (before, SCHEMA_NAMES)
    assert (stays.seen(), stays.done("verify").code) == (seen, 0)
    assert ("was dropped at" in goes.done("status").out, in_database(servers, NEIGHBOUR)) == (True, NOTHING)
    assert named_for(servers, NEIGHBOUR) == set()


class Killed(BaseException):
    """The process ends here."""


def test_it_may_be_killed_before_each_of_its_transactions_and_then_be_done_again(
    servers: Servers, desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bolt_dropping, "AT_ONCE", 3)
    stays, goes = desks
    before = in_database(servers, HOME)
    kills = 0
    left, run = [0], BoltTurns.run

    def running(turns: BoltTurns, *arguments: Any, **given: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return run(turns, *arguments, **given)

    ended: Callable[..., None] = bolt_dropping.end

    def ending(*arguments: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        ended(*arguments)

    while True:
        with monkeypatch.context() as killing:
            left[0] = kills
            killing.setattr(BoltTurns, "run", running)
            killing.setattr(bolt_dropping, "end", ending)
            try:
                goes.done("drop", "--yes")
                break
            except Killed:
                kills += 1
        assert "`caselink drop` ends that" in failed(goes.run("publish", "--yes"))
    assert (kills > 10, in_database(servers, NEIGHBOUR), named_for(servers, NEIGHBOUR)) == (
        True,
        NOTHING,
        set(),
    )
    assert in_database(servers, HOME) == before
    assert stays.done("verify").code == 0


def test_a_copy_of_a_home_that_is_being_dropped_judges_nothing_of_what_is_left(
    desks: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, goes = desks
    copy = Desk(tmp_path / "copy")
    copy.folder.mkdir()
    goes.home.rename(copy.home)
    copy.done("backup", tmp_path / "backup")  # what is in the folder
    (tmp_path / "backup" / "home").rename(goes.home)
    with monkeypatch.context() as killing:
        killing.setattr(bolt_dropping, "end", partial(_raise, Killed))
        with pytest.raises(Killed):
            goes.run("drop", "--yes")
    for command in (("publish", "--yes"), ("status",), ("load", tmp_path / "none")):
        assert "are being dropped" in failed(copy.run(*command))
    goes.done("drop", "--yes")


def _raise(error: type[BaseException], *_arguments: object) -> None:
    raise error


def test_holdings_in_neo4j_go_with_releases_in_a_file(servers: Servers, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    keep_in_neo4j(desk.home, NEIGHBOUR, holdings=servers[0])
    desk.load(*THEIRS)
    desk.done("publish", "--yes")
    told = desk.done("drop", "--yes").out.splitlines()
    assert told == ["gone  releases: ndex", "gone  holdings: case 2, document 2, link 2"]
    assert (in_database(servers, NEIGHBOUR), (desk.home / "releases.sqlite").exists()) == (NOTHING, False)


def test_another_home_s_is_refused_before_anything_is_done(
    servers: Servers, desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    stranger = home_in_neo4j(tmp_path / "stranger", *servers, home_id=NEIGHBOUR)
    before = in_database(servers, NEIGHBOUR)
    assert "another home's" in failed(stranger.run("drop", "--yes"))
    assert (in_database(servers, NEIGHBOUR), (stranger.home / "dropped").exists()) == (before, False)


def test_the_last_of_it_does_not_go_while_another_has_the_turn(servers: Servers) -> None:
    with closing(open_bolt(*access(servers[0]), HOME)) as bolt:
        bolt.transact(partial(Transaction.run, statement=bolt_dropping.HOLDINGS.schema[0]))
        with pytest.raises(Exception, match="another caselink command writes to it"):
            bolt_dropping.end(bolt, bolt_dropping.HOLDINGS)
