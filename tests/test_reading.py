"""R12: what a held line says, by the quick way for plain lines and field by field for any other."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import StoreError
from graph.model import RECORD_KINDS, Entry, EntryId, Kind, Link, Property
from graph.reading import Named, read_any_link, read_any_record, read_link, read_named, read_record
from tests.plain_lines import case, document, link, prop, subject

VALUES = st.sampled_from(["", "text", None, 7, True, [], ["a"], ["a", None], [["a"]], {}, {"a": "b"}])
FIELDS = ("type", "sources", "role", "since", "until", "access_codes", "revised", "unknown", "title")


def entry(line: dict[str, Any], *, tainted: bool = False) -> Entry:
    return Entry(EntryId(line["id"]), Kind(line["kind"]), orjson.dumps(line), tainted=tainted)


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES), st.booleans())
@settings(max_examples=300, deadline=None)
def test_both_ways_read_every_line_alike(said: dict[str, Any], tainted: bool) -> None:
    held = entry({"kind": "link", "id": "L-1", "from": "C-1", "to": "D-1"} | said, tainted=tainted)
    link = read_any_link(held)
    assert read_link(held) == link
    assert read_named(held) == Named(link.head, link.tail, link.sources or (), link.role)


ODD = VALUES | st.fixed_dictionaries({}, optional=dict.fromkeys(("state", "agent", "date", "other"), VALUES))
PROPERTIES = st.lists(
    VALUES
    | st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("name", "value", "sources", "access_codes", "other"), VALUES)
    )
    | st.fixed_dictionaries({"name": st.just("name"), "value": st.text(), "sources": st.just(["D-1"])}),
    max_size=3,
)
SAID = dict.fromkeys(
    ("source_system", "access_codes", "number", "title", "office", "prepared", "other"), VALUES
)


@pytest.mark.parametrize("kind", RECORD_KINDS)
@given(
    st.fixed_dictionaries({}, optional=SAID | {"approval": ODD, "properties": PROPERTIES}),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_both_ways_read_every_record_alike(kind: Kind, said: dict[str, Any], tainted: bool) -> None:
    line = orjson.dumps({"kind": kind, "id": "R-1"} | said)
    held = Entry(EntryId("R-1"), kind, line, tainted=tainted)
    assert read_record(held) == read_any_record(held)


def test_a_plain_line_is_read_whole() -> None:
    line = link("L-1", "C-1", "CONTAINS", "D-1", sources=["D-2"], role="lead", since="2003", until="2004-01")
    assert read_link(entry(line | {"access_codes": ["REL"]})) == Link(
        id=EntryId("L-1"),
        type="CONTAINS",
        head=EntryId("C-1"),
        tail=EntryId("D-1"),
        sources=("D-2",),
        role="lead",
        since="2003",
        until="2004-01",
        codes=("REL",),
        sound=True,
    )


def test_r12_a_link_that_states_every_field_and_one_of_them_in_a_wrong_type_is_sound_without_it() -> None:
    line = link("L-1", "C-1", "CONTAINS", "D-1", sources=["D-2"], role=7, since="2003", until="2004-01")
    read = read_link(entry(line | {"access_codes": ["REL"], "revised": "2004-01-01T00:00:00Z"}))
    assert (read.role, read.sources, read.since, read.until) == (None, ("D-2",), "2003", "2004-01")
    assert (read.codes, read.sound) == (("REL",), True)


@pytest.mark.parametrize(
    "odd", [{"unknown": 1}, {"sources": None}, {"sources": ["D-1", 7]}, {"access_codes": "REL"}]
)
def test_what_cannot_be_judged_makes_a_link_unsound(odd: dict[str, Any]) -> None:
    assert not read_link(entry(link("L-1", "C-1", "CONTAINS", "D-1") | odd)).sound
    assert not read_link(entry(link("L-1", "C-1", "CONTAINS", "D-1"), tainted=True)).sound


def test_only_a_subject_has_properties_whatever_the_line_of_another_record_says() -> None:
    said = [prop("name", "Ann Poe")]
    lines = [case("C-1", "NY03-0001", properties=said), document("D-1", "NY03-0002", properties=said)]
    read = [read_record(entry(line)).properties for line in [*lines, subject("S-1", *said)]]
    assert read == [(), (), (Property("name", "Ann Poe", sources=(), codes=(), sound=True),)]


def test_a_damaged_line_says_whose_it_is_and_how_to_mend_it() -> None:
    damaged = Entry(EntryId("C-1"), Kind.CASE, b'{"kind": "case", ')
    with pytest.raises(StoreError) as told:
        read_record(damaged)
    assert str(told.value) == "the line held for C-1 is damaged; restore the holdings from a backup"
