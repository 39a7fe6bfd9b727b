"""A release that is drawn whole: of its records there are the bytes, and its links are made as they are looked at.

Of a million records there are many millions of links. As objects, with their ids as texts, they would take most of the
memory of a publication; as what they are made from, a tenth of that. Whoever writes them gets their bytes at once.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from graph import drawn_records
from graph.drawn_records import DrawnRecords
from graph.model import OpaqueId
from graph.release import Content, ReleasedLink, ReleasedRecord, encode

Row = tuple[OpaqueId, OpaqueId, OpaqueId, bytes]
"""A link as stores keep it: its id, its head, its tail, its bytes."""

E = TypeVar("E", ReleasedRecord, ReleasedLink)


class ManyLinks(Collection[ReleasedLink]):
    """Links by their heads, and those of a head by their ids, that are made each time they are gone through."""

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Each of them as a store keeps it."""

    @abstractmethod
    def bodies(self) -> Iterator[bytes]:
        """The bytes of each."""

    @abstractmethod
    def ends(self) -> set[OpaqueId]:
        """The records at either end of any."""

    @abstractmethod
    def types(self) -> Counter[str]:
        """How many there are of each type."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The elements of a release that is drawn whole. links_total: the keyed sum over its links, if it is known yet."""

    records: DrawnRecords
    links: ManyLinks
    links_total: int | None = None

    def beside(self, old: Content) -> Content:
        """The same as objects, to be compared with an old content: what is alike in both is the old one's object."""
        return Content(
            {record.id: _once(old.records.get(record.id), record) for record in self.records},
            {link.id: _once(old.links.get(link.id), link) for link in self.links},
        )


def all_records(drawn: Content | Whole) -> Collection[ReleasedRecord]:
    """Every record of what was drawn."""
    return drawn.records.values() if isinstance(drawn, Content) else drawn.records


def all_links(drawn: Content | Whole) -> Collection[ReleasedLink]:
    """Every link of what was drawn."""
    return drawn.links.values() if isinstance(drawn, Content) else drawn.links


def types_of_links(drawn: Content | Whole) -> Counter[str]:
    """How many links there are of each type."""
    if isinstance(drawn, Whole):
        return drawn.links.types()
    return Counter(link.type for link in drawn.links.values())


def bodies_of(drawn: Content | Whole) -> Iterable[bytes]:
    """The bytes of each element."""
    if isinstance(drawn, Whole):
        return chain(drawn.records.bodies.values(), drawn.links.bodies())
    return map(encode, chain(drawn.records.values(), drawn.links.values()))


def ends_of_all(links: Collection[ReleasedLink]) -> set[OpaqueId]:
    """The records at either end of any of the links."""
    if isinstance(links, ManyLinks):
        return links.ends()
    return {end for link in links for end in (link.head, link.tail)}


def ids_of_all(records: Collection[ReleasedRecord]) -> set[OpaqueId]:
    """The ids of the records."""
    return set(records.bodies) if isinstance(records, DrawnRecords) else {record.id for record in records}


def records_by_id(records: Collection[ReleasedRecord]) -> Iterable[ReleasedRecord]:
    """The records by their ids."""
    return records if isinstance(records, DrawnRecords) else sorted(records, key=attrgetter("id"))


def rows_by_id(records: Collection[ReleasedRecord]) -> Iterator[drawn_records.Row]:
    """The records as stores keep them, by their ids."""
    if isinstance(records, DrawnRecords):
        return records.rows()
    return ((record.id, encode(record)) for record in records_by_id(records))


def rows_by_head(links: Collection[ReleasedLink]) -> Iterator[Row]:
    """The links as stores keep them: those of a head beside each other."""
    if isinstance(links, ManyLinks):
        return links.rows()
    return ((link.id, link.head, link.tail, encode(link)) for link in by_head(links))


def by_head(links: Collection[ReleasedLink]) -> Iterator[ReleasedLink]:
    """By head, then id: grouped before they are sorted, which takes less than half of sorting all of them."""
    if isinstance(links, ManyLinks):
        yield from links
        return
    of_head: dict[OpaqueId, list[ReleasedLink]] = {}
    for link in links:
        of_head.setdefault(link.head, []).append(link)
    for head in sorted(of_head):
        yield from sorted(of_head[head], key=attrgetter("id"))


def _once(old: E | None, new: E) -> E:
    return old if old is not None and old == new else new
