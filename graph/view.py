"""A View: a reader's immutable look at one release, and the one door that partner code has.

Everything that a partner can be told is found here, and all of it is computed from the release alone: neighbours,
orders, labels, look-ups. A View holds no store, no key, no policy and no way to another release.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.model import Kind, OpaqueId
from graph.numbers import WITHHELD
from graph.release import (
    KIND_OF,
    Header,
    Release,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
)


class Direction(StrEnum):
    """How a link stands to the record it is seen from."""

    OUT = "OUT"
    IN = "IN"


@dataclass(frozen=True, slots=True)
class Incident:
    """A released link as seen from one of its ends. A self-loop is one, OUT."""

    link: ReleasedLink
    other: OpaqueId
    direction: Direction


class View:
    """One release, indexed once and never changed. Every sequence is in the order that DESIGN 6 states."""

    def __init__(self, release: Release) -> None:
        self.header: Header = release.header
        self._records = release.content.records
        self._links = release.content.links
        self._supporting = frozenset(release.header.supporting)
        self._ordered = {kind: self._in_order(kind) for kind in (Kind.CASE, Kind.DOCUMENT, Kind.SUBJECT)}
        self._numbered = self._by_number()
        self._incidents = self._by_end()

    @property
    def record_count(self) -> int:
        """How many records the release has."""
        return len(self._records)

    @property
    def link_count(self) -> int:
        """How many links the release has."""
        return len(self._links)

    def record(self, id: OpaqueId) -> ReleasedRecord | None:
        """The record with this id."""
        return self._records.get(id)

    def link(self, id: OpaqueId) -> ReleasedLink | None:
        """The link with this id."""
        return self._links.get(id)

    def documents(self, ids: Iterable[OpaqueId]) -> list[ReleasedDocument]:
        """The released documents among these ids, in the order given: what `sources` shows."""
        found = (self._records.get(id) for id in ids)
        return [record for record in found if isinstance(record, ReleasedDocument)]

    def records(self, kind: Kind) -> Sequence[ReleasedRecord]:
        """All records of a kind by number or label, ties by id."""
        return self._ordered[kind]

    def case(self, number: str) -> ReleasedCase | None:
        """The case that shows this number; of several the one with the lowest id. A masked number finds nothing."""
        record = self._numbered.get((Kind.CASE, number))
        return record if isinstance(record, ReleasedCase) else None

    def document(self, number: str) -> ReleasedDocument | None:
        """The document that shows this number; of several the one with the lowest id."""
        record = self._numbered.get((Kind.DOCUMENT, number))
        return record if isinstance(record, ReleasedDocument) else None

    def incidents(self, id: OpaqueId) -> Sequence[Incident]:
        """The links of a record by type, then the other record's id, then the link's."""
        return self._incidents.get(id, ())

    def supported(self, id: OpaqueId, kind: Kind) -> list[ReleasedRecord]:
        """The records of a kind at the other end of a link whose type gives support, either way; each once."""
        return self._neighbours(id, kind, (i for i in self.incidents(id) if i.link.type in self._supporting))

    def attachments(self, id: OpaqueId) -> list[ReleasedRecord]:
        """The documents at the `to` end of a supporting link from this document."""
        out = (
            i for i in self.incidents(id) if i.direction is Direction.OUT and i.link.type in self._supporting
        )
        return self._neighbours(id, Kind.DOCUMENT, out)

    def related_cases(self, id: OpaqueId) -> list[ReleasedRecord]:
        """The cases at the other end of any link."""
        return self._neighbours(id, Kind.CASE, self.incidents(id))

    def _neighbours(self, id: OpaqueId, kind: Kind, incidents: Iterable[Incident]) -> list[ReleasedRecord]:
        others = {incident.other for incident in incidents if incident.other != id}
        records = [self._records[other] for other in others]
        return sorted((record for record in records if KIND_OF[type(record)] is kind), key=default_order)

    def _in_order(self, kind: Kind) -> tuple[ReleasedRecord, ...]:
        records = (record for record in self._records.values() if KIND_OF[type(record)] is kind)
        return tuple(sorted(records, key=default_order))

    def _by_number(self) -> dict[tuple[Kind, str], ReleasedRecord]:
        numbered: dict[tuple[Kind, str], ReleasedRecord] = {}
        for kind in (Kind.CASE, Kind.DOCUMENT):
            for record in self._ordered[kind]:
                if not isinstance(record, ReleasedSubject) and record.number != WITHHELD:
                    numbered.setdefault((kind, record.number), record)
        return numbered

    def _by_end(self) -> dict[OpaqueId, list[Incident]]:
        ends: dict[OpaqueId, list[Incident]] = {}
        for link in self._links.values():
            ends.setdefault(link.head, []).append(Incident(link, link.tail, Direction.OUT))
            if link.head != link.tail:
                ends.setdefault(link.tail, []).append(Incident(link, link.head, Direction.IN))
        for incidents in ends.values():
            incidents.sort(key=lambda incident: (incident.link.type, incident.other, incident.link.id))
        return ends


def label(subject: ReleasedSubject) -> str:
    """The first released name by code point, else the type. Values are in that order already."""
    return next((value.value for value in subject.properties if value.name == "name"), subject.type)


def default_order(record: ReleasedRecord) -> tuple[str, OpaqueId]:
    """NUMBER for cases and documents, LABEL for subjects; ties by id."""
    shown = label(record) if isinstance(record, ReleasedSubject) else record.number
    return shown, record.id
