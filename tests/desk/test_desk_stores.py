"""The desk over each store: the same is held, said and released, whichever keeps it; and over HTTP with two Neo4j."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.dossier import Asked
from graph.model import EntryId
from graph.store import StoredHoldings
from tests.at_the_desk import AGENT, QUALITY, SUPERVISOR, WHY, AtTheDesk
from tests.building import Agency
from tests.command_line import Desk
from tests.homes_in_neo4j import keep_in_neo4j
from tests.neo4j_server import Neo4jServer
from tests.office_client import OfficeClient, Who, stores_closed
from tests.plain_lines import case, delete, document, link
from tests.store_contract import HOLDINGS, HoldingsPlace, emptied

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002", access_codes=["T3"])
D1 = document("D-1", "NY03-0001-001")
L1, L2 = link("L-1", "C-1", "CONTAINS", "D-1"), link("L-2", "C-2", "CONTAINS", "D-1")
TO_2030 = Asked(categories=("title_iii",), agreements=("ndex",), end="2030-01-01")


@pytest.fixture(params=HOLDINGS)
def holdings(request: pytest.FixtureRequest) -> Iterator[StoredHoldings]:
    place: HoldingsPlace = request.param(request)
    with place.open() as store:
        yield store


def worked(holdings: StoredHoldings) -> tuple[Any, ...]:
    """A day's work, what was released after each piece of it, and what is kept in the end."""
    desk, seen = AtTheDesk(Agency(holdings=holdings)), list[set[str]]()
    agency = desk.agency
    agency.load(C1, C2, D1, L1, L2)
    agency.publish()

    def now(*lines: Any, publish: bool = True) -> None:
        agency.load(*lines)
        agency.restrict()
        if publish:
            agency.publish()
        seen.append(agency.seen())

    cleared = desk.act(AGENT, lambda it: it.ask_clearance(EntryId("L-2"), TO_2030, WHY)).request
    assert cleared is not None
    desk.approve(SUPERVISOR, cleared)
    now()
    recoded = desk.recode(AGENT, "C-2", "REL")
    now()
    desk.approve(SUPERVISOR, recoded)
    now()
    now(C2 | {"title": "Another"}, publish=False)
    desk.act(QUALITY, lambda it: it.withdraw(EntryId("C-1"), WHY))
    now(publish=False)
    lifted = desk.act(QUALITY, lambda it: it.ask_lift(EntryId("C-1"), WHY)).request
    assert lifted is not None
    desk.approve(SUPERVISOR, lifted)
    desk.recode(AGENT, "L-1", "BSA")
    now(delete("D-1"), L1, C1)
    entries = {entry.id: entry for entry in holdings.entries()}
    papers = {(paper.drawer, paper.id): paper for paper in holdings.every_paper()}
    return seen, entries, papers, set(holdings.waiting("desk"))


def test_a_days_work_is_the_same_over_every_store(holdings: StoredHoldings) -> None:
    expected = worked(Agency().holdings)
    assert worked(holdings) == expected
    assert expected[0] == [
        {"C-1", "D-1", "L-1"},
        {"C-1"},
        {"C-1", "C-2", "D-1", "L-1", "L-2"},
        {"C-1"},
        set(),
        {"C-1"},
    ]
    assert expected[3] == {"L-1", "L-2", "C-2"}


@pytest.fixture
def closed_after() -> Iterator[None]:
    """The stores of office apps are closed after the test."""
    with stores_closed():
        yield


@pytest.mark.usefixtures("closed_after")
def test_an_act_over_http_is_done_in_two_neo4j(
    tmp_path: Path, neo4j_holdings_server: Neo4jServer, neo4j_releases_server: Neo4jServer
) -> None:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    holdings, releases = map(emptied, (neo4j_holdings_server, neo4j_releases_server))
    keep_in_neo4j(desk.home, holdings=holdings, releases=releases)
    with (desk.home / "caselink.toml").open("a", encoding="utf-8") as settings:
        settings.write("[limits]\nseconds = 600\n")  # a slow machine has time to answer
    desk.load(C1, C2, D1, L1)
    desk.done("publish", "--yes")
    agent, supervisor = (
        OfficeClient.at(desk.home, Who("kim", roles="agent")),
        OfficeClient.at(desk.home, Who("ortiz", roles="supervisor")),
    )
    withdraw = 'mutation { withdraw(id: "C-1", reason: "names a source") { text } }'
    assert agent.ask(withdraw)["withdraw"]["text"] == (
        "releases nothing; withdraws 1 case and 1 document from 1 agreement"
    )
    assert desk.seen() == set()
    version = agent.ask('{ record(id: "C-2") { version } }')["record"]["version"]
    recode = """mutation ($version: String!) { recode(id: "C-2", codes: ["REL"], reason: "read again",
        version: $version) { request { id version effect { text } } } }"""
    asked = agent.ask(recode, version=version)["recode"]["request"]
    assert [each["text"] for each in asked.pop("effect")] == [
        "releases 1 case to 1 agreement; withdraws nothing"
    ]
    approve = """mutation ($id: ID!, $version: String!) {
        approve(request: $id, version: $version, reason: "so it is") { record { accessCodes } } }"""
    assert supervisor.ask(approve, **asked)["approve"]["record"]["accessCodes"] == ["REL"]
    publish = 'mutation { publish(reason: "it is time", yes: true) { added } }'
    assert supervisor.ask(publish)["publish"] == [{"added": 1}]
    assert desk.seen() == {"C-2"}
    assert desk.done("verify").code == 0
