"""Rows that are put by the hundred, or made in another thread by the thousand, are the rows that were given."""

import sqlite3
import threading
from collections.abc import Callable, Iterator

import pytest

from graph.stores.sqlite_rows import put_many_rows, put_rows

Row = tuple[str, int]
Put = Callable[..., None]
INSERT = "INSERT INTO mark (name, size)"
LATER_WINS = "ON CONFLICT (name) DO UPDATE SET size = excluded.size"


@pytest.fixture
def marks() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE mark (name TEXT PRIMARY KEY, size INTEGER)")
    yield connection
    connection.close()


def rows(count: int) -> Iterator[Row]:
    return ((f"m{number:05}", number) for number in range(count))


def held(connection: sqlite3.Connection) -> list[Row]:
    return connection.execute("SELECT name, size FROM mark ORDER BY name").fetchall()


@pytest.mark.parametrize("put", [put_rows, put_many_rows])
@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 1_000, 2_345])
def test_all_rows_are_put_in_their_order(marks: sqlite3.Connection, put: Put, count: int) -> None:
    put(marks, INSERT, rows(count))
    put(marks, INSERT, ((name, -size) for name, size in rows(count)), LATER_WINS)
    assert held(marks) == [(name, -size) for name, size in rows(count)]


@pytest.mark.parametrize("put", [put_rows, put_many_rows])
def test_a_row_that_cannot_be_made_fails_the_putting_and_leaves_no_thread(
    marks: sqlite3.Connection, put: Put
) -> None:
    def failing() -> Iterator[Row]:
        yield from rows(1_500)
        raise OSError("the disk failed")

    before = threading.active_count()
    with pytest.raises(OSError, match="the disk failed"):
        put(marks, INSERT, failing())
    assert threading.active_count() == before


@pytest.mark.parametrize("put", [put_rows, put_many_rows])
def test_a_row_that_cannot_be_put_fails_the_putting_and_leaves_no_thread(
    marks: sqlite3.Connection, put: Put
) -> None:
    before = threading.active_count()
    with pytest.raises(sqlite3.IntegrityError):
        put(marks, INSERT, (row for _ in range(2) for row in rows(1_500)))
    assert threading.active_count() == before
