"""How a difference of releases reads: its counts, then the first of what is added, changed and withdrawn, and why."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from graph.difference import Difference, Told
from graph.model import AgreementId
from graph.printable import printable

MOST_TOLD: Final = 50
"""How many elements of a sort are told by line; JSON has all."""


def difference_lines(agreement: AgreementId, difference: Difference) -> Iterator[str]:
    """One agreement's difference as a person reads it."""
    counts = f"{len(difference.added):,} added, {len(difference.changed):,} changed"
    yield f"{agreement}: {counts}, {len(difference.withdrawn):,} withdrawn"
    yield from element_lines(difference)


def element_lines(difference: Difference) -> Iterator[str]:
    """What is added, changed and withdrawn, each with its reason."""
    yield from _sort_of("+", difference.added, _added)
    yield from _sort_of("~", difference.changed, lambda one: f"differs in {', '.join(one.fields)}")
    yield from _sort_of("-", difference.withdrawn, _withdrawn)


def _sort_of(sign: str, elements: Sequence[Told], why: Callable[[Told], str]) -> Iterator[str]:
    for one in elements[:MOST_TOLD]:
        yield f"  {sign} {printable(f'{one.id}  ({why(one)})')}"
    if len(elements) > MOST_TOLD:
        yield f"  {sign} and {len(elements) - MOST_TOLD:,} more; --json tells all"


def _added(one: Told) -> str:
    return f"was withheld: {', '.join(one.reasons)}" if one.reasons else "waits to be published"


def _withdrawn(one: Told) -> str:
    if not one.reasons:
        return "is no longer what was published, and additions wait"
    return f"withheld: {', '.join(one.reasons)}"
