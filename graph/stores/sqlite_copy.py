"""A SQLite file as it is at one moment, copied while others write to it (SQLite's backup interface).

The copy is of the snapshot that began with this, however long it takes; writers are not kept waiting, but the log of a
file grows until the copy is done.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from graph.stores.sqlite import Database, as_sentences

_ONLY_READ: Final = ""


@contextmanager
def snapshot(path: Path) -> Iterator[Callable[[Path], None]]:
    """How the file, as it is now, is written to another place."""
    with Database(path, _ONLY_READ, writable=False) as database, database.reading() as connection:
        connection.execute(
            "SELECT count(*) FROM sqlite_schema"
        ).fetchone()  # a snapshot begins with a question
        yield partial(_copy, connection)


def _copy(connection: sqlite3.Connection, to: Path) -> None:
    with as_sentences(to), closing(sqlite3.connect(to)) as target:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
