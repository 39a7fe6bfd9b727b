"""Releases in one SQLite file of their own: opaque ids and shown fields, and never anything of the holdings.

Withdrawn bytes leave the file: `secure_delete` overwrites them, and after each change the write-ahead log is truncated
and what SQLite left between rows is overwritten (`sqlite_gaps`).
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from graph.history import Mark, Past
from graph.later import Later, touched
from graph.model import AgreementId, OpaqueId
from graph.readers import MOST_ANNOUNCED_SECONDS, NO_DAYS, Days, Reader, Standing
from graph.release import (
    Content,
    Header,
    Release,
    decode_header,
    decode_link,
    decode_record,
    encode,
)
from graph.release_store import Change, LinkRow, RecordRow, nothing
from graph.revocations import Revocations, as_rows, of_rows
from graph.sharing import Sharing
from graph.stores import sqlite_turn
from graph.stores.sqlite import Database
from graph.stores.sqlite_bodies import bodies
from graph.stores.sqlite_gaps import changing, nothing_left
from graph.stores.sqlite_history import (
    SCHEMA,
    drop_history,
    put_past,
    read_history,
    read_names,
    read_past,
    read_touches,
    write_version,
)
from graph.stores.sqlite_links import FOUND_BY, ends_known, put_links
from graph.stores.sqlite_readers import SqliteReaders, open_readers
from graph.stores.sqlite_release_rows import link_rows, record_rows
from graph.stores.sqlite_rows import put_rows
from graph.stores.sqlite_turn import SqliteTurns
from graph.whole import rows_by_id

_SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS release (agreement TEXT PRIMARY KEY, header BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record (
    agreement TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (agreement, id),
    FOREIGN KEY (agreement) REFERENCES release (agreement)
);
CREATE TABLE IF NOT EXISTS link (
    agreement TEXT NOT NULL, id TEXT NOT NULL, head TEXT NOT NULL, tail TEXT NOT NULL, body BLOB NOT NULL,
    FOREIGN KEY (agreement, head) REFERENCES record (agreement, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (agreement, tail) REFERENCES record (agreement, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE IF NOT EXISTS revision (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS restriction (one INTEGER PRIMARY KEY CHECK (one = 1), due_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS owner (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS revoked (
    kind TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
{FOUND_BY};
"""
_PUT_HEADER: Final = """
INSERT INTO release (agreement, header) VALUES (?, ?) ON CONFLICT (agreement) DO UPDATE SET header = excluded.header
"""
_PUT_RECORD: Final = "INSERT INTO record (agreement, id, body)"
_REPLACE_RECORD: Final = "ON CONFLICT (agreement, id) DO UPDATE SET body = excluded.body"
_RAISE: Final = """
INSERT INTO revision (one, number) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET number = number + 1
"""
_STANDING: Final = """
SELECT coalesce((SELECT number FROM revision), 0), EXISTS (
    SELECT 1 FROM restriction WHERE due_at NOT BETWEEN unixepoch() + 1 AND unixepoch() + ?
)
"""
_REVOKE: Final = """
INSERT INTO revoked (kind, name, at) VALUES (?, ?, ?)
ON CONFLICT (kind, name) DO UPDATE SET at = max(at, excluded.at)
"""
_ANNOUNCE: Final = """
INSERT INTO restriction (one, due_at) VALUES (1, CASE WHEN :seconds > 0 THEN unixepoch() + :seconds ELSE 0 END)
ON CONFLICT (one) DO UPDATE SET due_at = excluded.due_at
"""


def open_releases(path: Path, mark: Mark) -> "SqliteReleases":
    """The releases in this file, made if it is not there. mark: of what changes, for its history."""
    return SqliteReleases(Database(path, _SCHEMA + SCHEMA + sqlite_turn.SCHEMA), open_readers(path), mark)


def open_reader(path: Path) -> "SqliteReader":
    """The releases in this file, to be read and never written: what a partner process holds."""
    return SqliteReader(Database(path, _SCHEMA + SCHEMA, writable=False), open_readers(path))


