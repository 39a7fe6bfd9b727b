"""A linkage stated as arrays, for holdings that would be too many to write as lines: nothing withholds any of it.

Every record is in scope of the worked example's agreement `ndex`; every link is sound, fits, and names no source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from graph.linkage import KIND_BITS, Ints, Linkage, Links, Nodes
from graph.model import EntryId, Kind
from graph.policy import Policy
from tests.building import TODAY

Ties = Sequence[tuple[str, Ints, Ints]]
"""Links of one type each: from these nodes, to those."""


def plain_linkage(kinds: Sequence[Kind], ties: Ties, under: Policy) -> Linkage:
    """Records of these kinds, coded for release, and links between them."""
    heads = np.concatenate([head for _, head, _ in ties])
    types = [np.full(len(head), under.links[name].number) for name, head, _ in ties]
    count = len(heads)
    links = Links(
        ids=[EntryId(f"L-{link}") for link in range(count)],
        type=np.concatenate(types).astype(np.int64),
        head=heads,
        tail=np.concatenate([tail for _, _, tail in ties]),
        own=np.zeros(count, np.uint64),
        sound=np.ones(count, np.bool_),
        fits=np.ones(count, np.bool_),
        sourced=np.zeros(count, np.bool_),
        source_link=np.zeros(0, np.int64),
        source_node=np.zeros(0, np.int64),
        held=count,
        unknown_types={},
    )
    nodes = _nodes(kinds)
    node_of = {id: node for node, id in enumerate(nodes.ids)}
    return Linkage(nodes, links, node_of, {}, (), (), {})


def coded(linkage: Linkage, under: Policy, categories: Mapping[int, str]) -> Linkage:
    """The same, but for one more category of some records' own, by the record's number."""
    own = linkage.nodes.own.copy()
    for node, category in categories.items():
        own[node] |= np.uint64(under.bit(category))
    return replace(linkage, nodes=replace(linkage.nodes, own=own))


def sourced(linkage: Linkage, source_link: Ints, source_node: Ints) -> Linkage:
    """The same, but these links name these sources."""
    named = linkage.links.sourced.copy()
    named[source_link] = True
    links = replace(linkage.links, sourced=named, source_link=source_link, source_node=source_node)
    return replace(linkage, links=links)


def _nodes(kinds: Sequence[Kind]) -> Nodes:
    count = len(kinds)
    return Nodes(
        ids=[EntryId(f"R-{node}") for node in range(count)],
        kind=np.array([KIND_BITS[kind] for kind in kinds], np.int64),
        own=np.zeros(count, np.uint64),
        day=np.full(count, TODAY.toordinal() - 1),
        approved=np.ones(count, np.bool_),
        numbered=np.ones(count, np.bool_),
        office=np.zeros(count, np.int64),
        status=np.zeros(count, np.int64),
        program=np.zeros(count, np.int64),
        numbers={},
        given=np.zeros(count, np.bool_),
    )
