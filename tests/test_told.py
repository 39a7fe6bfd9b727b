"""What plans keep of what they have told: it changes no answer and no audit line, is bounded, goes with its View."""

import gc
import weakref
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from graph.model import OpaqueId
from graph.release import Content, Release, ReleasedDocument
from graph.view import View
from schema.disclosed import Disclosed
from schema.execute import Answer, Answering, Question
from schema.limits import Limits
from schema.told import Kept, Room, Selection, Told
from schema.writing import as_json
from tests.both_ways import in_both_ways, plan_of
from tests.partner_world import CURSOR_KEY, release, view

WHOLE = Question(
    "{ documents { nodes { id a: number title office prepared } } cases { edges { cursor node { id documents { nodes {"
    " number subjects { totalCount edges { cursor node { label } } } } } } } }"
    " subjects { nodes { id type label links { edges { direction node { id } link { type sources { id } } } } } } }",
    None,
    {},
)


def answered(answering: Answering, of: View, question: Question) -> tuple[bytes, tuple[OpaqueId, ...]]:
    told: Answer = answering.answer(of, question)
    return as_json(told.data), tuple(told.disclosed)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("{ documents(first: 3) { nodes { id number title } } }", 1),
        ("{ documents { nodes { id number } } }", 0),
        ("{ cases { nodes { id number documents { nodes { ... on Record { id kind office } } } } } }", 1),
        ("{ documents { edges { cursor node { id number title } } } }", 1),
        ("query ($n: Int) { documents(first: $n) { nodes { id number title } } }", 1),
        ("query ($n: Int) { documents(first: $n) { edges { cursor node { id number title } } } }", 0),
        (
            "query ($n: Int) { cases { nodes { id documents(first: $n) { nodes { id number title } } } } }",
            1,
        ),
        (
            "query ($n: Int) { cases { nodes { id ...F documents { nodes { id number title } } } } }"
            " fragment F on Case { subjects(first: $n) { nodes { id type label } } }",
            2,
        ),
        (
            "query ($n: Int) { cases { nodes { id related: relatedCases(first: $n) { totalCount }"
            " links { edges { cursor direction node { id } link { id } } } } } }",
            0,
        ),
        (
            "query ($n: Int) { cases { nodes { id related: relatedCases(first: $n) { totalCount }"
            " links { edges { direction node { id } link { id } } } } } }",
            1,
        ),
        ("{ changes { edges { node { kind recordId version record { id } } } } }", 0),
        ('{ nodes(ids: ["d1", "none"]) { id ... on Document { number title } } }', 0),
    ],
)
def test_the_json_of_a_list_is_kept_where_the_view_and_the_elements_alone_say_what_is_told(
    query: str, kept: int
) -> None:
    """Several fields of each element; lists within such a list are kept with it, and not by themselves."""
    plan = plan_of(query)
    assert plan is not None
    assert plan.text.count("asking.told") == kept
    for variables in ({}, {"n": 1}, {"n": 2}, {}, {"n": 1}, {"n": 2}):
        in_both_ways(view(), Question(query, None, variables))


def test_the_same_is_told_and_disclosed_when_it_is_told_again() -> None:
    answering, shown = Answering(CURSOR_KEY, Limits()), view()
    reference = answered(Answering(CURSOR_KEY, Limits(), plans=False), shown, WHOLE)
    assert [answered(answering, shown, WHOLE) for _ in range(3)] == [reference] * 3


def test_no_other_view_is_told_what_one_has_kept() -> None:
    """Of the same ids: another version, or another agreement."""
    answering, small = Answering(CURSOR_KEY, Limits()), release()
    other = _retitled(small)
    one, two = View(small), View(other)
    alone = [answered(Answering(CURSOR_KEY, Limits()), each, WHOLE) for each in (one, two)]
    assert [answered(answering, each, WHOLE) for each in (one, two) * 3] == alone * 3
    assert alone[0] != alone[1]


