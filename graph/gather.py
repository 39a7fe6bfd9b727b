"""Entries become a linkage: one pass, in any order; a link may come before its ends.

What is decided here is whether a link fits its type (R3) and whom a document's text cites (R10). What each entry tells
by itself is decided in `graph/gist.py`; what depends on an agreement or on other judgements is decided later.
"""

from array import array
from collections.abc import Collection, Iterable
from typing import Final

import numpy as np

from graph.days import NO_DAY
from graph.gist import Gist, LinkGist, RecordGist, gist_of
from graph.linkage import (
    KIND_BITS,
    NEVER_LOADED,
    NO_WORD,
    UNKNOWN_TYPE,
    Bools,
    Ints,
    Linkage,
    Links,
    Nodes,
)
from graph.many_ids import Ids, ManyIds
from graph.model import IMPLIED, Clearance, Consent, Entry, EntryId, Link, Token
from graph.policy import UNCODED, LinkType, Policy
from graph.stated import NOTHING, Saying, Stated

_NO_NODE: Final = -1

Row = tuple[int, int, int, bool, bool, int, int, int]
"""What is said of a node: kind, own, day, approved, numbered, office, status and program, as `Nodes` has them."""


def gather(entries: Iterable[Entry], policy: Policy) -> Linkage:
    """The linkage of the entries under a policy."""
    return gathered((gist_of(entry, policy) for entry in entries), policy)


def gather_stated(entries: Iterable[Entry], policy: Policy) -> Stated:
    """The linkage of all that is held, and what else its links state."""
    return stated_by((gist_of(entry, policy) for entry in entries), policy)


def stated_by(gists: Iterable[Gist | None], policy: Policy) -> Stated:
    """The same of the gists of all that is held."""
    gathering = Gathering(policy, (), ManyIds())
    for gist in gists:
        gathering.add(gist)
    linkage = gathering.linkage()
    return gathering.stated(linkage)


def gathered(gists: Iterable[Gist | None], policy: Policy, held: Iterable[str] = ()) -> Linkage:
    """The linkage of entries of which the gists were read before.

    held: numbers that further cases and documents have, among which the longest prefix is sought too (R10).
    """
    gathering = Gathering(policy, held)
    for gist in gists:
        gathering.add(gist)
    return gathering.linkage()


