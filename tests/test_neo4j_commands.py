"""What the other tests try on files is tried on two Neo4j servers: `verify`, the timer, `/metrics`, `keys rotate`."""

import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.stores import bolt_parts
from tests.agency import free_port
from tests.command_line import Desk
from tests.commands.test_serve_command import ENDING, ports, serving
from tests.homes_in_neo4j import home_in_neo4j
from tests.killing import Point, When, command, writes
from tests.neighbours import HOME
from tests.neo4j_server import Neo4jServer
from tests.plain_lines import case, consent, document, link
from tests.set_clock import set_clock
from tests.store_contract import emptied

pytestmark = pytest.mark.neo4j

LINES = [
    case("C-1", "NY03-0001", synopsis="As in NY03-0002."),
    case("C-2", "NY03-0002", access_codes=["T3"]),
    document("D-1", "NY03-0001-001"),
    link("L-1", "C-1", "CONTAINS", "D-1"),
]
SAME = "What is published and kept is what the rules say.\n"


@pytest.fixture(name="servers")
def _servers(
    neo4j_holdings_server: Neo4jServer, neo4j_releases_server: Neo4jServer
) -> tuple[Neo4jServer, Neo4jServer]:
    return emptied(neo4j_holdings_server), emptied(neo4j_releases_server)


def published(folder: Path, servers: tuple[Neo4jServer, Neo4jServer], *lines: Any) -> Desk:
    desk = home_in_neo4j(folder, *servers)
    desk.load(*lines)
    desk.done("publish")
    return desk


def change(server: Neo4jServer, statement: str) -> None:
    """Do to a store what no command does."""
    with server.driver() as driver:
        assert driver.execute_query(statement)[1].counters.contains_updates


def found(desk: Desk) -> set[tuple[Any, ...]]:
    ran = desk.run("verify", "--json")
    findings = ran.json()["findings"]
    assert ran.code == (1 if findings else 0)
    return {(each["agreement"], each["what"], *each["ids"]) for each in findings}


def test_verify_finds_what_was_changed_behind_its_back_and_repair_mends_it(
    servers: tuple[Neo4jServer, Neo4jServer], tmp_path: Path
) -> None:
    holdings, releases = servers
    desk = published(tmp_path, servers, *LINES)
    assert desk.done("verify").out == SAME
    change(releases, f"MATCH (:Released_{HOME})-[link]->() DELETE link")
    change(releases, "MATCH (n:Case) SET n.body = replace(n.body, '[number withheld]', 'NY03-0002')")
    change(holdings, f"MATCH (standing:Standing_{HOME} {{id: 'D-1'}}) DELETE standing")
    assert found(desk) == {
        ("ndex", "damaged"),
        ("ndex", "shows_more", "C-1"),
        ("ndex", "missing", "C-1", "L-1"),
        (None, "standings", "D-1"),
    }
    assert desk.run("verify", "--repair").code == 1
    desk.done("publish")
    assert desk.done("verify").out == SAME


@pytest.mark.long
def test_what_a_day_changes_is_published_when_it_is_due(
    servers: tuple[Neo4jServer, Neo4jServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, "2027-01-31")
    ends, starts = (case(f"C-{n}", f"NY03-000{n}", access_codes=["TAR"]) for n in (2, 3))
    ending = consent("N-1", "third_agency", record="C-2", expires="2027-02-01")
    starting = consent("N-2", "third_agency", record="C-3", effective="2027-02-01")
    desk = published(tmp_path, servers, LINES[0], ends, starts, ending, starting)
    assert (desk.done("publish", "--due").out, desk.seen()) == ("", {"C-1", "C-2"})
    set_clock(monkeypatch, "2027-02-01", "00:00")
    [told] = desk.done("publish", "--due", "--json").json()["releases"]
    assert (told["added"], told["withdrawn"], desk.seen()) == (1, 1, {"C-1", "C-3"})
    assert desk.done("verify").out == SAME


@pytest.mark.long
def test_serving_publishes_a_day_by_itself_and_tells_metrics(
    servers: tuple[Neo4jServer, Neo4jServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as yesterday:
        set_clock(yesterday, _day(-1))
        desk = published(tmp_path, servers, case("C-1", "NY03-0001", prepared=_day(0)))
        assert desk.seen() == set()
    bearer = {"Authorization": f"Bearer {desk.done('keys', 'metrics').out.strip()}"}
    partner, office = free_port(), free_port()
    with serving(desk, *ports(partner, office)) as server:
        assert server.stderr is not None
        told = sorted(server.stderr.readline() for _ in range(3))
        lines, end = list[str](), time.monotonic() + ENDING
        while "caselink_readers 1" not in lines and time.monotonic() < end:
            metrics = httpx.get(f"http://127.0.0.1:{office}/metrics", headers=bearer, timeout=ENDING)
            lines = metrics.text.splitlines()
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=ENDING)
    assert (told[0][:5], desk.seen()) == ("ndex ", {"C-1"})
    expected = {
        "caselink_stores_answer 1",
        'caselink_held{kind="case"} 1',
        'caselink_release_records{agreement="ndex"} 1',
        "caselink_readers 1",
        "caselink_restriction_due 0",
    }
    assert expected - set(lines) == set()


def _day(later: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=later)).isoformat()


@pytest.mark.long
def test_a_change_of_keys_that_is_killed_at_any_write_is_finished_by_the_next_command(
    servers: tuple[Neo4jServer, Neo4jServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bolt_parts, "PART_BYTES", 4_000)  # some elements: each release is built beside itself
    desk = published(tmp_path, servers, *LINES)
    seen = desk.seen()
    for place in range(1, writes(desk.home, "keys", "rotate") + 1):
        first = opaque(desk, "C-1")
        assert command(desk.home, "keys", "rotate", point=Point(place, When.AFTER)) == -9
        assert desk.done("status").err == "A change of the keys was stopped; it is being finished.\n"
        assert opaque(desk, "C-1")[1:] == first
        assert desk.seen() == seen == {"C-1", "D-1", "L-1"}
        assert command(desk.home, "verify") == 0
    desk.done("publish")
    assert desk.seen() == seen


def opaque(desk: Desk, record: str) -> list[str]:
    ids: dict[str, list[str]] = desk.done("audit", "disclosures", record, "--json").json()["ids"]
    return ids["ndex"]
