"""A release of a SQLite file as rows in one order, for whoever goes through all of it and keeps nothing.

They are streamed from one snapshot, over a connection of their own.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph.model import AgreementId
from graph.release_store import LinkRow, RecordRow
from graph.stores.sqlite import aside

_RECORDS: Final = "SELECT id, body FROM record WHERE agreement = ? ORDER BY id"
_LINKS: Final = "SELECT head, id, body FROM link WHERE agreement = ? ORDER BY head, id"


def record_rows(path: Path, agreement: AgreementId) -> Iterator[RecordRow]:
    """Every record of a release, by id."""
    with aside(path) as connection:
        yield from connection.execute(_RECORDS, (agreement,))


def link_rows(path: Path, agreement: AgreementId) -> Iterator[LinkRow]:
    """Every link of a release, by head, then id."""
    with aside(path) as connection:
        yield from connection.execute(_LINKS, (agreement,))
