"""Pairs grouped by their first member, so that a set of nodes finds its own rows without a look at the others.

Compressed sparse rows, as in Saad, "Iterative Methods for Sparse Linear Systems" (2003), section 3.4.
"""

from dataclasses import dataclass

import numpy as np

from graph.linkage import Ints


@dataclass(frozen=True, slots=True)
class Adjacency:
    """rows[start[k]:start[k+1]] are the places at which `keys` had the value k."""

    start: Ints
    rows: Ints

    @classmethod
    def by(cls, keys: Ints, count: int) -> "Adjacency":
        """Group the places of `keys` by value; values are 0 to count - 1."""
        start = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(keys, minlength=count), out=start[1:])
        return cls(start, np.argsort(keys, kind="stable"))

    def of(self, nodes: Ints) -> Ints:
        """The rows of all these nodes, one after another.

        >>> Adjacency.by(np.array([2, 0, 2]), 3).of(np.array([0, 2])).tolist()
        [1, 0, 2]
        """
        first, last = self.start[nodes], self.start[nodes + 1]
        lengths = last - first
        shift = np.repeat(first - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        rows: Ints = self.rows[np.arange(len(shift)) + shift]
        return rows
