"""Small questions are answered on the event loop, and long ones by a thread; the answers are the same."""

import threading
from typing import Any

import pytest

from graph.release import ReleasedCase
from graph.view import View
from schema.execute import Answer, Answering, Question
from schema.orders import CaseOrder, DocumentOrder, SubjectOrder
from server.partner.at_once import AtOnce
from tests.partner_client import Client
from tests.partner_world import content, ids, published, release, view

SMALL = Question("query ($n: String!) { case(number: $n) { id } }", None, {"n": "NY03-0001"})
QUICK, SLOW = 0.001, 0.003
TOLD = Answer(True, {}, [], cost=1)


@pytest.fixture(name="at_once")
def _at_once() -> AtOnce:
    return AtOnce()


def test_what_was_answered_quickly_is_answered_at_once_with_other_variables_too(at_once: AtOnce) -> None:
    before = at_once.may(SMALL, view())
    at_once.note(SMALL, view(), TOLD, QUICK)
    assert (before, at_once.may(Question(SMALL.query, None, {"n": "other"}), view())) == (False, True)


def test_a_larger_page_or_a_longer_list_is_another_question(at_once: AtOnce) -> None:
    """What asks for one record may ask for thousands by its variables, and all would wait for it."""

    def asking(**variables: object) -> Question:
        return Question("query ($ids: [ID!]!, $n: Int, $s: String) { agreement { id } }", None, variables)

    at_once.note(asking(ids=["x"], n=1, s="a"), view(), TOLD, QUICK)
    others = (
        asking(ids=["y"], n=1, s="bb"),
        asking(ids=["x"], n=100, s="a"),
        asking(ids=["x", "y"], n=1, s="a"),
        asking(ids=["x"], s="a"),
    )
    assert [at_once.may(other, view()) for other in others] == [True, False, False, False]


def test_another_order_is_another_question(at_once: AtOnce) -> None:
    """All records are put into it when it is asked for first, and all partners would wait for it."""

    def asking(order: str) -> Question:
        return Question("query ($o: CaseOrder) { cases(orderBy: $o) { totalCount } }", None, {"o": order})

    at_once.note(asking("NUMBER"), view(), TOLD, QUICK)
    orders = [each.name for each in (*CaseOrder, *DocumentOrder, *SubjectOrder) if each.name != "NUMBER"]
    assert {at_once.may(asking(order), view()) for order in orders} == {False}
    assert at_once.may(asking("NUMBER"), view()) is True


def test_another_operation_another_query_or_another_version_is_not_known(at_once: AtOnce) -> None:
    at_once.note(SMALL, view(), TOLD, QUICK)
    other = view(content((ReleasedCase(ids("c9")[0], "NY03-0009"),), ()))
    asked = [
        at_once.may(Question(SMALL.query, "A", {}), view()),
        at_once.may(Question(SMALL.query + " ", None, {}), view()),
        at_once.may(SMALL, other),
    ]
    assert asked == [False, False, False]


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (TOLD, SLOW),
        (Answer(True, {}, [{"message": "a fault"}], cost=1), QUICK),
        (Answer(True, {}, [], cost=1000), QUICK),
    ],
    ids=["slow", "with a fault", "looking at many"],
)
def test_what_may_take_long_is_not_answered_at_once_any_more(
    at_once: AtOnce, answer: Answer, seconds: float
) -> None:
    at_once.note(SMALL, view(), TOLD, QUICK)
    at_once.note(SMALL, view(), answer, seconds)
    assert at_once.may(SMALL, view()) is False


def test_no_more_than_a_thousand_or_so_queries_are_known(at_once: AtOnce) -> None:
    shown = view()
    for n in range(1030):
        at_once.note(Question(f"{{ a{n} }}", None, {}), shown, TOLD, QUICK)
    known = [at_once.may(Question(f"{{ a{n} }}", None, {}), shown) for n in range(1030)]
    assert known.count(True) == 6


def test_a_query_is_handed_to_a_thread_until_it_is_known_to_be_small(monkeypatch: pytest.MonkeyPatch) -> None:
    where: list[bool] = []
    answer = Answering.answer

    def noted(self: Answering, of: View, question: Question, *paying: Any) -> Answer:
        where.append(threading.current_thread() is threading.main_thread())
        return answer(self, of, question, *paying)

    monkeypatch.setattr(Answering, "answer", noted)
    monkeypatch.setattr("server.partner.at_once._AT_ONCE_SECONDS", 60.0)  # however slow the machine is
    client = Client(published(release()))
    told: list[Any] = [client.ask(SMALL.query, n="NY03-0001") for _ in range(20)]
    assert (told[0], where) == ({"case": {"id": "c1"}}, [False] + [True] * 19)
    assert [each == told[0] for each in told] == [True] * 20
