"""R7 and R8: what is released, as one least fixpoint over records and links.

It starts from the eligible records that need no support. A record counts as a supporter or as a source only once it is
released, so a loop never supports itself. Where many are released at once that is done in rounds over arrays, where few
are, as along a chain, record by record; both come to the same (see `graph/propagate.py`).
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from graph.adjacency import Adjacency
from graph.linkage import KIND_BITS, Bools, Ints, Linkage, Links, of_types
from graph.model import Kind
from graph.policy import Policy, Way
from graph.propagate import FEW, HUB, distinct


@dataclass(frozen=True, slots=True)
class Supported:
    """released: by node. open: by link (R8); a released link is open and has both ends released."""

    released: Bools
    open: Bools


@dataclass(frozen=True, slots=True)
class Supporters:
    """Who could support whom, whatever the agreement: the links of supporting types, and the sources of all links.

    Way i leads from giver[i] to taker[i] along[i] a link; way_of: by link, its way, or -1. gives: ways by giver.
    asserts: places in the links' sources by the document that is the source. needy: by node, whether it needs support.
    """

    giver: Ints
    taker: Ints
    along: Ints
    way_of: npt.NDArray[np.int32]
    gives: Adjacency
    asserts: Adjacency
    is_document: Bools
    needy: Bools

    @classmethod
    def of(cls, linkage: Linkage, policy: Policy) -> "Supporters":
        """Those of a linkage."""
        nodes, links = linkage.nodes, linkage.links
        giver, taker, along = supporting(linkage, policy)
        way_of = np.full(links.count, -1, np.int32)
        way_of[along] = np.arange(len(along), dtype=np.int32)
        return cls(
            giver,
            taker,
            along,
            way_of,
            gives=Adjacency.by(giver, len(nodes.kind)),
            asserts=Adjacency.by(links.source_node, len(nodes.kind)),
            is_document=nodes.kind == KIND_BITS[Kind.DOCUMENT],
            needy=_needs_support(nodes.kind, policy) & ~nodes.given,
        )


def support(linkage: Linkage, supporters: Supporters, eligible: Bools, may_open: Bools) -> Supported:
    """The least fixpoint. eligible: nodes (R6). may_open: links that lack nothing but, perhaps, a released source."""
    return _Fixpoint(linkage, supporters, eligible, may_open).run()


class _Fixpoint:
    def __init__(self, linkage: Linkage, known: Supporters, eligible: Bools, may_open: Bools) -> None:
        self.known = known
        self.source_link = linkage.links.source_link
        self.eligible = eligible
        self.may_open = may_open
        self.released = np.zeros(len(eligible), np.bool_)
        self.asserted = ~linkage.links.sourced

    def run(self) -> Supported:
        walk = _Walk(self)
        frontier = np.flatnonzero(self.eligible & ~self.known.needy)
        while len(frontier):
            frontier = walk.on_from(frontier) if self._is_little(frontier) else self._round(frontier)
        return Supported(self.released, self.may_open & self.asserted)

    def _is_little(self, frontier: Ints) -> bool:
        gives, asserts = self.known.gives, self.known.asserts
        return len(frontier) <= FEW and gives.count(frontier) + asserts.count(frontier) <= HUB

    def _round(self, frontier: Ints) -> Ints:
        """Release these records; those that they support, or by asserting a link let others support."""
        known = self.known
        self.released[frontier] = True
        asserted = known.way_of[self._newly_asserted(frontier[known.is_document[frontier]])]
        ways = np.concatenate((known.gives.of(frontier), asserted[asserted >= 0]))
        takers = known.taker[ways]
        wanted = np.flatnonzero(self.eligible[takers] & ~self.released[takers])
        ways, takers = ways[wanted], takers[wanted]
        links = known.along[ways]
        holds = self.may_open[links] & self.asserted[links] & self.released[known.giver[ways]]
        return distinct(takers[holds], len(self.released))

    def _newly_asserted(self, documents: Ints) -> Ints:
        links = self.source_link[self.known.asserts.of(documents)]
        newly = distinct(links[~self.asserted[links]], len(self.asserted))
        self.asserted[newly] = True
        return newly


class _Walk:
    """The same fixpoint taken further record by record: its arrays as plain views, which are quick to ask for one."""

    def __init__(self, fixpoint: _Fixpoint) -> None:
        known = fixpoint.known
        self.is_document = known.is_document.data
        self.gives, self.gives_from = known.gives.rows.data, known.gives.start.data
        self.asserts, self.asserts_from = known.asserts.rows.data, known.asserts.start.data
        self.giver, self.taker, self.along = known.giver.data, known.taker.data, known.along.data
        self.way_of, self.source_link = known.way_of.data, fixpoint.source_link.data
        self.eligible, self.may_open = fixpoint.eligible.data, fixpoint.may_open.data
        self.released, self.asserted = fixpoint.released.data, fixpoint.asserted.data

    def on_from(self, frontier: Ints) -> Ints:
        """Release these records and what comes of it, while that is little; the records that are left to do."""
        todo = deque(frontier.tolist())
        while todo and len(todo) <= FEW and not self._is_hub(todo[0]):
            node = todo.popleft()
            if not self.released[node]:
                self.released[node] = True
                todo.extend(self._supported_by(node))
        return np.array(sorted({node for node in todo if not self.released[node]}), np.int64)

    def _is_hub(self, node: int) -> bool:
        given = self.gives_from[node + 1] - self.gives_from[node]
        return given + self.asserts_from[node + 1] - self.asserts_from[node] > HUB

    def _supported_by(self, node: int) -> Iterator[int]:
        for way in chain(self._newly_asserted(node), self.gives[slice(*self.gives_from[node : node + 2])]):
            link, taker = self.along[way], self.taker[way]
            if (
                self.eligible[taker]
                and not self.released[taker]
                and self.may_open[link]
                and self.asserted[link]
                and self.released[self.giver[way]]
            ):
                yield taker

    def _newly_asserted(self, node: int) -> Iterator[int]:
        """The ways along links that nothing released asserted until this document was."""
        if not self.is_document[node]:
            return
        for place in self.asserts[slice(*self.asserts_from[node : node + 2])]:
            link = self.source_link[place]
            if not self.asserted[link]:
                self.asserted[link] = True
                if self.way_of[link] >= 0:
                    yield self.way_of[link]


def _needs_support(kinds: Ints, policy: Policy) -> Bools:
    needy = [KIND_BITS[kind] for kind, needs in policy.needs_support.items() if needs]
    return np.isin(kinds, needy)


def supporting(linkage: Linkage, policy: Policy) -> tuple[Ints, Ints, Ints]:
    """For each held link of a supporting type: the end that gives support, the end that takes it, and the link."""
    links = linkage.links
    ahead, back = (_along(links, policy, way) for way in (Way.FORWARD, Way.BACKWARD))
    giver = np.concatenate((links.head[ahead], links.tail[back]))
    taker = np.concatenate((links.tail[ahead], links.head[back]))
    return giver, taker, np.concatenate((ahead, back))


def _along(links: Links, policy: Policy, way: Way) -> Ints:
    supporting = of_types(links, [link_type.supports is way for link_type in policy.links.values()])
    return np.flatnonzero(supporting[: links.held])
