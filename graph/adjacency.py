"""Pairs grouped by their first member, so that a set of nodes finds its own rows without a look at the others.

Compressed sparse rows, as in Saad, "Iterative Methods for Sparse Linear Systems" (2003), section 3.4.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.linkage import Ints

_PLACE_BITS: Final = 32


@dataclass(frozen=True, slots=True)
class Adjacency:
    """rows[start[k]:start[k+1]] are the places at which `keys` had the value k, in order."""

    start: Ints
    rows: Ints

    @classmethod
    def by(cls, keys: Ints, count: int) -> "Adjacency":
        """Group the places of `keys` by value; values are 0 to count - 1, and below 2**31."""
        start = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(keys, minlength=count), out=start[1:])
        return cls(start, _sorted_places(keys))

    def count(self, nodes: Ints) -> int:
        """How many rows all these nodes have together."""
        return int((self.start[nodes + 1] - self.start[nodes]).sum())

    def of(self, nodes: Ints) -> Ints:
        """The rows of all these nodes, one after another.

        >>> Adjacency.by(np.array([2, 0, 2]), 3).of(np.array([0, 2])).tolist()
        [1, 0, 2]
        """
        first, last = self.start[nodes], self.start[nodes + 1]
        lengths = last - first
        shift = np.repeat(first - (np.cumsum(lengths) - lengths), lengths)
        rows: Ints = self.rows[np.arange(len(shift)) + shift]
        return rows


def _sorted_places(keys: Ints) -> Ints:
    """A stable argsort. Key and place sorted as one number take half its time: numpy sorts numbers by vectors."""
    packed = keys << _PLACE_BITS
    packed |= np.arange(len(keys))
    packed.sort()
    packed &= (1 << _PLACE_BITS) - 1
    return packed
