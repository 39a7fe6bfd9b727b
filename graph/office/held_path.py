"""A shortest path between two held records: the same one, of several, that a partner's path would be (`graph.path`)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from graph.model import EntryId, OpaqueId
from graph.office.neighbours import Neighbours
from graph.path import Path, shortest


@dataclass(frozen=True, slots=True)
class _Tie:
    id: OpaqueId
    head: OpaqueId
    tail: OpaqueId


def shortest_held(
    neighbours: Neighbours,
    start: EntryId,
    end: EntryId,
    longest: int | None = None,
    check: Callable[[], None] = lambda: None,
) -> Path | None:
    """The first of the shortest paths, in the holdings' ids; None where there is none that is short enough."""

    @cache
    def steps(id: OpaqueId) -> list[_Tie]:
        return [_Tie(OpaqueId(link), id, OpaqueId(other)) for other, link in neighbours.others(EntryId(id))]

    return shortest(steps, OpaqueId(start), OpaqueId(end), longest, check)
