"""A shortest path between two held records: the same one, of several, that a partner's path would be (`graph.path`)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from graph.model import EntryId, OpaqueId
from graph.neighbours import Neighbours
from graph.path import Path, shortest


@dataclass(frozen=True, slots=True)
class _Link:
    id: OpaqueId


@dataclass(frozen=True, slots=True)
class _Step:
    link: _Link
    other: OpaqueId


def shortest_held(
    neighbours: Neighbours,
    start: EntryId,
    end: EntryId,
    longest: int | None = None,
    check: Callable[[], None] = lambda: None,
) -> Path | None:
    """The first of the shortest paths, in the holdings' ids; None where there is none that is short enough."""

    @cache
    def steps(id: OpaqueId) -> list[_Step]:
        return [
            _Step(_Link(OpaqueId(link)), OpaqueId(other)) for other, link in neighbours.others(EntryId(id))
        ]

    return shortest(steps, OpaqueId(start), OpaqueId(end), longest, check)
