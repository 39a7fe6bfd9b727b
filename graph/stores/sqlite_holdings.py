"""Holdings in one SQLite file: a row for each entry, its line as it came, and a link's ends to find it by.

It keeps the promises of `graph.store.Holdings` and judges nothing.
"""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from graph.model import Entry, EntryId, Kind
from graph.policy import Policy
from graph.store import Batch, Keeping, Paper, Taint
from graph.stores import sqlite_kept, sqlite_papers, sqlite_turn
from graph.stores.second_reader import SecondReader
from graph.stores.sqlite import Database, aside
from graph.stores.sqlite_gaps import changing
from graph.stores.sqlite_turn import SqliteTurns
from graph.terms import ends_of
from graph.written import is_too_much, noted

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS entry (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, line BLOB NOT NULL, revised TEXT, deleted INTEGER NOT NULL,
    head TEXT, tail TEXT
);
CREATE TABLE IF NOT EXISTS taint (id TEXT NOT NULL, by TEXT NOT NULL, PRIMARY KEY (id, by)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS taint_by ON taint (by);
CREATE TABLE IF NOT EXISTS memory (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS written (one INTEGER PRIMARY KEY CHECK (one = 1), text TEXT NOT NULL);
"""
_ENTRY: Final = """
SELECT entry.id, kind, line, revised, deleted, EXISTS (SELECT 1 FROM taint WHERE taint.id = entry.id) FROM entry
"""
_ENTRIES: Final = "SELECT id, kind, line, revised, deleted FROM entry"
LINKS: Final = f"{_ENTRIES} WHERE kind = '{Kind.LINK}'"
OTHERS: Final = f"{_ENTRIES} WHERE kind <> '{Kind.LINK}' ORDER BY rowid"
FROM_THE_END: Final = f"{OTHERS} DESC"
_PUT: Final = """
INSERT INTO entry (id, kind, line, revised, deleted, head, tail) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, line = excluded.line, revised = excluded.revised,
    deleted = excluded.deleted, head = excluded.head, tail = excluded.tail
"""
_REMEMBER: Final = """
INSERT INTO memory (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text
"""
_NOTE: Final = """
INSERT INTO written (one, text) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET text = excluded.text
"""
_NAME_BYTES: Final = 8

_ASKED_AT_ONCE: Final = 500
MANY_ENTRIES: Final = 100_000
"""So many are read by two: a second process takes a third of a second to start."""

_KINDS: Final = {kind.value: kind for kind in Kind}
_Row = tuple[EntryId, str, bytes, str | None, int, int]


def open_holdings(path: Path) -> "SqliteHoldings":
    """The holdings in this file, made if it is not there."""
    return SqliteHoldings(
        Database(path, _SCHEMA + sqlite_papers.SCHEMA + sqlite_kept.SCHEMA + sqlite_turn.SCHEMA)
    )


class SqliteHoldings:
    """`graph.store.Holdings` over one SQLite file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.turns = SqliteTurns(database)

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """Those of the ids that are held."""
        wanted = list(ids)
        found: dict[EntryId, Entry] = {}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _ASKED_AT_ONCE):
                asked = wanted[start : start + _ASKED_AT_ONCE]
                rows = connection.execute(f"{_ENTRY} WHERE entry.id IN ({','.join('?' * len(asked))})", asked)
                found |= {row[0]: _entry(row) for row in rows}
        return found

    def take(self, batch: Batch) -> None:
        """Write a batch in one transaction."""
        rows = ((e.id, e.kind.value, e.line, e.revised, e.deleted, *_ends(e)) for e in batch.puts)
        with self.turns.writing() as connection:
            if any(put.deleted for put in batch.puts):
                changing(connection)
            touched = _touched(connection, batch)
            sqlite_kept.note(connection, touched)
            _note(connection, touched)
            connection.executemany("DELETE FROM taint WHERE by = ?", ((by,) for by in batch.lifted))
            connection.executemany(_PUT, rows)
            connection.executemany(
                "INSERT OR IGNORE INTO taint (id, by) VALUES (?, ?)",
                ((taint.id, taint.by) for taint in batch.taints),
            )
            connection.executemany(_REMEMBER, batch.memory.items())
            sqlite_papers.put(connection, batch.papers)

    def entries(self) -> Iterator[Entry]:
        """Every entry, streamed from one snapshot: over a connection of its own, so that others can be written to."""
        return self._streamed(_ENTRIES)

    def all_but_links(self) -> Iterator[Entry]:
        """Every entry that is no link, streamed as all are."""
        return self._streamed(OTHERS)

    def _streamed(self, asked: str) -> Iterator[Entry]:
        return streamed(self._database.path, asked)

    def two_readers(self, policy: Policy, day: int) -> SecondReader | None:
        """By a second process, where there is enough to read."""
        with self._database.reading() as connection:
            [rows] = connection.execute("SELECT coalesce(max(rowid), 0) FROM entry").fetchone()
        if rows < MANY_ENTRIES:
            return None
        links, others, from_the_end = (
            partial(streamed, self._database.path, asked) for asked in (LINKS, OTHERS, FROM_THE_END)
        )
        return SecondReader(links, others, from_the_end, policy, day)

    def taints(self) -> set[Taint]:
        """Every taint that was put and not lifted."""
        with self._database.reading() as connection:
            return {Taint(EntryId(id), by) for id, by in connection.execute("SELECT id, by FROM taint")}

    def counts(self) -> dict[Kind, int]:
        """How many entries of each kind are held."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT kind, count(*) FROM entry WHERE NOT deleted GROUP BY kind")
            return {Kind(kind): count for kind, count in rows}

    def papers(self, drawer: str, ids: Iterable[EntryId]) -> dict[EntryId, Paper]:
        """The papers of the ids."""
        with self._database.reading() as connection:
            return sqlite_papers.of_ids(connection, drawer, ids)

    def waiting(self, drawer: str) -> dict[EntryId, Paper]:
        """The papers that wait."""
        with self._database.reading() as connection:
            return sqlite_papers.waiting(connection, drawer)

    def every_paper(self) -> Iterator[Paper]:
        """Every paper, streamed as the entries are."""
        with aside(self._database.path) as connection:
            yield from sqlite_papers.every(connection)

    def recall(self, name: str) -> str | None:
        """What was last remembered under the name."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT text FROM memory WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

    def remember(self, name: str, text: str) -> None:
        """Keep a text under a name."""
        with self.turns.writing() as connection:
            connection.execute(_REMEMBER, (name, text))

    def remembered(self) -> dict[str, str]:
        """Every text that is remembered."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT name, text FROM memory ORDER BY name"))

    def written(self) -> str | None:
        """Which ids were written lately."""
        with self._database.reading() as connection:
            return _written(connection)

    def account(self) -> str | None:
        """The account that was last kept."""
        with self._database.reading() as connection:
            return sqlite_kept.account(connection)

    def changed(self) -> dict[EntryId, Entry | None]:
        """What each id that was written since had before."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, kind, line, revised, deleted, tainted FROM before")
            return {row[0]: None if row[1] is None else _entry(row) for row in rows}

    def standings(self, ids: Iterable[EntryId]) -> dict[EntryId, bytes]:
        """What is kept for the ids."""
        with self._database.reading() as connection:
            return sqlite_kept.standings(connection, ids)

    def found(self, terms: Iterable[str]) -> dict[str, set[EntryId]]:
        """The ids of each term."""
        with self._database.reading() as connection:
            return sqlite_kept.found(connection, terms)

    def found_from(self, beginnings: Iterable[str]) -> dict[str, set[EntryId]]:
        """The ids of the terms that begin so."""
        with self._database.reading() as connection:
            return sqlite_kept.found_from(connection, beginnings)

    def every_standing(self) -> Iterator[tuple[EntryId, bytes]]:
        """Everything that standings tells, streamed as the entries are."""
        with aside(self._database.path) as connection:
            yield from sqlite_kept.every_standing(connection)

    def every_term(self) -> Iterator[tuple[str, EntryId]]:
        """Every term and what it finds, streamed as the entries are."""
        with aside(self._database.path) as connection:
            yield from sqlite_kept.every_term(connection)

    def every_tie(self) -> Iterator[tuple[EntryId, EntryId, EntryId]]:
        """Every link and its ends, streamed as the entries are."""
        with aside(self._database.path) as connection:
            yield from sqlite_kept.every_tie(connection)

    def forget(self) -> None:
        """Drop all that is kept."""
        with self.turns.writing() as connection:
            sqlite_kept.forget(connection)

    def keep(self, keeping: Keeping) -> None:
        """Keep it in one transaction."""
        with self.turns.writing() as connection:
            sqlite_kept.keep(connection, keeping)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


def streamed(path: Path, asked: str) -> Iterator[Entry]:
    """The entries of the file that are asked for, from one snapshot."""
    with aside(path) as connection:
        tainted = {id for (id,) in connection.execute("SELECT id FROM taint")}
        for id, kind, line, revised, deleted in connection.execute(asked):
            yield Entry(id, _KINDS.get(kind) or Kind(kind), line, revised, deleted != 0, id in tainted)


def _touched(connection: sqlite3.Connection, batch: Batch) -> list[EntryId]:
    """The ids that a batch writes, and those of which it puts or lifts a taint; each once."""
    [tainted] = connection.execute("SELECT EXISTS (SELECT 1 FROM taint)").fetchone()
    lifted = (  # rarely; and then a look-up for each good line is well spent
        row[0]
        for by in (batch.lifted if tainted else ())
        for row in connection.execute("SELECT id FROM taint WHERE by = ?", (by,)).fetchall()
    )
    put, named = (put.id for put in batch.puts), (taint.id for taint in batch.taints)
    return list(dict.fromkeys((*lifted, *put, *named)))


def _note(connection: sqlite3.Connection, ids: list[EntryId]) -> None:
    if ids:
        before = None if is_too_much(ids) else _written(connection)
        connection.execute(_NOTE, (noted(before, secrets.token_hex(_NAME_BYTES), ids),))


def _written(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT text FROM written").fetchone()
    return None if row is None else str(row[0])


def _ends(entry: Entry) -> tuple[EntryId, EntryId] | tuple[None, None]:
    """By which links are found."""
    return ends_of(entry) or (None, None)


def _entry(row: _Row) -> Entry:
    id, kind, line, revised, deleted, tainted = row
    return Entry(id, _KINDS.get(kind) or Kind(kind), line, revised, deleted != 0, tainted != 0)
