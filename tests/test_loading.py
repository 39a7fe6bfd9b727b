"""What a line does to what is held (DESIGN 3): it replaces it whole, deletes it, or is older and ignored."""

import random
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Entry, EntryId
from loaders.load import Loaded
from tests import worked_example
from tests.building import Agency, Given, as_bytes
from tests.plain_lines import Made, case, clearance, consent, delete, document, link, subject

C1 = case("C-1", "NY03-0001")
OTHER = case("C-1", "NY03-0009", title="Another")
OLD, NEW = {"revised": "2004-01-01T00:00:00Z"}, {"revised": "2005-01-01T00:00:00Z"}
KNOWS = link("L-1", "S-1", "KNOWS", "S-2")
ONE_OF_EACH = [
    C1,
    document("D-1", "NY03-0001-001"),
    subject("S-1"),
    KNOWS,
    clearance("K-1", KNOWS, "title_iii"),
    consent("N-1", "third_agency", record="D-1"),
]


def agency(*lines: Given) -> Agency:
    """An agency that loaded these lines, all of them good."""
    made = Agency()
    made.load(*lines)
    assert made.rejected == []
    return made


def held(made: Agency) -> dict[EntryId, Entry]:
    return {entry.id: entry for entry in made.holdings.entries()}


def lines_held(made: Agency) -> dict[str, bytes]:
    """The lines of what is held and not deleted, as they came."""
    return {entry.id: entry.line for entry in made.holdings.entries() if not entry.deleted}


def test_a_line_is_kept_as_it_came() -> None:
    text = '{"id":"C-1",  "remark": {"unknown": 1.50}, "kind":"case"}'
    assert lines_held(agency(text)) == {"C-1": text.encode()}


def test_every_kind_is_held_and_counted() -> None:
    made = agency(*ONE_OF_EACH)
    assert lines_held(made) == {line["id"]: as_bytes(line) for line in ONE_OF_EACH}
    assert {kind.value: count for kind, count in made.holdings.counts().items()} == {
        line["kind"]: 1 for line in ONE_OF_EACH
    }


def test_a_later_line_replaces_the_earlier_one_whole() -> None:
    assert lines_held(agency(C1, OTHER)) == {"C-1": as_bytes(OTHER)}
    assert lines_held(agency(C1, {"kind": "case", "id": "C-1"})) == {"C-1": b'{"kind":"case","id":"C-1"}'}


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        (OLD, NEW, Loaded(read=2, taken=2)),
        (NEW, OLD, Loaded(read=2, taken=1, ignored=1)),
        (NEW, NEW, Loaded(read=2, taken=2)),
        (NEW, {}, Loaded(read=2, taken=2)),
        ({}, OLD, Loaded(read=2, taken=2)),
        (NEW, {"revised": "2005-01-01T01:00:00+01:00"}, Loaded(read=2, taken=2)),
        (NEW, {"revised": "2005-01-01T00:59:59+01:00"}, Loaded(read=2, taken=1, ignored=1)),
        (NEW, {"revised": "2005-01-01T00:00:00.000000001Z"}, Loaded(read=2, taken=2)),
        ({"revised": "2005-01-01T00:00:00.5Z"}, NEW, Loaded(read=2, taken=1, ignored=1)),
    ],
)
def test_a_line_older_than_the_last_one_taken_is_ignored_and_counted(
    first: Made, second: Made, counts: Loaded
) -> None:
    stays = C1 | first if counts.ignored else OTHER | second
    together, apart = Agency(), Agency()
    assert together.load(C1 | first, OTHER | second) == counts
    apart.load(C1 | first)
    apart.load(OTHER | second)
    assert lines_held(together) == lines_held(apart) == {"C-1": as_bytes(stays)}


def test_a_line_without_revised_forgets_what_was_last_revised() -> None:
    assert lines_held(agency(C1 | NEW, C1, OTHER | OLD)) == {"C-1": as_bytes(OTHER | OLD)}


@pytest.mark.parametrize("line", ONE_OF_EACH, ids=lambda line: str(line["kind"]))
def test_anything_can_be_deleted_and_loaded_again(line: Made) -> None:
    made = Agency()
    assert made.load(line, delete(line["id"])) == Loaded(read=2, taken=1, deleted=1)
    assert lines_held(made) == {}
    assert {id: entry.deleted for id, entry in held(made).items()} == {line["id"]: True}
    assert made.load(line) == Loaded(read=1, taken=1)
    assert lines_held(made) == {line["id"]: as_bytes(line)}


def test_a_delete_of_what_is_not_held_is_nothing() -> None:
    made = Agency()
    assert made.load(delete("C-1", **NEW), C1 | OLD) == Loaded(read=2, taken=1, unheld=1)
    assert lines_held(made) == {"C-1": as_bytes(C1 | OLD)}


