"""Facts that have been traced to what they withhold become causes, in a fixed order and within bounds.

Each of n coded records in a row is a cause, with a chain of up to n links. So the nearest cause of each reason has its
chain told whole, and the others theirs up to a number of links in all, nearest first; of the rest the length is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.explaining.causes import Cause, Fact
from graph.explaining.chains import Reached
from graph.explaining.inquiry import Inquiry

MOST_STEPS: Final = 100_000
"""How many links all chains to one withheld thing may have together, the nearest of each reason apart."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A fact of `bearer`. begin: ways that its chain begins with; the rest leads on from `node` as `reached` has it."""

    fact: Fact
    bearer: str
    reached: Reached
    node: int
    begin: tuple[int, ...] = ()

    @property
    def length(self) -> int:
        """How many links the chain has."""
        return len(self.begin) + self.reached.length[self.node]

    def chain(self) -> Iterator[int]:
        """Its ways, in order from the bearer."""
        yield from self.begin
        yield from self.reached.chain(self.node)


def causes_of(inquiry: Inquiry, withholds: str, traced: Iterable[Traced]) -> tuple[Cause, ...]:
    """The causes, nearest first, then by reason, bearer and ground."""
    ordered = sorted(traced, key=_order)
    causes, reasons, left = [], set[str](), MOST_STEPS
    for found in ordered:
        told = found.fact.reason not in reasons or found.length <= left
        reasons.add(found.fact.reason)
        left -= found.length
        steps = tuple(inquiry.step(way, found.reached.ways) for way in found.chain()) if told else None
        causes.append(Cause(withholds, found.bearer, found.fact, found.length, steps))
    return tuple(causes)


def own_cause(id: str, fact: Fact) -> Cause:
    """The cause of a fact that is the explained thing's own."""
    return Cause(id, id, fact)


def _order(traced: Traced) -> tuple[int, str, str, str]:
    return traced.length, traced.fact.reason, traced.bearer, traced.fact.ground
