"""What stands against an approval: findings, as whoever finds them tells the desk.

The desk asks before it approves, of the holdings as they would be then. What Data Quality has accepted for this very
content stands against nothing any more, and is not told.
"""

from collections.abc import Collection, Sequence
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


class FindBlocking(Protocol):
    """Finds what blocks."""

    def __call__(self, then: Holdings, ids: Collection[EntryId]) -> Sequence[Blocking]:
        """The blocking findings of these records and links, of the holdings as they would be."""


def none_blocking(then: Holdings, ids: Collection[EntryId]) -> Sequence[Blocking]:
    """Where nobody looks for findings."""
    del then, ids
    return ()
