"""Releases in memory: the whole of `graph.store.Releases`, for tests that are not about a store."""

from collections.abc import Collection
from types import TracebackType
from typing import Self

from graph.model import AgreementId
from graph.readers import Reader, Standing
from graph.release import Content, Header, Release
from graph.store import Change


class MemoryReleases:
    """Each release is replaced whole by a changed copy, so that one which was read before stays as it was."""

    def __init__(self) -> None:
        self._releases: dict[AgreementId, Release] = {}
        self._restriction_due = False
        self._revision = 0
        self._readers: dict[str, Reader] = {}

    def headers(self) -> dict[AgreementId, Header]:
        return {agreement: release.header for agreement, release in sorted(self._releases.items())}

    def header(self, agreement: AgreementId) -> Header | None:
        release = self._releases.get(agreement)
        return None if release is None else release.header

    def read(self, agreement: AgreementId) -> Release | None:
        return self._releases.get(agreement)

    def enrol(self, reader: Reader) -> None:
        self._readers[reader.name] = reader

    def leave(self, name: str) -> None:
        self._readers.pop(name, None)

    def enrolled(self) -> list[Reader]:
        return list(self._readers.values())

    def strike_off(self, names: Collection[str], before: int) -> None:
        late = [name for name in names if name in self._readers and self._readers[name].confirmed < before]
        for name in late:
            self.leave(name)

    def standing(self) -> Standing:
        return Standing(self._revision, self._restriction_due)

    def announce_restriction(self, seconds: int) -> None:
        """A test waits for nothing: it is overdue at once, or never."""
        self._restriction_due = seconds <= 0

    def restriction_done(self) -> None:
        self._restriction_due = False

    def apply(self, header: Header, change: Change) -> None:
        old = self._releases[header.agreement].content if header.agreement in self._releases else Content()
        records = {id: record for id, record in old.records.items() if id not in change.gone_records}
        links = {id: link for id, link in old.links.items() if id not in change.gone_links}
        records.update((record.id, record) for record in change.records)
        links.update((link.id, link) for link in change.links)
        self._releases[header.agreement] = Release(header, Content(records, links))
        self._revision += 1

    def drop(self, agreement: AgreementId) -> None:
        self._releases.pop(agreement, None)
        self._revision += 1

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
