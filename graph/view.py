"""A View: a reader's immutable look at one release, and the one door that partner code has.

Everything that a partner can be told is found here, and all of it is computed from the release alone: neighbours,
orders, labels, look-ups. A View holds no store, no key, no policy and no way to another release.

What is found for a record is kept when it is first asked for, so that a page of its neighbours costs a page and not all
of them. What is kept is a tuple, put in place whole: at worst two threads find the same one twice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Final, TypeVar

from graph.changes import Changes, changes
from graph.history import History
from graph.indexed import Direction, Incident, Indexed, in_order
from graph.late_index import LateIndex
from graph.later import Later
from graph.link_counts import LinkCount, link_counts
from graph.matches import Matches
from graph.model import RECORD_KINDS, Kind, OpaqueId
from graph.path import Path, other_end, shortest
from graph.release import (
    KIND_OF,
    Content,
    Header,
    Release,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    Value,
)
from graph.search_index import SearchIndex

A = TypeVar("A")
T = TypeVar("T")

_MANY: Final = 64
"""From how many links on a choice of them is kept: so what is kept grows with the links, whoever asks for what."""


_LISTS_KEPT: Final = 8
"""How many lists that are found for one question are kept, of each sort."""


class By(StrEnum):
    """By which of its links a record's neighbours are found."""

    SUPPORTING = "SUPPORTING"
    ATTACHING = "ATTACHING"
    ANY = "ANY"


