"""What a release has become since a version that a reader holds: enough to go on from there without reading it anew.

The history tells which records were touched since (`graph.history`): itself, or one of its links, changed. So a record
that was not touched is as it was, and so is a link one of whose ends was not touched; of the others this has what is
shown now. Whoever goes on from it holds the result against the release's checksum, as if it had been read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.history import History, Touch
from graph.model import OpaqueId
from graph.release import Content, Header

MOST_TOUCHED: Final = 5_000
"""Records that may be touched; what has changed more is better read anew."""


@dataclass(frozen=True, slots=True)
class Later:
    """content: of the touched records those that are shown now, and the links of which both ends are touched.

    names, touches: as in `History`; the touches since that version alone.
    """

    header: Header
    touched: frozenset[OpaqueId]
    content: Content
    names: tuple[tuple[int, str], ...]
    touches: tuple[Touch, ...]

    def differing(self, before: Content) -> tuple[Content, Content]:
        """Of what was there of the touched records, what is no more as it was; and what is shown now and was not so."""
        return _unlike(before, self.content), _unlike(self.content, before)

    def history(self, before: History) -> History:
        """The history that the release has now; before: the one that it had."""
        first = self.names[0][0]
        return History(
            self.names, (*(touch for touch in before.touches if touch.place > first), *self.touches)
        )


def _unlike(one: Content, other: Content) -> Content:
    return Content(
        {id: record for id, record in one.records.items() if other.records.get(id) != record},
        {id: link for id, link in one.links.items() if other.links.get(id) != link},
    )


def touched(touches: Iterable[Touch]) -> frozenset[OpaqueId] | None:
    """The records that were touched; None where it is better to read all anew."""
    ids = frozenset(touch.id for touch in touches)
    return ids if len(ids) <= MOST_TOUCHED else None
