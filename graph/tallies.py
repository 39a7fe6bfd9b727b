"""Whether two streams of pairs, each in any order, have the same pairs; and if not, among which of them they differ.

Of each stream only sums are kept: each pair counts, by a hash that is another one in each process (SipHash; Aumasson
and Bernstein, 2012), into one of many shares. Where the sums of a share are equal, so are its pairs, but for one chance
in 2**64; where they are not, only the pairs of that share need be looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.portions import portions

Pair = tuple[str, str]

_SHARES: Final = 1 << 16
_AT_ONCE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Tally:
    """The sums over some pairs, by share."""

    sums: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(_SHARES, np.uint64))

    @classmethod
    def of(cls, pairs: Iterable[Pair]) -> "Tally":
        """Of all of them, one after the other.

        >>> one, other = Tally.of([("a", "1"), ("b", "2")]), Tally.of([("b", "2"), ("a", "1")])
        >>> one.differing(other), one.differing(Tally.of([("b", "2")])) == {share(("a", "1"))}
        (frozenset(), True)
        """
        tally = cls()
        for some in portions(pairs, _AT_ONCE):
            hashes = np.fromiter(map(hash, some), np.int64, len(some)).view(np.uint64)
            np.add.at(tally.sums, hashes % _SHARES, hashes)
        return tally

    def differing(self, other: "Tally") -> frozenset[int]:
        """The shares of which the two have other sums."""
        return frozenset(np.flatnonzero(self.sums != other.sums).tolist())


def share(pair: Pair) -> int:
    """The share that a pair counts into."""
    return hash(pair) % _SHARES