class Gathering:
    """What grows while entries are read. There are millions of links: a column for each thing that is said of them.

    held: numbers that further cases and documents have. link_ids: where the ids of links are to be kept.
    """

    def __init__(self, policy: Policy, held: Iterable[str], link_ids: Ids | None = None) -> None:
        self.policy = policy
        self.held = held
        self.node_of: dict[EntryId, int] = {}
        self.words: dict[str, int] = {}
        self.nodes: list[Row | None] = []
        self.numbers: dict[int, str] = {}
        self.citing: list[tuple[int, Token]] = []
        self.link_ids: Ids = [] if link_ids is None else link_ids
        self.type, self.head, self.tail = array("q"), array("q"), array("q")
        self.own, self.sound, self.sourced = array("Q"), bytearray(), bytearray()
        self.source_link, self.source = array("q"), array("q")
        self.source_of: dict[str, int] = {}
        self.saying = array("i")
        self.saying_of: dict[Saying, int] = {NOTHING: 0}
        self.unheld: dict[int, tuple[str, ...]] = {}
        self.unknown_types: dict[int, str] = {}
        self.clearances: list[Clearance] = []
        self.consents: list[Consent] = []

    @classmethod
    def onto(cls, linkage: Linkage, policy: Policy) -> "Gathering":
        """What grows by the numbers of the nodes and words that a linkage has."""
        gathering = cls(policy, ())
        gathering.node_of = dict(linkage.node_of)
        gathering.words = dict(linkage.words)
        gathering.nodes = [None] * len(linkage.node_of)
        return gathering

    def add(self, gist: Gist | None) -> None:
        if isinstance(gist, LinkGist):  # nearly all are
            self._add_link(gist)
        elif isinstance(gist, RecordGist):
            self._add_record(gist)
        elif isinstance(gist, Clearance):
            self.clearances.append(gist)
        elif gist is not None:
            self.consents.append(gist)

    def _node(self, id: EntryId) -> int:
        node = self.node_of.get(id)
        if node is None:
            node = self.node_of[id] = len(self.nodes)
            self.nodes.append(None)
        return node

    def _word(self, word: str | None) -> int:
        return NO_WORD if word is None else self.words.setdefault(word, len(self.words))

    def _add_record(self, record: RecordGist) -> None:
        node = self._node(record.id)
        if record.number is not None:
            self.numbers[node] = record.number
        self.nodes[node] = (
            KIND_BITS[record.kind],
            record.own,
            record.day,
            record.approved,
            record.numbered,
            self._word(record.office),
            self._word(record.status),
            self._word(record.program),
        )
        self.citing += ((node, token) for token in record.tokens)

    def _add_link(self, gist: LinkGist) -> None:
        link, place = gist.link, len(self.type)
        if gist.type is None and link.type is not None:
            self.unknown_types[place] = link.type
        if link.sources:
            for id in link.sources:
                self.source_link.append(place)
                self.source.append(self.source_of.setdefault(id, len(self.source_of)))
        self.saying.append(self._said(link))
        self._put_link(link.id, gist.type, self._node(link.head), self._node(link.tail))
        self.own.append(gist.own)
        self.sound.append(link.sound)
        self.sourced.append(bool(link.sources))

    def _said(self, link: Link) -> int:
        if link.role is None and link.since is None and link.until is None:
            return 0
        return self.saying_of.setdefault((link.role, link.since, link.until), len(self.saying_of))

    def _put_link(self, id: EntryId, type: LinkType | None, head: int, tail: int) -> None:
        self.link_ids.append(id)
        self.type.append(type.number if type else UNKNOWN_TYPE)
        self.head.append(head)
        self.tail.append(tail)

    def linkage(self) -> Linkage:
        held = len(self.link_ids)
        self._imply()
        nodes = self._node_arrays()
        return Linkage(
            nodes=nodes,
            links=self._link_arrays(nodes, held),
            node_of=self.node_of,
            words=self.words,
            clearances=tuple(self.clearances),
            consents=tuple(self.consents),
            link_of=named_links(self.link_ids, self.clearances, self.consents),
        )

    def _imply(self) -> None:
        """R10: an implied citation for each pair of a document and a record whose number stands in its text."""
        numbered: dict[str, list[int]] = {number: [] for number in self.held}
        for node, number in self.numbers.items():
            numbered.setdefault(number, []).append(node)
        lengths = sorted({len(number) for number in numbered if number}, reverse=True)
        pairs = {
            (node, cited)
            for node, token in self.citing
            for place in token.places
            if (prefix := longest_prefix(token.text, place, numbered, lengths)) is not None
            for cited in numbered[prefix]
            if cited != node
        }
        if self.policy.implied is None:
            return
        ids = list(self.node_of)
        for node, cited in sorted(pairs):
            id = EntryId(f"{IMPLIED}{ids[node]}:{ids[cited]}")
            self._put_link(id, self.policy.implied, node, cited)

    def _node_arrays(self) -> Nodes:
        never = never_loaded(self.policy)
        rows = [row or never for row in self.nodes]
        columns = list(zip(*rows, strict=True)) or [()] * len(never)
        return Nodes(
            ids=list(self.node_of),
            kind=np.array(columns[0], np.int64),
            own=np.array(columns[1], np.uint64),
            day=np.array(columns[2], np.int64),
            approved=np.array(columns[3], np.bool_),
            numbered=np.array(columns[4], np.bool_),
            office=np.array(columns[5], np.int64),
            status=np.array(columns[6], np.int64),
            program=np.array(columns[7], np.int64),
            numbers=self.numbers,
            given=np.zeros(len(rows), np.bool_),
        )

    def _link_arrays(self, nodes: Nodes, held: int) -> Links:
        type, head, tail = (np.array(column, np.int64) for column in (self.type, self.head, self.tail))
        implied = len(type) - held
        source_link, source = np.array(self.source_link, np.int64), np.array(self.source, np.int64)
        known = self._nodes_of_sources()[source]
        is_known = known != _NO_NODE
        self._keep_unheld(source_link[~is_known].tolist(), source[~is_known].tolist())
        return Links(
            ids=self.link_ids,
            type=type,
            head=head,
            tail=tail,
            own=np.pad(np.array(self.own, np.uint64), (0, implied)),
            sound=np.pad(np.array(self.sound, np.bool_), (0, implied)),
            fits=fitting(type, nodes.kind[head], nodes.kind[tail], self.policy),
            sourced=np.pad(np.array(self.sourced, np.bool_), (0, implied)),
            source_link=source_link[is_known],
            source_node=known[is_known],
            held=held,
            unknown_types=self.unknown_types,
        )

    @property
    def sources(self) -> list[str]:
        """Of each place in source_link, the id that is the source."""
        ids = list(self.source_of)
        return [ids[source] for source in self.source]

    def _nodes_of_sources(self) -> Ints:
        return np.array([self.node_of.get(EntryId(id), _NO_NODE) for id in self.source_of], np.int64)

    def _keep_unheld(self, links: list[int], sources: list[int]) -> None:
        """Of the links that name a source which is no node."""
        ids = list(self.source_of) if links else []
        for link, source in zip(links, sources, strict=True):
            self.unheld[link] = (*self.unheld.get(link, ()), ids[source])

    def stated(self, linkage: Linkage) -> Stated:
        return Stated(linkage, np.array(self.saying, np.int32), list(self.saying_of), self.unheld)


def named_links(
    ids: Iterable[EntryId], clearances: Iterable[Clearance], consents: Iterable[Consent]
) -> dict[EntryId, int]:
    """The places of the links that some clearance or consent names. ids: of all links, in order."""
    named = {clearance.link for clearance in clearances}
    named |= {consent.link for consent in consents if consent.link is not None}
    return {id: place for place, id in enumerate(ids) if id in named} if named else {}


def never_loaded(policy: Policy) -> Row:
    """What is said of an id that no line has brought (R3)."""
    return NEVER_LOADED, policy.bit(UNCODED), NO_DAY, False, False, NO_WORD, NO_WORD, NO_WORD


def fitting(type: Ints, head: Ints, tail: Ints, policy: Policy) -> Bools:
    """R3: by link, whether its type is known and its ends are of its kinds. type: its number; head, tail: the kinds."""
    types = policy.links.values()  # the last row stands for the unknown type
    heads = np.array([*(sum(map(KIND_BITS.__getitem__, t.head)) for t in types), 0], np.int64)
    tails = np.array([*(sum(map(KIND_BITS.__getitem__, t.tail)) for t in types), 0], np.int64)
    fits: Bools = ((heads[type] & head) != 0) & ((tails[type] & tail) != 0)
    return fits


def longest_prefix(text: str, place: int, numbers: Collection[str], lengths: Iterable[int]) -> str | None:
    """The longest of some numbers that the text has from a place on (R10). lengths: theirs, the greatest first.

    >>> longest_prefix("NY03-0001-002", 0, {"NY03-0001", "NY03"}, [9, 4])
    'NY03-0001'
    """
    for length in lengths:
        if (beginning := text[place : place + length]) in numbers:
            return beginning
    return None
