"""What every store of holdings promises of batches and of several connections (graph/store.py), asked of each."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import orjson
import pytest

from graph.model import Entry, Kind
from graph.store import Batch, Holdings
from tests.store_contract import HoldingsPlace, all_of, entry, link, put, taint


class Failing(Sequence[Entry]):
    """Entries of which the reading fails half-way."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries) + 1

    def __getitem__(self, place: Any) -> Any:
        if place == len(self._entries):
            raise RuntimeError("half-way")
        return self._entries[place]


def test_an_empty_batch_changes_nothing(holdings: Holdings) -> None:
    put(holdings, entry("C-1"))
    holdings.take(Batch())
    assert all_of(holdings) == [entry("C-1")]


def test_of_a_batch_that_fails_nothing_is_written(holdings: Holdings) -> None:
    put(holdings, entry("C-1"))
    broken = Batch(puts=Failing([entry("C-1", title="Changed"), entry("C-2")]), memory={"name": "text"})
    with pytest.raises(RuntimeError):
        holdings.take(broken)
    assert (all_of(holdings), holdings.recall("name")) == ([entry("C-1")], None)
    put(holdings, entry("C-2"))
    assert all_of(holdings) == [entry("C-1"), entry("C-2")]


def test_taking_a_batch_twice_is_taking_it_once(holdings: Holdings) -> None:
    batch = Batch(
        puts=[entry("C-1"), link("L-1", "C-1", "C-2")],
        lifted=["C-1"],
        taints=[taint("C-1", "C-7")],
        memory={"name": "text"},
    )
    for _ in range(2):
        holdings.take(batch)
        assert all_of(holdings) == [
            msgspec.structs.replace(entry("C-1"), tainted=True),
            link("L-1", "C-1", "C-2"),
        ]


def test_what_was_taken_is_there_when_the_store_is_opened_again(holdings_place: HoldingsPlace) -> None:
    with holdings_place.open() as first:
        first.take(
            Batch([entry("C-1"), link("L-1", "C-1", "C-2")], taints=[taint("C-1", "X")], memory={"n": "t"})
        )
    with holdings_place.open() as second:
        assert (all_of(second), second.counts(), second.recall("n")) == (
            [msgspec.structs.replace(entry("C-1"), tainted=True), link("L-1", "C-1", "C-2")],
            {Kind.CASE: 1, Kind.LINK: 1},
            "t",
        )


def test_two_connections_see_what_the_other_took(holdings_place: HoldingsPlace) -> None:
    with holdings_place.open() as one, holdings_place.open() as other:
        put(one, entry("C-1"))
        put(other, entry("C-2"))
        assert all_of(one) == all_of(other) == [entry("C-1"), entry("C-2")]


def test_entries_go_on_while_another_connection_writes(holdings_place: HoldingsPlace) -> None:
    before = [entry(f"C-{number:05}") for number in range(9_000)]
    with holdings_place.open() as reading, holdings_place.open() as writing:
        put(writing, *before)
        entries = reading.entries()
        first = next(entries)
        put(writing, *(entry(f"D-{number:05}", Kind.DOCUMENT) for number in range(9_000)))
        seen = [first, *entries]
    assert sorted(_cases(seen), key=lambda one: one.id) == before


def test_entries_that_are_not_read_to_the_end_hold_nothing_up(holdings_place: HoldingsPlace) -> None:
    with holdings_place.open() as store:
        put(store, *(entry(f"C-{number:05}") for number in range(9_000)))
        entries = store.entries()
        next(entries)
        del entries
        put(store, entry("D-1", Kind.DOCUMENT))
        assert store.counts() == {Kind.CASE: 9_000, Kind.DOCUMENT: 1}


def test_a_store_may_be_closed_twice(holdings_place: HoldingsPlace) -> None:
    with holdings_place.open() as store:
        store.close()


def _cases(entries: Iterable[Entry]) -> list[Entry]:
    return [one for one in entries if orjson.loads(one.line)["kind"] == "case"]
