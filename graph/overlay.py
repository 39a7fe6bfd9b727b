"""Holdings as they would be: what is held, with changes that are kept in memory and written nowhere.

It keeps the promises of `graph.store.Holdings`, so that a simulation loads and judges by the very same code.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import msgspec

from graph.model import Entry, EntryId, Kind
from graph.store import Batch, Paper, ReadableHoldings, Taint


@dataclass(slots=True)
class Overlay:
    """Holdings over others, which stay as they are. Memory grows with the changes, not with what is held."""

    beneath: ReadableHoldings
    _puts: dict[EntryId, Entry] = field(default_factory=dict)
    _taints: set[Taint] = field(init=False)
    _memory: dict[str, str] = field(default_factory=dict)
    _papers: dict[tuple[str, EntryId], Paper] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start from the taints beneath."""
        self._taints = self.beneath.taints()

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing was taken, so that it holds what is held beneath."""
        return not self._puts and self._taints == self.beneath.taints()

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """Those of the ids that are held, here or beneath."""
        wanted = set(ids)
        here = {id: self._puts[id] for id in wanted & self._puts.keys()}
        return {id: self._marked(entry) for id, entry in (self.beneath.held(wanted) | here).items()}

    def take(self, batch: Batch) -> None:
        """Keep a batch in memory."""
        lifted = frozenset(batch.lifted)
        self._taints = {taint for taint in self._taints if taint.by not in lifted} | set(batch.taints)
        self._puts |= {entry.id: entry for entry in batch.puts}
        self._memory |= batch.memory
        self._papers |= {(paper.drawer, paper.id): paper for paper in batch.papers}

    def touched(self) -> list[Entry]:
        """Those entries, as they would be, that what was taken may have changed."""
        ids = self._puts.keys() | {taint.id for taint in self._taints ^ self.beneath.taints()}
        return list(self.held(ids).values())

    def entries(self) -> Iterator[Entry]:
        """Every entry, as it would be."""
        return self._over(self.beneath.entries(), self._puts.values())

    def all_but_links(self) -> Iterator[Entry]:
        """Every entry that is no link, as it would be."""
        puts = (entry for entry in self._puts.values() if entry.kind is not Kind.LINK)
        return self._over(self.beneath.all_but_links(), puts)

    def _over(self, beneath: Iterable[Entry], puts: Iterable[Entry]) -> Iterator[Entry]:
        tainted, here = {taint.id for taint in self._taints}, list(puts)
        for entry in beneath:
            if entry.id not in self._puts:
                yield msgspec.structs.replace(entry, tainted=entry.id in tainted)
        for entry in here:
            yield msgspec.structs.replace(entry, tainted=entry.id in tainted)

    def taints(self) -> set[Taint]:
        """Every taint, as it would be."""
        return set(self._taints)

    def counts(self) -> dict[Kind, int]:
        """How many entries of each kind would be held."""
        return dict(Counter(entry.kind for entry in self.entries() if not entry.deleted))

    def papers(self, drawer: str, ids: Iterable[EntryId]) -> dict[EntryId, Paper]:
        """The papers of the ids, here or beneath."""
        wanted = set(ids)
        here = {id: self._papers[drawer, id] for id in wanted if (drawer, id) in self._papers}
        return self.beneath.papers(drawer, wanted - here.keys()) | here

    def waiting(self, drawer: str) -> dict[EntryId, Paper]:
        """The papers that would wait."""
        beneath = self.beneath.waiting(drawer)
        here = {id: paper for (kept, id), paper in self._papers.items() if kept == drawer}
        return {id: paper for id, paper in (beneath | here).items() if paper.waits}

    def every_paper(self) -> Iterator[Paper]:
        """Every paper, as it would be."""
        yield from (one for one in self.beneath.every_paper() if (one.drawer, one.id) not in self._papers)
        yield from self._papers.values()

    def recall(self, name: str) -> str | None:
        """What would last have been remembered under the name."""
        return self._memory.get(name) or self.beneath.recall(name)

    def remember(self, name: str, text: str) -> None:
        """Keep a text in memory."""
        self._memory[name] = text

    def close(self) -> None:
        """Nothing of its own is open; what is beneath is its opener's."""

    def __enter__(self) -> Self:
        """The overlay itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to close."""

    def _marked(self, entry: Entry) -> Entry:
        return msgspec.structs.replace(entry, tainted=any(taint.id == entry.id for taint in self._taints))
