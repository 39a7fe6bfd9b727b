"""What links state that no rule reads: a role, dates, and sources that nobody has brought. Nothing is decided here.

It is read with the rest, once, so that a link can be shown, and found by what it names, without its line: of millions
of links few say more than their type and ends, and what they say many say alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.linkage import Ints, Linkage

Saying = tuple[str | None, str | None, str | None]
"""A link's role, since and until, as its line states them."""

NOTHING: Final[Saying] = (None, None, None)
_AT_ONCE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Stated:
    """Of the held links of a linkage. saying: by link, the place of what it says in `sayings`. unheld: by link, the
    sources that it names and that are no node.
    """

    linkage: Linkage
    saying: npt.NDArray[np.int32]
    sayings: Sequence[Saying]
    unheld: Mapping[int, tuple[str, ...]]

    def telling(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Each link that says something or names a source: the link, the place of what it says, its sources."""
        held = self.linkage.links.held
        places = np.flatnonzero(self.linkage.links.sourced[:held] | (self.saying != 0))
        for start in range(0, len(places), _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            yield from zip(some.tolist(), self.saying[some].tolist(), self.sources(some), strict=True)

    def sources(self, places: Ints) -> Iterator[tuple[str, ...]]:
        """The sources of each of these links."""
        links, ids = self.linkage.links, self.linkage.nodes.ids
        first = np.searchsorted(links.source_link, places).tolist()
        last = np.searchsorted(links.source_link, places, side="right").tolist()
        for link, start, end in zip(places.tolist(), first, last, strict=True):
            held = tuple(ids[node] for node in links.source_node[start:end].tolist()) if start < end else ()
            yield held + self.unheld.get(link, ())
