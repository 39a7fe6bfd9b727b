"""The readers of a releases file, in a small file beside it: readers enrol there, and write nothing of the releases.

The latest days that any of them has seen are there too, and stay when they leave. It lies beside the file itself, not
beside a link to it, so that all who share the releases share it.
"""

import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import Final

from graph.readers import Days, Reader
from graph.stores.sqlite import Database

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS reader (
    name TEXT PRIMARY KEY, confirmed INTEGER NOT NULL, lease_seconds REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (zone TEXT PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;
"""
_ENROL: Final = """
INSERT INTO reader (name, confirmed, lease_seconds) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET confirmed = excluded.confirmed, lease_seconds = excluded.lease_seconds
"""
_SEE: Final = """
INSERT INTO seen (zone, day) VALUES (?, ?) ON CONFLICT (zone) DO UPDATE SET day = max(day, excluded.day)
"""


def open_readers(releases: Path) -> "SqliteReaders":
    """The readers of this releases file; made if there is no file of them yet."""
    real = releases.resolve()
    return SqliteReaders(Database(real.with_name(f"{real.name}.readers"), _SCHEMA))


class SqliteReaders:
    """Who reads, and what each has confirmed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enrol(self, reader: Reader, seen: Days) -> Days:
        """Put a reader, or what it has confirmed by now, and the days that it has seen; the latest ones of all."""
        with self._database.writing() as connection:
            connection.execute(_ENROL, (reader.name, reader.confirmed, reader.lease_seconds))
            connection.executemany(_SEE, seen.items())
            return _seen(connection)

    def leave(self, name: str) -> None:
        """Take a reader away."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM reader WHERE name = ?", (name,))

    def enrolled(self) -> list[Reader]:
        """All of them, by name."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT name, confirmed, lease_seconds FROM reader ORDER BY name")
            return [Reader(*row) for row in rows]

    def strike_off(self, names: Collection[str], before: int) -> None:
        """Take those away that have not confirmed a revision by now."""
        with self._database.writing() as connection:
            connection.executemany(
                "DELETE FROM reader WHERE name = ? AND confirmed < ?", ((name, before) for name in names)
            )

    def seen(self) -> Days:
        """The latest days that readers have seen."""
        with self._database.reading() as connection:
            return _seen(connection)

    def set_back(self, day: int) -> None:
        """Let this day be the latest one seen."""
        with self._database.writing() as connection:
            connection.execute("UPDATE seen SET day = ?1 WHERE day > ?1", (day,))

    def require_in_place(self) -> None:
        """Raises StoreUnreachable where no publisher sees these readers any more: another file is there, or none."""
        self._database.require_in_place()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _seen(connection: sqlite3.Connection) -> Days:
    return dict(connection.execute("SELECT zone, day FROM seen"))
