"""What stands against an approval: findings, as whoever finds them tells the desk.

The desk asks before it approves, of the holdings as they would be then. What Data Quality has accepted for this very
content stands against nothing any more, and is not told; but nobody's word counts for what he asked for himself, or
approves. What is told is found in what its reader may know of.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from graph.model import EntryId
from graph.overlay import Overlay


@dataclass(frozen=True, slots=True)
class Blocking:
    """A finding. text: what is wrong, as a person reads it."""

    id: str
    text: str


NOT_SHOWN: Final = Blocking("", "There is a finding, for a reason not shown to you.")
"""In place of all that comes from what its reader may not know of: neither how many nor where is told."""


Counts = Callable[[str], bool]
"""Whether the word of a person over a finding counts."""


def nobodys(who: str) -> bool:
    """No word counts: all that is found is told."""
    del who
    return False


class FindBlocking(Protocol):
    """Finds what blocks."""

    def __call__(
        self, then: Overlay, ids: Collection[EntryId], counts: Counts, hidden: int
    ) -> Sequence[Blocking]:
        """The blocking findings of these records and links, of the holdings as they would be; none: it may be approved.

        counts: whose word over a finding does. hidden: the categories (bits) that the reader may not know of.
        """


def none_blocking(then: Overlay, ids: Collection[EntryId], counts: Counts, hidden: int) -> Sequence[Blocking]:
    """Where nobody looks for findings."""
    del then, ids, counts, hidden
    return ()
