"""R3: how categories pass along links: the least fixpoint, over arrays, all categories at once.

Each node has a word with a bit for each category, each way along a link a word of the bits that it lets pass. Only what
has changed is passed on, so cycles, diamonds, self-loops and any depth end with the same answer (Knaster-Tarski), and
no order of evaluation can be seen. Where much changes at once that is done in rounds over arrays (the semi-naive
evaluation of Bancilhon, 1986). A round costs some twenty calls however little it finds, so where little changes, as
along a chain of a million links, it is done node by node (the work list of Kildall, 1973).
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.adjacency import Adjacency
from graph.linkage import Ints, Links, Words
from graph.policy import Policy

FEW: Final = 64
"""Up to so many nodes or passages are cheaper one by one than in a round."""

HUB: Final = 1_024
"""A node with more passages than this is left to a round."""


@dataclass(frozen=True, slots=True)
class Passages:
    """What passes: from giver[i] to taker[i], the bits of word[i]. link[i] is the link that it passes along."""

    giver: Ints
    taker: Ints
    word: Words
    link: Ints

    def without(self, stopped: Sequence[tuple[int, int]]) -> "Passages":
        """The same, but for categories (bits) that do not pass along some links: pairs of a link and its bits."""
        taken: dict[int, int] = {}
        for link, bits in stopped:
            taken[link] = taken.get(link, 0) | bits
        among = np.zeros(max([int(self.link.max(initial=-1)), *taken]) + 1, np.bool_)
        among[list(taken)] = True
        places = np.flatnonzero(among[self.link])
        word = self.word.copy()
        word[places] &= ~np.array([taken[link] for link in self.link[places].tolist()], np.uint64)
        return Passages(self.giver, self.taker, word, self.link)


def passages(links: Links, policy: Policy) -> Passages:
    """Both ways of every link that carry something. A type that is unknown or does not fit carries everything."""
    ahead, forward = _passing(links, policy, [link_type.forward for link_type in policy.links.values()])
    back, backward = _passing(links, policy, [link_type.backward for link_type in policy.links.values()])
    return Passages(
        giver=np.concatenate((links.head[ahead], links.tail[back])),
        taker=np.concatenate((links.tail[ahead], links.head[back])),
        word=np.concatenate((forward, backward)),
        link=np.concatenate((ahead, back)),
    )


def carried(own: Words, passages: Passages) -> Words:
    """The categories of every node, its own and those carried to it.

    >>> chain = Passages(np.array([0, 1]), np.array([1, 2]), np.array([3, 1], np.uint64), np.array([0, 1]))
    >>> carried(np.array([3, 0, 0], np.uint64), chain).tolist()
    [3, 3, 1]
    """
    words = own.copy()
    spread(words, passages, Adjacency.by(passages.giver, len(own)), np.flatnonzero(words))
    return words


def spread(words: Words, passages: Passages, outgoing: Adjacency, frontier: Ints) -> None:
    """Pass on what the nodes of the frontier have, and what comes of it, into `words`. outgoing: passages by giver."""
    while len(frontier):
        rows = outgoing.of(frontier)
        if max(len(rows), len(frontier)) > FEW:
            frontier = _round(words, passages, rows)
        else:
            frontier = _one_by_one(words, passages, outgoing, frontier)


def distinct(nodes: Ints, count: int) -> Ints:
    """Each of the nodes once, in order. count: how many nodes there are at all."""
    if len(nodes) < count // 512:
        nodes = np.sort(nodes)
        is_first = np.ones(len(nodes), np.bool_)
        np.not_equal(nodes[1:], nodes[:-1], out=is_first[1:])
        each: Ints = nodes[is_first]
        return each
    among = np.zeros(count, np.bool_)
    among[nodes] = True
    return np.flatnonzero(among)


def _round(words: Words, passages: Passages, rows: Ints) -> Ints:
    """What these passages let through, all at once; the nodes that it changed."""
    takers = passages.taker[rows]
    given = words[passages.giver[rows]] & passages.word[rows]
    new = np.flatnonzero(given & ~words[takers])
    takers = takers[new]
    np.bitwise_or.at(words, takers, given[new])
    return distinct(takers, len(words))


def _one_by_one(words: Words, passages: Passages, outgoing: Adjacency, frontier: Ints) -> Ints:
    """What passes from these nodes and onward, node by node, while it is little; the nodes that are left to do."""
    has, start, rows = words.data, outgoing.start.data, outgoing.rows.data
    taker, word = passages.taker.data, passages.word.data
    todo = deque(frontier.tolist())
    while todo and len(todo) <= FEW:
        node = todo.popleft()
        first, last = start[node], start[node + 1]
        if last - first > HUB:
            todo.append(node)
            break
        given = has[node]
        for row in rows[first:last]:
            end = taker[row]
            if new := given & word[row] & ~has[end]:
                has[end] |= new
                todo.append(end)
    return np.array(sorted(set(todo)), np.int64)


def marked(own: Words, links: Links, policy: Policy, cleared: Sequence[tuple[int, int]] = ()) -> Words:
    """R2: the words with what link types put on an end. cleared: pairs of a link and the bits that it does not give."""
    words = own.copy()
    taken = np.zeros(links.count, np.uint64)
    for link, bits in cleared:
        taken[link] |= np.uint64(bits)
    for link_type in policy.links.values():
        if link_type.marks is None:
            continue
        marking = np.flatnonzero(links.type == link_type.number)
        ends = links.head if link_type.marks == "from" else links.tail
        np.bitwise_or.at(words, ends[marking], np.uint64(link_type.own) & ~taken[marking])
    return words


def _passing(links: Links, policy: Policy, by_type: list[int]) -> tuple[Ints, Words]:
    """The links along which something passes one way, and the bits that do. by_type: those of each known type."""
    words = np.array([*by_type, policy.everything], np.uint64)
    passing = np.flatnonzero((words != 0)[links.type] | ~links.fits)
    return passing, np.where(links.fits[passing], words[links.type[passing]], np.uint64(policy.everything))
