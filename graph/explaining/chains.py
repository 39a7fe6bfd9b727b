"""Shortest chains of links to some nodes, from everything that leads to them: breadth first, one node after another.

Of several shortest chains it takes the first by the ids of records, then of links, in order from its beginning. It
does not recurse: a chain may be as long as the holdings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.adjacency import Adjacency
from graph.linkage import Bools, Ints, Linkage


@dataclass(frozen=True, slots=True)
class Ways:
    """Way i leads from the node giver[i] to taker[i] along link[i]. into: the ways by the node that they lead to."""

    giver: Ints
    taker: Ints
    link: Ints
    into: Adjacency

    @classmethod
    def along(cls, giver: Ints, taker: Ints, link: Ints, nodes: int) -> "Ways":
        """The ways between so many nodes."""
        return cls(giver, taker, link, Adjacency.by(taker, nodes))

    def to(self, node: int) -> Ints:
        """The ways that lead to a node."""
        first, last = self.into.start[node], self.into.start[node + 1]
        ways: Ints = self.into.rows[first:last]
        return ways


@dataclass(frozen=True, slots=True)
class Reached:
    """What leads to the ends. length: by node, links to go. onward: by node, the way to take; ends have none."""

    ways: Ways
    length: dict[int, int]
    onward: dict[int, int]

    def chain(self, node: int) -> Iterator[int]:
        """The ways from a node to its end, in order."""
        while (way := self.onward.get(node)) is not None:
            yield way
            node = int(self.ways.taker[way])

    def end(self, node: int) -> int:
        """The end that the node's chain leads to."""
        for way in self.chain(node):
            node = int(self.ways.taker[way])
        return node


def leading_to(
    ends: Iterable[int], ways: Ways, usable: Bools, linkage: Linkage, through: Bools | None = None
) -> Reached:
    """Everything from which usable ways lead to one of the ends. through: nodes that a chain may pass; None: any."""
    length = dict.fromkeys(ends, 0)
    onward: dict[int, int] = {}
    frontier = list(length)
    while frontier:
        found = _nearest(frontier, length, ways, usable, linkage)
        onward |= found
        length |= {node: length[int(ways.taker[way])] + 1 for node, way in found.items()}
        frontier = [node for node in found if through is None or through[node]]
    return Reached(ways, length, onward)


def _nearest(
    frontier: Sequence[int], known: dict[int, int], ways: Ways, usable: Bools, linkage: Linkage
) -> dict[int, int]:
    """The nodes one link further out, each with its first way by the taker's id, then the link's."""
    ids, link_ids = linkage.nodes.ids, linkage.links.ids
    found: dict[int, tuple[str, str, int]] = {}
    for taker in frontier:
        leading = ways.to(taker)
        leading = leading[usable[leading]]
        rows = zip(leading.tolist(), ways.giver[leading].tolist(), ways.link[leading].tolist(), strict=True)
        for way, giver, link in rows:
            first = (ids[taker], link_ids[link], way)
            if giver not in known and (giver not in found or first < found[giver]):
                found[giver] = first
    return {giver: way for giver, (_, _, way) in found.items()}