class SqliteReader:
    """`graph.release_store.ReleaseReader` over one SQLite file."""

    def __init__(self, database: Database, readers: SqliteReaders) -> None:
        self._database = database
        self._readers = readers

    def headers(self) -> dict[AgreementId, Header]:
        """The header of every release."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT header FROM release ORDER BY agreement")
            return {header.agreement: header for (body,) in rows for header in [decode_header(body)]}

    def header(self, agreement: AgreementId) -> Header | None:
        """One release's header as it is now."""
        with self._database.reading() as connection:
            return _header(connection, agreement)

    def read(self, agreement: AgreementId) -> Release | None:
        """One release, from one snapshot."""
        with self._database.reading() as connection:
            header = _header(connection, agreement)
            if header is None:
                return None
            return Release(header, _content(connection, agreement), read_history(connection, agreement))

    def later(self, agreement: AgreementId, place: int, version: str) -> Later | None:
        """What the release has become since a version, from one snapshot."""
        with self._database.reading() as connection:
            header, names = _header(connection, agreement), read_names(connection, agreement)
            if header is None or (place, version) not in names:
                return None
            touches = read_touches(connection, agreement, place)
            ids = touched(touches)
            return (
                None
                if ids is None
                else Later(header, ids, _among(connection, agreement, ids), names, touches)
            )

    def enrol(self, reader: Reader, seen: Days = NO_DAYS) -> Days:
        """This reader is here, or still here, and has seen these days."""
        return self._readers.enrol(reader, seen)

    def leave(self, name: str) -> None:
        """This reader begins no answer any more."""
        self._readers.leave(name)

    def standing(self) -> Standing:
        """What is current. Raises StoreUnreachable where the files are no longer those that a publisher writes to."""
        self._database.require_in_place()
        self._readers.require_in_place()
        with self._database.reading() as connection:
            revision, due = connection.execute(_STANDING, (MOST_ANNOUNCED_SECONDS,)).fetchone()
            return Standing(revision, bool(due))

    def revocations(self) -> Revocations:
        """Every token that was taken back."""
        with self._database.reading() as connection:
            return of_rows(connection.execute("SELECT kind, name, at FROM revoked"))

    def close(self) -> None:
        """Close the files."""
        self._database.close()
        self._readers.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


