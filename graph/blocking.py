"""What stands against an approval: findings, as whoever finds them tells the desk.

The desk asks before it approves, of the holdings as they would be then. What Data Quality has accepted for this very
content stands against nothing any more, and is not told; but nobody's word counts for what he asked for himself, or
approves.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from graph.model import EntryId
from graph.store import Holdings


@dataclass(frozen=True, slots=True)
class Blocking:
    """A finding. text: what is wrong, as a person reads it. about: the other records that it comes from."""

    id: str
    text: str
    about: tuple[EntryId, ...] = ()


NOT_SHOWN: Final = Blocking("", "There is a finding, for a reason not shown to you.")
"""In place of one that comes from a record of which its reader may not know."""


Counts = Callable[[str], bool]
"""Whether the word of a person over a finding counts."""


def nobodys(who: str) -> bool:
    """No word counts: all that is found is told."""
    del who
    return False


class FindBlocking(Protocol):
    """Finds what blocks."""

    def __call__(self, then: Holdings, ids: Collection[EntryId], counts: Counts) -> Sequence[Blocking]:
        """The blocking findings of these records and links, of the holdings as they would be.

        counts: whose word over a finding does.
        """


def none_blocking(then: Holdings, ids: Collection[EntryId], counts: Counts) -> Sequence[Blocking]:
    """Where nobody looks for findings."""
    del then, ids, counts
    return ()
