"""How the records and links of a release are found: in their order, by number, by the ends of links.

What comes after a change is made from what was there before: only what was touched is looked at anew, and the rest is
shared. The result is that of indexing the changed release afresh.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Final, cast

import msgspec

from graph.amended import amended
from graph.model import RECORD_KINDS, Kind, OpaqueId
from graph.numbers import WITHHELD
from graph.path import other_end
from graph.release import (
    KIND_OF,
    Content,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
)

_NUMBERED: Final = (Kind.CASE, Kind.DOCUMENT)


class Direction(StrEnum):
    """How a link stands to the record it is seen from."""

    OUT = "OUT"
    IN = "IN"


class Incident(msgspec.Struct, frozen=True, gc=False):
    """A released link as seen from one of its ends. A self-loop is one, OUT."""

    link: ReleasedLink
    other: OpaqueId
    direction: Direction


@dataclass(frozen=True, slots=True)
class Indexed:
    """records, links: by id. ordered: the records of a kind, by number or label, ties by id.

    numbered: of each number that is shown the first.
    ends: the links of a record, in no order that is told; of a record without any none. Each is told from there
    (`Incident`) only when it is asked for: there are two for every link.
    """

    records: Mapping[OpaqueId, ReleasedRecord]
    links: Mapping[OpaqueId, ReleasedLink]
    ordered: Mapping[Kind, tuple[ReleasedRecord, ...]]
    numbered: Mapping[Kind, Mapping[str, ReleasedRecord]]
    ends: Mapping[OpaqueId, tuple[ReleasedLink, ...]]

    @classmethod
    def of(cls, content: Content) -> "Indexed":
        """All of a content, from the beginning."""
        ordered = {kind: in_order(kind, content.records.values()) for kind in RECORD_KINDS}
        numbered = {kind: _by_number(ordered[kind]) for kind in _NUMBERED}
        return cls(content.records, content.links, ordered, numbered, _by_end(content.links))

    def links_among(self, records: Collection[OpaqueId]) -> dict[OpaqueId, ReleasedLink]:
        """The links of which both ends are among these."""
        return {
            link.id: link
            for id in records
            for link in self.ends.get(id, ())
            if link.head in records and link.tail in records
        }

    def following(self, gone: Content, come: Content) -> "Indexed":
        """With some taken out and others put in. A record that changed is in both, and so is a link."""
        ordered = {kind: self._ordered(kind, gone, come) for kind in RECORD_KINDS}
        changed = [*gone.records.values(), *come.records.values()]
        return Indexed(
            _changed(self.records, gone.records, come.records),
            amended(self.links, gone.links, come.links),
            ordered,
            {
                kind: _numbered_anew(self.numbered[kind], ordered[kind], _numbers(kind, changed))
                for kind in _NUMBERED
            },
            self._ends(gone, come),
        )

    def incidents(self, id: OpaqueId) -> tuple[Incident, ...]:
        """The links of a record by type, then the other record's id, then the link's."""
        return tuple(sorted((_seen_from(id, link) for link in self.ends.get(id, ())), key=_place))

    def _ordered(self, kind: Kind, gone: Content, come: Content) -> tuple[ReleasedRecord, ...]:
        fresh = [record for record in come.records.values() if KIND_OF[type(record)] is kind]
        if not fresh and not any(KIND_OF[type(record)] is kind for record in gone.records.values()):
            return self.ordered[kind]
        records = [record for record in self.ordered[kind] if record.id not in gone.records]
        for record in fresh:
            insort(records, record, key=default_order)
        return tuple(records)

    def _ends(self, gone: Content, come: Content) -> Mapping[OpaqueId, tuple[ReleasedLink, ...]]:
        fresh, least = _by_end(come.links), _by_end(gone.links)
        told = {
            id: (*(link for link in self.ends.get(id, ()) if link.id not in gone.links), *fresh.get(id, ()))
            for id in least.keys() | fresh.keys()
        }
        bare = [id for id, links in told.items() if not links]
        return amended(self.ends, bare, {id: links for id, links in told.items() if links})


def _changed(
    table: Mapping[OpaqueId, ReleasedRecord],
    gone: Mapping[OpaqueId, ReleasedRecord],
    come: Mapping[OpaqueId, ReleasedRecord],
) -> Mapping[OpaqueId, ReleasedRecord]:
    """A copy: every line of an answer looks records up, which is quickest in one table."""
    if not gone and not come:
        return table
    changed = dict(table)
    for id in gone.keys() - come.keys():
        del changed[id]
    changed.update(come)
    return changed


def _numbers(kind: Kind, records: Iterable[ReleasedRecord]) -> set[str]:
    """The numbers that records of a kind show."""
    return {
        record.number
        for record in records
        if not isinstance(record, ReleasedSubject)
        and KIND_OF[type(record)] is kind
        and record.number != WITHHELD
    }


def _numbered_anew(
    before: Mapping[str, ReleasedRecord], ordered: tuple[ReleasedRecord, ...], numbers: Collection[str]
) -> Mapping[str, ReleasedRecord]:
    come = {}
    for number in numbers:
        place = bisect_left(ordered, (number, OpaqueId("")), key=default_order)
        if place < len(ordered) and default_order(ordered[place])[0] == number:
            come[number] = ordered[place]
    return amended(before, numbers, come)


def _by_number(ordered: Iterable[ReleasedRecord]) -> dict[str, ReleasedRecord]:
    numbered: dict[str, ReleasedRecord] = {}
    for record in ordered:
        if not isinstance(record, ReleasedSubject) and record.number != WITHHELD:
            numbered.setdefault(record.number, record)
    return numbered


def _by_end(links: Mapping[OpaqueId, ReleasedLink]) -> dict[OpaqueId, tuple[ReleasedLink, ...]]:
    """A list goes as soon as its tuple is there: together they would be the most that a View takes while it opens."""
    ends: dict[OpaqueId, list[ReleasedLink]] = {}
    for link in links.values():
        ends.setdefault(link.head, []).append(link)
        if link.head != link.tail:
            ends.setdefault(link.tail, []).append(link)
    told = cast(dict[OpaqueId, tuple[ReleasedLink, ...]], ends)
    for id, some in ends.items():
        told[id] = tuple(some)
    return told


def _seen_from(id: OpaqueId, link: ReleasedLink) -> Incident:
    return Incident(link, other_end(id, link), Direction.OUT if link.head == id else Direction.IN)


def in_order(kind: Kind, records: Iterable[ReleasedRecord]) -> tuple[ReleasedRecord, ...]:
    """Those of a kind, in their order: sorted by id and then by what is shown, for which no pair of both is made."""
    chosen = [record for record in records if KIND_OF[type(record)] is kind]
    chosen.sort(key=attrgetter("id"))
    chosen.sort(key=_shown)
    return tuple(chosen)


def _place(incident: Incident) -> tuple[str, OpaqueId, OpaqueId]:
    return incident.link.type, incident.other, incident.link.id


def label(subject: ReleasedSubject) -> str:
    """The first released name by code point, else the type. Values are in that order already."""
    return next((value.value for value in subject.properties if value.name == "name"), subject.type)


def default_order(record: ReleasedRecord) -> tuple[str, OpaqueId]:
    """NUMBER for cases and documents, LABEL for subjects; ties by id."""
    return _shown(record), record.id


def _shown(record: ReleasedRecord) -> str:
    return label(record) if isinstance(record, ReleasedSubject) else record.number
