"""A shortest path between two records, along links in either direction: breadth first from both ends at once.

Of several shortest ones it is the first by the ids of its records in order from the start, then by those of its links;
in which order the two sides grow changes nothing of it. The side whose next round looks at fewer links is the one that
grows, so a hub is opened only where no other way is left (Pohl, "Bi-directional Search", Machine Intelligence 6, 1971).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from graph.model import OpaqueId


class Tie(Protocol):
    """A link, of which only its id and its ends matter here."""

    @property
    def id(self) -> OpaqueId:
        """Its id."""

    @property
    def head(self) -> OpaqueId:
        """One of its ends."""

    @property
    def tail(self) -> OpaqueId:
        """Its other end."""


Steps = Callable[[OpaqueId], Sequence[Tie]]
"""The links of a record."""


@dataclass(frozen=True, slots=True)
class Path:
    """records: from the start to the end, both included. links: one between each two of them."""

    records: tuple[OpaqueId, ...]
    links: tuple[OpaqueId, ...]


def shortest(
    steps: Steps,
    start: OpaqueId,
    end: OpaqueId,
    longest: int | None = None,
    check: Callable[[], None] = lambda: None,
) -> Path | None:
    """The first of the shortest paths that have at most so many links; None where there is none.

    check: called for each record that is opened; what it raises ends the search. It takes time and memory in
    proportion to the links of these records.
    """
    if start == end:
        return Path((start,), ())
    near, far = _Side.at(start, steps), _Side.at(end, steps)
    length = 0
    while longest is None or length < longest:
        growing, other = (near, far) if near.cost <= far.cost else (far, near)
        growing.grow(check)
        length += 1
        meeting = [id for id in growing.edge if id in other.before]
        if meeting:
            records = _first(near, far, start, meeting)
            return Path(records, _links(steps, records))
        if not growing.edge:
            return None
    return None


@dataclass(slots=True)
class _Side:
    """What was found from one end. edge: the records found last. cost: the links that the next round looks at.

    before: of each record found, those that come before it on the shortest ways from this end.
    """

    steps: Steps
    edge: list[OpaqueId]
    cost: int
    before: dict[OpaqueId, list[OpaqueId]] = field(default_factory=dict)

    @classmethod
    def at(cls, end: OpaqueId, steps: Steps) -> "_Side":
        return cls(steps, [end], len(steps(end)), {end: []})

    def grow(self, check: Callable[[], None]) -> None:
        """One link further. A record that is found in one round by several ways has them all."""
        found: dict[OpaqueId, list[OpaqueId]] = {}
        for id in self.edge:
            check()
            for link in self.steps(id):
                other = other_end(id, link)
                if other not in self.before:
                    found.setdefault(other, []).append(id)
        self.before |= found
        self.edge = list(found)
        self.cost = sum(len(self.steps(id)) for id in self.edge)


def _first(near: _Side, far: _Side, start: OpaqueId, meeting: Sequence[OpaqueId]) -> tuple[OpaqueId, ...]:
    """The first path by its records: each is the lowest of those from which the end can still be reached in time."""
    after = _ways_on(near, meeting)
    records = [start]
    while records[-1] in after:
        records.append(min(after[records[-1]]))
    while further := far.before[records[-1]]:
        records.append(min(further))
    return tuple(records)


def _ways_on(near: _Side, meeting: Sequence[OpaqueId]) -> dict[OpaqueId, set[OpaqueId]]:
    """The records that may come after each record on this side of the meeting."""
    after: dict[OpaqueId, set[OpaqueId]] = {}
    reached = set(meeting)
    while reached:
        for id in reached:
            for before in near.before[id]:
                after.setdefault(before, set()).add(id)
        reached = {before for id in reached for before in near.before[id]}
    return after


def _links(steps: Steps, records: Sequence[OpaqueId]) -> tuple[OpaqueId, ...]:
    """The lowest link between each two records."""
    return tuple(_link(steps, *pair) for pair in pairwise(records))


def _link(steps: Steps, one: OpaqueId, other: OpaqueId) -> OpaqueId:
    """Looked for among the links of the end that has fewer."""
    if len(steps(one)) > len(steps(other)):
        one, other = other, one
    return min(link.id for link in steps(one) if other_end(one, link) == other)


def other_end(id: OpaqueId, link: Tie) -> OpaqueId:
    """The record at the other end of one of a record's links."""
    return link.tail if link.head == id else link.head
