"""The released links of a whole linkage as one agreement is shown them, each made from the arrays when it is looked at.

What is kept of each is its place in the linkage and its name, in the order in which stores write links. The bytes of
nearly all are those of their type with other names in them, and many of a kind are made at once; they are the same
bytes that the link has as an object.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Final, cast

import msgspec
import numpy as np
import numpy.typing as npt

from graph.linkage import Bools, Ints, Links
from graph.model import EntryId, OpaqueId
from graph.portions import portions
from graph.release import ReleasedLink, encode
from graph.stated import NOTHING, Saying, Stated
from graph.whole import ManyLinks, Row

Names = npt.NDArray[np.void]
"""Opaque ids as the 16 bytes that they are in hex."""

Digits = npt.NDArray[np.uint8]

_BYTES: Final = 16
_NAME: Final = np.dtype((np.void, _BYTES))
_HEX: Final = 2 * _BYTES
_AT_ONCE: Final = 20_000
_MOST_PLAIN_SOURCES: Final = 1


@dataclass(frozen=True, slots=True)
class Sources:
    """The nodes that are shown as sources: of the link at a place, those from start[place] to start[place + 1]."""

    start: Ints
    nodes: npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class DrawnLinks(ManyLinks):
    """places: the links, in order; ids: the name of each. nodes: the name of each node that is shown.

    saying: by place in the order, what is shown of `sayings`; the first says nothing. sources: by the same place.
    types: the names of the policy's link types, by their numbers.
    """

    links: Links
    places: npt.NDArray[np.int32]
    ids: Names
    nodes: Names
    saying: npt.NDArray[np.int32]
    sayings: Sequence[Saying]
    sources: Sources
    type_names: Sequence[str]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.places)

    def __contains__(self, link: object) -> bool:
        """Whether it is one of these; they are looked through."""
        return any(link == one for one in self)

    def __iter__(self) -> Iterator[ReleasedLink]:
        """Each as an object."""
        for some in self._some():
            yield from some.made(range(len(some.places)))

    def rows(self) -> Iterator[Row]:
        """Each of them as a store keeps it."""
        for some in self._some():
            yield from zip(some.ids, some.heads, some.tails, some.bodies(), strict=True)

    def bodies(self) -> Iterator[bytes]:
        """The bytes of each."""
        for some in self._some():
            yield from some.bodies()

    def ends(self) -> set[OpaqueId]:
        """The records at either end of any."""
        is_end = np.zeros(len(self.nodes), np.bool_)
        is_end[self.links.head[self.places]] = True
        is_end[self.links.tail[self.places]] = True
        return set(_texts(_hex(self.nodes[is_end])))

    def types(self) -> Counter[str]:
        """How many there are of each type."""
        counts = np.bincount(self.links.type[self.places], minlength=len(self.type_names)).tolist()
        return Counter({name: count for name, count in zip(self.type_names, counts, strict=True) if count})

    def _some(self) -> Iterator["_Some"]:
        for start in range(0, len(self.places), _AT_ONCE):
            yield _Some(self, slice(start, start + _AT_ONCE))


@dataclass(frozen=True, eq=False)
class _Some:
    """Some links that are beside each other."""

    all: DrawnLinks
    which: slice

    @cached_property
    def places(self) -> npt.NDArray[np.int32]:
        return self.all.places[self.which]

    @cached_property
    def types(self) -> Ints:
        return self.all.links.type[self.places]

    @cached_property
    def saying(self) -> npt.NDArray[np.int32]:
        return self.all.saying[self.which]

    @cached_property
    def start(self) -> Ints:
        return self.all.sources.start[self.which.start : self.which.stop + 1]

    @cached_property
    def id_hex(self) -> str:
        return _hex(self.all.ids[self.which])

    @cached_property
    def head_hex(self) -> str:
        return _hex(self.all.nodes[self.all.links.head[self.places]])

    @cached_property
    def tail_hex(self) -> str:
        return _hex(self.all.nodes[self.all.links.tail[self.places]])

    @cached_property
    def ids(self) -> list[OpaqueId]:
        return _texts(self.id_hex)

    @cached_property
    def heads(self) -> list[OpaqueId]:
        return _texts(self.head_hex)

    @cached_property
    def tails(self) -> list[OpaqueId]:
        return _texts(self.tail_hex)

    def made(self, which: Iterable[int]) -> Iterator[ReleasedLink]:
        """Those at these places among them, as objects."""
        types, saying, start = self.types.tolist(), self.saying.tolist(), self.start.tolist()
        for place in which:
            role, since, until = self.all.sayings[saying[place]]
            yield ReleasedLink(
                id=self.ids[place],
                type=self.all.type_names[types[place]],
                head=self.heads[place],
                tail=self.tails[place],
                role=role,
                since=since,
                until=until,
                sources=self._sources(start[place], start[place + 1]),
            )

    def _sources(self, start: int, end: int) -> tuple[OpaqueId, ...]:
        if start == end:
            return ()
        return tuple(_texts(_hex(self.all.nodes[self.all.sources.nodes[start:end]])))

    def bodies(self) -> list[bytes]:
        """The bytes of each: of the plain ones of a kind at once, of the others one by one."""
        count = np.diff(self.start)
        is_plain = (self.saying == 0) & (count <= _MOST_PLAIN_SOURCES)
        bodies = [b""] * len(self.places)
        others = np.flatnonzero(~is_plain).tolist()
        for place, link in zip(others, self.made(others), strict=True):
            bodies[place] = encode(link)
        kind = np.where(is_plain, self.types * (_MOST_PLAIN_SOURCES + 1) + count, -1)
        for one in np.unique(kind[is_plain]).tolist():
            alike = np.flatnonzero(kind == one)
            type, sources = divmod(one, _MOST_PLAIN_SOURCES + 1)
            for place, body in zip(alike.tolist(), self._plain(alike, type, sources), strict=True):
                bodies[place] = body
        return bodies

    def _plain(self, alike: Ints, type: int, sources: int) -> Iterator[bytes]:
        """The bytes of links of one type that say nothing more, with so many sources."""
        names = [_digits(hex)[alike] for hex in (self.id_hex, self.head_hex, self.tail_hex)]
        asserting = [self.all.sources.nodes[self.start[alike] + nth] for nth in range(sources)]
        names += [_digits(_hex(self.all.nodes[nodes])) for nodes in asserting]
        return _filled(_around(self.all.type_names[type], sources), names)


def draw(
    stated: Stated,
    released: Bools,
    name: Callable[[EntryId], OpaqueId],
    nodes: Names,
    documents: Bools,
    sayings: Sequence[Saying],
    type_names: Sequence[str],
) -> DrawnLinks:
    """The released links. nodes: the names of the released records. documents: which of the nodes are released ones.

    sayings: what is shown of each that is stated, where all sources are released.
    """
    links, order = stated.linkage.links, ranks(nodes)
    places = np.flatnonzero(released).astype(np.int32)
    ids = _named_links(links.ids, released, name)
    sorting = _by_head(order[links.head[places]], ids)
    places, ids = places[sorting], ids[sorting]
    place_of = np.full(links.count, -1, np.int32)
    place_of[places] = np.arange(len(places), dtype=np.int32)
    of = place_of[links.source_link]
    is_shown = documents[links.source_node]
    says = np.array([0 if shown == NOTHING else number for number, shown in enumerate(sayings)], np.int32)
    saying = says[stated.saying[places]]
    saying[of[~is_shown & (of >= 0)]] = 0
    unheld = place_of[list(stated.unheld)]
    saying[unheld[unheld >= 0]] = 0
    shown = is_shown & (of >= 0)
    sources = _sources(of[shown].astype(np.int64), links.source_node[shown], order, len(places))
    return DrawnLinks(links, places, ids, nodes, saying, sayings, sources, type_names)


def named(names: Iterable[OpaqueId]) -> Names:
    """The names as bytes.

    >>> _texts(_hex(named(["00112233445566778899aabbccddee00"])))
    ['00112233445566778899aabbccddee00']
    """
    return np.frombuffer(bytes.fromhex("".join(names)), _NAME)


def names_of(ids: Sequence[EntryId], shown: Bools, name: Callable[[EntryId], OpaqueId]) -> Names:
    """The names of the nodes that are shown, by node."""
    nodes = np.zeros(len(shown), _NAME)
    nodes[shown] = named([name(ids[node]) for node in np.flatnonzero(shown).tolist()])
    return nodes


def ranks(names: Names) -> Ints:
    """The place of each name in their order."""
    ranks = np.empty(len(names), np.int64)
    ranks[np.argsort(names.view(f"S{_BYTES}"), kind="stable")] = np.arange(len(names))
    return ranks


def _named_links(ids: Iterable[EntryId], released: Bools, name: Callable[[EntryId], OpaqueId]) -> Names:
    names, place = np.empty(np.count_nonzero(released), _NAME), 0
    naming = map(name, compress(ids, released.data))
    for some in portions(naming, _AT_ONCE):
        names[place : place + len(some)] = named(some)
        place += len(some)
    return names


def _by_head(head: Ints, ids: Names) -> Ints:
    """The order by the ranks of the heads, then by the names: mostly their beginnings, which are random, tell it."""
    bits = int(head.max(initial=1)).bit_length()
    beginnings, ends = (ids.view(">u8")[half::2].astype(np.uint64) for half in (0, 1))
    keys = (head.astype(np.uint64) << np.uint64(64 - bits)) | (beginnings >> np.uint64(bits))
    order = np.argsort(keys, kind="stable")
    if np.any(np.diff(keys[order]) == 0):
        return np.lexsort((ends, beginnings, head))
    return order


def _sources(of: Ints, node: Ints, ranks: Ints, count: int) -> Sources:
    """Of each link, its sources by name, each once. of, node: the pairs. count: how many links there are."""
    by_rank = np.argsort(ranks)
    pairs = np.unique(of * max(1, len(ranks)) + ranks[node])
    of, rank = np.divmod(pairs, max(1, len(ranks)))
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(of, minlength=count), out=start[1:])
    return Sources(start, by_rank[rank].astype(np.int32))


def _around(type: str, sources: int) -> list[bytes]:
    """What stands before, between and after the names in the bytes of a link that says nothing more."""
    named = b'","'.join([b"|"] * sources)
    said = b',"sources":["' + named + b'"]' if sources else b""
    form = b'{"id":"|","type":TYPE,"from":"|","to":"|"' + said + b"}"
    return [piece.replace(b"TYPE", msgspec.json.encode(type)) for piece in form.split(b"|")]


def _filled(around: list[bytes], names: list[Digits]) -> Iterator[bytes]:
    """The bytes that have these names between what is around them, for each row of the names."""
    blank = np.frombuffer((b"0" * _HEX).join(around), np.uint8)
    rows, place = np.tile(blank, (len(names[0]), 1)), 0
    for before, digits in zip(around, names, strict=False):
        place += len(before)
        rows[:, place : place + _HEX] = digits
        place += _HEX
    whole, width = rows.tobytes(), len(blank)
    return (whole[start : start + width] for start in range(0, len(whole), width))


def _hex(names: Names) -> str:
    return names.tobytes().hex()


def _texts(hex: str) -> list[OpaqueId]:
    return cast("list[OpaqueId]", [hex[start : start + _HEX] for start in range(0, len(hex), _HEX)])


def _digits(hex: str) -> Digits:
    return np.frombuffer(hex.encode(), np.uint8).reshape(-1, _HEX)
