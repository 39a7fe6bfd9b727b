"""What SQLite leaves between the rows of a page, and how it is taken out of a file.

`secure_delete` overwrites a row where it stands when it goes. But where SQLite spreads rows over their pages anew, a
copy of one that has moved may stay behind in the gap of its old page, between the list of rows and the rows; and it is
still there when the row goes. Nothing reads a gap. So it can be overwritten in the file itself while others read, as
long as nobody writes. ("Database File Format", sqlite.org/fileformat2.html, sections 1.6 and 4.1.)

What a transaction has written stands in the write-ahead log until that is truncated, so the pages to look at are known
from there. A file says in its `user_version` that all its gaps are empty: each change takes that back in its own
transaction, and says it again once it is so. After a kill, or in a file of an earlier version, every page is looked at.
In holdings that is done where something was erased, and only then: their pages are many, and all else in them is held.
"""

import os
import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from graph.errors import StoreError, StoreLocked
from graph.stores.sqlite import Database

_ALL_EMPTY: Final = 1
"""The `user_version` of a file all of whose gaps are empty."""

_CHANGED: Final = 2
"""That of a file in whose gaps there may be what has to go."""

_HEADS: Final = {2: 12, 5: 12, 10: 8, 13: 8}
"""How long the head of a page of rows is, by the kind that it begins with."""

_MOST_PAGES: Final = 1 << 25
"""Half a terabyte. Up to so many, every page that has no rows begins with a 0."""

_FILE_HEAD: Final = 100
_LOG_HEAD: Final = 32
_FRAME_HEAD: Final = 24
_TRIES: Final = 5
PATIENCE_SECONDS: Final = 180.0
"""How long a reader is waited for that keeps an old snapshot open: opening a release of millions takes minutes."""

_AT_A_TIME_SECONDS: Final = 2
_PAUSE_SECONDS: Final = 0.05
"""Between two tries others of this process may write: that it gives signs of life, say."""

_files: dict[tuple[int, int], int] = {}
"""By device and number. They stay open: who closes a file lets go of all locks of its process on it, SQLite's too."""


def changing(connection: sqlite3.Connection) -> None:
    """Say in a transaction that what it takes out may be left in a gap."""
    connection.execute(f"PRAGMA user_version = {_CHANGED}")


@contextmanager
def nothing_left(database: Database) -> Iterator[None]:
    """Around a transaction that says it is `changing`: what it took out stands in neither file nor log once this ends.

    A reader that reads from an old snapshot is waited for: one that opens a large release reads for a minute. Raises
    StoreLocked where it takes longer than any may.
    """
    with database.alone() as connection:
        before = _pragma(connection, "data_version")
        were_empty = _pragma(connection, "user_version") == _ALL_EMPTY
        yield
        with database.writing():  # nobody else begins the log anew
            is_known = were_empty and _pragma(connection, "data_version") == before
            pages = _with_gaps(database.path) if is_known else None
    _empty(database, pages, PATIENCE_SECONDS)


def empty_changed(database: Database, wait: float) -> None:
    """Truncate the log; and where it was said that something was taken out, empty every gap.

    Raises StoreLocked where a reader keeps an old snapshot open for so many seconds.
    """
    with database.alone() as connection:
        has_changed = _pragma(connection, "user_version") == _CHANGED
    if has_changed:
        _empty(database, None, wait)
    else:
        database.truncate_log(_AT_A_TIME_SECONDS)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    [value] = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _with_gaps(path: Path) -> list[int]:
    """The pages in the log that have something in their gap, or once had."""
    with _log(path).open("rb") as log:
        head = log.read(_LOG_HEAD)
        size, salts = int.from_bytes(head[8:12]), head[16:24]
        found = set()
        while (frame := log.read(_FRAME_HEAD)) and frame[8:16] == salts:
            number = int.from_bytes(frame[:4])
            if _left(log.read(size), number):
                found.add(number)
    return sorted(found)


def _empty(database: Database, pages: Collection[int] | None, wait: float) -> None:
    """Empty the gaps of these pages, or of all, once the file itself is what everybody reads."""
    for _ in range(_TRIES):
        _truncate(database, wait)
        with database.writing() as connection:
            if _log(database.path).stat().st_size == 0:
                _overwrite(database.path, pages)
                connection.execute(f"PRAGMA user_version = {_ALL_EMPTY}")
                return
    raise StoreLocked(f"{database.path}: another program goes on writing to it; stop it and run this again")


def _truncate(database: Database, wait: float) -> None:
    """Truncate the log once nobody reads from it. A try keeps others of this process from the file; so it is short."""
    end = time.monotonic() + wait
    while not database.truncate_log(_AT_A_TIME_SECONDS):
        if time.monotonic() > end:
            raise StoreLocked(
                f"{database.path}: a reader keeps an old snapshot open, so withdrawn bytes are still in its log;"
                " stop that reader and run this again"
            )
        time.sleep(_PAUSE_SECONDS)


def _overwrite(path: Path, pages: Collection[int] | None) -> None:
    """Overwrite what is left in the gaps of these pages, or of all. Nobody writes to the file meanwhile."""
    try:
        file = _file(path)
        size = int.from_bytes(os.pread(file, 2, 16)) or 1
        size = 65_536 if size == 1 else size
        count = os.fstat(file).st_size // size
        if count >= _MOST_PAGES:
            raise StoreError(f"{path}: is too large; keep the releases of some agreements in another home")
        for number in range(1, count + 1) if pages is None else pages:
            begins = (number - 1) * size
            left = _left(os.pread(file, size, begins), number)
            if left:
                os.pwrite(file, bytes(len(left)), begins + left.start)
        os.fsync(file)
    except OSError as error:
        raise StoreLocked(f"{path}: the disk failed ({error}); mend it and run this again") from error


def _left(page: bytes, number: int) -> range:
    """Where the gap of a page is, if something is left there; else nowhere."""
    head = _FILE_HEAD if number == 1 else 0
    if len(page) <= head or page[head] not in _HEADS:
        return range(0)
    rows, begin = int.from_bytes(page[head + 3 : head + 5]), int.from_bytes(page[head + 5 : head + 7])
    gap = range(head + _HEADS[page[head]] + 2 * rows, begin or 65_536)
    return gap if page[gap.start : gap.stop] != bytes(len(gap)) else range(0)


def _file(path: Path) -> int:
    stated = path.stat()
    key = stated.st_dev, stated.st_ino
    if key not in _files:
        _files[key] = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    return _files[key]


def _log(path: Path) -> Path:
    real = path.resolve()
    return real.with_name(f"{real.name}-wal")
