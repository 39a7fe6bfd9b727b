"""Where rows go when a few of them are written anew: to the place that they had, to the end, or nowhere any more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from graph.linkage import Bools, Ints
from graph.model import EntryId

Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Placing:
    """kept: by row that there was, whether it is still there. fresh: by row that is written anew, its place now.

    count: of rows now.
    """

    kept: Bools
    fresh: Ints
    count: int

    @classmethod
    def of(
        cls, count: int, places: Mapping[EntryId, int], fresh: Sequence[EntryId], gone: Collection[EntryId]
    ) -> "Placing":
        """count: of the rows that there were; places: theirs by id. fresh: whose rows are written; gone: whose go.

        >>> rows = {EntryId(id): place for place, id in enumerate("abc")}
        >>> placing = Placing.of(3, rows, [EntryId("c"), EntryId("d")], [EntryId("a")])
        >>> placing.column(np.array([1, 2, 3]), np.array([30, 40])).tolist()
        [2, 30, 40]
        """
        kept = np.ones(count, np.bool_)
        kept[[places[id] for id in gone]] = False
        now = np.cumsum(kept) - 1
        at, end = [], count - len(gone)
        for id in fresh:
            place = places.get(id)
            at.append(end if place is None else int(now[place]))
            end += place is None
        return cls(kept, np.array(at, np.int64), end)

    def now(self, rows: Ints) -> Ints:
        """Where these rows are now, that there were and that are still there."""
        places: Ints = (np.cumsum(self.kept) - 1)[rows]
        return places

    def column(self, before: npt.NDArray[Value], fresh: npt.NDArray[Value]) -> npt.NDArray[Value]:
        """A column of all rows now, from what it was and what is written anew."""
        column = np.empty(self.count, before.dtype)
        column[: int(np.count_nonzero(self.kept))] = before[self.kept]
        column[self.fresh] = fresh
        return column

    def ids(self, before: Sequence[EntryId], fresh: Sequence[EntryId]) -> list[EntryId]:
        """The ids of all rows now."""
        ids = list(compress(before, self.kept.tolist()))
        return ids + [id for id, place in zip(fresh, self.fresh.tolist(), strict=True) if place >= len(ids)]
