"""The held links of each record of a survey, and how many there are of each type, direction and kind.

Implied citations are no held links and not among them. A self-loop is one link, which leads out. Links are in the order
of their types, then of the records at the other end, then of their own ids.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.adjacency import Adjacency
from graph.decisions import type_name
from graph.linkage import KIND_BITS, Linkage
from graph.model import EntryId, Kind
from graph.policy import Policy

_KINDS: Final = {bit: kind for kind, bit in KIND_BITS.items()}


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """A link as seen from one of its ends. kind: of the other end; None where it was never loaded."""

    type: str
    other: EntryId
    link: EntryId
    is_out: bool
    kind: Kind | None


Count = tuple[str, bool, Kind | None]
"""A type, whether the link leads out, and the kind of the other end."""


class Neighbours:
    """Those of one linkage."""

    def __init__(self, linkage: Linkage, policy: Policy) -> None:
        self._linkage = linkage
        self._policy = policy
        links, nodes = linkage.links, len(linkage.nodes.kind)
        self._out = Adjacency.by(links.head[: links.held], nodes)
        self._in = Adjacency.by(links.tail[: links.held], nodes)

    def of(self, id: EntryId) -> list[Tie]:
        """The links of a record, in order."""
        node = self._linkage.node_of.get(id)
        return (
            [] if node is None else sorted(self._ties(node), key=lambda tie: (tie.type, tie.other, tie.link))
        )

    def counts(self, id: EntryId) -> Counter[Count]:
        """How many links a record has of each type, direction and kind of the other end."""
        node = self._linkage.node_of.get(id)
        return (
            Counter()
            if node is None
            else Counter((tie.type, tie.is_out, tie.kind) for tie in self._ties(node))
        )

    def others(self, id: EntryId) -> list[tuple[EntryId, EntryId]]:
        """The record at the other end of each link, with that link."""
        node = self._linkage.node_of.get(id)
        return [] if node is None else [(tie.other, tie.link) for tie in self._ties(node)]

    def among(self, ids: Iterable[EntryId]) -> list[EntryId]:
        """The links that lead from one of these records to one of them, by their ids."""
        known = (self._linkage.node_of.get(id) for id in ids)
        nodes = np.array(sorted({node for node in known if node is not None}), dtype=np.int64)
        links = self._out.of(nodes)
        both = links[np.isin(self._linkage.links.tail[links], nodes)]
        return sorted(self._linkage.links.ids[link] for link in both.tolist())

    def _ties(self, node: int) -> Iterator[Tie]:
        links, here = self._linkage.links, np.array([node])
        for link in self._out.of(here).tolist():
            yield self._tie(link, int(links.tail[link]), is_out=True)
        for link in self._in.of(here).tolist():
            if links.head[link] != node:
                yield self._tie(link, int(links.head[link]), is_out=False)

    def _tie(self, link: int, other: int, *, is_out: bool) -> Tie:
        nodes = self._linkage.nodes
        return Tie(
            type=type_name(self._linkage.links, self._policy, link) or "",
            other=nodes.ids[other],
            link=self._linkage.links.ids[link],
            is_out=is_out,
            kind=_KINDS.get(int(nodes.kind[other])),
        )
