"""An answer that takes too long is given up whole, by plan and by graphql-core alike."""

from itertools import count

import pytest

from graph.release import ReleasedCase, ReleasedRecord
from graph.view import View
from schema.deadline import Deadline, OutOfTime
from schema.execute import Answer, Answering, Question
from schema.limits import Limits
from tests.partner_world import CURSOR_KEY, content, ids, link, view

SLOW = {
    "code": "TOO_SLOW",
    "message": "The query takes too long. Ask for less at a time.",
}
NESTED = "{ cases { nodes { id documents { nodes { id subjects { nodes { id } } } } } } }"


def told(query: str, seconds: int, *, plans: bool, of: View | None = None) -> Answer:
    """What is told by a clock that goes on by a second each time that it is looked at."""
    ticks = count()
    answering = Answering(CURSOR_KEY, Limits(seconds=seconds), plans=plans, clock=lambda: float(next(ticks)))
    return answering.answer(of or view(), Question(query, None, {}))


def test_what_is_done_apart_takes_none_of_the_time_and_gives_none() -> None:
    now = [0.0]
    deadline = Deadline(lambda: now[0], 10)
    for _ in range(3):
        with deadline.apart():
            now[0] += 100
        now[0] += 3
        deadline.check()
    now[0] += 2
    with pytest.raises(OutOfTime):
        deadline.check()


@pytest.mark.parametrize("plans", [True, False])
@pytest.mark.parametrize("seconds", [0, 1, 2, 3])
def test_an_answer_that_takes_too_long_is_given_up_whole(plans: bool, seconds: int) -> None:
    slow = told(NESTED, seconds, plans=plans)
    assert (slow.executed, slow.data, slow.disclosed) == (False, None, ())
    assert slow.faults == [{"message": SLOW["message"], "extensions": {"code": SLOW["code"]}}]


@pytest.mark.parametrize("plans", [True, False])
def test_an_answer_in_time_is_told(plans: bool) -> None:
    assert told(NESTED, 1000, plans=plans).faults == []


@pytest.mark.parametrize("plans", [True, False])
def test_a_filter_over_very_many_records_looks_at_the_clock_as_it_goes_on(plans: bool) -> None:
    cases: tuple[ReleasedRecord, ...] = tuple(
        ReleasedCase(id, f"N-{n}") for n, id in enumerate(ids(*(f"c{n}" for n in range(30_000))))
    )
    many = view(content(cases, ()))
    query = '{ cases(filter: {number: {contains: "x"}}) { totalCount } }'
    ended = [told(query, seconds, plans=plans, of=many).executed for seconds in (2, 6)]
    assert ended == [False, True]


@pytest.mark.parametrize("plans", [True, False])
def test_a_path_looks_at_the_clock_as_it_goes_on(plans: bool) -> None:
    cases: tuple[ReleasedRecord, ...] = tuple(
        ReleasedCase(id, "N-1") for id in ids(*(f"c{n}" for n in range(40)))
    )
    chain = tuple(link(f"l{n}", "RELATED_TO", f"c{n}", f"c{n + 1}") for n in range(39))
    query = '{ path(from: "c0", to: "c39") { length } }'
    ended = [
        told(query, seconds, plans=plans, of=view(content(cases, chain))).executed for seconds in (9, 60)
    ]
    assert ended == [False, True]


@pytest.mark.parametrize("plans", [True, False])
def test_a_search_that_finds_very_many_looks_at_the_clock_as_it_goes_on(plans: bool) -> None:
    cases: tuple[ReleasedRecord, ...] = tuple(
        ReleasedCase(id, f"N-{n}", title="freight")
        for n, id in enumerate(ids(*(f"c{n}" for n in range(60_000))))
    )
    many = view(content(cases, ()))
    many.searchable()
    query = '{ search(text: "freight") { totalCount } }'
    ended = [told(query, seconds, plans=plans, of=many).executed for seconds in (2, 60)]
    assert ended == [False, True]


def test_what_was_given_up_is_answered_when_there_is_time() -> None:
    ticks = iter([0.0, 1000.0])
    answering = Answering(CURSOR_KEY, Limits(), clock=lambda: next(ticks, 2000.0))
    answered = [answering.answer(view(), Question(NESTED, None, {})).executed for _ in range(2)]
    assert answered == [False, True]
