"""A SQLite file, opened the one way that this project opens it: write-ahead log, foreign keys, full sync, no waiting
for ever. Its errors become sentences.

One connection may be used from several threads, one at a time.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote

import msgspec

from graph.errors import StoreError, StoreLocked, StoreUnreachable

WAIT_SECONDS: Final = 10
_CACHE_KIB: Final = 65_536
"""Of a writer: with the 2 MiB of SQLite, a page of an index of millions of ids is written over and over again."""
_PAGE: Final = 16_384
"""Of a file that is made anew: with the 4 KiB of SQLite, a release of millions takes a fifth longer to write."""
_ONLY_READ: Final = ""
_LOCKED: Final = {
    sqlite3.SQLITE_BUSY: "another program is writing to it; wait for it, or stop it",
    sqlite3.SQLITE_LOCKED: "another program is writing to it; wait for it, or stop it",
    sqlite3.SQLITE_READONLY: "it is read-only; give this user the right to write it and its folder",
    sqlite3.SQLITE_FULL: "the disk is full; nothing was changed, make room and run this again",
    sqlite3.SQLITE_IOERR: "the disk failed or is full; nothing was changed, make room and run this again",
    sqlite3.SQLITE_PERM: "this user may not use it; change its rights",
}


@contextmanager
def as_sentences(path: Path) -> Iterator[None]:
    """SQLite's errors of one file as sentences that say what, where and how to mend."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the primary code; the rest says more than a person needs.
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if primary in _LOCKED:
            raise StoreLocked(f"{path}: {_LOCKED[primary]}") from error
        if primary == sqlite3.SQLITE_CANTOPEN:
            raise StoreUnreachable(f"{path}: cannot be opened; is the folder there, and yours?") from error
        if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise StoreError(f"{path}: is no whole SQLite file; restore it from a backup") from error
        raise StoreError(
            f"{path}: {error}; if it was made by another version, restore it or make it anew"
        ) from error
    except (msgspec.MsgspecError, ValueError) as error:
        # What stands in it cannot be read back. Nothing else is decoded inside a transaction.
        raise StoreError(f"{path}: is damaged ({error}); restore it from a backup") from error


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        stated = path.stat()
    except OSError:
        return None
    return stated.st_dev, stated.st_ino


class Database:
    """One open SQLite file."""

    def __init__(self, path: Path, schema: str, *, writable: bool = True) -> None:
        self.path = path
        self._lock = threading.RLock()
        with as_sentences(self.path):
            self.connection = self._open(writable)
            if writable:
                self.connection.executescript(schema)
        self._file = _identity(path)

    def require_in_place(self) -> None:
        """Raises StoreUnreachable where another file is there by now, or none: what is open here nobody else sees."""
        if _identity(self.path) != self._file:
            raise StoreUnreachable(
                f"{self.path}: was removed or replaced while this process had it open; start this process anew"
            )

    def _open(self, writable: bool) -> sqlite3.Connection:
        if not writable and not self.path.exists():
            raise StoreUnreachable(
                f"{self.path}: no such file; publish first, or mend the home's caselink.toml"
            )
        mode = "rwc" if writable else "ro"
        address = f"file:{quote(str(self.path))}?mode={mode}"
        connection = sqlite3.connect(
            address, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        if writable:
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        else:
            # A reader is a partner's: no statement of it may open another file.
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot from the first row to the last."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing, on the disk when this ends."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, as_sentences(self.path):
            self.connection.execute(begin)
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """For what no transaction may be around, a checkpoint say."""
        with self._lock, as_sentences(self.path):
            yield self.connection

    def truncate_log(self, wait: float = WAIT_SECONDS) -> bool:
        """Take old bytes out of the write-ahead log; False where a reader kept an old snapshot for so many seconds."""
        with self.alone() as connection:
            connection.execute(f"PRAGMA busy_timeout = {round(wait * 1000)}")
            try:
                busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.execute(f"PRAGMA busy_timeout = {round(WAIT_SECONDS * 1000)}")
        return not busy

    def close(self) -> None:
        """Close the file. Closing twice is allowed."""
        with self._lock:
            self.connection.close()

    def __enter__(self) -> Self:
        """The database itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


@contextmanager
def aside(path: Path) -> Iterator[sqlite3.Connection]:
    """One snapshot of a file, over a connection of its own, so that others can be written to."""
    with Database(path, _ONLY_READ, writable=False) as reader, reader.reading() as connection:
        yield connection
