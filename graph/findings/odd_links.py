"""The links that a finding is about, by the record that it is of; found in arrays, for most links are in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.linkage import NEVER_LOADED, UNKNOWN_TYPE, Ints, Linkage
from graph.policy import LinkType, Policy


@dataclass(frozen=True, slots=True)
class OddLinks:
    """By node. dangling: links whose other end was never loaded. unknown: links of no known type that lead from it.

    cited: what it cites, each with the categories (bits) by codes that are carried from there.
    """

    dangling: Mapping[int, Sequence[int]]
    unknown: Mapping[int, Sequence[int]]
    cited: Mapping[int, Mapping[int, int]]

    @classmethod
    def of(cls, linkage: Linkage, policy: Policy, cleared: Mapping[int, int]) -> "OddLinks":
        """Those of a linkage. cleared: by link, the categories (bits) that somebody has let pass no more."""
        links = linkage.links
        held = slice(0, links.held)
        loaded = linkage.nodes.kind != NEVER_LOADED
        head, tail = links.head[held], links.tail[held]
        leads, led = loaded[head] & ~loaded[tail], loaded[tail] & ~loaded[head]
        untyped = links.type[held] == UNKNOWN_TYPE
        return cls(
            dangling=_by(np.where(leads, head, tail), np.flatnonzero(leads | led)),
            unknown=_by(np.where(loaded[head], head, tail), np.flatnonzero(untyped)),
            cited=_cited(linkage, policy, cleared),
        )


def _by(nodes: Ints, links: Ints) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = {}
    for link in links.tolist():
        grouped.setdefault(int(nodes[link]), []).append(link)
    return grouped


def _cited(linkage: Linkage, policy: Policy, cleared: Mapping[int, int]) -> dict[int, dict[int, int]]:
    links = linkage.links
    coded = np.bitwise_or.reduce(np.array([*policy.codes.values(), 0], np.uint64))
    carried = [type.backward if _cites(type, policy) else 0 for type in policy.links.values()]
    bits = np.array([*carried, 0], np.uint64)[links.type] & linkage.nodes.own[links.tail] & coded
    cited: dict[int, dict[int, int]] = {}
    for link in np.flatnonzero((bits != 0) & (links.head != links.tail)).tolist():
        head, tail = int(links.head[link]), int(links.tail[link])
        of_head = cited.setdefault(head, {})
        of_head[tail] = of_head.get(tail, 0) | (int(bits[link]) & ~cleared.get(link, 0))
    return cited


def _cites(type: LinkType, policy: Policy) -> bool:
    """It carries from what it points to, and not the other way; or a number in a text stands for it."""
    return type == policy.implied or (type.backward != 0 and type.forward == 0)
