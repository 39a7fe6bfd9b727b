"""Every Cypher statement in a real Neo4j: it runs, and finds what it wants without a scan and in no other home."""

import re
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pytest
from neo4j import Driver

from graph.stores.bolt import Transaction, open_bolt
from graph.stores.home_labels import SHARED, text_for
from graph.stores.statements import Mode, Statement, schema, statement
from tests.neighbours import HOME
from tests.neo4j_server import Neo4jServer, empty
from tests.store_contract import access, emptied
from tests.stores.statement_names import NAMES

SCANS = {
    "holdings_drop": {"UnionNodeByLabelsScan"},  # up to so many
    "holdings_drop_ties": {"NodeByLabelScan"},  # up to so many
    "holdings_drop_last": {"UnionNodeByLabelsScan"},  # the last ones, and they are few
    "releases_drop": {"UnionNodeByLabelsScan"},  # up to so many
    "releases_drop_ties": {"NodeByLabelScan"},  # up to so many
    "releases_drop_last": {"UnionNodeByLabelsScan"},  # the last ones, and they are few
    "holdings_changed": {"NodeIndexScan"},  # it is for all of them
    "holdings_settle": {"NodeIndexScan"},  # it is for all of them
    "holdings_sweep_before": {"NodeIndexScan"},  # up to so many
    "holdings_sweep_standing": {"NodeIndexScan"},  # up to so many
    "holdings_sweep_term": {"NodeByLabelScan"},  # up to so many
    "holdings_papers": {"NodeByLabelScan"},  # it is for all of them
    "holdings_taints": {"NodeIndexScan"},  # it is for all of them
    "holdings_turn": {"NodeByLabelScan"},  # of taints, up to the first
    "releases_half_way": {"NodeByLabelScan"},  # one for each agreement
    "releases_headers": {"NodeByLabelScan"},  # one for each agreement
    "releases_revoked": {"NodeByLabelScan"},  # it is for all of them
    "releases_enrolled": {"NodeByLabelScan"},  # it is for all of them, and they are few
    "releases_enrol": {"NodeByLabelScan"},  # of days: one for each time zone
    "releases_seen": {"NodeByLabelScan"},  # one for each time zone
    "releases_set_back": {"NodeByLabelScan"},  # one for each time zone
}
GIVEN: dict[str, Any] = {
    "rows": [],
    "most": 1,
    "seconds": 1,
    "ahead": 1,
    "confirmed": 1,
    "before": 1,
    "lease_seconds": 2.0,
    "day": 1,
    "place": 1,
    "after": 1,
    "few": 1,
    "last": 1,
    "number": 1,
    "among": [],
    "sign": 1,
    "minute": 1,
    "text": None,
    "name": "no_such_name",
}
OF_EVERY_HOME = {
    "holdings_readable": {"Held", "Holdings"},
    "releases_readable": {"Release", "Released"},
    "holdings_earlier": {"Memory"},
    "releases_earlier": {"Turn"},
}
HELD, RELEASED = f"Held_{HOME}", f"Released_{HOME}"


@pytest.fixture(scope="module")
def driver(neo4j_holdings_server: Neo4jServer) -> Iterator[Driver]:
    """A server with the constraints and indexes of both stores, of a home and of one without an id, and no more."""
    with emptied(neo4j_holdings_server).driver() as driver:
        for home in (HOME, None):
            with closing(open_bolt(*access(neo4j_holdings_server), home)) as opened:
                for made in (*schema("holdings"), *schema("releases")):
                    opened.transact(partial(Transaction.run, statement=made))
        yield driver
        empty(driver)


def _filled(driver: Driver) -> None:
    """So that Neo4j knows that there are many, which no plan may look through, whichever test came before.

    A plan that was made for less would be used for another ten seconds.
    """
    labels = sorted({label for name in NAMES for label in re.findall(rf"[A-Z]\w*_{HOME}", _text(name))})
    with driver.session() as session:
        session.run(f"MERGE (:{HELD} {{id: ''}}) MERGE (:{RELEASED} {{agreement: '', id: ''}})").consume()
        session.run(" ".join(f"MERGE (:{label})" for label in labels)).consume()
        session.run(
            f"MATCH (one:{HELD} {{id: ''}}) MATCH (other:{RELEASED} {{agreement: '', id: ''}})"
            " WITH * WHERE NOT EXISTS { (one)-->(one) } UNWIND range(1, 2000) AS _"
            " CREATE (one)-[:LINKED]->(one), (other)-[:LINKED]->(other), (:Foreign)"
        ).consume()
        session.run("CALL db.clearQueryCaches()").consume()


def _text(name: str) -> str:
    return text_for(statement(name), HOME)


def operators(driver: Driver, asked: Statement) -> set[str]:
    """The operators of the plan by which Neo4j would run a statement."""
    return set(map(_operator, _steps(plan(driver, asked))))


def plan(driver: Driver, asked: Statement) -> dict[str, Any]:
    """How Neo4j would run a statement of a home."""
    given = {name: GIVEN.get(name, "") for name in asked.parameters}
    with driver.session() as session:
        return session.run(f"EXPLAIN {text_for(asked, HOME)}", given).consume().plan or {}


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from _steps(child)


def _operator(step: dict[str, Any]) -> str:
    operator: str = step["operatorType"]
    return operator.removesuffix("@neo4j")


@pytest.mark.neo4j
@pytest.mark.parametrize("name", NAMES)
def test_a_statement_runs(driver: Driver, name: str) -> None:
    known = statement(name)
    given = {parameter: GIVEN.get(parameter, "") for parameter in known.parameters}
    with driver.session() as session:
        counters = session.run(text_for(known, HOME), given).consume().counters
    assert known.mode is Mode.WRITE or not counters.contains_updates


@pytest.mark.neo4j
@pytest.mark.parametrize("name", [name for name in NAMES if name != "databases"])
def test_a_statement_scans_nothing_that_it_need_not_and_looks_at_no_other_home(
    driver: Driver, name: str
) -> None:
    _filled(driver)
    steps = list(_steps(plan(driver, statement(name))))
    scans = {operator for operator in map(_operator, steps) if operator.endswith("Scan")}
    assert scans == SCANS.get(name, set())
    details = " ".join(step["args"].get("Details", "") for step in steps)
    labels = {label for label in re.findall(r":\W?([A-Z]\w*)", details) if not label.endswith(f"_{HOME}")}
    assert labels - SHARED == OF_EVERY_HOME.get(name, set())


@pytest.mark.neo4j
@pytest.mark.parametrize("name", ["holdings_untie", "releases_delete_links"])
def test_a_relationship_is_looked_for_between_both_its_ends(driver: Driver, name: str) -> None:
    found = {operator for operator in operators(driver, statement(name)) if operator.startswith("Expand")}
    assert found == {"Expand(Into)"}


@pytest.mark.neo4j
@pytest.mark.parametrize(
    "name",
    [
        *("holdings_entries", "holdings_all_but_links", "holdings_ties", "holdings_every_standing"),
        *("holdings_every_term", "holdings_rest_of_term", "releases_records", "releases_links"),
        *("releases_record_rows", "releases_link_rows"),
    ],
)
def test_what_comes_by_many_comes_in_the_order_of_its_index_and_all_that_is_left_is_not_looked_through(
    driver: Driver, name: str
) -> None:
    _filled(driver)
    found = operators(driver, statement(name))
    assert {operator for operator in found if operator in {"Limit", "Top", "PartialTop"}} == {"Limit"}
