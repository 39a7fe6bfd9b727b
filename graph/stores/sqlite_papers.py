"""Papers in the SQLite file of the holdings: a row for each, and an index of those that wait.

A file that was made before there were any gets the table when it is opened to be written.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Final

from graph.model import EntryId
from graph.store import Paper

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS paper (
    drawer TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, waits INTEGER NOT NULL, PRIMARY KEY (drawer, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS paper_waits ON paper (drawer, id) WHERE waits;
"""
_PAPER: Final = "SELECT drawer, id, body, waits FROM paper"
_PUT: Final = """
INSERT INTO paper (drawer, id, body, waits) VALUES (?, ?, ?, ?)
ON CONFLICT (drawer, id) DO UPDATE SET body = excluded.body, waits = excluded.waits
"""
_ASKED_AT_ONCE: Final = 500


def put(connection: sqlite3.Connection, papers: Iterable[Paper]) -> None:
    """Put papers in place of what lies there."""
    connection.executemany(_PUT, ((paper.drawer, paper.id, paper.body, paper.waits) for paper in papers))


def of_ids(connection: sqlite3.Connection, drawer: str, ids: Iterable[EntryId]) -> dict[EntryId, Paper]:
    """The papers of the ids in one drawer."""
    wanted = list(ids)
    found: dict[EntryId, Paper] = {}
    for start in range(0, len(wanted), _ASKED_AT_ONCE):
        some = wanted[start : start + _ASKED_AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = connection.execute(f"{_PAPER} WHERE drawer = ? AND id IN ({marks})", [drawer, *some])
        found |= {row[1]: _paper(row) for row in rows}
    return found


def waiting(connection: sqlite3.Connection, drawer: str) -> dict[EntryId, Paper]:
    """The papers in one drawer that wait."""
    rows = connection.execute(f"{_PAPER} WHERE waits AND drawer = ? ORDER BY id", (drawer,))
    return {row[1]: _paper(row) for row in rows}


def every(connection: sqlite3.Connection) -> Iterator[Paper]:
    """Every paper."""
    return map(_paper, connection.execute(_PAPER))


def _paper(row: tuple[Any, ...]) -> Paper:
    drawer, id, body, waits = row
    return Paper(drawer, id, body, waits != 0)