def _retitled(small: Release) -> Release:
    records = {
        id: msgspec.structs.replace(record, title="Another")
        if isinstance(record, ReleasedDocument)
        else record
        for id, record in small.content.records.items()
    }
    return replace(small, content=Content(records, small.content.links))


def test_what_is_kept_goes_with_its_view() -> None:
    answering, shown = Answering(CURSOR_KEY, Limits()), view()
    for _ in range(3):
        answered(answering, shown, WHOLE)
    gone = weakref.ref(shown)
    del shown
    gc.collect()
    assert gone() is None


def test_a_view_keeps_no_plan_that_is_not_kept_ready_any_more() -> None:
    """A plan holds the aliases of its query, which may be as long as a body; a View outlives many queries."""
    answering, shown = Answering(CURSOR_KEY, Limits(prepared=2)), view()
    for n in range(6):
        query = f"{{ documents {{ nodes {{ id number a{n}: title }} }} }}"
        for _ in range(3):
            assert answering.answer(shown, Question(query, None, {})).faults == []
    gc.collect()
    [room] = answering._told._rooms.values()
    assert len(room._selections) == 2


class Telling:
    """Tells of texts, which are their own ids, and remembers of which."""

    def __init__(self, room: Room) -> None:
        self._selection = Selection()
        self.kept: Kept = room.of(self._selection)
        self.of: list[str] = []
        self.taken: list[int] = []

    def tell(self, *texts: str) -> tuple[bytes, tuple[OpaqueId, ...]]:
        """What is told and noted of these."""
        disclosed = Disclosed()
        told = as_json(self.kept.tell(disclosed, self.taken.append, self._each, str, texts))
        return told, disclosed.ids()

    def _each(self, text: str, note: Any, note_all: Any) -> dict[str, str]:
        self.of.append(text)
        note(SimpleNamespace(id=text))
        note_all([SimpleNamespace(id=text), SimpleNamespace(id="all")])
        return {"of": text}


def test_a_list_is_told_twice_and_then_as_it_was_kept() -> None:
    telling = Telling(Room(10_000))
    told = [telling.tell("a", "b") for _ in range(4)]
    assert told == [(b'[{"of":"a"},{"of":"b"}]', ("a", "all", "b"))] * 4
    assert telling.of == ["a", "b"] * 2
    assert telling.tell("b", "a") == (b'[{"of":"b"},{"of":"a"}]', ("b", "all", "a"))
    assert telling.of == [*["a", "b"] * 2, "b", "a"]


def test_a_view_keeps_so_many_bytes_and_then_forgets_them_all() -> None:
    """A selection takes 200, a list that was begun 200, and this one 200, its text 12, a key 72, and two ids 16."""
    telling = Telling(Room(700))
    for _ in range(3):
        telling.tell("a")
    assert telling.of == ["a"] * 2
    telling.tell("b")
    telling.tell("a")
    assert telling.of == ["a", "a", "b", "a"]


def test_what_went_with_its_plan_takes_no_room() -> None:
    """Each of two has taken 700, all that there is; when one of them has gone, the other is not forgotten for `b`."""
    room = Room(1400)
    staying, going = Telling(room), Telling(room)
    for each in (staying, going) * 2:
        each.tell("a")
    del going, each
    for text in ("b", "a"):
        staying.tell(text)
    assert staying.of == ["a", "a", "b"]


def test_what_is_more_than_a_view_may_keep_is_told_and_nothing_is_forgotten_for_it() -> None:
    telling, long = Telling(Room(1000)), "x" * 1000
    for text in ("a", long, "a", long, "a", long):
        assert telling.tell(text) == (b'[{"of":"%b"}]' % text.encode(), (text, "all"))
    assert telling.of == ["a", long, "a", long, long]


def test_each_view_has_a_room_of_its_own() -> None:
    """So nobody sees by the time that an answer takes how much another agreement asks."""
    told, one, two, selection = Told(), view(), view(), Selection()
    first, second = told.of(one, selection), told.of(two, selection)
    assert (told.of(one, selection) is first, second is first) == (True, False)
