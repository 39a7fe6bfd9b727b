"""Holdings in memory: the shortest store that keeps the promises of `graph.store.Holdings`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Self
from uuid import uuid4

import msgspec

from graph.model import Entry, EntryId, Kind
from graph.policy import Policy
from graph.store import MOST_CHANGED, Batch, Keeping, Paper, Taint
from graph.terms import end_terms, ends_of
from graph.written import noted
from tests.memory_turns import MemoryTurns


class MemoryHoldings:
    """Holdings that are gone when the test ends."""

    def __init__(self) -> None:
        self._entries: dict[EntryId, Entry] = {}
        self._taints: set[Taint] = set()
        self._memory: dict[str, str] = {}
        self._written: str | None = None
        self._account: str | None = None
        self._changed: dict[EntryId, Entry | None] = {}
        self._standings: dict[EntryId, bytes] = {}
        self._terms: dict[str, set[EntryId]] = {}
        self._papers: dict[tuple[str, EntryId], Paper] = {}
        self._tied: dict[str, set[EntryId]] = {}
        self.turns = MemoryTurns()

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        tainted = {taint.id for taint in self._taints}
        return {
            id: msgspec.structs.replace(self._entries[id], tainted=id in tainted)
            for id in set(ids) & self._entries.keys()
        }

    def take(self, batch: Batch) -> None:
        papers = {(paper.drawer, paper.id): paper for paper in batch.papers}
        self._note(batch)
        self._taints = {taint for taint in self._taints if taint.by not in set(batch.lifted)}
        for entry in batch.puts:
            self._tie(entry)
        self._entries |= {entry.id: entry for entry in batch.puts}
        self._taints |= set(batch.taints)
        self._memory |= batch.memory
        self._papers |= papers

    def entries(self) -> Iterator[Entry]:
        tainted = {taint.id for taint in self._taints}
        for entry in list(self._entries.values()):
            yield msgspec.structs.replace(entry, tainted=entry.id in tainted)

    def all_but_links(self) -> Iterator[Entry]:
        return (entry for entry in self.entries() if entry.kind is not Kind.LINK)

    def taints(self) -> set[Taint]:
        return set(self._taints)

    def counts(self) -> dict[Kind, int]:
        return dict(Counter(entry.kind for entry in self._entries.values() if not entry.deleted))

    def papers(self, drawer: str, ids: Iterable[EntryId]) -> dict[EntryId, Paper]:
        return {id: self._papers[drawer, id] for id in ids if (drawer, id) in self._papers}

    def waiting(self, drawer: str) -> dict[EntryId, Paper]:
        return {id: one for (kept, id), one in self._papers.items() if kept == drawer and one.waits}

    def every_paper(self) -> Iterator[Paper]:
        return iter(list(self._papers.values()))

    def recall(self, name: str) -> str | None:
        return self._memory.get(name)

    def remember(self, name: str, text: str) -> None:
        self._memory[name] = text

    def remembered(self) -> dict[str, str]:
        return dict(self._memory)

    def written(self) -> str | None:
        return self._written

    def two_readers(self, policy: Policy, day: int) -> None:
        return None

    def account(self) -> str | None:
        return self._account

    def changed(self) -> dict[EntryId, Entry | None]:
        return dict(self._changed)

    def standings(self, ids: Iterable[EntryId]) -> dict[EntryId, bytes]:
        return {id: self._standings[id] for id in set(ids) & self._standings.keys()}

    def found(self, terms: Iterable[str]) -> dict[str, set[EntryId]]:
        known = ((term, self._terms.get(term) or self._tied.get(term)) for term in terms)
        return {term: set(ids) for term, ids in known if ids}

    def found_from(self, beginnings: Iterable[str]) -> dict[str, set[EntryId]]:
        found = {
            beginning: {id for term, ids in self._terms.items() if term.startswith(beginning) for id in ids}
            for beginning in beginnings
        }
        return {beginning: ids for beginning, ids in found.items() if ids}

    def every_standing(self) -> Iterator[tuple[EntryId, bytes]]:
        return iter(list(self._standings.items()))

    def every_term(self) -> Iterator[tuple[str, EntryId]]:
        return iter([(term, id) for term, ids in self._terms.items() for id in ids])

    def every_tie(self) -> Iterator[tuple[EntryId, EntryId, EntryId]]:
        for entry in self.entries():
            if ends := ends_of(entry):
                yield entry.id, *ends

    def forget(self) -> None:
        self._account = None
        for kept in (self._changed, self._standings, self._terms):
            kept.clear()

    def keep(self, keeping: Keeping) -> None:
        standings = dict(keeping.standings)
        for term, id in keeping.gone:
            self._terms.get(term, set()).discard(id)
        for term, id in keeping.terms:
            self._terms.setdefault(term, set()).add(id)
        self._standings |= standings
        if keeping.account is not None:
            self._account = keeping.account
            self._changed.clear()

    def _tie(self, entry: Entry) -> None:
        """Links are found by their ends as they are now."""
        if entry.id in self._entries:
            for end in end_terms(self._entries[entry.id]):
                self._tied[end].discard(entry.id)
        for end in end_terms(entry):
            self._tied.setdefault(end, set()).add(entry.id)

    def _note(self, batch: Batch) -> None:
        ids = {put.id for put in batch.puts} | {taint.id for taint in batch.taints}
        ids |= {taint.id for taint in self._taints if taint.by in set(batch.lifted)}
        if ids:
            self._written = noted(self._written, uuid4().hex, ids)
        if self._account is None:
            return
        held = self.held(ids)
        self._changed = {id: held.get(id) for id in ids} | self._changed
        if len(self._changed) > MOST_CHANGED:
            self.forget()

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        pass
