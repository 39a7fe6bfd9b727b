"""What a publisher keeps beside the entries of a SQLite file: standings, terms, the account, and what ids had before.

`before` has a row for each id that was written since the account, with what was held under it then; a row without a
kind is of an id that was not held. It is written in the transaction of the lines themselves.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Final

from graph.model import EntryId
from graph.store import MOST_CHANGED, Keeping
from graph.stores.sqlite_rows import put_rows
from graph.terms import END, parted

_TERMS: Final = "CREATE TABLE term (term TEXT NOT NULL, id TEXT NOT NULL)"
_FOUND_BY: Final = {
    "term_found": "CREATE UNIQUE INDEX IF NOT EXISTS term_found ON term (term, id)",
    "entry_head": "CREATE INDEX IF NOT EXISTS entry_head ON entry (head) WHERE head IS NOT NULL",
    "entry_tail": "CREATE INDEX IF NOT EXISTS entry_tail ON entry (tail) WHERE tail IS NOT NULL",
}
"""The indexes by which terms and ends are found, there as long as an account is: they are made best at the end."""

SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS account (one INTEGER PRIMARY KEY CHECK (one = 1), text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS before (
    id TEXT PRIMARY KEY, kind TEXT, line BLOB, revised TEXT, deleted INTEGER, tainted INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS standing (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
{_TERMS.replace("TABLE", "TABLE IF NOT EXISTS")};
"""
_NOTE: Final = """
INSERT OR IGNORE INTO before (id, kind, line, revised, deleted, tainted)
SELECT asked.id, kind, line, revised, deleted, EXISTS (SELECT 1 FROM taint WHERE taint.id = asked.id)
FROM (SELECT ? AS id) AS asked LEFT JOIN entry ON entry.id = asked.id
"""
_STAND: Final = "INSERT INTO standing (id, body)"
_REPLACE: Final = "ON CONFLICT (id) DO UPDATE SET body = excluded.body"
_ACCOUNT: Final = """
INSERT INTO account (one, text) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET text = excluded.text
"""

_ASKED_AT_ONCE: Final = 500
_LAST: Final = chr(0x10FFFF)
_BEFORE_SURROGATES: Final = 0xD7FF
_AFTER_SURROGATES: Final = 0xE000


def note(connection: sqlite3.Connection, ids: Iterable[EntryId]) -> None:
    """Note what the ids that a batch will write have now, or forget all where they become too many."""
    if account(connection) is None:
        return
    connection.executemany(_NOTE, ((id,) for id in ids))
    [changed] = connection.execute("SELECT count(*) FROM before").fetchone()
    if changed > MOST_CHANGED:
        forget(connection)


def account(connection: sqlite3.Connection) -> str | None:
    """The account that was last kept."""
    row = connection.execute("SELECT text FROM account").fetchone()
    return None if row is None else str(row[0])


def standings(connection: sqlite3.Connection, ids: Iterable[EntryId]) -> dict[EntryId, bytes]:
    """What is kept for the ids."""
    return dict(_rows(connection, "SELECT id, body FROM standing WHERE id IN", ids))


def found(connection: sqlite3.Connection, terms: Iterable[str]) -> dict[str, set[EntryId]]:
    """The ids of each term."""
    found: dict[str, set[EntryId]] = {}
    ends, others = parted(terms)
    for term, id in _rows(connection, "SELECT term, id FROM term WHERE term IN", others):
        found.setdefault(term, set()).add(id)
    for end in ("head", "tail"):
        for tied, id in _rows(connection, f"SELECT {end}, id FROM entry WHERE {end} IN", ends):
            found.setdefault(END + tied, set()).add(id)
    return found


def found_from(connection: sqlite3.Connection, beginnings: Iterable[str]) -> dict[str, set[EntryId]]:
    """The ids of the terms that begin so."""
    asked = "SELECT id FROM term WHERE term >= ? AND term < ?"
    found = {
        beginning: {id for (id,) in connection.execute(asked, (beginning, _beyond(beginning)))}
        for beginning in beginnings
    }
    return {beginning: ids for beginning, ids in found.items() if ids}


def every_standing(connection: sqlite3.Connection) -> Iterator[tuple[EntryId, bytes]]:
    """Every standing, in the order in which they lie."""
    return connection.execute("SELECT id, body FROM standing")


def every_term(connection: sqlite3.Connection) -> Iterator[tuple[str, EntryId]]:
    """Every term with each of its ids, in the order in which they lie."""
    return connection.execute("SELECT term, id FROM term")


def every_tie(connection: sqlite3.Connection) -> Iterator[tuple[EntryId, EntryId, EntryId]]:
    """Every link with its ends, in the order in which they lie."""
    return connection.execute("SELECT id, head, tail FROM entry WHERE head IS NOT NULL")


def forget(connection: sqlite3.Connection) -> None:
    """Drop all that is kept."""
    for index in _FOUND_BY:
        connection.execute(f"DROP INDEX IF EXISTS {index}")
    for table in ("account", "before", "standing"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DROP TABLE term")
    connection.execute(_TERMS)


def keep(connection: sqlite3.Connection, keeping: Keeping) -> None:
    """Keep standings and terms; with an account, what was noted is done with."""
    connection.executemany("DELETE FROM term WHERE term = ? AND id = ?", keeping.gone)
    put_rows(connection, "INSERT OR IGNORE INTO term (term, id)", keeping.terms)
    put_rows(connection, _STAND, keeping.standings, _REPLACE)
    if keeping.is_all or keeping.account is not None:
        for statement in _FOUND_BY.values():
            connection.execute(statement)
    if keeping.account is not None:
        connection.execute(_ACCOUNT, (keeping.account,))
        connection.execute("DELETE FROM before")


def _rows(connection: sqlite3.Connection, asked: str, texts: Iterable[str]) -> Iterator[tuple[Any, Any]]:
    wanted = list(texts)
    for start in range(0, len(wanted), _ASKED_AT_ONCE):
        some = wanted[start : start + _ASKED_AT_ONCE]
        yield from connection.execute(f"{asked} ({','.join('?' * len(some))})", some)


def _beyond(beginning: str) -> str:
    """The first text, by code point, that is after all that begin so. A term's letter is never the last character."""
    kept = beginning.rstrip(_LAST)
    last = ord(kept[-1])
    return kept[:-1] + chr(_AFTER_SURROGATES if last == _BEFORE_SURROGATES else last + 1)
