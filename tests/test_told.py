"""What plans keep of what they have told: it changes no answer and no audit line, is bounded, goes with its View."""

import gc
import weakref
from dataclasses import replace
from typing import Any, cast

import msgspec
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import OpaqueId
from graph.release import Content, Release, ReleasedDocument
from graph.view import View
from schema.execute import Answer, Answering, Question
from schema.limits import Limits
from schema.told import Room, Told, written
from tests.both_ways import in_both_ways, plan_of
from tests.partner_world import CURSOR_KEY, release, view

DOCUMENTS = "{ documents(first: 3) { nodes { id number title } } }"
WHOLE = Question(
    "{ documents { nodes { id a: number title office prepared } } subjects { nodes { id type label } } }",
    None,
    {},
)


def answered(answering: Answering, of: View, question: Question) -> tuple[bytes, tuple[OpaqueId, ...]]:
    told: Answer = answering.answer(of, question)
    return orjson.dumps(told.data), tuple(told.disclosed)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        (DOCUMENTS, True),
        ("{ cases { nodes { id number documents { nodes { ... on Record { id kind office } } } } } }", True),
        ("{ documents { nodes { id number } } }", False),
        ("{ documents { nodes { id number subjects { totalCount } } } }", False),
        ("{ documents { edges { cursor node { id number title } } } }", False),
        ('{ nodes(ids: ["d1", "none"]) { id ... on Document { number title } } }', False),
    ],
)
def test_json_is_kept_of_lists_of_records_of_which_several_fields_of_their_own_are_told(
    query: str, kept: bool
) -> None:
    plan = plan_of(query)
    assert plan is not None
    assert ("asking.told" in plan.text) is kept
    in_both_ways(view(), Question(query, None, {}))


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
        assert answering.answer(shown, Question(query, None, {})).faults == []
    gc.collect()
    [room] = answering._told._rooms.values()
    assert len(room._selections) == 2


def test_a_view_keeps_so_many_bytes_and_then_forgets_them_all() -> None:
    """Nine records of 2 + 200 bytes each, a selection of 200, and a list that was begun of 200, fit into 2,218."""
    calls: list[int] = []

    def tell(record: int) -> dict[str, int]:
        calls.append(record)
        return {}

    kept = Room(2218).selection(tell)
    ids = [OpaqueId(str(n)) for n in range(10)]
    told = [orjson.dumps(kept(ids[:9], range(9))) for _ in range(4)]
    assert (told, calls) == ([b"[" + b",".join([b"{}"] * 9) + b"]"] * 4, [*range(9)] * 2)
    kept(ids[9:], [9])
    calls.clear()
    kept(ids[:9], range(9))
    assert calls == [*range(9)]


def test_what_is_more_than_a_view_may_keep_is_told_and_not_kept() -> None:
    calls: list[str] = []

    def tell(record: str) -> dict[str, str]:
        calls.append(record)
        return {"of": record}

    kept, long = Room(500).selection(tell), "x" * 400
    told = [orjson.loads(orjson.dumps(kept([OpaqueId("a")], [long]))) for _ in range(3)]
    assert (told, calls) == ([[{"of": long}]] * 3, [long] * 3)


def test_each_view_has_a_room_of_its_own() -> None:
    """So nobody sees by the time that an answer takes how much another agreement asks."""
    told, one, two = Told(), view(), view()
    first, second = told.of(one, dict), told.of(two, dict)
    kept = [cast(Any, each).func.__self__ for each in (told.of(one, dict), first, second)]
    assert (kept[0] is kept[1], kept[1] is kept[2]) == (True, False)


@given(st.lists(st.dictionaries(st.text(), st.text())))
def test_texts_that_are_written_together_are_those_that_are_written_alone(told: list[dict[str, str]]) -> None:
    assert written(told) == list(map(orjson.dumps, told))