class View:
    """One release, indexed once; what it tells never changes. Every sequence is in the order that DESIGN 6 states."""

    def __init__(
        self, release: Release, index: SearchIndex | None = None, indexed: Indexed | None = None
    ) -> None:
        """index: of the release that this one comes after, so that its own need not be built afresh.

        indexed: the release's records and links as they are found, where that is known; its content is not looked at.
        """
        self.header: Header = release.header
        supporting = frozenset(release.header.supporting)
        self._indexed = Indexed.of(release.content) if indexed is None else indexed
        self._records, self._links = self._indexed.records, self._indexed.links
        self._ordered, self._numbered = self._indexed.ordered, self._indexed.numbered
        self._ends = self._indexed.ends
        self._kept_incidents: dict[
            tuple[OpaqueId, Direction | None, frozenset[Kind] | None], tuple[Incident, ...]
        ] = {}
        self._kept_counts: dict[OpaqueId, tuple[LinkCount, ...]] = {}
        self._neighbours = {
            (by, kind): _Neighbours(self._records, self._ends, _leads_by(by, supporting), kind)
            for by in By
            for kind in RECORD_KINDS
        }
        self._history = _history_of(release)
        self._kept_changes: dict[str | None, Changes] = {}
        self._index = LateIndex(self._records, index)
        self._kept_searches: dict[tuple[tuple[str, ...], frozenset[Kind] | None], Matches] = {}

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

    def node(self, id: OpaqueId) -> ReleasedRecord | ReleasedLink | None:
        """The record or the link with this id."""
        return self._records.get(id) or self._links.get(id)

    def end(self, id: OpaqueId) -> ReleasedRecord:
        """An end of a released link, which is released as well (R8). Raises KeyError for any other id."""
        return self._records[id]

    def documents(self, ids: Iterable[OpaqueId]) -> list[ReleasedDocument]:
        """The released documents among these ids, in the order given: what `sources` shows."""
        found = (self._records.get(id) for id in ids)
        return [record for record in found if isinstance(record, ReleasedDocument)]

    def records(self, kind: Kind) -> Sequence[ReleasedRecord]:
        """All records of a kind by number or label, ties by id."""
        return self._ordered[kind]

    def case(self, number: str) -> ReleasedCase | None:
        """The case that shows this number; of several the one with the lowest id. A masked number finds nothing."""
        record = self._numbered[Kind.CASE].get(number)
        return record if isinstance(record, ReleasedCase) else None

    def document(self, number: str) -> ReleasedDocument | None:
        """The document that shows this number; of several the one with the lowest id."""
        record = self._numbered[Kind.DOCUMENT].get(number)
        return record if isinstance(record, ReleasedDocument) else None

    def incidents(
        self, id: OpaqueId, direction: Direction | None = None, kinds: frozenset[Kind] | None = None
    ) -> Sequence[Incident]:
        """The links of a record by type, then the other record's id, then the link's.

        direction, kinds (of the record at the other end): None is no condition.
        """
        asked = id, direction, kinds
        return self._once(self._kept_incidents, id, asked, lambda: self._chosen(*asked))

    def link_counts(self, id: OpaqueId) -> Sequence[LinkCount]:
        """How many links a record has of each type and direction, to records of each kind; in that order."""
        return self._once(
            self._kept_counts,
            id,
            id,
            lambda: link_counts(self.incidents(id), lambda end: KIND_OF[type(self.end(end))]),
        )

    def links_among(self, ids: Iterable[OpaqueId]) -> list[ReleasedLink]:
        """The links of which both ends are among these records, each once, by id."""
        found = self._indexed.links_among(frozenset(ids))
        return [found[id] for id in sorted(found)]

    def supported(self, id: OpaqueId, kind: Kind) -> Sequence[ReleasedRecord]:
        """The records of a kind at the other end of a link whose type gives support, either way; each once."""
        return self._neighbours[By.SUPPORTING, kind][id]

    def attachments(self, id: OpaqueId) -> Sequence[ReleasedRecord]:
        """The documents at the `to` end of a supporting link from this document."""
        return self._neighbours[By.ATTACHING, Kind.DOCUMENT][id]

    def related_cases(self, id: OpaqueId) -> Sequence[ReleasedRecord]:
        """The cases at the other end of any link."""
        return self._neighbours[By.ANY, Kind.CASE][id]

    def path(
        self,
        start: OpaqueId,
        end: OpaqueId,
        longest: int | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> Path | None:
        """A shortest path of at most so many links, `graph.path` says which; None too for an id that is no record's."""
        if start not in self._records or end not in self._records:
            return None
        return shortest(lambda id: self._ends.get(id, ()), start, end, longest, check)

    def neighbours(self, by: By, kind: Kind) -> Mapping[OpaqueId, Sequence[ReleasedRecord]]:
        """Of each record its neighbours of a kind, by such links, as above; looked up by the record's id."""
        return self._neighbours[by, kind]

    def changes(self, since: str | None) -> Changes | None:
        """What changed since a version (`graph.changes`), None for all as added; None for a version that is not known.

        What was found is kept for a few versions, for those who page through it.
        """
        found = self._kept_changes.get(since)
        if found is None:
            found = changes(self._history, self._records.keys(), since)
            if found is not None:
                if len(self._kept_changes) >= _LISTS_KEPT:
                    self._kept_changes = {}
                self._kept_changes[since] = found
        return found

    def removed(self, later: Later) -> Content:
        """The elements of this release that may not be in the later one as they are."""
        records = {id: self._records[id] for id in later.touched if id in self._records}
        return Content(records, self._indexed.links_among(later.touched))

    def following(self, later: Later, index: SearchIndex | None = None) -> "View":
        """The View of what this release has become, which shares with this one what has not changed."""
        indexed = self._indexed.following(*later.differing(self.removed(later)))
        return View(Release(later.header, Content(), later.history(self._history)), index, indexed)

    @property
    def place(self) -> int:
        """The place of this version in the release's history."""
        return self._history.names[-1][0]

    def searchable(self, check: Callable[[], None] = lambda: None) -> SearchIndex:
        """The index by which this View is searched; whoever opens a View asks for it beforehand.

        check: called while it is built; what it raises ends that. Raises IndexLate.
        """
        return self._index.get(check)

    def search(
        self,
        words: Sequence[str],
        kinds: frozenset[Kind] | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> Matches:
        """The records that match all words (`graph.search_index` says how), the best first; no words, no records.

        kinds: None is no condition. What was found is kept for a few questions, for those who page through it. Raises
        IndexLate.
        """
        asked = tuple(words), kinds
        found = self._kept_searches.get(asked)
        if found is None:
            found = self.searchable().search(words, check) if words else Matches(())
            if kinds is not None:
                found = found.among(lambda id: self._kind(id) in kinds)
            if len(self._kept_searches) >= _LISTS_KEPT:
                self._kept_searches = {}
            self._kept_searches[asked] = found
        return found

    def _once(
        self, kept: dict[A, tuple[T, ...]], id: OpaqueId, asked: A, find: Callable[[], tuple[T, ...]]
    ) -> tuple[T, ...]:
        """What is kept, or is found now."""
        found = kept.get(asked)
        if found is None:
            found = find()
            if len(self._ends.get(id, ())) >= _MANY:
                kept[asked] = found
        return found

    def _chosen(
        self, id: OpaqueId, direction: Direction | None, kinds: frozenset[Kind] | None
    ) -> tuple[Incident, ...]:
        if direction is None and kinds is None:
            return self._indexed.incidents(id)
        found: Iterable[Incident] = self.incidents(id)
        if direction is not None:
            found = (incident for incident in found if incident.direction is direction)
        if kinds is not None:
            found = (incident for incident in found if self._kind(incident.other) in kinds)
        return tuple(found)

    def _kind(self, id: OpaqueId) -> Kind | None:
        return KIND_OF.get(type(self._records.get(id)))


class _Neighbours(dict[OpaqueId, tuple[ReleasedRecord, ...]]):
    """The records of a kind at the other end of such links, each once and never the record itself, in order.

    Found for a record when it is first asked for. It refers to no View, so that an old View goes at once.
    """

    def __init__(
        self,
        records: Mapping[OpaqueId, ReleasedRecord],
        ends: Mapping[OpaqueId, Iterable[ReleasedLink]],
        leads: Callable[[OpaqueId, ReleasedLink], bool],
        kind: Kind,
    ) -> None:
        super().__init__()
        self._records, self._ends, self._leads, self._kind = records, ends, leads, kind

    def __missing__(self, id: OpaqueId) -> tuple[ReleasedRecord, ...]:
        others = {other_end(id, link) for link in self._ends.get(id, ()) if self._leads(id, link)}
        found = in_order(self._kind, (self._records[other] for other in others if other != id))
        if found:
            self[id] = found
        return found


def _leads_by(by: By, supporting: frozenset[str]) -> Callable[[OpaqueId, ReleasedLink], bool]:
    """Whether a link of a record is one of those by which its neighbours are found."""
    match by:
        case By.SUPPORTING:
            return lambda _, link: link.type in supporting
        case By.ATTACHING:
            return lambda id, link: link.type in supporting and link.head == id
        case By.ANY:
            return lambda _, __: True


def _history_of(release: Release) -> History:
    """Its history; one that does not lead to it, or none, is one that begins with it."""
    names, current = release.history.names, release.header.version
    return release.history if names and names[-1][1] == current else History(((1, current),))


def by_name(values: Iterable[Value]) -> list[tuple[str, list[Value]]]:
    """A subject's values under the name of their property; they come by name, then value, and stay so."""
    return [(name, list(same)) for name, same in groupby(values, key=attrgetter("name"))]