class SqliteReleases(SqliteReader):
    """`graph.release_store.Releases` over one SQLite file."""

    def __init__(self, database: Database, readers: SqliteReaders, mark: Mark) -> None:
        super().__init__(database, readers)
        self._mark = mark
        self.turns = SqliteTurns(database)

    def elements(self, agreement: AgreementId, ids: Iterable[OpaqueId]) -> Content:
        """Some records and links of one release."""
        content, wanted = Content(), list(ids)
        with self._database.reading() as connection:
            for record in map(decode_record, bodies(connection, "record", agreement, wanted)):
                content.records[record.id] = record
            for link in map(decode_link, bodies(connection, "link", agreement, wanted)):
                content.links[link.id] = link
        return content

    def record_rows(self, agreement: AgreementId) -> Iterator[RecordRow]:
        """One release's records as they are kept."""
        return record_rows(self._database.path, agreement)

    def link_rows(self, agreement: AgreementId) -> Iterator[LinkRow]:
        """One release's links as they are kept."""
        return link_rows(self._database.path, agreement)

    def last_version(self, agreement: AgreementId) -> str | None:
        """The name of the last version in one release's history."""
        with self._database.reading() as connection:
            return next((name for _, name in read_names(connection, agreement)[-1:]), None)

    def apply(self, header: Header, change: Change, handed_over: Callable[[], None] = nothing) -> None:
        """Make the header's release the changed one, in one transaction."""
        agreement = header.agreement
        with (
            nothing_left(self._database),
            ends_known(self._database, change),
            self.turns.writing() as connection,
        ):
            changing(connection)
            connection.execute(_RAISE)
            connection.execute(_PUT_HEADER, (agreement, encode(header)))
            write_version(connection, header, change, self._mark)
            _delete(connection, "link", agreement, change.gone_links)
            _delete(connection, "record", agreement, change.gone_records)
            records = ((agreement, *row) for row in rows_by_id(change.records))
            put_rows(connection, _PUT_RECORD, records, _REPLACE_RECORD)
            put_links(connection, agreement, change.links, handed_over)

    def past(self, agreement: AgreementId) -> Past:
        """One release's history, as another store can put it."""
        with self._database.reading() as connection:
            return read_past(connection, agreement)

    def put_past(self, agreement: AgreementId, past: Past) -> None:
        """Give a release this history in place of its own."""
        with self.turns.writing() as connection:
            connection.execute(_RAISE)
            put_past(connection, agreement, past)

    def drop(self, agreement: AgreementId) -> None:
        """Take a release away whole."""
        with nothing_left(self._database), self.turns.writing() as connection:
            changing(connection)
            connection.execute(_RAISE)
            drop_history(connection, agreement)
            for table in ("link", "record", "release"):
                connection.execute(f"DELETE FROM {table} WHERE agreement = ?", (agreement,))

    def half_way(self) -> Mapping[AgreementId, bool]:
        """None: each change is one transaction."""
        return {}

    def enrolled(self) -> list[Reader]:
        """Every reader that has enrolled and not left."""
        return self._readers.enrolled()

    def strike_off(self, names: Collection[str], before: int) -> None:
        """Those readers are enrolled no more, unless they have confirmed this revision."""
        self._readers.strike_off(names, before)

    def seen(self) -> Days:
        """The latest days that readers have seen."""
        return self._readers.seen()

    def set_back(self, day: int) -> None:
        """Of the days that readers have seen, let this one be the latest."""
        self._readers.set_back(day)

    def owner(self) -> str | None:
        """Whose the releases are."""
        with self._database.reading() as connection:
            return next((name for (name,) in connection.execute("SELECT name FROM owner")), None)

    def own(self, name: str) -> None:
        """Say whose they are."""
        with self.turns.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO owner (one, name) VALUES (1, ?)", (name,))

    def revoke(self, revocations: Revocations) -> None:
        """Take these tokens back too."""
        with self.turns.writing() as connection:
            connection.execute(_RAISE)
            connection.executemany(_REVOKE, as_rows(revocations))

    def announce_restriction(self, seconds: int) -> None:
        """A restriction is on its way, and due in so many seconds."""
        with self.turns.writing() as connection:
            connection.execute(_ANNOUNCE, {"seconds": seconds})

    def restriction_done(self) -> None:
        """What was announced is done."""
        with self.turns.writing() as connection:
            connection.execute("DELETE FROM restriction")


def _header(connection: sqlite3.Connection, agreement: AgreementId) -> Header | None:
    row = connection.execute("SELECT header FROM release WHERE agreement = ?", (agreement,)).fetchone()
    return None if row is None else decode_header(row[0])


def _content(connection: sqlite3.Connection, agreement: AgreementId) -> Content:
    """In the order in which most rows stand in the file; by an index of another order each row is sought for itself."""
    content, sharing = Content(), Sharing()
    for (body,) in connection.execute(
        "SELECT body FROM record WHERE agreement = ? ORDER BY id", (agreement,)
    ):
        record = sharing.record(body)
        content.records[record.id] = record
    for (body,) in connection.execute(
        "SELECT body FROM link WHERE agreement = ? ORDER BY head", (agreement,)
    ):
        link = sharing.link(body)
        content.links[link.id] = link
    return content


def _among(connection: sqlite3.Connection, agreement: AgreementId, ids: frozenset[OpaqueId]) -> Content:
    """The records with these ids, and the links between them."""
    content, sharing = Content(), Sharing()
    for record in map(sharing.record, bodies(connection, "record", agreement, list(ids))):
        content.records[record.id] = record
    for id in ids:
        asked = "SELECT tail, body FROM link WHERE agreement = ? AND head = ?"
        for tail, body in connection.execute(asked, (agreement, id)):
            if tail in ids:
                link = sharing.link(body)
                content.links[link.id] = link
    return content


def _delete(connection: sqlite3.Connection, table: str, agreement: AgreementId, ids: Iterable[str]) -> None:
    connection.executemany(
        f"DELETE FROM {table} WHERE agreement = ? AND id = ?", ((agreement, id) for id in ids)
    )
