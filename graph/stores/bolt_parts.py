"""A change of a release in Neo4j, cut into parts that a transaction each can hold (DESIGN 4, publishing).

What a transaction writes stands in the server's memory until it ends, so a part is bounded, by how many elements it has
and by what they say. The parts of a change are written one after another. Links go first and records last, so that no
record goes that still has a link; and a part that was written may be written again, which changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from graph.model import AgreementId, OpaqueId
from graph.release import KIND_OF, Content, ReleasedLink, ReleasedRecord, encode
from graph.release_store import Change
from graph.stores.bolt import Transaction
from graph.stores.bolt_type import relationship_type
from graph.stores.statements import statement
from graph.whole import by_head, records_by_id

PART_BYTES: Final = 16 << 20
"""What a part may have: the bytes of its elements, and some for each."""

_EACH: Final = 1_600

_PUT_RECORDS = statement("releases_put_records")
_PUT_LINKS = statement("releases_put_links")
_DELETE_LINKS = statement("releases_delete_links")
_DELETE_RECORDS = statement("releases_delete_records")


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """Some of a change, in the order in which it is written. A link that comes may be there, with other ends."""

    gone_links: list[OpaqueId] = []
    records: list[ReleasedRecord] = []
    links: list[ReleasedLink] = []
    gone_records: list[OpaqueId] = []

    def encode(self) -> bytes:
        """As it is kept."""
        return msgspec.json.encode(self)


def decode_part(body: bytes) -> Part:
    """A part as it was kept."""
    return msgspec.json.decode(body, type=Part)


def parts(change: Change) -> Iterator[Part]:
    """The change in its parts, by ids where it can be, which the store writes faster; none of an empty change."""
    part, size = Part([], [], [], []), 0
    for name, elements in _ordered(change):
        for element in elements:
            getattr(part, name).append(element)
            size += _EACH if isinstance(element, str) else _EACH + len(encode(element))
            if size >= PART_BYTES:
                yield part
                part, size = Part([], [], [], []), 0
    if size:
        yield part


def laid_over(content: Content, kept: Iterable[Part]) -> None:
    """Make a content the changed one, however much of the parts has been written into it already."""
    for part in kept:
        for gone in part.gone_links:
            content.links.pop(gone, None)
        content.records.update((record.id, record) for record in part.records)
        content.links.update((link.id, link) for link in part.links)
        for gone in part.gone_records:
            content.records.pop(gone, None)


def write_part(transaction: Transaction, agreement: AgreementId, part: Part, *, first: bool = False) -> int:
    """Write a part; how many of its links had both ends. One that changes may change its ends: it goes, and comes.

    first: of a first release, where no link is there; looking for each would take a third of the time.
    """
    moved = [] if first else [*part.gone_links, *(link.id for link in part.links)]
    transaction.run_rows(_DELETE_LINKS, moved, agreement=agreement)
    transaction.run_rows(_PUT_RECORDS, [_node(record) for record in part.records], agreement=agreement)
    put = transaction.run_rows(_PUT_LINKS, _relationships(part.links), agreement=agreement)
    transaction.run_rows(_DELETE_RECORDS, part.gone_records, agreement=agreement)
    return sum(count for (count,) in put)


def _ordered(change: Change) -> tuple[tuple[str, Iterable[Any]], ...]:
    return (
        ("gone_links", change.gone_links),
        ("records", records_by_id(change.records)),
        ("links", by_head(change.links)),
        ("gone_records", change.gone_records),
    )


def _node(record: ReleasedRecord) -> dict[str, Any]:
    label = KIND_OF[type(record)].capitalize()
    return {"id": record.id, "label": label, "body": encode(record).decode()}


def _relationships(links: Sequence[ReleasedLink]) -> list[dict[str, Any]]:
    ordered = sorted(links, key=lambda link: (link.head, link.tail))
    return [_relationship(link) for link in ordered]


def _relationship(link: ReleasedLink) -> dict[str, Any]:
    type = relationship_type(link.type)
    return {"id": link.id, "type": type, "head": link.head, "tail": link.tail, "body": encode(link).decode()}
