"""Phrases in text: some words in a row, whatever their letters' case, dashes, quotes and spaces, and whole words only.

Text is folded as for numbers (R10) and cut into words; what is no letter, digit, space, dash or quotation mark stands
for itself, so that `6(e)` is found and `6 E` is not. A phrase is found where all of it stands in that order. Each text
is read once, however many phrases there are. What a phrase means is not known here.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Generic, TypeVar

import regex

from graph.numbers import fold

T = TypeVar("T")

_WORD: Final = regex.compile(r"""[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\s\p{Pd}\p{Pi}\p{Pf}'"_]""")


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order.

    >>> words_of("Grand\\u2011jury, under 6(e)")
    ['GRAND', 'JURY', ',', 'UNDER', '6', '(', 'E', ')']
    """
    return _WORD.findall(fold(text))


class Phrases(Generic[T]):
    """Phrases, each with what it stands for; a phrase without a word is never found.

    >>> phrases = Phrases([("grand jury", 1), ("jury", 2)])
    >>> list(phrases.found(words_of("The GRAND  Jury met; jurymen did not")))
    [1, 2]
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._meant: dict[tuple[str, ...], list[T]] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, meant in phrases:
            if words := tuple(words_of(phrase)):
                self._meant.setdefault(words, []).append(meant)
                lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {first: sorted(some) for first, some in lengths.items()}

    def beginnings_of_others(self, other: "Phrases[T]") -> set[str]:
        """The first words of the phrases that do not stand for the same in both.

        >>> sorted(Phrases([("a b", 1), ("c", 2)]).beginnings_of_others(Phrases([("a b", 3), ("c", 2), ("d e", 4)])))
        ['A', 'D']
        """
        every = self._meant.keys() | other._meant.keys()
        return {words[0] for words in every if self._meant.get(words) != other._meant.get(words)}

    def found(self, words: Sequence[str]) -> Iterator[T]:
        """What is meant at each place of a text's words, in order; the shorter first."""
        for place, first in enumerate(words):
            for length in self._lengths.get(first, ()):
                yield from self._meant.get(tuple(words[place : place + length]), ())
