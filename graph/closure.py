"""R3 and R4: what is carried without decisions, once for all agreements, and what those of one agreement take.

A decision only takes away. What it can take is what came from where it acts: that region alone is withdrawn and then
derived again, from what its neighbours still have and from what is its own (delete and rederive: Gupta, Mumick and
Subrahmanian, 1993). The result is the least fixpoint that carrying afresh would find.
"""

from dataclasses import dataclass

import numpy as np

from graph.adjacency import Adjacency
from graph.linkage import Words
from graph.propagate import Passages, spread


@dataclass(frozen=True, slots=True)
class Closure:
    """own, passages: what it was made of. outgoing: the passages by giver. words: the categories of every node."""

    own: Words
    passages: Passages
    outgoing: Adjacency
    words: Words

    @classmethod
    def of(cls, own: Words, passages: Passages) -> "Closure":
        """The closure of each node's own categories under the passages."""
        outgoing = Adjacency.by(passages.giver, len(own))
        words = own.copy()
        spread(words, passages, outgoing, np.flatnonzero(words))
        return cls(own, passages, outgoing, words)

    def without(self, own: Words, passages: Passages) -> Words:
        """The categories of every node where the nodes' own are these and these bits pass: no more than its own do.

        >>> chain = Passages(np.array([0, 1]), np.array([1, 2]), np.array([3, 3], np.uint64), np.array([0, 1]))
        >>> closure = Closure.of(np.array([3, 0, 0], np.uint64), chain)
        >>> closure.without(closure.own, chain.without([(1, 2)])).tolist()
        [3, 3, 1]
        """
        doubtful = self._doubtful(own, passages)
        region = np.flatnonzero(doubtful)
        words = self.words & ~doubtful
        words[region] |= own[region]
        into = np.flatnonzero(doubtful[passages.taker])
        np.bitwise_or.at(words, passages.taker[into], words[passages.giver[into]] & passages.word[into])
        spread(words, passages, self.outgoing, region)
        return words

    def _doubtful(self, own: Words, passages: Passages) -> Words:
        """By node, the bits that came, or may have come, from where something is taken away."""
        doubtful = self.own & ~own
        stopped = np.flatnonzero(self.passages.word != passages.word)
        bits = self.passages.word[stopped] & ~passages.word[stopped]
        given = self.words[passages.giver[stopped]] & bits
        np.bitwise_or.at(doubtful, passages.taker[stopped], given)
        spread(doubtful, self.passages, self.outgoing, np.flatnonzero(doubtful))
        return doubtful
