"""Which words of names may be meant by a word that a partner wrote: those that one or two slips away from it make.

A slip is a letter too much, too few, another one, or two that changed places (Damerau, "A technique for computer
detection and correction of spelling errors", 1964; with each place changed once). rapidfuzz counts them.
"""

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_MOST: Final = 50
_LONGEST: Final = 40


def meant(word: str, names: Sequence[str]) -> list[str]:
    """The words of names that may be meant, nearest first, then by code point; none is the word itself.

    >>> meant("smtih", ["jones", "smith", "smyth"])
    ['smith']
    """
    slips = slips_forgiven(word)
    if not slips:
        return []
    near = extract(word, names, scorer=OSA.distance, score_cutoff=slips, limit=None)
    found = sorted((distance, name) for name, distance, _ in near if distance)
    return [name for _, name in found[:_MOST]]


def slips_forgiven(word: str) -> int:
    """None in short words and in what is no word of letters; one from 4 letters on, two from 8 on."""
    if not word.isalpha() or len(word) > _LONGEST:
        return 0
    return min(len(word) // 4, 2)
