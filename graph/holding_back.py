"""What holds back most others: single records by their own categories, kinds of base facts, and types of links.

A record *alone* holds back another where every category of the other comes from it and from no second record. So what
two records each hold back is told of neither; `explain` names both. What waits for support follows what it waits for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.decisions import type_name
from graph.explaining.inquiry import Inquiry
from graph.linkage import NEVER_LOADED, UNKNOWN_TYPE, Bools, Ints, Links
from graph.model import EntryId
from graph.policy import DELETED, UNCODED
from graph.propagate import carried
from graph.scope import Out
from graph.sole_source import bits_of, carrying
from graph.suppose import Gain, Supposing

MOST: Final = 10
"""How many of a sort are told: what each would release is found by a judgement of its own."""

_ROUNDS: Final = 32


@dataclass(frozen=True, slots=True)
class Holder:
    """A record that holds back others by its own categories.

    loaded: False for an end that some link names and nothing brought. links: how many links name it, implied citations
    included. reaches: how many other records have one of its categories from it, among others perhaps. others: how many
    others it holds back alone. releases: how many records would be released, itself included, if it had no category of
    its own.
    """

    id: EntryId
    loaded: bool
    categories: tuple[str, ...]
    links: int
    reaches: int
    others: int
    releases: int


@dataclass(frozen=True, slots=True)
class Holders:
    """Those of one sort. count: how many there are; told: the first of them, those that hold back most."""

    count: int
    told: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All base facts of one sort together. count: how many records or links. gain: if all of them carried nothing."""

    name: str
    count: int
    gain: Gain


@dataclass(frozen=True, slots=True)
class Astray:
    """Links that carry everything both ways, by type and by what is wrong: `unknown_type` or `other_kinds` (R3)."""

    type: str | None
    wrong: str
    links: int
    gain: Gain


