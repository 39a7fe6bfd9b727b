"""How the links of a release are written to a SQLite file: a few as they come, or millions at once.

A link's ends are records of the same release. SQLite looks for both in the file for each link that is written; where
many come, and all that they need comes with them, they are looked for in memory instead, before anything is written.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from graph.model import AgreementId
from graph.release import ReleasedLink, encode
from graph.store import Change
from graph.stores.sqlite import Database

ENDS_FOUND: Final = """
CREATE INDEX IF NOT EXISTS link_head ON link (agreement, head);
CREATE INDEX IF NOT EXISTS link_tail ON link (agreement, tail);
"""
_PUT_LINK: Final = """
INSERT INTO link (agreement, id, head, tail, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (agreement, id) DO UPDATE SET head = excluded.head, tail = excluded.tail, body = excluded.body
"""

MANY_LINKS: Final = 20_000


@contextmanager
def ends_known(database: Database, change: Change) -> Iterator[None]:
    """For the transaction that writes the change: no end is looked for in the file where each is known to be there."""
    if len(change.links) < MANY_LINKS or not _brings_all_ends(change):
        yield
        return
    with database.alone() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            connection.execute("PRAGMA foreign_keys = ON")


def put_links(connection: sqlite3.Connection, agreement: AgreementId, links: Sequence[ReleasedLink]) -> None:
    """Put links, sorted by id: so that each page of the file is written once.

    The ends of many links have no order, so the indexes by which they are found are made of them all at the end.
    """
    rows = ((agreement, link.id, link.head, link.tail, encode(link)) for link in links)
    if len(links) < MANY_LINKS or len(links) < _held(connection):
        connection.executemany(_PUT_LINK, rows)
        return
    connection.execute("DROP INDEX link_head")
    connection.execute("DROP INDEX link_tail")
    connection.executemany(_PUT_LINK, rows)
    for statement in filter(str.strip, ENDS_FOUND.split(";")):
        connection.execute(statement)


def _brings_all_ends(change: Change) -> bool:
    put = {record.id for record in change.records}
    return not change.gone_records and all(link.head in put and link.tail in put for link in change.links)


def _held(connection: sqlite3.Connection) -> int:
    [count] = connection.execute("SELECT count(*) FROM link").fetchone()
    return int(count)
