"""Scenario files as they are checked: each with what differs, or with why it is no scenario. Told as text and as JSON.

Text says, for each difference, what was expected, what came, and why: the base fact and the links it came along.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.explaining.causes import Cause, Ground
from graph.explaining.words import fact_words
from graph.many import many
from graph.printable import printable
from server.scenarios.compare import Differing
from server.scenarios.scenario import Scenario

_MOST_CAUSES = 5


@dataclass(frozen=True, slots=True)
class Checked:
    """One file. scenario: None where it is none, and `mistakes` says why. seconds: how long it took."""

    name: str
    scenario: Scenario | None
    mistakes: tuple[str, ...] = ()
    differing: tuple[Differing, ...] = ()
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether it is a scenario, and all came as expected."""
        return self.scenario is not None and not self.differing


def summary(checked: Sequence[Checked]) -> str:
    """All files in a line."""
    holding = sum(one.holds for one in checked)
    failed = sum(one.scenario is not None and not one.holds for one in checked)
    unread = sum(one.scenario is None for one in checked)
    told = f"{many(len(checked), 'scenario')}: {holding:,} hold, {failed:,} differ"
    return told + (f", {unread:,} cannot be read" if unread else "")


def lines_of(checked: Checked) -> list[str]:
    """What a reader wants of one file that does not hold; nothing of one that does."""
    if checked.scenario is None:
        return [
            f"{checked.name} is no scenario:",
            *(printable(f"  {mistake}") for mistake in checked.mistakes),
        ]
    if not checked.differing:
        return []
    head = [f"{checked.name} ({checked.scenario.rule}) differs", f"  {checked.scenario.why}"]
    return [printable(line) for line in (*head, *_differing(checked.differing))]


def checked_json(checked: Checked) -> dict[str, object]:
    """One file as JSON."""
    scenario = checked.scenario
    return {
        "path": checked.name,
        "rule": None if scenario is None else scenario.rule,
        "why": None if scenario is None else scenario.why,
        "holds": checked.holds,
        "mistakes": list(checked.mistakes),
        "differences": [
            {
                "step": one.step,
                "step_why": one.step_why,
                "agreement": one.agreement,
                "element": one.element,
                "expected": one.expected,
                "came": one.came,
                "causes": [_cause(cause) for cause in one.causes],
            }
            for one in checked.differing
        ],
    }


def _differing(differing: Sequence[Differing]) -> Iterator[str]:
    for (step, why, agreement), those in groupby(differing, key=lambda d: (d.step, d.step_why, d.agreement)):
        of = "the load" if agreement is None else f"agreement {agreement}"
        yield f"  {why if step == 0 else f'then[{step - 1}] ({why})'}, {of}"
        for one in those:
            yield f"    {one.element}"
            yield f"      expected  {one.expected}"
            yield f"      came      {one.came}"
            yield from (f"        {_cause(cause)}" for cause in one.causes[:_MOST_CAUSES])
            if len(one.causes) > _MOST_CAUSES:
                yield f"        and {len(one.causes) - _MOST_CAUSES:,} causes more; --json tells all"


def _cause(cause: Cause) -> str:
    """A cause in a line: the reason, its base fact, and the links along which it came."""
    fact = cause.fact
    bearer = "" if fact.ground is Ground.OUT_OF_SCOPE else f"{cause.bearer} "
    along = ", ".join(step.link for step in cause.chain or ())
    return f"{fact.reason}: {bearer}{fact_words(fact)} ({', '.join(cause.rules)})" + (
        f", along {along}" if along else ""
    )