def test_a_delete_older_than_the_last_line_is_ignored_and_a_line_older_than_the_delete_too() -> None:
    made = Agency()
    assert made.load(C1 | NEW, delete("C-1", **OLD)) == Loaded(read=2, taken=1, ignored=1)
    assert made.load(delete("C-1", **NEW), OTHER | OLD) == Loaded(read=2, deleted=1, ignored=1)
    assert lines_held(made) == {}


def test_deleting_twice_is_deleting_once() -> None:
    once, twice = agency(C1, delete("C-1")), agency(C1, delete("C-1"), delete("C-1"))
    assert held(once) == held(twice)


@pytest.mark.parametrize("between", [[], [delete("X-1")]], ids=["held", "deleted"])
@pytest.mark.parametrize("apart", [False, True], ids=["in one file", "in another file"])
def test_an_id_keeps_its_kind_for_ever(between: list[Made], apart: bool) -> None:
    first, second = case("X-1", "NY03-0001"), subject("X-1")
    made = agency(first, *between) if apart else Agency()
    made.load(*([second] if apart else [first, *between, second]))
    [rejected] = made.rejected
    assert (rejected.path, rejected.sentence, rejected.by, set(rejected.named)) == (
        "$.kind",
        "This id is that of a case; an id keeps its kind for ever.",
        "X-1",
        {"X-1"},
    )
    assert lines_held(made) == ({} if between else {"X-1": as_bytes(first)})


def test_a_link_that_takes_anothers_id_names_its_ends_too() -> None:
    made = agency(C1)
    made.load(link("C-1", "S-1", "KNOWS", "S-2"))
    assert {*made.rejected[0].named} == {"C-1", "S-1", "S-2"}


def test_a_link_may_come_before_its_ends() -> None:
    lines = [link("L-1", "C-1", "CONTAINS", "D-1"), document("D-1", "NY03-0001-001"), C1]
    made = agency(*lines)
    made.publish()
    assert made.seen() == {"C-1", "D-1", "L-1"}


# --- ids of every shape ---


@pytest.mark.parametrize(
    "id",
    ["é", "e\u0301", "\U0001f600", "a b", 'a"b', "a'b", "a\\b", "a\nb", "\u2028", "a\u0000b", "%", "null"],
)
def test_an_id_of_any_characters_is_found_again(id: str) -> None:
    made = Agency()
    made.load(C1 | {"id": id})
    assert made.load(C1 | {"id": id}, subject(id), delete(id)) == Loaded(
        read=3, unchanged=1, rejected=1, deleted=1
    )


# --- twice, and in any order ---


def test_loading_twice_changes_nothing() -> None:
    lines = worked_example.lines()
    made = agency(*lines)
    once = held(made)
    again = made.load(*lines)
    assert held(made) == once
    # A line that a later line deletes is taken again and deleted again; all else is as it was.
    assert again == Loaded(read=145, taken=1, unchanged=139, deleted=2, ignored=3)


def kept_in_order(lines: Iterable[Made]) -> list[Made]:
    """The lines with every delete after the lines that it deletes."""
    return sorted(lines, key=lambda line: line["kind"] == "delete")


@given(st.randoms(use_true_random=False), st.integers(1, 200))
@settings(max_examples=25, deadline=None)
def test_the_worked_example_is_held_alike_in_any_order_that_keeps_a_delete_after_what_it_deletes(
    shuffling: random.Random, cut: int
) -> None:
    lines = worked_example.lines()
    shuffling.shuffle(lines)
    ordered = kept_in_order(lines)
    made = agency(*ordered[:cut])
    made.load(*ordered[cut:], path="rest.jsonl")
    assert without_order(made) == without_order(agency(*worked_example.lines()))


def without_order(made: Agency) -> dict[str, tuple[Any, ...]]:
    return {e.id: (e.kind, e.line, e.revised, e.deleted, e.tainted) for e in made.holdings.entries()}


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_how_lines_fall_into_batches_makes_no_difference(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: Sequence[Given] = [
        *[C1 | NEW, OTHER | OLD, delete("C-1"), C1, subject("C-1"), C1],
        *["{", '{"id": "C-1"}'],
        *[KNOWS, KNOWS | {"from": None}, KNOWS, delete("L-1"), KNOWS | {"role": "friend"}],
    ]
    whole = Agency()
    counts = whole.load(*lines)
    monkeypatch.setattr("loaders.load.BATCH", size)
    parts = Agency()
    assert (parts.load(*lines), parts.rejected, held(parts)) == (counts, whole.rejected, held(whole))
