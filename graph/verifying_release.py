"""One release beside what is drawn for it: both are gone through in one order, and only what differs is looked at.

What is published may be of millions of elements, and so may what is drawn; neither is ever there as objects. What both
have and is not alike is met as a publication would meet it (`graph/meet.py`), some of it at a time; where other numbers
are shown than are drawn, so is all that may mention one (R10).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from graph.keys import added_up, total_of
from graph.meet import Elsewhere, meet
from graph.model import AgreementId, OpaqueId
from graph.numbers import WITHHELD, Patterns, fold
from graph.portions import portions
from graph.release import (
    Content,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
    decode_link,
    decode_record,
    encode,
)
from graph.release_store import Change, LinkRow, RecordRow, Releases
from graph.side_by_side import side_by_side
from graph.whole import Whole, all_links, all_records, records_by_id, rows_by_head, rows_by_id

_AT_ONCE: Final = 5_000
_ROLE: Final = b'"role":'
"""In the bytes of each link that says what may mention a number."""


@dataclass
class Compared:
    """A release and its draft. pending: the opaque ids of what is known to wait; None where that is not known.

    Once it was gone through: what is shown and not drawn; what is shown with more than is drawn; and what is not shown
    as it is drawn and not known to wait.
    """

    releases: Releases
    agreement: AgreementId
    drawn: Content | Whole
    patterns: Patterns
    pending: Collection[OpaqueId] | None
    not_released: set[OpaqueId] = field(default_factory=set)
    shows_more: set[OpaqueId] = field(default_factory=set)
    missing: set[OpaqueId] = field(default_factory=set)
    _lacking: set[OpaqueId] = field(default_factory=set)
    """Records that are drawn and not shown."""
    _unlike: set[OpaqueId] = field(default_factory=set)
    """Records that are shown otherwise than they are drawn."""
    _renumbered: set[OpaqueId] = field(default_factory=set)
    """Those under another number."""
    _retyped: set[OpaqueId] = field(default_factory=set)
    """Those of another kind, which no link is met with."""
    _has_other_numbers: bool = False
    """Whether a record has a number, as it is shown or drawn, that it has not in both."""
    _alone: set[OpaqueId] = field(default_factory=set)
    """Links that are not drawn at the head at which they are shown."""
    _unlike_links: list[tuple[ReleasedLink, ReleasedLink]] = field(default_factory=list)
    """Some, as they are shown and drawn, that are still to be met."""

    def go_through(self, version_key: bytes) -> int:
        """Find what differs; the keyed sum over all that is shown."""
        records = total_of(self._shown_records(), version_key)
        self._meet_records()
        links = total_of(self._shown_links(), version_key)
        self._meet_links()
        self._find_moved()
        return added_up(records, links)

    # --- records ---

    def _shown_records(self) -> Iterator[bytes]:
        """The bytes of every record that is shown; it is noted which differ."""
        shown = self.releases.record_rows(self.agreement)
        for row, drawn in side_by_side(shown, rows_by_id(all_records(self.drawn))):
            if row is drawn and row is not None:  # nearly all are
                yield row[-1]
                continue
            old, new = _record(row), _record(drawn)
            if old is not None:
                yield encode(old)
            self._note(old, new)

    def _note(self, old: ReleasedRecord | None, new: ReleasedRecord | None) -> None:
        if old == new:
            return
        self._has_other_numbers |= _number(old) != _number(new)
        if old is not None and (new is None or old.id != new.id):
            self.not_released.add(old.id)
        if new is None:
            return
        self._wait(new.id)
        if old is None or old.id != new.id:
            self._lacking.add(new.id)
            return
        self._unlike.add(new.id)
        if _number(old) != _number(new):
            self._renumbered.add(new.id)
        if type(old) is not type(new):
            self._retyped.add(new.id)

    def _meet_records(self) -> None:
        """What both have, and what of it a publication would leave where nothing is added."""
        if not self._unlike and not self._has_other_numbers:
            return
        drawn = (record for record in records_by_id(all_records(self.drawn)) if self._is_to_be_met(record))
        for some in portions(drawn, _AT_ONCE):
            new = {record.id: record for record in some}
            asked = [id for id in new if id in self._unlike]
            old = Content(new | self.releases.elements(self.agreement, asked).records)
            met = meet(old, Content(new), self.patterns, self._elsewhere())
            self._tell_more(Change.between(old, met).records)

    def _is_to_be_met(self, record: ReleasedRecord) -> bool:
        return record.id in self._unlike or (self._has_other_numbers and record.id not in self._lacking)

    # --- links ---

    def _shown_links(self) -> Iterator[bytes]:
        """The bytes of every link that is shown; what differs is met, and what may mention another number."""
        shown = self.releases.link_rows(self.agreement)
        for row, drawn in side_by_side(shown, self._drawn_links()):
            if row is drawn and row is not None:
                yield row[-1]
                if self._has_other_numbers and _ROLE in row[-1]:
                    link = decode_link(row[-1])
                    self._meet_link(link, link)
                continue
            old, new = _link(row), _link(drawn)
            if old is not None:
                yield encode(old)
            self._note_link(old, new)

    def _drawn_links(self) -> Iterator[LinkRow]:
        return ((head, id, body) for id, head, _, body in rows_by_head(all_links(self.drawn)))

    def _note_link(self, old: ReleasedLink | None, new: ReleasedLink | None) -> None:
        if old == new:
            return
        if new is not None:
            self._wait(new.id)
        if old is None:
            return
        if new is None or old.id != new.id:
            self._alone.add(old.id)
        else:
            self._meet_link(old, new)

    def _meet_link(self, old: ReleasedLink, new: ReleasedLink) -> None:
        self._unlike_links.append((old, new))
        if len(self._unlike_links) >= _AT_ONCE:
            self._meet_links()

    def _meet_links(self) -> None:
        old = Content({}, {link.id: link for link, _ in self._unlike_links})
        new = Content({}, {link.id: link for _, link in self._unlike_links})
        self._unlike_links.clear()
        if new.links:
            ends = {end for link in new.links.values() for end in (link.head, link.tail)}
            both = self._elsewhere(frozenset(ends - self._lacking - self._retyped))
            self._tell_more(Change.between(old, meet(old, new, self.patterns, both)).links)

    def _find_moved(self) -> None:
        """What is drawn at another head is released, and waits to be shown there."""
        if self._alone:
            drawn = {id for _, id, _ in self._drawn_links() if id in self._alone}
            self.not_released |= self._alone - drawn

    # --- both ---

    def _elsewhere(self, records: frozenset[OpaqueId] = frozenset()) -> Elsewhere:
        return Elsewhere(self._numbers, records, self._has_other_numbers)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """The folded numbers that are shown as they are drawn, of the same records."""
        others = self._lacking | self._renumbered
        numbers = ((record.id, _number(record)) for record in records_by_id(all_records(self.drawn)))
        return frozenset(fold(number) for id, number in numbers if number is not None and id not in others)

    def _tell_more(self, elements: Iterable[ReleasedRecord | ReleasedLink]) -> None:
        for element in elements:
            self.shows_more.add(element.id)
            self._wait(element.id)

    def _wait(self, id: OpaqueId) -> None:
        if self.pending is not None and id not in self.pending:
            self.missing.add(id)


def _record(row: RecordRow | None) -> ReleasedRecord | None:
    return None if row is None else decode_record(row[-1])


def _link(row: LinkRow | None) -> ReleasedLink | None:
    return None if row is None else decode_link(row[-1])


def _number(record: ReleasedRecord | None) -> str | None:
    """The number that a record is shown with."""
    if record is None or isinstance(record, ReleasedSubject) or record.number == WITHHELD:
        return None
    return record.number
