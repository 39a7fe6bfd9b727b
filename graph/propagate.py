"""R3: how categories pass along links: the least fixpoint, over arrays, all categories at once.

Each node has a word with a bit for each category, each way along a link a word of the bits that it lets pass. A round
passes on only what the round before changed, so cycles, diamonds, self-loops and any depth end with the same answer
(Knaster-Tarski; the rounds are the semi-naive evaluation of Bancilhon, 1986). No order of evaluation can be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.adjacency import Adjacency
from graph.linkage import UNKNOWN_TYPE, Ints, Links, Words
from graph.policy import Policy


@dataclass(frozen=True, slots=True)
class Passages:
    """What passes: from giver[i] to taker[i], the bits of word[i]. link[i] is the link that it passes along."""

    giver: Ints
    taker: Ints
    word: Words
    link: Ints

    def without(self, stopped: Sequence[tuple[int, int]]) -> "Passages":
        """The same, but for categories (bits) that do not pass along some links: pairs of a link and its bits."""
        word = self.word.copy()
        for link, bits in stopped:
            word[self.link == link] &= ~np.uint64(bits)
        return Passages(self.giver, self.taker, word, self.link)


def passages(links: Links, policy: Policy) -> Passages:
    """Both ways of every link that carry something. A type that is unknown or does not fit carries everything."""
    astray = (links.type == UNKNOWN_TYPE) | ~links.fits
    forward = np.where(astray, np.uint64(policy.everything), _by_type(policy, "forward")[links.type])
    backward = np.where(astray, np.uint64(policy.everything), _by_type(policy, "backward")[links.type])
    ahead, back = np.flatnonzero(forward), np.flatnonzero(backward)
    return Passages(
        giver=np.concatenate((links.head[ahead], links.tail[back])),
        taker=np.concatenate((links.tail[ahead], links.head[back])),
        word=np.concatenate((forward[ahead], backward[back])),
        link=np.concatenate((ahead, back)),
    )


def carried(own: Words, passages: Passages) -> Words:
    """The categories of every node, its own and those carried to it.

    >>> chain = Passages(np.array([0, 1]), np.array([1, 2]), np.array([3, 1], np.uint64), np.array([0, 1]))
    >>> carried(np.array([3, 0, 0], np.uint64), chain).tolist()
    [3, 3, 1]
    """
    words = own.copy()
    outgoing = Adjacency.by(passages.giver, len(own))
    frontier = np.flatnonzero(words)
    while len(frontier):
        rows = outgoing.of(frontier)
        takers = passages.taker[rows]
        before = words[takers]
        np.bitwise_or.at(words, takers, words[passages.giver[rows]] & passages.word[rows])
        frontier = np.unique(takers[words[takers] != before])
    return words


def marked(own: Words, links: Links, policy: Policy, cleared: Sequence[tuple[int, int]] = ()) -> Words:
    """R2: the words with what link types put on an end. cleared: pairs of a link and the bits that it does not give."""
    words = own.copy()
    for link_type in policy.links.values():
        if link_type.marks is None:
            continue
        marking = np.flatnonzero(links.type == link_type.number)
        given = np.full(links.count, link_type.own, np.uint64)
        for link, bits in cleared:
            given[link] &= ~np.uint64(bits)
        ends = links.head if link_type.marks == "from" else links.tail
        np.bitwise_or.at(words, ends[marking], given[marking])
    return words


def _by_type(policy: Policy, way: str) -> Words:
    """A word for each type, and a last one for the unknown type, which is number -1."""
    return np.array([*(getattr(link_type, way) for link_type in policy.links.values()), 0], np.uint64)
