"""Every Cypher statement: its header is complete, a real Neo4j runs it, and it finds what it wants without a scan."""

import re
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from importlib.resources import files
from typing import Any

import pytest
from neo4j import Driver

from graph.errors import StoreError
from graph.stores import (
    bolt,
    bolt_apart,
    bolt_building,
    bolt_dropping,
    bolt_history,
    bolt_holdings,
    bolt_kept,
    bolt_papers,
    bolt_parts,
    bolt_reader,
    bolt_reading,
    bolt_release_rows,
    bolt_releases,
)
from graph.stores.bolt import Transaction, open_bolt
from graph.stores.home_labels import SHARED, text_for
from graph.stores.statements import Mode, Statement, parse, schema, statement
from tests.neighbours import HOME
from tests.neo4j_server import Neo4jServer, empty
from tests.store_contract import access, emptied

NAMES = sorted(
    file.name.removesuffix(".cypher") for file in files("cypher").iterdir() if file.name.endswith(".cypher")
)
SCHEMA = sorted(
    f"schema/{file.name.removesuffix('.cypher')}" for file in files("cypher").joinpath("schema").iterdir()
)
READERS = {
    "databases",
    "holdings_account",
    "holdings_all_but_links",
    "holdings_changed",
    "holdings_counts",
    "holdings_earlier",
    "holdings_entries",
    "holdings_every_standing",
    "holdings_every_term",
    "holdings_found",
    "holdings_found_from",
    "holdings_held",
    "holdings_known",
    "holdings_lifted",
    "holdings_noted",
    "holdings_papers",
    "holdings_readable",
    "holdings_recall",
    "holdings_remembered",
    "holdings_rest_of_term",
    "holdings_some_papers",
    "holdings_standings",
    "holdings_taints",
    "holdings_tied",
    "holdings_ties",
    "holdings_ties_of_hub",
    "holdings_turn_now",
    "holdings_waiting_papers",
    "holdings_written",
    "releases_earlier",
    "releases_enrolled",
    "releases_half_way",
    "releases_header",
    "releases_headers",
    "releases_last_version",
    "releases_left",
    "releases_link_rows",
    "releases_link_rows_of_hub",
    "releases_links",
    "releases_links_among",
    "releases_links_of_hubs",
    "releases_next_part",
    "releases_oldest_version",
    "releases_parts",
    "releases_owner",
    "releases_past",
    "releases_readable",
    "releases_record_rows",
    "releases_records",
    "releases_revoked",
    "releases_seen",
    "releases_some_links",
    "releases_some_records",
    "releases_standing",
    "releases_state",
    "releases_touches",
    "releases_turn_now",
    "releases_versions",
}
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
HEADER = "// purpose: find it.\n// parameters: name: text\n// read\n"


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


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_says_its_purpose_and_whether_it_reads_or_writes(name: str) -> None:
    known = statement(name)
    assert (known.name, known.mode, known.purpose[-1]) == (
        name,
        Mode.READ if name in READERS else Mode.WRITE,
        ".",
    )


@pytest.mark.parametrize("name", SCHEMA)
def test_a_constraint_or_index_says_its_purpose_and_is_made_once(name: str) -> None:
    known = statement(name)
    assert (known.mode, known.parameters, "IF NOT EXISTS" in known.text) == (Mode.SCHEMA, frozenset(), True)


def test_every_constraint_and_index_is_of_one_of_the_stores() -> None:
    made = {known.name for known in (*schema("holdings"), *schema("releases"))}
    assert made == set(SCHEMA)


def test_every_statement_is_used_by_a_store() -> None:
    releases = (
        bolt_releases,
        bolt_reader,
        bolt_reading,
        bolt_building,
        bolt_parts,
        bolt_history,
        bolt_release_rows,
    )
    modules = (bolt_holdings, bolt_kept, bolt_papers, bolt_apart, bolt_dropping, *releases)
    used = {
        value.name for module in modules for value in vars(module).values() if isinstance(value, Statement)
    }
    swept = {known.name for known in bolt_building.SWEEPING}
    turns = (bolt_holdings._TURN, bolt_releases._TURN)
    turning = {known.name for turn in turns for known in (turn.now, turn.take, turn.sign, turn.end)}
    stores = (bolt_dropping.HOLDINGS, bolt_dropping.RELEASES)
    dropping = {known.name for store in stores for known in (store.ties, store.nodes, store.last)}
    assert used | swept | turning | dropping == set(NAMES)


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


@pytest.mark.parametrize(
    "source",
    [
        "MATCH (n) RETURN n\n",
        "// purpose: find it.\n// read\nMATCH (n) RETURN n\n",
        "// purpose: find it.\n// parameters: none\nMATCH (n) RETURN n\n",
        "// purpose: \n// parameters: none\n// read\nMATCH (n) RETURN n\n",
        "// purpose: find it.\n// parameters: none\n// reads\nMATCH (n) RETURN n\n",
        "// purpose: find it.\n// parameters: none\n// read\n",
        "// purpose: find it.\n// parameters: none\n// read\nMATCH (n) RETURN n;\nMATCH (n) RETURN n\n",
    ],
)
def test_a_file_without_a_whole_header_and_one_statement_is_refused(source: str) -> None:
    with pytest.raises(StoreError) as refusal:
        parse("wrong", source)
    assert (
        str(refusal.value)
        == "cypher/wrong.cypher does not open with its purpose, parameters, and read or write"
    )


def test_a_statement_that_uses_other_parameters_than_it_states_is_refused() -> None:
    with pytest.raises(StoreError) as refusal:
        parse("wrong", HEADER + "MATCH (n {name: $other}) RETURN n\n")
    assert str(refusal.value) == "cypher/wrong.cypher states other parameters than it uses: name, other"


def test_a_type_or_label_from_a_row_is_no_parameter() -> None:
    known = parse("right", HEADER + "MATCH (n {name: $name}) CREATE (n)-[:$(n.type)]->(:$(n.label))\n")
    assert (known.parameters, known.purpose) == (frozenset({"name"}), "find it.")


def test_a_statement_that_is_missing_says_so() -> None:
    with pytest.raises(StoreError) as refusal:
        statement("no_such_statement")
    assert str(refusal.value) == (
        "cypher/no_such_statement.cypher is missing; this installation is broken, install caselink again"
    )


def test_no_module_of_the_stores_makes_cypher() -> None:
    folder = files("graph").joinpath("stores")
    words = ("MATCH (", "MERGE (", "UNWIND ", "DETACH ", "CREATE (", "RETURN ")
    making = {
        file.name
        for file in folder.iterdir()
        if file.name.endswith(".py") and any(word in file.read_text(encoding="utf-8") for word in words)
    }
    assert making == set()


def test_the_connection_runs_statements_and_knows_none() -> None:
    assert [value for value in vars(bolt).values() if isinstance(value, Statement)] == []
