"""Many rows, put in a SQLite file by few statements.

By a statement a row, most of the time goes into beginning and ending statements, and each lets other threads in.
"""

import sqlite3
from collections.abc import Iterable
from itertools import chain, islice
from typing import Any, Final

_AT_ONCE: Final = 100


def put_rows(
    connection: sqlite3.Connection, insert: str, rows: Iterable[tuple[Any, ...]], conflict: str = ""
) -> None:
    """Put rows of one width. insert: the statement up to its VALUES; conflict: what comes after them."""
    remaining = iter(rows)
    while some := list(islice(remaining, _AT_ONCE)):
        row = f"({','.join('?' * len(some[0]))})"
        values = list(chain.from_iterable(some))
        connection.execute(f"{insert} VALUES {','.join([row] * len(some))} {conflict}", values)
