"""Many rows, put in a SQLite file by few statements.

By a statement a row, most of the time goes into beginning and ending statements, and each lets other threads in. SQLite
works without Python's lock: of millions of rows the next ones are made in a thread while some are written.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any, Final

from graph.portions import portions

_AT_ONCE: Final = 100
_MANY_AT_ONCE: Final = 1_000
"""Of rows that are made ahead. A thread that waits for Python's lock may wait for some milliseconds."""

Rows = Iterable[tuple[Any, ...]]
Filled = tuple[str, list[Any]]
"""A statement and its parameters."""


def put_rows(connection: sqlite3.Connection, insert: str, rows: Rows, conflict: str = "") -> None:
    """Put rows of one width. insert: the statement up to its VALUES; conflict: what comes after them."""
    for statement, values in _filled(insert, rows, conflict, _AT_ONCE):
        connection.execute(statement, values)


def put_many_rows(connection: sqlite3.Connection, insert: str, rows: Rows, conflict: str = "") -> None:
    """The same of very many, each portion of which is made in another thread while the one before is written."""
    for statement, values in _ahead(_filled(insert, rows, conflict, _MANY_AT_ONCE)):
        connection.execute(statement, values)


def _filled(insert: str, rows: Rows, conflict: str, at_once: int) -> Iterator[Filled]:
    for some in portions(rows, at_once):
        row = f"({','.join('?' * len(some[0]))})"
        yield f"{insert} VALUES {','.join([row] * len(some))} {conflict}", list(chain.from_iterable(some))


def _ahead(made: Iterator[Filled]) -> Iterator[Filled]:
    """The same, each made while the one before is used."""
    with ThreadPoolExecutor(1, "rows to be put") as beside:
        coming = beside.submit(next, made, None)
        while (one := coming.result()) is not None:
            coming = beside.submit(next, made, None)
            yield one
