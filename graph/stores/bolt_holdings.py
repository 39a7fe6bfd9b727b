"""Holdings in Neo4j: each entry a node that keeps its line as it came, each link a typed relationship as well.

Every id is one node `(:Held {id})`, whatever its kind, which makes one space of ids; where a home has an id, the label
ends with it (`home_labels`). A link's node keeps its line and its id; its relationship is what a person looks at, and
goes where its link goes. An end that was never loaded is a node without a kind, and no entry. Writers go one after the
other (`holdings_turn`), so they cannot block each other.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from operator import attrgetter
from types import TracebackType
from typing import Any, Final, Self

from graph.model import Entry, EntryId, Kind
from graph.policy import Policy
from graph.store import Batch, Keeping, Paper, Taint
from graph.stores import bolt_dropping, bolt_kept, bolt_papers
from graph.stores.bolt import Bolt, Row, Transaction, open_bolt
from graph.stores.bolt_apart import refuse_releases
from graph.stores.bolt_mirror import LABELS, Mirrored, Tie, mirrored, tie_of
from graph.stores.bolt_turn import BoltTurns, TurnStatements
from graph.stores.home_labels import HomeId, label_for
from graph.stores.statements import Statement, schema, statement
from graph.written import is_too_much, noted

_MARK = statement("holdings_mark")
_TURN = TurnStatements(
    now=statement("holdings_turn_now"),
    take=statement("holdings_turn_take"),
    sign=statement("holdings_turn"),
    end=statement("holdings_turn_end"),
)
_KNOWN = statement("holdings_known")
_PUT = statement("holdings_put")
_PUT_LINKS = statement("holdings_put_links")
_REPLACE = statement("holdings_replace")
_TIE = statement("holdings_tie")
_UNTIE = statement("holdings_untie")
_LIFT_TAINTS = statement("holdings_lift_taints")
_PUT_TAINTS = statement("holdings_put_taints")
_HELD = statement("holdings_held")
_ENTRIES = statement("holdings_entries")
_ALL_BUT_LINKS = statement("holdings_all_but_links")
_COUNTS = statement("holdings_counts")
_TAINTS = statement("holdings_taints")
_RECALL = statement("holdings_recall")
_REMEMBERED = statement("holdings_remembered")
_REMEMBER = statement("holdings_remember")
_LIFTED = statement("holdings_lifted")
_WRITTEN = statement("holdings_written")
_PUT_WRITTEN = statement("holdings_put_written")
_EARLIER = statement("holdings_earlier")

_NAME_BYTES: Final = 8

_READ_AT_ONCE: Final = 1_000
"""Entries; their lines may be long."""


def open_holdings(url: str, user: str, password: str, home: HomeId | None = None) -> "BoltHoldings":
    """A home's holdings on this server. Raises StoreUnreachable, StoreRefused (also where releases are), StoreError."""
    bolt = open_bolt(url, user, password, home)
    try:
        refuse_releases(bolt)
        for made in schema("holdings"):
            bolt.make(made)
        bolt.transact(partial(Transaction.run, statement=_MARK))
    except BaseException:
        bolt.close()
        raise
    return BoltHoldings(bolt)


