"""How the releases of a SQLite file became what they are: versions and touches, written within a release's own change.

Nothing of what was shown is here: opaque ids, names of versions, times and marks (`graph.history`).
"""

import sqlite3
from typing import Final

from graph.history import MARK_BYTES, History, Mark, Past, Touch, Version, forgotten_before, next_version
from graph.model import AgreementId, OpaqueId
from graph.release import Content, Header, decode_link, decode_record
from graph.release_store import Change
from graph.stores.sqlite_bodies import bodies
from graph.touching import touches

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS version (
    agreement TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, minute INTEGER NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (agreement, place), FOREIGN KEY (agreement) REFERENCES release (agreement)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS touch (
    agreement TEXT NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL,
    before INTEGER NOT NULL, after INTEGER NOT NULL, shift BLOB NOT NULL,
    PRIMARY KEY (agreement, place, id), FOREIGN KEY (agreement, place) REFERENCES version (agreement, place)
) WITHOUT ROWID;
"""
_LAST: Final = "SELECT place, name, minute, key FROM version WHERE agreement = ? ORDER BY place DESC LIMIT 1"
_PUT_VERSION: Final = "INSERT INTO version (agreement, place, name, minute, key) VALUES (?, ?, ?, ?, ?)"
_PUT_TOUCH: Final = "INSERT INTO touch (agreement, place, id, before, after, shift) VALUES (?, ?, ?, ?, ?, ?)"
_OLDEST_KEPT: Final = "SELECT max(place) FROM version WHERE agreement = ? AND minute < ?"


def write_version(connection: sqlite3.Connection, header: Header, change: Change, mark: Mark) -> None:
    """Note what a change does, before it is made. A header of the content that is current already adds nothing."""
    agreement = header.agreement
    row = connection.execute(_LAST, (agreement,)).fetchone()
    last = None if row is None else Version(*row)
    new = next_version(last, header.version, header.published_at, mark)
    if new is None:
        return
    found = (
        touches(_replaced(connection, agreement, change), change, new.place, mark)
        if new.follows(last)
        else []
    )
    if not new.follows(last):
        drop_history(connection, agreement)
    connection.execute(_PUT_VERSION, (agreement, new.place, new.name, new.minute, new.key))
    connection.executemany(_PUT_TOUCH, ((agreement, *_row(touch)) for touch in found))
    _forget(connection, agreement, new.minute)


def read_history(connection: sqlite3.Connection, agreement: AgreementId) -> History:
    """What is known of one release's versions."""
    return History(read_names(connection, agreement), read_touches(connection, agreement))


def read_names(connection: sqlite3.Connection, agreement: AgreementId) -> tuple[tuple[int, str], ...]:
    """The versions that are known, by place."""
    asked = "SELECT place, name FROM version WHERE agreement = ? ORDER BY place"
    return tuple(connection.execute(asked, (agreement,)))


def read_touches(connection: sqlite3.Connection, agreement: AgreementId, after: int = 0) -> tuple[Touch, ...]:
    """What the versions after a place did to records, by place, then id."""
    asked = """
        SELECT place, id, before, after, shift FROM touch WHERE agreement = ? AND place > ? ORDER BY place, id
    """
    return tuple(map(_touch, connection.execute(asked, (agreement, after))))


def read_past(connection: sqlite3.Connection, agreement: AgreementId) -> Past:
    """All that is kept of one release's history."""
    rows = connection.execute(
        "SELECT place, name, minute, key FROM version WHERE agreement = ? ORDER BY place", (agreement,)
    )
    return Past(tuple(Version(*row) for row in rows), read_history(connection, agreement).touches)


def put_past(connection: sqlite3.Connection, agreement: AgreementId, past: Past) -> None:
    """Keep this history in place of the one that is there."""
    drop_history(connection, agreement)
    versions = ((agreement, v.place, v.name, v.minute, v.key) for v in past.versions)
    connection.executemany(_PUT_VERSION, versions)
    connection.executemany(_PUT_TOUCH, ((agreement, *_row(touch)) for touch in past.touches))


def drop_history(connection: sqlite3.Connection, agreement: AgreementId) -> None:
    """Take it away whole."""
    for table in ("touch", "version"):
        connection.execute(f"DELETE FROM {table} WHERE agreement = ?", (agreement,))


def _forget(connection: sqlite3.Connection, agreement: AgreementId, now: int) -> None:
    (oldest,) = connection.execute(_OLDEST_KEPT, (agreement, forgotten_before(now))).fetchone()
    if oldest is not None:
        connection.execute("DELETE FROM touch WHERE agreement = ? AND place <= ?", (agreement, oldest))
        connection.execute("DELETE FROM version WHERE agreement = ? AND place < ?", (agreement, oldest))


def _replaced(connection: sqlite3.Connection, agreement: AgreementId, change: Change) -> Content:
    """The elements that a change replaces or takes away."""
    content = Content()
    records = [*change.gone_records, *(record.id for record in change.records)]
    for record in map(decode_record, bodies(connection, "record", agreement, records)):
        content.records[record.id] = record
    links = [*change.gone_links, *(link.id for link in change.links)]
    for link in map(decode_link, bodies(connection, "link", agreement, links)):
        content.links[link.id] = link
    return content


def _row(touch: Touch) -> tuple[int, str, bool, bool, bytes]:
    return touch.place, touch.id, touch.before, touch.after, touch.shift.to_bytes(MARK_BYTES)


def _touch(row: tuple[int, str, int, int, bytes]) -> Touch:
    place, id, before, after, shift = row
    return Touch(place, OpaqueId(id), bool(before), bool(after), int.from_bytes(shift))
