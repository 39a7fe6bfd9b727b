"""What an object may turn out to be in a plan, null included, and what is told of it then: a choice, written once.

Where no outcome takes statements, the choice is an expression, so that a list of such objects needs no loop.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.plan_text import PlanText


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One of them. test: how it is known; the last needs none. lines: those before what is told."""

    test: str
    lines: Sequence[str]
    told: str


def chosen(text: PlanText, outcomes: Sequence[Outcome]) -> str:
    """The expression of what is told, by which of these it is; the lines that it takes are written before."""
    if not any(outcome.lines for outcome in outcomes):
        return _expression(outcomes)
    name = text.new("x")
    for outcome in outcomes:
        test = f"{'if' if outcome is outcomes[0] else 'elif'} {outcome.test}:"
        text.line("else:" if outcome is outcomes[-1] else test)
        with text.inside() as told:
            text.line(f"{name} = {outcome.told}")
        text.lines([*outcome.lines, *told])
    return name


def _expression(outcomes: Sequence[Outcome]) -> str:
    """Types of which the same is told as of the last need no test.

    >>> _expression([Outcome("r is None", [], "None"), Outcome("type(r) is A", [], "r.a"), Outcome("", [], "r.a")])
    '(None if r is None else r.a)'
    """
    *tested, last = outcomes
    while tested and tested[-1].told == last.told:
        tested.pop()
    choices = " ".join(f"{outcome.told} if {outcome.test} else" for outcome in tested)
    return f"({choices} {last.told})"