class BoltHoldings:
    """`graph.store.Holdings` over one Neo4j."""

    def __init__(self, bolt: Bolt) -> None:
        self._bolt = bolt
        self._labels = labels(bolt.home)
        self.turns = BoltTurns(bolt, _TURN)

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """Those of the ids that are held."""
        wanted = list(dict.fromkeys(ids))
        rows = self._bolt.transact(lambda transaction: transaction.run_rows(_HELD, wanted)) if wanted else []
        return {entry.id: entry for entry in map(_entry, rows)}

    def take(self, batch: Batch) -> None:
        """Write a batch in one transaction. What is to be put is made out while the server looks for what it has."""
        with ThreadPoolExecutor(max_workers=1) as aside:
            puts = aside.submit(lambda: {entry.id: mirrored(entry) for entry in batch.puts})
            self.turns.transact(partial(_take, batch=batch, making=puts, labels=self._labels))

    def entries(self) -> Iterator[Entry]:
        """Every entry by id, many in a row."""
        return self._by_many(_ENTRIES)

    def all_but_links(self) -> Iterator[Entry]:
        """Every entry that is no link, by id, many in a row."""
        return self._by_many(_ALL_BUT_LINKS)

    def _by_many(self, some: Statement) -> Iterator[Entry]:
        """All that a statement gives some of at a time. A row for each would take the driver most of the time."""
        after: str | None = ""
        while after is not None:
            [(rows, after)] = self._bolt.ask(some, after=after, most=_READ_AT_ONCE)
            yield from map(_entry, rows)

    def taints(self) -> set[Taint]:
        """Every taint that was put and not lifted."""
        return {Taint(EntryId(id), by) for id, by in self._bolt.ask(_TAINTS)}

    def counts(self) -> dict[Kind, int]:
        """How many entries of each kind are held."""
        return {Kind(kind): held for kind, held in self._bolt.ask(_COUNTS) if held}

    def papers(self, drawer: str, ids: Iterable[EntryId]) -> dict[EntryId, Paper]:
        """The papers of the ids."""
        return bolt_papers.of_ids(self._bolt, drawer, ids)

    def waiting(self, drawer: str) -> dict[EntryId, Paper]:
        """The papers that wait."""
        return bolt_papers.waiting(self._bolt, drawer)

    def every_paper(self) -> Iterator[Paper]:
        """Every paper, streamed."""
        return bolt_papers.every(self._bolt)

    def recall(self, name: str) -> str | None:
        """What was last remembered under the name."""
        return next((text for (text,) in self._bolt.ask(_RECALL, name=name)), None)

    def remember(self, name: str, text: str) -> None:
        """Keep a text under a name."""
        self.take(Batch(memory={name: text}))

    def remembered(self) -> dict[str, str]:
        """Every text that is remembered."""
        rows: list[tuple[str, str]] = [(name, text) for name, text in self._bolt.ask(_REMEMBERED)]
        return dict(rows)

    def written(self) -> str | None:
        """Which ids were written lately."""
        return next((text for (text,) in self._bolt.ask(_WRITTEN)), None)

    def earlier_owner(self) -> str | None:
        """Whose the holdings here are that have the labels of no home."""
        return next((owner for (owner,) in self._bolt.ask(_EARLIER)), None)

    def two_readers(self, policy: Policy, day: int) -> None:
        """One reads it: another process would need the server's password."""

    def account(self) -> str | None:
        """The account that was last kept."""
        return bolt_kept.account(self._bolt)

    def changed(self) -> dict[EntryId, Entry | None]:
        """What each id that was written since had before."""
        return {row[0]: None if row[1] is None else _entry(row) for row in bolt_kept.changed(self._bolt)}

    def standings(self, ids: Iterable[EntryId]) -> dict[EntryId, bytes]:
        """What is kept for the ids."""
        return bolt_kept.standings(self._bolt, ids)

    def found(self, terms: Iterable[str]) -> dict[str, set[EntryId]]:
        """The ids of each term; of links, as they are drawn now."""
        return bolt_kept.found(self._bolt, terms)

    def found_from(self, beginnings: Iterable[str]) -> dict[str, set[EntryId]]:
        """The ids of the terms that begin so."""
        return bolt_kept.found_from(self._bolt, beginnings)

    def every_standing(self) -> Iterator[tuple[EntryId, bytes]]:
        """Everything that standings tells."""
        return bolt_kept.every_standing(self._bolt)

    def every_term(self) -> Iterator[tuple[str, EntryId]]:
        """Every term and what it finds."""
        return bolt_kept.every_term(self._bolt)

    def every_tie(self) -> Iterator[tuple[EntryId, EntryId, EntryId]]:
        """Every link and its ends, as it is drawn now."""
        return bolt_kept.every_tie(self._bolt)

    def forget(self) -> None:
        """Drop all that is kept."""
        bolt_kept.forget(self.turns)

    def keep(self, keeping: Keeping) -> None:
        """Keep it in one transaction."""
        bolt_kept.keep(self.turns, keeping)

    def take_away(self, tell: Callable[[int], None]) -> None:
        """Take all away that this home has here (`bolt_dropping`), but what `end` does."""
        bolt_dropping.take_away(self.turns, bolt_dropping.HOLDINGS, tell)

    def end(self) -> None:
        """Take the rest away, once the turn was given back. Nothing can be asked of these holdings after that."""
        bolt_dropping.end(self._bolt, bolt_dropping.HOLDINGS)

    def close(self) -> None:
        """Let go of the server."""
        self._bolt.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


