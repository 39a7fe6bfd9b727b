"""Every Cypher statement as a file: its header is complete and true, some store uses it, and none is made elsewhere."""

from importlib.resources import files

import pytest

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
from graph.stores.statements import Mode, Statement, parse, schema, statement
from tests.stores.statement_names import NAMES, SCHEMA

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
HEADER = "// purpose: find it.\n// parameters: name: text\n// read\n"


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
