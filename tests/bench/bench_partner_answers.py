"""How fast partners are answered: by compiled plans, and by strawberry on graphql-core, which is the reference.

Run it by `python -m tests.bench.bench_partner_answers`, or with the others by `make bench`. No network; an answer is
what its bytes are made from and the bytes. A plan is measured twice: as it tells lists that it has kept, and with no
room to keep any. The ways take turns, a second is one of the core's, and the best round of each counts.
"""

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest

from graph.view import View
from schema.execute import Answering, Question
from schema.limits import Limits
from schema.told import MOST_BYTES, Told
from schema.writing import as_json
from tests.bench.many_cases import NESTED, NUMBER, SINGLE, many_cases
from tests.partner_world import CURSOR_KEY, release

AT_LEAST: Final = 25
"""How many nested answers a plan gives, where strawberry on graphql-core gives one (issue 5)."""

_CASES: Final = 2_000
_ROUNDS: Final = 7
_ROUND_SECONDS: Final = 0.2


@dataclass(frozen=True)
class Ways:
    """Answers a second: by plans, by plans that keep nothing, and by the reference."""

    by_plans: float
    afresh: float
    by_reference: float

    @property
    def ratio(self) -> float:
        """Of what keeps nothing."""
        return self.afresh / self.by_reference


def measure(view: View, query: str, variables: Mapping[str, Any]) -> Ways:
    """One query, in turns by both."""
    question = Question(query, None, variables)
    ways = [
        _answering(view, question),
        _answering(view, question, room=0),
        _answering(view, question, plans=False),
    ]
    answers = [way() for way in ways]
    assert answers == answers[:1] * len(ways)
    best = [0.0] * len(ways)
    for _ in range(_ROUNDS):
        best = [max(known, _rate(way)) for known, way in zip(best, ways, strict=True)]
    return Ways(*best)


def many_cases_view() -> View:
    """A View of the release that is measured on."""
    return View(release(many_cases(_CASES)))


def _answering(
    view: View, question: Question, *, plans: bool = True, room: int = MOST_BYTES
) -> Callable[[], bytes]:
    answering = Answering(CURSOR_KEY, Limits(), plans=plans)
    answering._told = Told(room)
    return lambda: as_json(answering.answer(view, question).data)


def _rate(answer: Callable[[], bytes]) -> float:
    """Answers a second, in a round."""
    count, started = 0, time.process_time()
    while (taken := time.process_time() - started) < _ROUND_SECONDS:
        answer()
        count += 1
    return count / taken


def told(name: str, ways: Ways) -> str:
    """The numbers as a line."""
    return (
        f"{name}: {ways.by_plans:,.0f} answers/s by plan, {ways.afresh:,.0f} where it keeps nothing,"
        f" {ways.by_reference:,.0f} by graphql-core: {ways.by_plans / ways.by_reference:.1f} and {ways.ratio:.1f} times"
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
