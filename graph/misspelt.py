"""Which words of names may be meant by a word that a partner wrote: those that one or two slips away from it make.

A slip is a letter too much, too few, another one, or two that changed places (Damerau, "A technique for computer
detection and correction of spelling errors", 1964; with each place changed once). rapidfuzz counts them, between words
of which length and letters do not tell already that there are more: that is looked at for all words at once, so that
nobody waits for a search among the names of a million subjects.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_MOST: Final = 50
_LONGEST: Final = 40
_MOST_SLIPS: Final = 2
_AT_ONCE: Final = 10_000


class NameWords:
    """The words of names, made ready for that.

    >>> NameWords(["jones", "smith", "smyth"]).meant("smtih")
    ['smith']
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if len(word) <= _LONGEST + _MOST_SLIPS]
        self._lengths, self._letters = _measured(self._words)

    def meant(self, word: str) -> list[str]:
        """The words that may be meant, nearest first, then by code point; none is the word itself."""
        slips = slips_forgiven(word)
        if not slips:
            return []
        near = extract(word, self._near(word, slips), scorer=OSA.distance, score_cutoff=slips, limit=None)
        found = sorted((distance, name) for name, distance, _ in near if distance)
        return [name for _, name in found[:_MOST]]

    def _near(self, word: str, slips: int) -> list[str]:
        """Words that may be so near: a slip changes the length by one, and of the letters one for another."""
        lengths, letters = _measured([word])
        as_long = np.abs(self._lengths - lengths[0]) <= slips
        alike = np.bitwise_count(self._letters ^ letters[0]) <= 2 * slips
        return [self._words[place] for place in np.flatnonzero(as_long & alike).tolist()]


def slips_forgiven(word: str) -> int:
    """None in short words and in what is no word of letters; one from 4 letters on, two from 8 on."""
    if not word.isalpha() or len(word) > _LONGEST:
        return 0
    return min(len(word) // 4, _MOST_SLIPS)


def _measured(words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """How long each word is, and which letters it has: a bit for each, shared by some letters of other scripts."""
    lengths, letters = np.zeros(len(words), np.int64), np.zeros(len(words), np.uint64)
    for start in range(0, len(words), _AT_ONCE):
        some = np.array(words[start : start + _AT_ONCE])
        codes = some.view(np.uint32).reshape(len(some), -1)
        bits = np.where(codes > 0, np.uint64(1) << (codes & 63).astype(np.uint64), np.uint64(0))
        lengths[start : start + len(some)] = np.count_nonzero(codes, axis=1)
        letters[start : start + len(some)] = np.bitwise_or.reduce(bits, axis=1)
    return lengths, letters
