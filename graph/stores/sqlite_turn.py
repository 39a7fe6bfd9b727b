"""The turn to write a SQLite file. It is looked at and changed in the transaction of the write itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from graph.errors import StoreError
from graph.stores.sqlite import Database
from graph.stores.sqlite_gaps import empty_changed
from graph.turn import Turn, lost

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS turn (
    one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, sign INTEGER NOT NULL, holder TEXT
);
"""
_WAIT_SECONDS: Final = 2
"""For a reader to end, such as the office app that reads its survey anew."""
_PUT: Final = """
INSERT INTO turn (one, number, sign, holder) VALUES (1, ?, ?, ?)
ON CONFLICT (one) DO UPDATE SET number = excluded.number, sign = excluded.sign, holder = excluded.holder
"""


class SqliteTurns:
    """`graph.turn.Turns` of one SQLite file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._number = 0

    def now(self) -> Turn:
        """Whose turn it is now."""
        with self._database.reading() as connection:
            return _turn(connection)

    def take(self, seen: Turn, holder: str) -> bool:
        """Take the turn, unless it is another one than was seen."""
        with self._database.writing() as connection:
            if _turn(connection) != seen:
                return False
            connection.execute(_PUT, (seen.number + 1, seen.sign + 1, holder))
        self._number = seen.number + 1
        return True

    def give_sign(self) -> None:
        """Be heard of."""
        with self.writing():
            pass

    def end(self) -> None:
        """Give the turn back, unless another has taken it; what was erased is in neither log nor file any more.

        Where somebody reads an old snapshot for longer than a moment, the next turn takes it out.
        """
        with self._database.writing() as connection:
            connection.execute("UPDATE turn SET holder = NULL WHERE number = ?", (self._number,))
        with suppress(StoreError):  # the turn is given back, whatever becomes of the log
            empty_changed(self._database, _WAIT_SECONDS)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction of one whose turn it is: all of it or nothing, on the disk when this ends."""
        with self._database.writing() as connection:
            if _turn(connection).number != self._number:
                raise lost(str(self._database.path))
            connection.execute("UPDATE turn SET sign = sign + 1")
            yield connection


def _turn(connection: sqlite3.Connection) -> Turn:
    row = connection.execute("SELECT number, sign, holder FROM turn").fetchone()
    return Turn() if row is None else Turn(*row)
