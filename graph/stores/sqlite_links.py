"""How the links of a release are written to a SQLite file: a few as they come, or millions at once.

A link's ends are records of the same release. SQLite looks for both in the file for each link that is written; where
many come, and all that they need comes with them, they are looked for in memory instead, before anything is written.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Final

from graph.model import AgreementId
from graph.release import ReleasedLink
from graph.release_store import Change
from graph.stores.sqlite import Database
from graph.stores.sqlite_rows import put_many_rows, put_rows
from graph.whole import ends_of_all, ids_of_all, rows_by_head

_BY_ID: Final = {"link_id": "CREATE UNIQUE INDEX IF NOT EXISTS link_id ON link (id, agreement)"}
_BY_END: Final = {
    "link_head": "CREATE INDEX IF NOT EXISTS link_head ON link (agreement, head)",
    "link_tail": "CREATE INDEX IF NOT EXISTS link_tail ON link (tail, agreement)",
}
FOUND_BY: Final = ";".join((_BY_ID | _BY_END).values())
"""The indexes by which links are found; by the first of them none is there twice. What differs comes first where links
are sorted for it, and the agreement where they are read in its order.
"""

_ADD: Final = "INSERT INTO link (agreement, id, head, tail, body)"
_REPLACE: Final = """
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


def put_links(
    connection: sqlite3.Connection,
    agreement: AgreementId,
    links: Collection[ReleasedLink],
    handed_over: Callable[[], None],
) -> None:
    """Put links, those of a record beside each other: whoever reads them all meets one record many times at once.

    The indexes by which many links are found are made of them all at the end. handed_over: is called before that.
    """
    rows = ((agreement, *row) for row in rows_by_head(links))
    held = dict(connection.execute("SELECT agreement, count(*) FROM link GROUP BY agreement"))
    if len(links) < max(MANY_LINKS, sum(held.values())):
        put_rows(connection, _ADD, rows, _REPLACE)
        handed_over()
        return
    later = _BY_END if agreement in held else _BY_ID | _BY_END
    for index in later:
        connection.execute(f"DROP INDEX {index}")
    put_many_rows(connection, _ADD, rows, _REPLACE if agreement in held else "")
    handed_over()
    for statement in later.values():
        connection.execute(statement)


def _brings_all_ends(change: Change) -> bool:
    return not change.gone_records and ends_of_all(change.links) <= ids_of_all(change.records)