def labels(home: HomeId | None) -> Mapping[str, Sequence[str]]:
    """The labels, besides that of whatever is held, of what a home holds, by kind."""
    return {kind: [label_for(label, home) for label in of_kind] for kind, of_kind in LABELS.items()}


def _take(
    transaction: Transaction,
    told: Row,
    batch: Batch,
    making: "Future[dict[EntryId, Mirrored]]",
    labels: Mapping[str, Sequence[str]],
) -> None:
    tainted, accounted = told
    touched = _touched(transaction, batch, tainted)
    if accounted:
        bolt_kept.note(transaction, touched)
    _note(transaction, touched)
    if tainted:  # rarely; and then a look-up for each good line is well spent
        transaction.run_rows(_LIFT_TAINTS, batch.lifted)
    known: dict[EntryId, str | None] = dict(transaction.run_rows(_KNOWN, [put.id for put in batch.puts]))
    puts = making.result()
    ties = {id: tie_of(id, line) for id, line in known.items() if line is not None}
    fresh = [put for id, put in puts.items() if id not in known]
    transaction.run_rows(_PUT_LINKS, [put.properties for put in fresh if put.is_link])
    transaction.run_rows(_PUT, _nodes((put for put in fresh if not put.is_link), labels))
    transaction.run_rows(_REPLACE, _nodes((put for id, put in puts.items() if id in known), labels))
    _tie(transaction, puts, ties)
    transaction.run_rows(_PUT_TAINTS, [asdict(taint) for taint in batch.taints])
    transaction.run_rows(_REMEMBER, [{"name": name, "text": text} for name, text in batch.memory.items()])
    bolt_papers.put(transaction, batch.papers)


def _touched(transaction: Transaction, batch: Batch, tainted: bool) -> list[EntryId]:
    """The ids that a batch writes, and those of which it puts or lifts a taint; each once."""
    lifted = transaction.run_rows(_LIFTED, batch.lifted) if tainted else []
    put, names = (put.id for put in batch.puts), (taint.id for taint in batch.taints)
    return list(dict.fromkeys((*(EntryId(id) for (id,) in lifted), *put, *names)))


def _note(transaction: Transaction, ids: Sequence[EntryId]) -> None:
    if ids:
        before = [] if is_too_much(ids) else transaction.run(_WRITTEN)
        text = noted(next((text for (text,) in before), None), secrets.token_hex(_NAME_BYTES), ids)
        transaction.run(_PUT_WRITTEN, text=text)


def _nodes(puts: Iterable[Mirrored], labels: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    return [{"labels": labels[put.properties["kind"]], "entry": put.properties} for put in puts]


def _tie(transaction: Transaction, puts: dict[EntryId, Mirrored], ties: dict[EntryId, Tie]) -> None:
    """Relationships as the links now say; those that stay as they are, are left alone."""
    loosed = [tie for id, tie in ties.items() if tie != puts[id].tie]
    drawn = [put.tie for id, put in puts.items() if put.tie is not None and put.tie != ties.get(id)]
    transaction.run_rows(_UNTIE, [{"head": t.head, "tail": t.tail, "id": t.shown["id"]} for t in loosed])
    transaction.run_rows(_TIE, _relationships(drawn))


def _relationships(ties: Sequence[Tie]) -> list[dict[str, Any]]:
    """By their ends: neighbours in the store are written together, which is a good deal faster."""
    ordered = sorted(ties, key=attrgetter("head", "tail"))
    return [{"head": t.head, "tail": t.tail, "type": t.type, "shown": t.shown} for t in ordered]


def _entry(row: Sequence[Any]) -> Entry:
    id, kind, line, revised, deleted, tainted = row
    return Entry(id, Kind(kind), line.encode(), revised, bool(deleted), tainted)
