"""Loading: draw, check, take in batches. A load that is killed can be run again; loading twice changes nothing.

What a line does to what is held is decided here and is the same for every format and store. Nothing is published, and
a rejected line withholds what it names (DESIGN 3).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Final, Protocol

from graph.desk_loads import Dossiers, as_given, dossiers, settle
from graph.erasure import erased
from graph.model import Entry, EntryId
from graph.numbers import Patterns
from graph.sources import RESTRICTION_DUE, Source, nameless, open_sources, with_source
from graph.store import Batch, Holdings, Taint
from loaders.check import Line, check, reject
from loaders.drawn import Drawn, Format, Rejected

BATCH: Final = 5_000
"""Lines a transaction. Larger ones are no faster on either store; smaller ones are."""


class RejectsFile(Protocol):
    """Where rejected lines go."""

    def write(self, rejected: Sequence[Rejected]) -> None:
        """Keep them, on the disk before this returns. The first call forgets those of an earlier load."""


@dataclass(slots=True)
class Loaded:
    """What a load did, in lines. ignored: older than what is held. unheld: a `delete` of what is not held."""

    read: int = 0
    taken: int = 0
    unchanged: int = 0
    deleted: int = 0
    ignored: int = 0
    unheld: int = 0
    rejected: int = 0


def _nothing() -> None:
    """Where there is no release, none has to be told that it will lose something."""


@dataclass(frozen=True, slots=True)
class Loading:
    """One file on its way into the holdings.

    path: by which it is known. tell: called after each batch. announce: called before each is written, to say that
    releases will lose what it withholds.
    """

    path: str
    format: Format
    holdings: Holdings
    patterns: Patterns
    rejects: RejectsFile
    tell: Callable[[Loaded], None]
    announce: Callable[[], None] = _nothing

    def run(self) -> Loaded:
        """Load it all. Raises Unreadable where it cannot be read and StoreError where it cannot be stored."""
        loaded = Loaded()
        others = open_sources(self.holdings)
        for batch in _batches(self.format.draw(), BATCH):
            taking = _Taking(self.patterns, nameless(self.path), self.holdings)
            rejected = taking.take(batch, loaded)
            loaded.rejected += len(rejected)
            self.rejects.write(rejected)
            memory = with_source(others, self.path, Source(loaded.rejected, finished=False))
            self.announce()
            self.holdings.take(taking.batch(memory | RESTRICTION_DUE))
            self.tell(loaded)
        self.rejects.write([])
        lifted = [] if loaded.rejected else [nameless(self.path)]
        memory = with_source(others, self.path, Source(loaded.rejected, finished=True))
        self.holdings.take(Batch(lifted=lifted, memory=memory))
        return loaded


@dataclass(slots=True)
class _Taking:
    """One batch: each line in turn against what is held, as the lines before it in the batch have left it.

    said: what persons have said of its ids. Lines are held against lines: what was said is laid over them in the end.
    """

    patterns: Patterns
    nameless: str
    holdings: Holdings
    said: Dossiers = field(default_factory=dict)
    held: dict[EntryId, Entry] = field(default_factory=dict)
    puts: dict[EntryId, Entry] = field(default_factory=dict)
    lifted: set[str] = field(default_factory=set)
    taints: dict[str, set[EntryId]] = field(default_factory=dict)

    def take(self, batch: Iterable[Drawn | Rejected], loaded: Loaded) -> list[Rejected]:
        checked = [check(drawn) if isinstance(drawn, Drawn) else drawn for drawn in batch]
        loaded.read += len(checked)
        ids = {line.id for line in checked if isinstance(line, Line)}
        self.said = dossiers(self.holdings, ids)
        self.held = as_given(self.holdings.held(ids), self.said)
        rejected = []
        for line in checked:
            outcome = self._line(line, loaded) if isinstance(line, Line) else line
            if outcome is not None:
                self._taint(outcome)
                rejected.append(outcome)
        return rejected

    def batch(self, memory: dict[str, str]) -> Batch:
        settled = settle(self.puts, self.said, partial(dossiers, self.holdings), self.patterns)
        return Batch(
            puts=settled.puts,
            papers=settled.papers,
            lifted=sorted(self.lifted),
            taints=[Taint(id, by) for by, ids in sorted(self.taints.items()) for id in sorted(ids)],
            memory=memory,
        )

    def _line(self, line: Line, loaded: Loaded) -> Rejected | None:
        held = self.puts.get(line.id) or self.held.get(line.id)
        if (
            held is not None
            and line.revised is not None
            and held.revised is not None
            and line.revised < held.revised
        ):
            loaded.ignored += 1
        elif line.kind is None:
            self._delete(line, held, loaded)
        elif held is not None and held.kind is not line.kind:
            return reject(line, "$.kind", f"This id is that of a {held.kind}; an id keeps its kind for ever.")
        else:
            self._good(line, Entry(line.id, line.kind, line.text, line.revised), held, loaded)
        return None

    def _delete(self, line: Line, held: Entry | None, loaded: Loaded) -> None:
        if held is None:
            loaded.unheld += 1
        else:
            self.puts[line.id] = erased(held, self.patterns, line.revised)
            loaded.deleted += 1

    def _good(self, line: Line, entry: Entry, held: Entry | None, loaded: Loaded) -> None:
        self.lifted.add(line.id)
        self.taints.pop(line.id, None)
        if held is not None and (held.line, held.revised, held.deleted) == (entry.line, entry.revised, False):
            loaded.unchanged += 1
        else:
            self.puts[line.id] = entry
            loaded.taken += 1

    def _taint(self, rejected: Rejected) -> None:
        """By whom each named id is withheld. What hangs on several ids that may be its own waits for the whole file."""
        own = rejected.own or (() if rejected.by is None else (rejected.by,))
        others = own[0] if len(own) == 1 else self.nameless
        alone = frozenset(own)
        for id in rejected.named:
            self.taints.setdefault(id if id in alone else others, set()).add(id)


def _batches(drawn: Iterator[Drawn | Rejected], size: int) -> Iterator[list[Drawn | Rejected]]:
    while batch := list(islice(drawn, size)):
        yield batch
