"""What is Neo4j's own in the holdings: how they look to a person with Neo4j Browser, and what a kill leaves."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.model import Entry, EntryId, Kind
from graph.store import Batch, Keeping, Taint
from graph.stores import bolt_kept
from graph.stores.bolt import open_bolt
from graph.stores.bolt_holdings import BoltHoldings, open_holdings
from tests.dying_turns import Deaths, Killed
from tests.neo4j_server import Neo4jServer
from tests.store_contract import access, all_of, deleted, emptied, entry, link, put

pytestmark = pytest.mark.neo4j

ROOT = Path(__file__).parent.parent.parent
Ties = set[tuple[str, str, str, str]]


@pytest.fixture
def server(neo4j_holdings_server: Neo4jServer) -> Neo4jServer:
    return emptied(neo4j_holdings_server)


@pytest.fixture
def holdings(server: Neo4jServer) -> Iterator[BoltHoldings]:
    with open_holdings(*access(server)) as store:
        yield store


def rows(server: Neo4jServer, query: str) -> list[dict[str, Any]]:
    with server.driver() as driver:
        return [row.data() for row in driver.execute_query(query)[0]]


def ties(server: Neo4jServer) -> Ties:
    """Every relationship: id, type, and the ids of its ends."""
    found = rows(server, "MATCH (a)-[r]->(b) RETURN r.id AS id, type(r) AS type, a.id AS head, b.id AS tail")
    return {(row["id"], row["type"], row["head"], row["tail"]) for row in found}


def nodes(server: Neo4jServer) -> dict[str, tuple[list[str], dict[str, Any]]]:
    """Labels and properties of every node with an id, but for its line."""
    found = rows(
        server, "MATCH (n) WHERE n.id IS NOT NULL RETURN labels(n) AS labels, properties(n) AS shown"
    )
    return {
        row["shown"].pop("id"): (
            sorted(row["labels"]),
            {k: v for k, v in row["shown"].items() if k != "line"},
        )
        for row in found
    }


def test_a_record_shows_its_short_fields_and_its_codes(holdings: BoltHoldings, server: Neo4jServer) -> None:
    shown = {
        "number": "NY03-0001",
        "title": "Freight",
        "office": "SAC-NY",
        "source_system": "CASES",
        "opened": "",
    }
    long = {"synopsis": "Long.", "approval": {"state": "approved"}, "own_field": "Kept in the line alone."}
    line = orjson.dumps({"kind": "case", "id": "C-1", "access_codes": ["REL", "T3"]} | shown | long)
    put(holdings, Entry(EntryId("C-1"), Kind.CASE, line, revised="2004-02-02T00:00:00.000000000"))
    mirrored = {
        "kind": "case",
        "access_codes": ["REL", "T3"],
        "revised": "2004-02-02T00:00:00.000000000",
    } | shown
    assert nodes(server) == {"C-1": (["Case", "Held", "Record"], mirrored)}


def test_labels_tell_the_kinds_apart(holdings: BoltHoldings, server: Neo4jServer) -> None:
    others = [entry(f"X-{kind}", kind) for kind in Kind if kind is not Kind.LINK]
    put(holdings, *others, link("X-link", "X-case", "never loaded"))
    assert {id: labels for id, (labels, _) in nodes(server).items()} == {
        "X-case": ["Case", "Held", "Record"],
        "X-document": ["Document", "Held", "Record"],
        "X-subject": ["Held", "Record", "Subject"],
        "X-link": ["Held", "Link"],
        "X-clearance": ["Clearance", "Held"],
        "X-consent": ["Consent", "Held"],
        "never loaded": ["Held"],
    }


def test_a_link_is_a_relationship_of_its_type_that_shows_its_fields(
    holdings: BoltHoldings, server: Neo4jServer
) -> None:
    shown = {
        "role": "suspect",
        "since": "2003",
        "until": "2004-05",
        "sources": ["D-1"],
        "access_codes": ["T3"],
    }
    put(
        holdings,
        entry("C-1"),
        entry("S-1", Kind.SUBJECT),
        link("L-1", "C-1", "S-1", type="INVOLVES", **shown),
    )
    assert ties(server) == {("L-1", "INVOLVES", "C-1", "S-1")}
    assert rows(server, "MATCH ()-[r]->() RETURN properties(r) AS shown") == [
        {"shown": {"id": "L-1"} | shown}
    ]


@pytest.mark.parametrize(
    ("type", "relationship"),
    [
        ("CITES", "CITES"),
        ("a`b", "a`b"),
        ("$(x)", "$(x)"),
        (" ", " "),
        ("Ü 🙂\n", "Ü 🙂\n"),
        ("t" * 2_000, "t" * 2_000),
        (None, "UNTYPED"),
        ("", "UNTYPED"),
        ("a\0b", "UNTYPED"),
        (5, "UNTYPED"),
        (["CITES"], "UNTYPED"),
    ],
)
def test_any_type_that_neo4j_can_write_is_the_relationships(
    holdings: BoltHoldings, server: Neo4jServer, type: object, relationship: str
) -> None:
    put(holdings, link("L-1", "C-1", "C-2", type=type))
    assert ties(server) == {("L-1", relationship, "C-1", "C-2")}


def test_a_link_that_changes_leaves_no_relationship_behind(
    holdings: BoltHoldings, server: Neo4jServer
) -> None:
    put(holdings, entry("C-1"), entry("C-2"), link("L-0", "C-1", "C-2"), link("L-1", "C-1", "C-2"))
    for head, tail, type in [
        ("C-1", "C-2", "CITES"),
        ("C-2", "C-1", "CITES"),
        ("C-3", "C-3", ""),
        ("C-1", "L-0", "A"),
    ]:
        put(holdings, link("L-1", head, tail, type=type))
        assert ties(server) == {("L-0", "CONTAINS", "C-1", "C-2"), ("L-1", type or "UNTYPED", head, tail)}


def test_a_link_that_changes_in_nothing_shown_keeps_its_relationship(
    holdings: BoltHoldings, server: Neo4jServer
) -> None:
    put(holdings, link("L-1", "C-1", "C-2"))
    before = rows(server, "MATCH ()-[r]->() RETURN elementId(r) AS id")
    put(holdings, link("L-1", "C-1", "C-2", own_field="new"))
    assert rows(server, "MATCH ()-[r]->() RETURN elementId(r) AS id") == before
    put(holdings, link("L-1", "C-1", "C-2", role="suspect"))
    assert rows(server, "MATCH ()-[r]->() RETURN r.role AS role") == [{"role": "suspect"}]


def test_a_deleted_link_has_no_relationship_and_gets_one_when_it_comes_back(
    holdings: BoltHoldings, server: Neo4jServer
) -> None:
    put(holdings, link("L-1", "C-1", "C-2"))
    for _ in range(2):
        put(holdings, deleted("L-1", Kind.LINK))
        assert ties(server) == set()
    assert nodes(server)["L-1"] == (["Held", "Link"], {"kind": "link", "deleted": True})
    put(holdings, link("L-1", "C-1", "C-2"))
    assert ties(server) == {("L-1", "CONTAINS", "C-1", "C-2")}


def test_a_deleted_record_keeps_its_relationships_and_shows_only_what_its_line_has(
    holdings: BoltHoldings, server: Neo4jServer
) -> None:
    put(holdings, entry("C-1", title="Secret", number="N-1"), link("L-1", "C-1", "C-1"))
    put(holdings, deleted("C-1", Kind.CASE))
    assert ties(server) == {("L-1", "CONTAINS", "C-1", "C-1")}
    assert nodes(server)["C-1"] == (["Case", "Held", "Record"], {"kind": "case", "deleted": True})


def test_an_end_that_is_loaded_later_is_the_node_that_links_already_have(
    holdings: BoltHoldings, server: Neo4jServer
) -> None:
    put(holdings, link("L-1", "C-1", "D-1"))
    put(holdings, entry("D-1", Kind.DOCUMENT, type="ROI"))
    assert (ties(server), {id: labels for id, (labels, _) in nodes(server).items()}) == (
        {("L-1", "CONTAINS", "C-1", "D-1")},
        {"L-1": ["Held", "Link"], "C-1": ["Held"], "D-1": ["Document", "Held", "Record"]},
    )


def replaced(holdings: BoltHoldings, hub: str, number: int) -> float:
    """How many seconds it takes to replace all links of a record, or to delete them: the longer of the two."""
    ties = [link(f"L-{hub}-{n:05}", hub, f"D-{n:05}") for n in range(number)]
    put(holdings, *ties)
    start = time.monotonic()
    put(holdings, *(link(one.id, hub, f"D-{n:05}", type="NAMES") for n, one in enumerate(ties)))
    again = time.monotonic()
    put(holdings, *(deleted(one.id, Kind.LINK) for one in ties))
    return max(again - start, time.monotonic() - again)


def test_links_of_a_record_with_very_many_are_replaced_in_time(holdings: BoltHoldings) -> None:
    """To look through all the links of the hub for each of them would take minutes, and a hundred times as long."""
    few, many = replaced(holdings, "S-1", 1_000), replaced(holdings, "S-2", 10_000)
    assert many < max(60, 40 * few)  # a minute, or on a slow machine what it says of itself


def test_writers_at_the_same_time_wait_for_each_other(server: Neo4jServer) -> None:
    ids = [f"C-{number:03}" for number in range(100)]
    errors: list[Exception] = []

    def write(order: list[str], revised: str) -> None:
        try:
            with open_holdings(*access(server)) as store:
                for _ in range(5):
                    links = [link(f"L-{id}", id, order[0], role=revised) for id in order]
                    put(store, *(entry(id, revised=revised) for id in order), *links)
        except Exception as error:
            errors.append(error)

    orders = (ids, ids[::-1], ids[50:] + ids[:50])
    writers = [threading.Thread(target=write, args=(order, str(turn))) for turn, order in enumerate(orders)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    with open_holdings(*access(server)) as store:
        assert store.counts() == {Kind.CASE: 100, Kind.LINK: 100}
        assert len({one.revised for one in store.entries() if one.kind is Kind.CASE}) == 1
    assert len(ties(server)) == 100


# --- kills -----------------------------------------------------------------------------------------------------------

BEFORE = [entry("C-1"), link("L-1", "C-1", "C-2")]
LOADER = """
import os, signal, sys, threading
from tests.store_contract import entry, link
from tests.stores.test_bolt_holdings import large_batch
from graph.stores.bolt_holdings import open_holdings
holdings = open_holdings(*sys.argv[1:])
batch = large_batch()
print("taking", flush=True)
threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGKILL)).start()
holdings.take(batch)
print("taken", flush=True)
"""


def large_batch() -> Batch:
    """What takes a second or more to write, and replaces and deletes as well."""
    records = [entry(f"D-{number:05}", Kind.DOCUMENT, title="T" * 200) for number in range(15_000)]
    links = [link(f"K-{number:05}", "C-1", f"D-{number:05}") for number in range(15_000)]
    changed = [entry("C-1", title="Changed"), deleted("L-1", Kind.LINK)]
    return Batch([*changed, *records, *links], taints=[Taint(EntryId("C-1"), "X")], memory={"n": "t"})


def loading(server: Neo4jServer) -> "subprocess.Popen[str]":
    """Another program that takes the large batch, and is killed on its way; it has begun."""
    loader = subprocess.Popen(
        [sys.executable, "-c", LOADER, *access(server)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert loader.stdout is not None
    assert loader.stdout.readline() == "taking\n"
    return loader


def whole(holdings: BoltHoldings) -> list[Entry]:
    """What is held, after whatever was under way on the server has ended."""
    holdings.remember("turn", "mine")
    return all_of(holdings)


def test_a_program_that_is_killed_while_it_takes_leaves_nothing_of_it(
    holdings: BoltHoldings, server: Neo4jServer
) -> None:
    put(holdings, *BEFORE)
    with loading(server) as loader:
        assert (loader.wait(), loader.stdout and loader.stdout.read()) == (-signal.SIGKILL, "")
    assert (whole(holdings), holdings.recall("n")) == (BEFORE, None)
    assert ties(server) == {("L-1", "CONTAINS", "C-1", "C-2")}


def test_a_server_that_is_killed_while_a_batch_is_taken_has_all_of_it_in_the_end(
    holdings: BoltHoldings, server: Neo4jServer
) -> None:
    put(holdings, *BEFORE)
    batch = large_batch()
    patient = BoltHoldings(open_bolt(*access(server), retry_seconds=300))
    taking = threading.Thread(target=patient.take, args=(batch,))
    taking.start()
    time.sleep(0.7)
    server.kill()
    server.start()
    taking.join()
    patient.close()
    expected = {one.id: one.line for one in (*BEFORE, *batch.puts)}
    with open_holdings(*access(server)) as store:
        assert {one.id: one.line for one in store.entries()} == expected
        assert store.recall("n") == "t"
    assert len(ties(server)) == 15_000


def test_what_is_too_much_for_one_transaction_is_kept_whole_or_counts_for_nothing(
    holdings: BoltHoldings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bolt_kept, "_KEPT_AT_ONCE", 2)
    ids = [EntryId(f"C-{number}") for number in range(5)]
    old, new = (dict.fromkeys(ids, text) for text in (b"old", b"new"))

    def keeping(bodies: dict[EntryId, bytes], account: str) -> Keeping:
        return Keeping(standings=bodies.items(), terms=[("term", id) for id in ids], account=account)

    def kept() -> object:
        return holdings.account(), holdings.standings(ids), holdings.found(["term"])

    counted = Deaths(None)
    with monkeypatch.context() as patch:
        counted.wrap(patch)
        holdings.keep(keeping(new, "new"))
    whole = kept()
    assert whole == ("new", new, {"term": set(ids)})
    for place in range(1, counted.seen + 1):
        holdings.keep(keeping(old, "old"))
        with monkeypatch.context() as patch:
            Deaths(place, after=True).wrap(patch)
            with pytest.raises(Killed):
                holdings.keep(keeping(new, "new"))
        last = place == counted.seen
        assert (holdings.account(), last and kept()) == ("new" if last else None, last and whole)
