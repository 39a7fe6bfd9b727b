"""Holdings in memory: the shortest store that keeps the promises of `graph.store.Holdings`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Self

from graph.model import Entry, EntryId, Kind
from graph.store import Batch, Taint


class MemoryHoldings:
    """Holdings that are gone when the test ends."""

    def __init__(self) -> None:
        self._entries: dict[EntryId, Entry] = {}
        self._taints: set[Taint] = set()
        self._memory: dict[str, str] = {}

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        wanted = set(ids)
        return {entry.id: entry for entry in self.entries() if entry.id in wanted}

    def take(self, batch: Batch) -> None:
        self._taints = {taint for taint in self._taints if taint.by not in set(batch.lifted)}
        self._entries |= {entry.id: entry for entry in batch.puts}
        self._taints |= set(batch.taints)
        self._memory |= batch.memory

    def entries(self) -> Iterator[Entry]:
        tainted = {taint.id for taint in self._taints}
        for entry in list(self._entries.values()):
            yield replace(entry, tainted=entry.id in tainted)

    def taints(self) -> set[Taint]:
        return set(self._taints)

    def counts(self) -> dict[Kind, int]:
        return dict(Counter(entry.kind for entry in self._entries.values() if not entry.deleted))

    def recall(self, name: str) -> str | None:
        return self._memory.get(name)

    def remember(self, name: str, text: str) -> None:
        self._memory[name] = text

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        pass
