"""R7 and R8: what is released, as one least fixpoint over records and links.

It starts from the eligible records that need no support. A record counts as a supporter or as a source only once it is
released, so a loop never supports itself.
"""

from dataclasses import dataclass

import numpy as np

from graph.adjacency import Adjacency
from graph.linkage import KIND_BITS, Bools, Ints, Linkage
from graph.model import Kind
from graph.policy import Policy, Way


@dataclass(frozen=True, slots=True)
class Supported:
    """released: by node. open: by link (R8); a released link is open and has both ends released."""

    released: Bools
    open: Bools


def support(linkage: Linkage, policy: Policy, eligible: Bools, may_open: Bools) -> Supported:
    """The least fixpoint. eligible: nodes (R6). may_open: links that lack nothing but, perhaps, a released source."""
    return _Fixpoint(linkage, policy, eligible, may_open).run()


class _Fixpoint:
    def __init__(self, linkage: Linkage, policy: Policy, eligible: Bools, may_open: Bools) -> None:
        nodes, links = linkage.nodes, linkage.links
        self.links = links
        self.eligible = eligible
        self.may_open = may_open
        self.is_document = nodes.kind == KIND_BITS[Kind.DOCUMENT]
        self.needy = _needs_support(nodes.kind, policy)
        self.released = np.zeros(len(nodes.kind), np.bool_)
        self.asserted = ~links.sourced
        self.giver, self.taker, self.along = supporting(linkage, policy)
        self.gives = Adjacency.by(self.giver, len(nodes.kind))
        self.asserts = Adjacency.by(links.source_node, len(nodes.kind))
        self.supports_of = Adjacency.by(self.along, links.count)

    def run(self) -> Supported:
        frontier = np.flatnonzero(self.eligible & ~self.needy)
        while len(frontier):
            self.released[frontier] = True
            frontier = self._supported_by(frontier)
        return Supported(self.released, self.may_open & self.asserted)

    def _supported_by(self, frontier: Ints) -> Ints:
        """The records that the newly released ones support, or by asserting a link let others support."""
        newly = self._newly_asserted(frontier[self.is_document[frontier]])
        rows = np.concatenate((self.gives.of(frontier), self.supports_of.of(newly)))
        links = self.along[rows]
        holds = self.may_open[links] & self.asserted[links] & self.released[self.giver[rows]]
        takers = self.taker[rows[holds]]
        return np.unique(takers[self.eligible[takers] & ~self.released[takers]])

    def _newly_asserted(self, documents: Ints) -> Ints:
        links = self.links.source_link[self.asserts.of(documents)]
        newly = np.unique(links[~self.asserted[links]])
        self.asserted[newly] = True
        return newly


def _needs_support(kinds: Ints, policy: Policy) -> Bools:
    needy = [KIND_BITS[kind] for kind, needs in policy.needs_support.items() if needs]
    return np.isin(kinds, needy)


def supporting(linkage: Linkage, policy: Policy) -> tuple[Ints, Ints, Ints]:
    """For each held link of a supporting type: the end that gives support, the end that takes it, and the link."""
    links = linkage.links
    held = links.type[: links.held]
    ahead = np.flatnonzero(np.isin(held, _types(policy, Way.FORWARD)))
    back = np.flatnonzero(np.isin(held, _types(policy, Way.BACKWARD)))
    giver = np.concatenate((links.head[ahead], links.tail[back]))
    taker = np.concatenate((links.tail[ahead], links.head[back]))
    return giver, taker, np.concatenate((ahead, back))


def _types(policy: Policy, way: Way) -> list[int]:
    return [link_type.number for link_type in policy.links.values() if link_type.supports is way]
