"""What a store of holdings promises. SQLite and Neo4j keep it alike; what a store of releases does is in
`graph/release_store.py`.

A store keeps and finds; it judges nothing. One contract suite runs against every store (tests/stores/).
Failures are `StoreError`s whose text says where and how to mend it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Protocol, Self

from graph.gist import Gist
from graph.model import Entry, EntryId, Kind, OpaqueId
from graph.policy import Policy
from graph.record_showing import RecordShowing
from graph.turn import Turns


@dataclass(frozen=True, slots=True)
class Taint:
    """`id` is withheld until a good line for the id `by` is taken: a rejected line of `by` named it (DESIGN 3)."""

    id: EntryId
    by: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What persons have said of one id, under one concern. drawer: the concern. waits: somebody has yet to answer it.

    body: as whoever keeps that drawer wrote it. The id need not be held.
    """

    drawer: str
    id: EntryId
    body: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction of a load writes, in this order.

    lifted: every taint whose `by` is among these goes. puts: entries that replace what is held under their id, whole;
    each id at most once; their `tainted` is not read. taints: put if not there yet. memory: as by `remember`. papers:
    that replace what lies under their id in their drawer, whole; each at most once.
    """

    puts: Sequence[Entry] = ()
    lifted: Sequence[str] = ()
    taints: Sequence[Taint] = ()
    memory: Mapping[str, str] = field(default_factory=dict)
    papers: Sequence[Paper] = ()


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept beside the entries: how they stood when they were last judged, and by which terms they are found.

    standings: by id, in place of what was kept for it. gone, terms: pairs of a term and an id that go and that come;
    those that are not there need not go, those that are there come only once; none is of an end. is_all: after many,
    nothing comes any more but the account. account: where it is given, from then on all that is kept fits what is held.
    """

    standings: Iterable[tuple[EntryId, bytes]] = ()
    gone: Iterable[tuple[str, EntryId]] = ()
    terms: Iterable[tuple[str, EntryId]] = ()
    is_all: bool = False
    account: str | None = None


MOST_CHANGED: Final = 20_000
"""Ids that may be written before what is kept is forgotten: by then all is better judged anew."""


class ReaderLost(Exception):
    """Of two readers one is lost; whoever asked them reads alone."""


class TwoReaders(AbstractContextManager["TwoReaders"], Protocol):
    """All entries, read by two at a time: links here, the others beside, and of those only what is made of them."""

    def links(self) -> Iterator[Entry]:
        """Every link, streamed."""

    def others(self) -> Iterator[Gist]:
        """The gist of every other entry that has one, once, after the links. Raises ReaderLost."""

    def terms(self) -> Iterable[tuple[str, EntryId]]:
        """Each term of the others (`graph.terms`) with its id, once, after the gists. Raises ReaderLost."""

    def show(self, showings: Sequence[RecordShowing]) -> None:
        """Begin to show records there; once. Whoever has asked shows them too, from the other end."""

    def shown(self) -> Iterator[Sequence[Mapping[OpaqueId, bytes]]]:
        """What has come of that since this was asked for last, by showing: the bytes of records. It never waits."""

    def from_the_end(self) -> Iterator[Entry]:
        """Every other entry, read here, the one that is shown last there first."""


class ReadableHoldings(Protocol):
    """Everything that was loaded, one entry an id, to be read and never written."""

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """Those of the ids that are held, deleted ones included, with `tainted` as it is now."""

    def entries(self) -> Iterator[Entry]:
        """Every entry, deleted ones included, streamed; no order may be assumed."""

    def all_but_links(self) -> Iterator[Entry]:
        """Every entry that is no link, as `entries` gives them; of millions most are links, and are not even sent."""

    def taints(self) -> set[Taint]:
        """Every taint that was put and not lifted; there are few."""

    def papers(self, drawer: str, ids: Iterable[EntryId]) -> dict[EntryId, Paper]:
        """The papers of those of the ids that have one in the drawer."""

    def waiting(self, drawer: str) -> dict[EntryId, Paper]:
        """The papers in the drawer that wait for somebody; found without looking at the others."""

    def every_paper(self) -> Iterator[Paper]:
        """Every paper of every drawer, streamed; no order may be assumed."""

    def recall(self, name: str) -> str | None:
        """What was last remembered under the name."""


class Holdings(ReadableHoldings, Protocol):
    """The same, to be written as well."""

    def take(self, batch: Batch) -> None:
        """Write a batch in one transaction: all of it or nothing, on disk before this returns."""

    def counts(self) -> dict[Kind, int]:
        """How many entries of each kind are held, deleted ones left out; kinds without any are left out."""

    def remember(self, name: str, text: str) -> None:
        """Keep a text under a name, on disk before this returns."""

    def close(self) -> None:
        """Let go of the store. Closing twice is allowed."""

    def __enter__(self) -> Self:
        """The store itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""


class KeptHoldings(Holdings, Protocol):
    """Holdings, and what is kept of them: enough to plan a publication from.

    What is kept is worth nothing without an account. `take` notes what each id that it writes had before, so that what
    is kept and those notes always fit what is held.
    """

    def two_readers(self, policy: Policy, day: int) -> TwoReaders | None:
        """All that is held, read by two at a time; None where there is too little of it, or the store has one way in.

        policy: of the gists and terms. day: terms of days up to this one are left out.
        """

    def account(self) -> str | None:
        """The account that was last kept, or None where nothing that is kept can be relied on."""

    def changed(self) -> dict[EntryId, Entry | None]:
        """What each id that was written since the account had before, `tainted` included; None: it was not held.

        An id is here also if a taint of it was put or lifted.
        """

    def standings(self, ids: Iterable[EntryId]) -> dict[EntryId, bytes]:
        """What is kept for those of the ids for which something is."""

    def found(self, terms: Iterable[str]) -> dict[str, set[EntryId]]:
        """The ids of each term that has any, as they were kept; of an end (`graph.terms`) its links as they are now."""

    def found_from(self, beginnings: Iterable[str]) -> dict[str, set[EntryId]]:
        """For each beginning of terms the ids of all that begin so, by that beginning."""


class StoredHoldings(KeptHoldings, Protocol):
    """Holdings in a store, and what their one publisher keeps beside them.

    When the notes of what was written become too many, `take` drops the account.
    Whatever writes fails, as a whole, where another has taken the turn (`graph.turn`).
    """

    @property
    def turns(self) -> Turns:
        """Whose turn it is to write."""

    def remembered(self) -> dict[str, str]:
        """Every text that is remembered, by name; there are few."""

    def every_standing(self) -> Iterator[tuple[EntryId, bytes]]:
        """Everything that `standings` tells, streamed; no order may be assumed."""

    def every_term(self) -> Iterator[tuple[str, EntryId]]:
        """Every term that is kept, with each id that it finds, streamed; no order may be assumed."""

    def every_tie(self) -> Iterator[tuple[EntryId, EntryId, EntryId]]:
        """Links and their ends by which `found` finds them now, streamed; no order may be assumed.

        Those that begin at a link, which nothing can release, may be left out.
        """

    def written(self) -> str | None:
        """Which ids were written lately (`graph.written`); cheap enough to be asked before every answer.

        Each batch with entries or taints is noted there in its own transaction: the ids of its puts and taints, and
        those of which a taint was lifted.
        """

    def forget(self) -> None:
        """Drop all that is kept, and the account first."""

    def keep(self, keeping: Keeping) -> None:
        """Keep it, all or nothing. With an account, what `changed` told is done with in the same transaction.

        Where it is too much for one transaction, a kill half-way leaves no account.
        """
