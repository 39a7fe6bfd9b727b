"""Releases in memory: the whole of `graph.release_store.Releases`, for tests that are not about a store."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from threading import Lock
from types import TracebackType
from typing import Self

from graph.history import History, Past, Touch, Version, forgotten_before, next_version
from graph.keys import ReleaseKeys, marking
from graph.later import Later, touched
from graph.model import AgreementId, OpaqueId
from graph.readers import MOST_ANNOUNCED_SECONDS, NO_DAYS, Days, Reader, Standing
from graph.release import Content, Header, Release
from graph.release_store import Change, LinkRow, RecordRow, nothing
from graph.revocations import Revocations
from graph.touching import touches
from graph.whole import rows_by_head, rows_by_id
from tests.memory_turns import MemoryTurns

MARK = marking(ReleaseKeys(b"n" * 32, b"v" * 32))


class MemoryReleases:
    """Each release is replaced whole by a changed copy, so that one which was read before stays as it was."""

    def __init__(self) -> None:
        self._releases: dict[AgreementId, Release] = {}
        self._restriction_due = False
        self._revision = 0
        self._revoked = Revocations()
        self._owner: str | None = None
        self._readers: dict[str, Reader] = {}
        self._seen: dict[str, int] = {}
        self._seeing = Lock()
        self._versions: dict[AgreementId, list[Version]] = {}
        self._touches: dict[AgreementId, list[Touch]] = {}
        self.mark = MARK
        self.turns = MemoryTurns()

    def headers(self) -> dict[AgreementId, Header]:
        return {agreement: release.header for agreement, release in sorted(self._releases.items())}

    def header(self, agreement: AgreementId) -> Header | None:
        release = self._releases.get(agreement)
        return None if release is None else release.header

    def read(self, agreement: AgreementId) -> Release | None:
        return self._releases.get(agreement)

    def later(self, agreement: AgreementId, place: int, version: str) -> Later | None:
        release = self._releases.get(agreement)
        if release is None or (place, version) not in release.history.names:
            return None
        since = tuple(touch for touch in release.history.touches if touch.place > place)
        ids = touched(since)
        if ids is None:
            return None
        records = {id: record for id, record in release.content.records.items() if id in ids}
        links = {id: link for id, link in release.content.links.items() if {link.head, link.tail} <= ids}
        return Later(release.header, ids, Content(records, links), release.history.names, since)

    def elements(self, agreement: AgreementId, ids: Iterable[OpaqueId]) -> Content:
        release, wanted = self._releases.get(agreement), set(ids)
        if release is None:
            return Content()
        old = release.content
        return Content(
            {id: old.records[id] for id in wanted & old.records.keys()},
            {id: old.links[id] for id in wanted & old.links.keys()},
        )

    def record_rows(self, agreement: AgreementId) -> Iterator[RecordRow]:
        return rows_by_id(self._content(agreement).records.values())

    def link_rows(self, agreement: AgreementId) -> Iterator[LinkRow]:
        rows = rows_by_head(self._content(agreement).links.values())
        return ((head, id, body) for id, head, _, body in rows)

    def last_version(self, agreement: AgreementId) -> str | None:
        known = self._versions.get(agreement)
        return known[-1].name if known else None

    def _content(self, agreement: AgreementId) -> Content:
        release = self._releases.get(agreement)
        return Content() if release is None else release.content

    def enrol(self, reader: Reader, seen: Days = NO_DAYS) -> Days:
        self._readers[reader.name] = reader
        with self._seeing:
            self._seen |= {zone: max(day, self._seen.get(zone, day)) for zone, day in seen.items()}
        return self.seen()

    def leave(self, name: str) -> None:
        self._readers.pop(name, None)

    def enrolled(self) -> list[Reader]:
        return list(self._readers.values())

    def strike_off(self, names: Collection[str], before: int) -> None:
        late = [name for name in names if name in self._readers and self._readers[name].confirmed < before]
        for name in late:
            self.leave(name)

    def seen(self) -> Days:
        return self._seen.copy()

    def set_back(self, day: int) -> None:
        self._seen = {zone: min(day, seen) for zone, seen in self._seen.items()}

    def standing(self) -> Standing:
        return Standing(self._revision, self._restriction_due)

    def revocations(self) -> Revocations:
        return self._revoked

    def owner(self) -> str | None:
        return self._owner

    def own(self, name: str) -> None:
        self._owner = name

    def revoke(self, revocations: Revocations) -> None:
        self._revoked |= revocations
        self._revision += 1

    def announce_restriction(self, seconds: int) -> None:
        """A test waits for nothing: it is overdue at once, or never."""
        self._restriction_due = not 0 < seconds <= MOST_ANNOUNCED_SECONDS

    def restriction_done(self) -> None:
        self._restriction_due = False

    def apply(self, header: Header, change: Change, handed_over: Callable[[], None] = nothing) -> None:
        old = self._releases[header.agreement].content if header.agreement in self._releases else Content()
        gone = {*change.gone_records, *change.gone_links}
        records = {id: record for id, record in old.records.items() if id not in gone}
        links = {id: link for id, link in old.links.items() if id not in gone}
        records.update((record.id, record) for record in change.records)
        links.update((link.id, link) for link in change.links)
        history = self._noted(header, old, change)
        self._releases[header.agreement] = Release(header, Content(records, links), history)
        self._revision += 1
        handed_over()

    def _noted(self, header: Header, old: Content, change: Change) -> History:
        """The history with a version more, where the content is another one."""
        known = self._versions.setdefault(header.agreement, [])
        touched = self._touches.setdefault(header.agreement, [])
        last = known[-1] if known else None
        new = next_version(last, header.version, header.published_at, self.mark)
        if new is not None:
            if new.follows(last):
                touched += touches(old, change, new.place, self.mark)
            else:
                known.clear()
                touched.clear()
            known.append(new)
            before = [version.place for version in known if version.minute < forgotten_before(new.minute)]
            known[:] = [version for version in known if version.place >= max(before, default=0)]
            touched[:] = [touch for touch in touched if touch.place > known[0].place]
        return History(tuple((version.place, version.name) for version in known), tuple(touched))

    def past(self, agreement: AgreementId) -> Past:
        return Past(tuple(self._versions.get(agreement, ())), tuple(self._touches.get(agreement, ())))

    def put_past(self, agreement: AgreementId, past: Past) -> None:
        self._versions[agreement], self._touches[agreement] = list(past.versions), list(past.touches)
        names = tuple((version.place, version.name) for version in past.versions)
        self._releases[agreement] = replace(self._releases[agreement], history=History(names, past.touches))
        self._revision += 1

    def drop(self, agreement: AgreementId) -> None:
        for kept in (self._releases, self._versions, self._touches):
            kept.pop(agreement, None)
        self._revision += 1

    def half_way(self) -> Mapping[AgreementId, bool]:
        return {}

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
