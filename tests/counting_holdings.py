"""Holdings that note which entries are read from them, over any store."""

from collections.abc import Iterable, Iterator
from typing import Any

from graph.model import Entry, EntryId
from graph.store import StoredHoldings


class CountingHoldings:
    """Passes everything on. read: the ids of all entries that were looked up; scans: how often all were read."""

    def __init__(self, beneath: StoredHoldings) -> None:
        self._beneath = beneath
        self.read: set[str] = set()
        self.scans = 0

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        found = self._beneath.held(ids)
        self.read |= found.keys()
        return found

    def entries(self) -> Iterator[Entry]:
        self.scans += 1
        return self._beneath.entries()

    def all_but_links(self) -> Iterator[Entry]:
        self.scans += 1
        return self._beneath.all_but_links()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._beneath, name)
