"""What every store of holdings promises (graph/store.py), asked of each in turn."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import orjson
import pytest

from graph.model import Entry, EntryId, Kind
from graph.store import Batch, Holdings, StoredHoldings, Taint
from tests.store_contract import HoldingsPlace, all_of, deleted, entry, link, put, tainted

ODD_TEXTS = [
    " ",
    "C 1",
    "Ünïcödé-日本-🙂-e\u0301",
    "é",
    "'",
    '"',
    "`",
    "back`tick``s",
    "new\nline\r\ttab",
    "\\",
    "a\0b",
    "\u2028\ufeff\u200d",
    "$rows",
    "}) DETACH DELETE n //",
    "'; DROP TABLE entry; --",
    "null",
    "0",
    "long " * 400,
]


def held(holdings: Holdings, *ids: str) -> dict[EntryId, Entry]:
    return holdings.held(map(EntryId, ids))


def taint(id: str, by: str) -> Taint:
    return Taint(EntryId(id), by)


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


# --- entries ---------------------------------------------------------------------------------------------------------


def test_a_new_store_holds_nothing(holdings: Holdings) -> None:
    assert (held(holdings, "C-1"), all_of(holdings), holdings.counts(), holdings.recall("name")) == (
        {},
        [],
        {},
        None,
    )


@pytest.mark.parametrize("kind", Kind)
def test_an_entry_of_any_kind_is_held_as_it_was_put(holdings: Holdings, kind: Kind) -> None:
    ends = {"from": "A", "to": "B"} if kind is Kind.LINK else {}
    held_one = entry("X-1", kind, "2004-02-02T01:00:00.000000000", title="Title", **ends)
    put(holdings, held_one)
    assert (held(holdings, "X-1"), all_of(holdings), holdings.counts()) == (
        {"X-1": held_one},
        [held_one],
        {kind: 1},
    )


def test_a_line_is_kept_byte_for_byte(holdings: Holdings) -> None:
    line = '{ "title" :"\\u00e9 é 🙂\\n", "kind":"case","id":"C-1",  "number": 1.50e3, "extra":[null,{}]}'.encode()
    put(holdings, Entry(EntryId("C-1"), Kind.CASE, line))
    assert all_of(holdings) == [Entry(EntryId("C-1"), Kind.CASE, line)]


def test_a_put_replaces_what_was_held_whole(holdings: Holdings) -> None:
    put(holdings, entry("C-1", revised="2004-02-02T00:00:00.000000000", title="Old", number="N-1"))
    later = entry("C-1", office="SAC-NY")
    put(holdings, later)
    assert (all_of(holdings), holdings.counts()) == ([later], {Kind.CASE: 1})


def test_a_deleted_entry_is_held_and_not_counted(holdings: Holdings) -> None:
    gone = [deleted("C-1", Kind.CASE), deleted("L-1", Kind.LINK), deleted("Q-1", Kind.CLEARANCE)]
    put(holdings, entry("C-1"), entry("C-2"), link("L-1", "C-1", "C-2"), entry("Q-1", Kind.CLEARANCE))
    put(holdings, *gone)
    assert (all_of(holdings), holdings.counts()) == (
        [gone[0], entry("C-2"), gone[1], gone[2]],
        {Kind.CASE: 1},
    )


def test_all_but_the_links_are_told_as_all_entries_are(holdings: Holdings) -> None:
    others = [
        entry("C-1"),
        deleted("D-1", Kind.DOCUMENT),
        entry("K-1", Kind.CONSENT),
        entry("Q-1", Kind.CLEARANCE),
    ]
    put(holdings, *others, entry("S-1", Kind.SUBJECT), link("L-1", "C-1", "E-1"), deleted("L-2", Kind.LINK))
    holdings.take(Batch(taints=[taint("S-1", "B"), taint("L-1", "B")]))
    told = sorted(holdings.all_but_links(), key=lambda entry: entry.id)
    assert told == [*others, msgspec.structs.replace(entry("S-1", Kind.SUBJECT), tainted=True)]


def test_a_deleted_entry_comes_back_with_a_later_line(holdings: Holdings) -> None:
    back = [entry("C-1", title="Back"), link("L-1", "C-1", "C-1")]
    put(holdings, entry("C-1"), link("L-1", "C-1", "C-1"))
    put(holdings, deleted("C-1", Kind.CASE), deleted("L-1", Kind.LINK))
    put(holdings, *back)
    assert (all_of(holdings), holdings.counts()) == (back, {Kind.CASE: 1, Kind.LINK: 1})


@pytest.mark.parametrize("kind", Kind)
def test_a_deleted_entry_may_be_put_where_nothing_was_held(holdings: Holdings, kind: Kind) -> None:
    put(holdings, deleted("X-1", kind))
    assert (all_of(holdings), holdings.counts()) == ([deleted("X-1", kind)], {})


def test_all_kinds_are_counted_and_those_without_any_are_left_out(holdings: Holdings) -> None:
    put(holdings, *(entry(f"D-{number}", Kind.DOCUMENT) for number in range(3)))
    put(holdings, entry("S-1", Kind.SUBJECT), entry("K-1", Kind.CONSENT), link("L-1", "D-1", "S-1"))
    assert holdings.counts() == {Kind.DOCUMENT: 3, Kind.SUBJECT: 1, Kind.CONSENT: 1, Kind.LINK: 1}


def test_only_those_of_the_ids_that_are_held_are_found_each_once(holdings: Holdings) -> None:
    put(holdings, entry("C-1"), entry("C-2"), entry("C-3"))
    assert held(holdings, "C-3", "C-9", "C-1", "C-3") == {"C-1": entry("C-1"), "C-3": entry("C-3")}
    assert held(holdings) == {}


def test_ids_are_told_apart_by_case_accent_and_blank(holdings: Holdings) -> None:
    apart = [entry(id) for id in ("c-1", "C-1", "C-1 ", "é", "e\u0301")]
    put(holdings, *apart)
    assert held(holdings, *(one.id for one in apart)) == {one.id: one for one in apart}


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_any_text_is_an_id_an_end_a_type_and_a_field(holdings: Holdings, odd: str) -> None:
    odd_ones = [
        entry(odd, title=odd, number=odd, office=odd, source_system=odd, access_codes=[odd]),
        link("L-1", odd, "never loaded", type=odd, role=odd, sources=[odd]),
        link("L-2", "C-2", odd),
        entry("S-1", Kind.SUBJECT, properties=[{"name": odd, "value": odd, "sources": [odd]}]),
    ]
    put(holdings, *odd_ones)
    assert all_of(holdings) == sorted(odd_ones, key=lambda one: one.id)
    assert held(holdings, odd) == {odd: odd_ones[0]}
    put(holdings, deleted(odd, Kind.CASE), *odd_ones[1:])
    assert held(holdings, odd) == {odd: deleted(odd, Kind.CASE)}


@pytest.mark.parametrize("wrong", [None, 5, True, "", [], [None], ["REL", 5], {"a": 1}, [["REL"]]])
def test_fields_of_a_wrong_type_are_kept_as_they_came(holdings: Holdings, wrong: Any) -> None:
    odd_ones = [
        entry("C-1", number=wrong, access_codes=wrong, title=wrong, source_system=wrong),
        link("L-1", "C-1", "C-1", type=wrong, sources=wrong, role=wrong, since=wrong, access_codes=wrong),
        entry("Q-1", Kind.CLEARANCE, link=wrong, category=wrong, agreements=wrong),
    ]
    put(holdings, *odd_ones)
    assert all_of(holdings) == odd_ones


def test_a_link_without_a_type_is_held(holdings: Holdings) -> None:
    untyped = Entry(EntryId("L-1"), Kind.LINK, b'{"kind":"link","id":"L-1","from":"A","to":"B"}')
    put(holdings, untyped)
    assert (all_of(holdings), holdings.counts()) == ([untyped], {Kind.LINK: 1})


def test_long_lines_are_held(holdings: Holdings) -> None:
    long = entry("D-1", Kind.DOCUMENT, narrative="word " * 400_000, title="é" * 20_000, number="9" * 20_000)
    put(holdings, long)
    assert all_of(holdings) == [long]


def test_an_end_that_was_never_loaded_is_no_entry(holdings: Holdings) -> None:
    put(holdings, link("L-1", "C-1", "C-2"))
    assert (held(holdings, "C-1", "C-2", "L-1"), all_of(holdings), holdings.counts()) == (
        {"L-1": link("L-1", "C-1", "C-2")},
        [link("L-1", "C-1", "C-2")],
        {Kind.LINK: 1},
    )


def test_an_end_may_be_loaded_later_and_may_be_no_record(holdings: Holdings) -> None:
    links = [link("L-1", "C-1", "L-2"), link("L-2", "L-2", "K-1"), link("L-3", "L-1", "L-3")]
    put(holdings, *links)
    put(holdings, entry("C-1"), entry("K-1", Kind.CONSENT))
    assert all_of(holdings) == [entry("C-1"), entry("K-1", Kind.CONSENT), *links]
    assert holdings.counts() == {Kind.CASE: 1, Kind.CONSENT: 1, Kind.LINK: 3}


def test_a_link_may_change_its_type_and_its_ends(holdings: Holdings) -> None:
    put(holdings, entry("C-1"), entry("C-2"), link("L-1", "C-1", "C-2", role="suspect", sources=["D-1"]))
    for changed in (
        link("L-1", "C-1", "C-2", type="CITES"),
        link("L-1", "C-2", "C-1", type="CITES"),
        link("L-1", "C-3", "C-3", type="", since="2003"),
    ):
        put(holdings, changed)
        assert all_of(holdings) == [entry("C-1"), entry("C-2"), changed]


def test_a_batch_may_be_large(holdings: Holdings) -> None:
    records = [entry(f"C-{number:05}", title=f"Case {number}") for number in range(6_000)]
    links = [link(f"L-{number:05}", "C-00000", f"C-{number:05}") for number in range(6_000)]
    put(holdings, *links, *records)
    assert all_of(holdings) == records + links
    assert holdings.held(one.id for one in records) == {one.id: one for one in records}


# --- taints ----------------------------------------------------------------------------------------------------------


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


# --- batches and connections -----------------------------------------------------------------------------------------


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
