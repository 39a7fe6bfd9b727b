"""Which one record all of a record's categories come from, where it is one alone (R3).

The sets of records that each category comes from would take the square of the holdings. So what is carried instead is
the number of each record and its complement, bit by bit, and union is "or". Two records differ in some bit: a word in
which a bit is both 0 and 1 has come from more than one, and any other is the number of its only source (a superimposed
code: Kautz and Singleton, "Nonrandom Binary Superimposed Codes", 1964). That is one more closure for each category,
along the links that carry it.
"""

from typing import Final

import numpy as np

from graph.linkage import Ints, Words
from graph.propagate import Passages, carried

NOBODY: Final = -1
MANY: Final = -2

_HALF: Final = np.uint64(32)
_ONES: Final = np.uint64((1 << 32) - 1)


def sole_sources(own: Words, categories: Words, passages: Passages) -> Ints:
    """By node: the only one whose own categories withhold it; MANY, or NOBODY where it has no category.

    own, categories: by node, before and after carrying.

    >>> chain = Passages(np.array([0, 1]), np.array([1, 2]), np.array([1, 1], np.uint64), np.array([0, 1]))
    >>> sole_sources(np.array([1, 0, 0], np.uint64), np.array([1, 1, 1], np.uint64), chain).tolist()
    [0, 0, 0]
    >>> sole_sources(np.array([1, 2, 0], np.uint64), np.array([1, 3, 1], np.uint64), chain).tolist()
    [0, -2, 0]
    """
    numbers = np.arange(len(own), dtype=np.uint64)
    codes = numbers | ((numbers ^ _ONES) << _HALF)
    words = np.zeros(len(own), np.uint64)
    for bit in bits_of(own):
        begins = np.where((own & bit) != 0, codes, np.uint64(0))
        words |= carried(begins, carrying(bit, passages, categories))
    is_one = ((words & _ONES) & (words >> _HALF)) == 0
    sources = np.where(is_one, (words & _ONES).astype(np.int64), MANY)
    return np.where(words == 0, NOBODY, sources)


def carrying(bit: np.uint64, passages: Passages, categories: Words) -> Passages:
    """The passages along which some node gives this category, open for any word."""
    passing = ((passages.word & bit) != 0) & ((categories[passages.giver] & bit) != 0)
    word = np.full(np.count_nonzero(passing), ~np.uint64(0))
    return Passages(passages.giver[passing], passages.taker[passing], word, passages.link[passing])


def bits_of(words: Words) -> list[np.uint64]:
    """Each bit that some word has, as a word."""
    every = int(np.bitwise_or.reduce(words, initial=np.uint64(0)))
    return [np.uint64(1 << place) for place in range(64) if every >> place & 1]
