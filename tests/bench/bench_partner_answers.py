"""How fast partners are answered: by compiled plans, and by strawberry on graphql-core, which is the reference.

Run it by `python -m tests.bench.bench_partner_answers`, or with the others by `make bench`. One core, no network; an
answer is what its bytes are made from and the bytes. The ways take turns, and the best round of each counts.
"""

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
import pytest

from graph.view import View
from schema.execute import Answering, Question
from schema.limits import Limits
from tests.bench.many_cases import NESTED, NUMBER, SINGLE, many_cases
from tests.partner_world import CURSOR_KEY, release

AT_LEAST: Final = 25
"""How many nested answers a plan gives, where strawberry on graphql-core gives one (issue 5)."""

_CASES: Final = 2_000
_ROUNDS: Final = 7
_ROUND_SECONDS: Final = 0.2


@dataclass(frozen=True)
class Ways:
    """Answers a second, by plans and by the reference."""

    by_plans: float
    by_reference: float

    @property
    def ratio(self) -> float:
        return self.by_plans / self.by_reference


def measure(view: View, query: str, variables: Mapping[str, Any]) -> Ways:
    """One query, in turns by both."""
    question = Question(query, None, variables)
    ways = [_answering(view, question, plans) for plans in (True, False)]
    assert ways[0]() == ways[1]()
    best = [0.0, 0.0]
    for _ in range(_ROUNDS):
        best = [max(known, _rate(way)) for known, way in zip(best, ways, strict=True)]
    return Ways(*best)


def many_cases_view() -> View:
    """A View of the release that is measured on."""
    return View(release(many_cases(_CASES)))


def _answering(view: View, question: Question, plans: bool) -> Callable[[], bytes]:
    answering = Answering(CURSOR_KEY, Limits(), plans=plans)
    return lambda: orjson.dumps(answering.answer(view, question).data)


def _rate(answer: Callable[[], bytes]) -> float:
    """Answers a second, in a round."""
    count, started = 0, time.perf_counter()
    while (taken := time.perf_counter() - started) < _ROUND_SECONDS:
        answer()
        count += 1
    return count / taken


def told(name: str, ways: Ways) -> str:
    """The numbers as a line."""
    return (
        f"{name}: {ways.by_plans:,.0f} answers/s by plan, {ways.by_reference:,.0f} by graphql-core,"
        f" {ways.ratio:.1f} times"
    )


@pytest.mark.bench
def test_a_plan_answers_the_nested_query_at_least_25_times_as_fast_as_strawberry_on_graphql_core() -> None:
    view = many_cases_view()
    nested, single = measure(view, NESTED, {}), measure(view, SINGLE, {"number": NUMBER})
    print(
        "", told("20 cases x 10 documents x 5 fields", nested), told("one case, 5 fields", single), sep="\n"
    )
    assert nested.ratio >= AT_LEAST
    assert single.ratio >= 1


def main() -> None:
    """Measure and print."""
    argparse.ArgumentParser(
        prog="python -m tests.bench.bench_partner_answers", description=__doc__
    ).parse_args()
    view = many_cases_view()
    print(told("20 cases x 10 documents x 5 fields", measure(view, NESTED, {})))
    print(told("one case, 5 fields", measure(view, SINGLE, {"number": NUMBER})))


if __name__ == "__main__":
    main()
