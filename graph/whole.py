"""A release that is drawn whole: its records are there, and its links are made as they are looked at.

Of a million records there are many millions of links. As objects, with their ids as texts, they would take most of the
memory of a publication; as what they are made from, a tenth of that. Whoever writes them gets their bytes at once.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

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
    """The elements of a release that is drawn whole."""

    records: dict[OpaqueId, ReleasedRecord]
    links: ManyLinks

    def beside(self, old: Content) -> Content:
        """The same as objects, to be compared with an old content: what is alike in both is the old one's object."""
        links = ((link.id, link) for link in self.links)
        return Content(
            {id: _once(old.records.get(id), record) for id, record in self.records.items()},
            {id: _once(old.links.get(id), link) for id, link in links},
        )


def all_links(drawn: Content | Whole) -> Collection[ReleasedLink]:
    """Every link of what was drawn."""
    return drawn.links.values() if isinstance(drawn, Content) else drawn.links


def types_of_links(drawn: Content | Whole) -> Counter[str]:
    """How many links there are of each type."""
    if isinstance(drawn, Whole):
        return drawn.links.types()
    return Counter(link.type for link in drawn.links.values())


def bodies_of(links: Collection[ReleasedLink]) -> Iterator[bytes]:
    """The bytes of each link."""
    return links.bodies() if isinstance(links, ManyLinks) else map(encode, links)


def ends_of_all(links: Collection[ReleasedLink]) -> set[OpaqueId]:
    """The records at either end of any of the links."""
    if isinstance(links, ManyLinks):
        return links.ends()
    return {end for link in links for end in (link.head, link.tail)}


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
