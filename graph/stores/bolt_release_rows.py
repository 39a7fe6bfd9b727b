"""A release of a Neo4j as rows in one order, for whoever goes through all of it and keeps nothing.

They are asked for some at a time, many in a row. Where a change was switched to and not all written out
(`bolt_building`), what is to come of it is laid over what is there; that alone is in memory meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from heapq import merge
from typing import Final, TypeVar

from graph.model import AgreementId, OpaqueId
from graph.release import encode
from graph.release_store import LinkRow, RecordRow
from graph.stores.bolt import Bolt
from graph.stores.bolt_reading import unwritten
from graph.stores.statements import statement

_RECORDS = statement("releases_record_rows")
_LINKS = statement("releases_link_rows")
_LINKS_OF_HUB = statement("releases_link_rows_of_hub")

_RECORDS_AT_ONCE: Final = 1_000
"""Their texts may be long."""

_HEADS_AT_ONCE: Final = 1_000
_FEW_LINKS: Final = 200
"""What a head has at most where its links come together with those of others, which bounds what comes at once."""

R = TypeVar("R", RecordRow, LinkRow)


def record_rows(bolt: Bolt, agreement: AgreementId) -> Iterator[RecordRow]:
    """Every record of a release, by id."""
    parts = bolt.transact(partial(unwritten, agreement=agreement))
    gone = {id for part in parts for id in part.gone_records}
    come = {record.id: (record.id, encode(record)) for part in parts for record in part.records}
    return _laid_over(_records(bolt, agreement), gone, come)


def link_rows(bolt: Bolt, agreement: AgreementId) -> Iterator[LinkRow]:
    """Every link of a release, by head, then id."""
    parts = bolt.transact(partial(unwritten, agreement=agreement))
    gone = {id for part in parts for id in part.gone_links}
    come = {link.id: (link.head, link.id, encode(link)) for part in parts for link in part.links}
    return _laid_over(_links(bolt, agreement), gone, come)


def _laid_over(rows: Iterator[R], gone: set[OpaqueId], come: Mapping[OpaqueId, R]) -> Iterator[R]:
    """The rows as they are once all is written out: those by these ids are gone, or come so."""
    if not gone and not come:
        return rows
    stay = (row for row in rows if row[-2] not in gone and row[-2] not in come)
    return merge(stay, sorted(come.values()))


def _records(bolt: Bolt, agreement: AgreementId) -> Iterator[RecordRow]:
    after: str | None = ""
    while after is not None:
        [(rows, after)] = bolt.ask(_RECORDS, agreement=agreement, after=after, most=_RECORDS_AT_ONCE)
        yield from ((id, body.encode()) for id, body in rows if body)


def _links(bolt: Bolt, agreement: AgreementId) -> Iterator[LinkRow]:
    """Those of a head that has many come a row each, at the place of that head."""
    after: str | None = ""
    while after is not None:
        [(rows, hubs, after)] = bolt.ask(
            _LINKS, agreement=agreement, after=after, most=_HEADS_AT_ONCE, few=_FEW_LINKS
        )
        of_hubs = (row for hub in hubs for row in bolt.stream(_LINKS_OF_HUB, agreement=agreement, head=hub))
        yield from _as_bytes(merge(map(tuple, rows), of_hubs) if hubs else rows)


def _as_bytes(rows: Iterable[tuple[OpaqueId, OpaqueId, str]]) -> Iterator[LinkRow]:
    return ((head, id, body.encode()) for head, id, body in rows if body)
