"""The ids of millions of links, as their bytes one after another: a text for each would take three times the memory."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import SupportsIndex, cast, overload

from graph.model import EntryId


class ManyIds(Sequence[EntryId]):
    """Ids in the order in which they came. Each is made anew when it is asked for.

    >>> ids = ManyIds(["L-1", "L-ä", "L-3"])
    >>> ids[1], ids[-1], ids[1:], list(ids), len(ids)
    ('L-ä', 'L-3', ['L-ä', 'L-3'], ['L-1', 'L-ä', 'L-3'], 3)
    """

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._text, self._ends = bytearray(), array("q", [0])
        for id in ids:
            self.append(EntryId(id))

    def append(self, id: EntryId) -> None:
        """One more."""
        self._text += id.encode()
        self._ends.append(len(self._text))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: SupportsIndex) -> EntryId: ...
    @overload
    def __getitem__(self, place: slice) -> list[EntryId]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> EntryId | list[EntryId]:
        """One of them, or a list of some."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        return EntryId(self._text[self._ends[at] : self._ends[at + 1]].decode())

    def __iter__(self) -> Iterator[EntryId]:
        """Each of them."""
        text = self._text
        return cast("Iterator[EntryId]", (text[start:end].decode() for start, end in pairwise(self._ends)))


Ids = list[EntryId] | ManyIds
"""The ids of links: a text for each, which is quicker to ask for, or all of millions."""
