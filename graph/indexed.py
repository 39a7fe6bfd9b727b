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

from graph.later import Later
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
    """ordered: the records of a kind, by number or label, ties by id. numbered: of each number that is shown the first.

    ends: the links of a record, in no order that is told; of a record without any none. Each is told from there
    (`Incident`) only when it is asked for: there are two for every link.
    """

    ordered: Mapping[Kind, tuple[ReleasedRecord, ...]]
    numbered: Mapping[Kind, Mapping[str, ReleasedRecord]]
    ends: Mapping[OpaqueId, tuple[ReleasedLink, ...]]

    @classmethod
    def of(cls, content: Content) -> "Indexed":
        """All of a content, from the beginning."""
        ordered = {kind: in_order(kind, content.records.values()) for kind in RECORD_KINDS}
        return cls(ordered, {kind: _by_number(ordered[kind]) for kind in _NUMBERED}, _by_end(content.links))

    def links_among(self, records: Collection[OpaqueId]) -> dict[OpaqueId, ReleasedLink]:
        """The links of which both ends are among these."""
        return {
            link.id: link
            for id in records
            for link in self.ends.get(id, ())
            if link.head in records and link.tail in records
        }

    def following(self, gone: Content, later: Later) -> "Indexed":
        """With what is gone taken out, and what is shown later put in."""
        ordered, come = {}, later.content.records.values()
        for kind in RECORD_KINDS:
            records = [record for record in self.ordered[kind] if record.id not in gone.records]
            for record in come:
                if KIND_OF[type(record)] is kind:
                    insort(records, record, key=default_order)
            ordered[kind] = tuple(records)
        changed = [*gone.records.values(), *come]
        numbered = {
            kind: _numbered_anew(self.numbered[kind], ordered[kind], _numbers(kind, changed))
            for kind in _NUMBERED
        }
        return Indexed(ordered, numbered, self._ends(gone, later))

    def incidents(self, id: OpaqueId) -> tuple[Incident, ...]:
        """The links of a record by type, then the other record's id, then the link's."""
        return tuple(sorted((_seen_from(id, link) for link in self.ends.get(id, ())), key=_place))

    def _ends(self, gone: Content, later: Later) -> Mapping[OpaqueId, tuple[ReleasedLink, ...]]:
        if later.keeps(gone.links):
            return self.ends
        ends, come = dict(self.ends), _by_end(later.content.links)
        for id in later.touched:
            stays = (link for link in self.ends.get(id, ()) if link.id not in gone.links)
            links = (*stays, *come.get(id, ()))
            if links:
                ends[id] = links
            else:
                ends.pop(id, None)
        return ends


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
    before: Mapping[str, ReleasedRecord], ordered: tuple[ReleasedRecord, ...], numbers: Iterable[str]
) -> dict[str, ReleasedRecord]:
    numbered = dict(before)
    for number in numbers:
        numbered.pop(number, None)
        place = bisect_left(ordered, (number, OpaqueId("")), key=default_order)
        if place < len(ordered) and default_order(ordered[place])[0] == number:
            numbered[number] = ordered[place]
    return numbered


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
