"""What every store of holdings promises of taints, and of what it remembers beside entries (graph/store.py)."""

import msgspec
import pytest

from graph.store import Batch, Holdings, StoredHoldings
from tests.store_contract import all_of, entry, held, put, taint, tainted
from tests.stores.odd_texts import ODD_TEXTS


def test_a_taint_is_seen_on_its_entry_and_on_no_other(holdings: Holdings) -> None:
    put(holdings, entry("C-1"), entry("C-2"))
    holdings.take(Batch(taints=[taint("C-1", "L-9")]))
    marked = msgspec.structs.replace(entry("C-1"), tainted=True)
    assert all_of(holdings) == [marked, entry("C-2")]
    assert held(holdings, "C-1", "C-2") == {"C-1": marked, "C-2": entry("C-2")}


def test_a_taint_waits_for_its_entry(holdings: Holdings) -> None:
    holdings.take(Batch(taints=[taint("C-1", "C-1")]))
    assert (held(holdings, "C-1"), holdings.counts()) == ({}, {})
    put(holdings, entry("C-1"))
    assert tainted(holdings) == {"C-1"}


def test_a_put_lifts_no_taint_and_says_none(holdings: Holdings) -> None:
    holdings.take(Batch(taints=[taint("C-1", "C-1")]))
    put(holdings, entry("C-1"), msgspec.structs.replace(entry("C-2"), tainted=True))
    assert tainted(holdings) == {"C-1"}


def test_a_good_line_lifts_what_its_id_tainted_and_nothing_else(holdings: Holdings) -> None:
    put(holdings, *map(entry, ("C-1", "C-2", "C-3")))
    holdings.take(Batch(taints=[taint("C-1", "L-1"), taint("C-2", "L-1"), taint("C-2", "L-2")]))
    holdings.take(Batch(lifted=["L-1", "C-2", "C-9"]))
    assert tainted(holdings) == {"C-2"}
    holdings.take(Batch(lifted=["L-2"]))
    assert tainted(holdings) == set()


def test_all_taints_are_told_whether_their_entries_are_held_or_not(holdings: Holdings) -> None:
    put(holdings, entry("C-1"))
    told = {taint("C-1", "L-1"), taint("C-1", "file:a.jsonl"), taint("C-9", "C-9")}
    assert holdings.taints() == set()
    holdings.take(Batch(taints=list(told)))
    assert holdings.taints() == told
    holdings.take(Batch(lifted=["file:a.jsonl", "C-9"]))
    assert holdings.taints() == {taint("C-1", "L-1")}


def test_a_taint_put_twice_is_lifted_at_once(holdings: Holdings) -> None:
    put(holdings, entry("C-1"))
    for _ in range(2):
        holdings.take(Batch(taints=[taint("C-1", "L-1")]))
    holdings.take(Batch(lifted=["L-1"]))
    assert tainted(holdings) == set()


def test_within_a_batch_taints_come_after_what_is_lifted(holdings: Holdings) -> None:
    put(holdings, *map(entry, ("C-1", "C-2")))
    holdings.take(Batch(taints=[taint("C-1", "L-1")]))
    holdings.take(Batch(lifted=["L-1"], taints=[taint("C-2", "L-1")]))
    assert tainted(holdings) == {"C-2"}


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_any_text_may_taint_and_be_tainted(holdings: Holdings, odd: str) -> None:
    put(holdings, entry(odd))
    holdings.take(Batch(taints=[taint(odd, f"file:{odd}{'/folder' * 500}"), taint(odd, odd)]))
    holdings.take(Batch(lifted=[odd]))
    assert tainted(holdings) == {odd}
    holdings.take(Batch(lifted=[f"file:{odd}{'/folder' * 500}"]))
    assert tainted(holdings) == set()


def test_many_taints_are_lifted_and_put(holdings: Holdings) -> None:
    ids = [f"C-{number:05}" for number in range(6_000)]
    holdings.take(Batch(puts=list(map(entry, ids)), taints=[taint(id, id) for id in ids]))
    holdings.take(Batch(lifted=ids[1:]))
    assert tainted(holdings) == {ids[0]}


# --- memory ----------------------------------------------------------------------------------------------------------


def test_the_last_text_remembered_under_a_name_is_recalled(holdings: Holdings) -> None:
    holdings.remember("name", "first")
    holdings.take(Batch(memory={"name": "second", "other": ""}))
    assert [holdings.recall(name) for name in ("name", "other", "third")] == ["second", "", None]


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_any_text_is_remembered_under_any_name(holdings: Holdings, odd: str) -> None:
    holdings.remember(odd, odd * 50)
    assert holdings.recall(odd) == odd * 50


def test_all_that_is_remembered_is_told_by_name(holdings: StoredHoldings) -> None:
    assert holdings.remembered() == {}
    holdings.take(Batch(memory={"b": "1", "a": ""}))
    holdings.remember("b", "2")
    assert holdings.remembered() == {"a": "", "b": "2"}


def test_what_is_remembered_is_no_entry(holdings: Holdings) -> None:
    holdings.remember("C-1", "text")
    assert (held(holdings, "C-1"), all_of(holdings), holdings.counts()) == ({}, [], {})
