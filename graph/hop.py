"""One hop in a part of the holdings: what its records have, what passes to their neighbours, and what they support.

Which way a link carries and supports is its type's to say (R3, R7). No decision is taken into account, and nothing is
judged: what is told here may come to a record, and need not.
"""

import numpy as np

from graph.excerpt import Ids
from graph.linkage import Linkage, Words
from graph.model import EntryId
from graph.policy import Policy
from graph.propagate import marked, passages
from graph.support import supporting

Bits = dict[EntryId, int]
"""Categories by record, as bits."""


def owned(linkage: Linkage, policy: Policy) -> Bits:
    """Each node's own categories, with what links mark it with; no decision is taken into account."""
    words = marked(linkage.nodes.own, linkage.links, policy)
    return dict(zip(linkage.nodes.ids, words.tolist(), strict=True))


def passing(linkage: Linkage, policy: Policy) -> dict[tuple[EntryId, EntryId, EntryId], int]:
    """What passes, by link, giver and taker; no decision is taken into account."""
    ids, links = linkage.nodes.ids, linkage.links.ids
    ways = passages(linkage.links, policy)
    columns = (ways.link.tolist(), ways.giver.tolist(), ways.taker.tolist(), ways.word.tolist())
    word_of: dict[tuple[EntryId, EntryId, EntryId], int] = {}
    for link, giver, taker, word in zip(*columns, strict=True):
        way = (links[link], ids[giver], ids[taker])
        word_of[way] = word_of.get(way, 0) | word
    return word_of


def passed(linkage: Linkage, policy: Policy, frontier: Bits) -> Bits:
    """What comes from the frontier to each of its neighbours."""
    ways = passages(linkage.links, policy)
    words = _words(linkage, frontier)
    given = words[ways.giver] & ways.word
    reached = np.zeros(len(words), np.uint64)
    np.bitwise_or.at(reached, ways.taker, given)
    return {linkage.nodes.ids[node]: int(reached[node]) for node in np.flatnonzero(reached).tolist()}


def _words(linkage: Linkage, bits: Bits) -> Words:
    words = np.zeros(len(linkage.nodes.ids), np.uint64)
    for id, word in bits.items():
        if (node := linkage.node_of.get(id)) is not None:
            words[node] = word
    return words


def takers(linkage: Linkage, policy: Policy, frontier: Ids) -> Ids:
    """Those that the frontier may support, along links of supporting types and those that it asserts."""
    links, ids = linkage.links, linkage.nodes.ids
    giver, taker, along = supporting(linkage, policy)
    gives = np.array([id in frontier for id in ids], np.bool_)
    asserted = np.zeros(links.count, np.bool_)
    asserted[links.source_link[gives[links.source_node]]] = True
    return {ids[node] for node in taker[gives[giver] | asserted[along]].tolist()}
