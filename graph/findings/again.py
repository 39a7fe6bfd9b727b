"""In which records something else may be found than before: those that a change could reach, by what findings use.

A finding uses what its record says, for what the record, those that it names and those that assert its values are
withheld, who has which number, which names are withheld, and the odd links that lead from it. All else stays as found.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Final

import numpy as np

from graph.findings.around import Around
from graph.linkage import Linkage
from graph.model import EntryId

Ids = set[EntryId]

_NO_NODE: Final = -1


def changed_standing(before: Around, now: Around) -> Ids:
    """The ids that are withheld for something else than before, or that have come or gone, records or not."""
    old, new = before.linkage.nodes.ids, now.linkage.node_of
    if _numbered_alike(before, now):
        pairs = zip(before.views, now.views, strict=True)
        other = reduce(or_, (then != view[: len(old)] for then, view in pairs))
        return {*now.linkage.nodes.ids[len(old) :], *(old[node] for node in np.flatnonzero(other).tolist())}
    changed = {id for id in new if id not in before.linkage.node_of}
    for node, id in enumerate(old):
        there = new.get(id, _NO_NODE)
        if there == _NO_NODE or before.standing(node) != now.standing(there):
            changed.add(id)
    return changed


def changed_numbers(before: Around, now: Around) -> Ids:
    """The records that have a number which somebody else had before, or has now."""
    if _numbered_alike(before, now):
        numbers = before.numbers.keys() | now.numbers.keys()
        pairs = ((before.numbers.get(number, ()), now.numbers.get(number, ())) for number in numbers)
        nodes = {node for old, new in pairs if old != new for node in (*old, *new)}
        return {now.linkage.nodes.ids[node] for node in nodes}
    had, have = _holders(before), _holders(now)
    differing = {number for number in had.keys() | have.keys() if had.get(number) != have.get(number)}
    return set().union(
        *(had.get(number, frozenset()) | have.get(number, frozenset()) for number in differing)
    )


def changed_links(before: Around, now: Around) -> Ids:
    """The records that other odd links are told of than before."""
    old, new = _odd(before), _odd(now)
    return {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}


def _numbered_alike(before: Around, now: Around) -> bool:
    """Whether every node that there was has the same place now: then it is told for all of them at once."""
    ids = before.linkage.nodes.ids
    return now.linkage.nodes.ids[: len(ids)] == ids


def _holders(around: Around) -> dict[str, frozenset[EntryId]]:
    ids = around.linkage.nodes.ids
    return {number: frozenset(ids[node] for node in nodes) for number, nodes in around.numbers.items()}


def _odd(around: Around) -> dict[EntryId, list[object]]:
    """By record: each odd link that is told of it, with all that is told."""
    linkage, told = around.linkage, dict[EntryId, list[object]]()
    for node, cited in around.links.cited.items():
        ends = {linkage.nodes.ids[end]: bits for end, bits in cited.items()}
        told.setdefault(linkage.nodes.ids[node], []).append(ends)
    for links in (around.links.dangling, around.links.unknown):
        for node, odd in links.items():
            told.setdefault(linkage.nodes.ids[node], []).append(frozenset(_said(linkage, odd)))
    return told


def _said(linkage: Linkage, links: Iterable[int]) -> Iterable[tuple[object, ...]]:
    ids, unknown = linkage.nodes.ids, linkage.links.unknown_types
    for link in links:
        head, tail = int(linkage.links.head[link]), int(linkage.links.tail[link])
        yield linkage.links.ids[link], unknown.get(link), ids[head], ids[tail]
