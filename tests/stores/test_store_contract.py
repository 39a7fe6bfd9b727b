"""What every store of holdings promises (graph/store.py), asked of each in turn."""

from typing import Any

import msgspec
import pytest

from graph.model import Entry, EntryId, Kind
from graph.store import Batch, Holdings
from tests.store_contract import all_of, deleted, entry, held, link, put, taint
from tests.stores.odd_texts import ODD_TEXTS


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