class HoldingBack:
    """Finds them in one judgement. sole: `sole_sources` of it."""

    def __init__(self, inquiry: Inquiry, supposing: Supposing, sole: Ints) -> None:
        self._inquiry = inquiry
        self._supposing = supposing
        self._sole = sole
        self._own = inquiry.basis.own
        self._nodes = inquiry.linkage.nodes
        self._loaded = self._nodes.kind != NEVER_LOADED
        self._others = self._held_back_alone()
        self._about = self._about_to_release()

    def holders(self) -> Holders:
        """Of all records that hold back others alone."""
        return self._holders(self._loaded)

    def never_loaded(self) -> Holders:
        """Of the ends that were never loaded."""
        return self._holders(~self._loaded)

    def uncoded(self) -> Holders:
        """Of the records that are uncoded themselves."""
        uncoded = np.uint64(self._inquiry.policy.bit(UNCODED))
        return self._holders(self._loaded & ((self._own & uncoded) != 0))

    def groups(self) -> Iterator[Group]:
        """Sorts of base facts, each supposed away whole."""
        policy, links = self._inquiry.policy, self._inquiry.linkage.links
        uncoded, deleted = np.uint64(policy.bit(UNCODED)), np.uint64(policy.bit(DELETED))
        yield self._without("never_loaded", ~self._loaded, uncoded)
        yield self._without("uncoded", self._loaded & ((self._own & uncoded) != 0), uncoded)
        yield self._without("deleted", (self._own & deleted) != 0, ~deleted)
        yield self._nothing_along("implied", np.arange(links.count) >= links.held)
        yield self._nothing_along("unknown_type", links.type == UNKNOWN_TYPE)
        yield self._nothing_along("other_kinds", (links.type != UNKNOWN_TYPE) & ~links.fits)

    def astray(self) -> tuple[Astray, ...]:
        """The types of links that carry everything both ways, those with most links first, and at most MOST."""
        links = self._inquiry.linkage.links
        sorts: dict[tuple[str, str], list[int]] = {}
        for link in np.flatnonzero((links.type == UNKNOWN_TYPE) | ~links.fits).tolist():
            wrong = "unknown_type" if links.type[link] == UNKNOWN_TYPE else "other_kinds"
            sorts.setdefault((type_name(links, self._inquiry.policy, link) or "", wrong), []).append(link)
        most = sorted(sorts.items(), key=lambda sort: (-len(sort[1]), sort[0]))[:MOST]
        return tuple(
            Astray(type or None, wrong, len(those), self._supposing.nothing_along(_mask(links, those)))
            for (type, wrong), those in most
        )

    def _held_back_alone(self) -> Ints:
        """By node: how many others it holds back alone, of those in scope."""
        others = self._supposing.in_scope & (self._sole >= 0) & (self._sole != np.arange(len(self._sole)))
        counts: Ints = np.bincount(self._sole[others], minlength=len(self._sole))
        return counts

    def _about_to_release(self) -> Ints:
        """By node: about how many would be released if it had no category of its own.

        Of what it holds back alone that is what has support, from something released or of its own kind, and with it
        what waits for the support of just that. What follows further on is left to the judgement of those told.
        """
        judgement, supporters, sole = self._inquiry.judgement, self._supposing.supporters, self._sole
        ways = self._supposing.may_open[supporters.along]
        giver, taker = supporters.giver[ways], supporters.taker[ways]
        freed = self._supposing.in_scope & (sole >= 0)
        ready = freed & ~supporters.needy
        ready[taker[judgement.released[giver] & freed[taker]]] = True
        _spread(ready, giver, taker, freed[giver] & freed[taker] & (sole[giver] == sole[taker]))
        waiting = (judgement.out == int(Out.SUPPORT)) & (judgement.categories == 0)
        follows = ready[giver] & waiting[taker]
        pairs = np.unique(np.stack((sole[giver[follows]], taker[follows])), axis=1)
        counts: Ints = np.bincount(sole[ready], minlength=len(sole)) + np.bincount(
            pairs[0], minlength=len(sole)
        )
        return counts

    def _holders(self, chosen: Bools) -> Holders:
        """The first by about how many they would release, then by how many they hold back alone."""
        holding = np.flatnonzero(chosen & ((self._others > 0) | (self._about > 1))).tolist()
        first = sorted(holding, key=self._order)[:MOST]
        told = (
            self._holder(node, reached) for node, reached in zip(first, self._reaches(first), strict=True)
        )
        ordered = sorted(told, key=lambda holder: (-holder.releases, -holder.others, holder.id))
        return Holders(int(np.count_nonzero(chosen & (self._own != 0))), tuple(ordered))

    def _order(self, node: int) -> tuple[int, int, EntryId]:
        return -int(self._about[node]), -int(self._others[node]), self._inquiry.id(node)

    def _holder(self, node: int, reaches: int) -> Holder:
        links = self._inquiry.linkage.links
        left = np.where(self._sole == node, np.uint64(0), self._inquiry.judgement.categories)
        return Holder(
            id=self._inquiry.id(node),
            loaded=bool(self._loaded[node]),
            categories=tuple(self._inquiry.policy.names_of(int(self._own[node]))),
            links=int(np.count_nonzero((links.head == node) | (links.tail == node))),
            reaches=reaches,
            others=int(self._others[node]),
            releases=self._supposing.gain(left).releases,
        )

    def _reaches(self, nodes: Sequence[int]) -> list[int]:
        """How many other loaded records each of some nodes reaches. All at once: a bit stands for each node."""
        reached = np.zeros(len(self._own), np.uint64)
        passages, categories = self._inquiry.basis.passages, self._inquiry.judgement.categories
        for bit in bits_of(self._own[nodes]):
            begins = np.zeros(len(self._own), np.uint64)
            for place, node in enumerate(nodes):
                begins[node] = np.uint64(1 << place) if self._own[node] & bit else np.uint64(0)
            reached |= carried(begins, carrying(bit, passages, categories))
        for place, node in enumerate(nodes):
            reached[node] &= ~np.uint64(1 << place)
        return [
            int(np.count_nonzero(self._loaded & ((reached & np.uint64(1 << place)) != 0)))
            for place in range(len(nodes))
        ]

    def _without(self, name: str, nodes: Bools, bits: np.uint64) -> Group:
        own = np.where(nodes, self._own & ~bits, self._own)
        return Group(name, int(np.count_nonzero(nodes)), self._supposing.own(own))

    def _nothing_along(self, name: str, links: Bools) -> Group:
        return Group(name, int(np.count_nonzero(links)), self._supposing.nothing_along(links))


def _spread(ready: Bools, giver: Ints, taker: Ints, usable: Bools) -> None:
    """Make ready what something ready supports, for so many rounds: an estimate needs no more."""
    giver, taker = giver[usable], taker[usable]
    for _ in range(_ROUNDS):
        more = taker[ready[giver] & ~ready[taker]]
        if not len(more):
            return
        ready[more] = True


def _mask(links: Links, chosen: Iterable[int]) -> Bools:
    mask = np.zeros(links.count, np.bool_)
    mask[list(chosen)] = True
    return mask
