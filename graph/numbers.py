"""R10: numbers of records as they stand in text: folding, tokens, masking, and what a number is cut from.

Pure functions over strings. Nothing here knows a record; what is shown is given as a set of folded numbers.
`regex` and not `re`: its POSIX mode finds the leftmost *longest* match that R10 asks for, whatever the pattern's
alternatives are, and it knows the Unicode categories L and N.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import chain

import regex

from graph.model import Token

WITHHELD = "[number withheld]"

# Possessive: what clings is never given back, so a word of many million letters keeps nothing in memory.
_CLING = regex.compile(r"(?:[\p{L}\p{N}_]++|-(?=\p{N}))*+")
_SEPARATOR = regex.compile(r"[^\p{L}\p{N}]")
_SHORT = 32
_MORE_DASHES = "\u2043\u2212"
_VARIATION = range(0xFE00, 0xFE10)


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    return "".join(map(_plain, unicodedata.normalize("NFKC", character).upper()))


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character == "\u034f" or ord(character) in _VARIATION:
        return ""
    if category == "Pd" or character in _MORE_DASHES:
        return "-"
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def fold(text: str) -> str:
    """The text as patterns see it.

    >>> fold("ny03\u20130001\u200b, \uff11"), fold("plain")
    ('NY03-0001, 1', 'PLAIN')
    """
    return text.upper() if text.isascii() else "".join(map(_fold_character, text))


def _origins(text: str) -> list[int]:
    """For each character of the folded text, the place in the text that it comes from."""
    return [place for place, character in enumerate(text) for _ in _fold_character(character)]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The identifier patterns of a policy, matched against folded text."""

    patterns: tuple[regex.Pattern[str], ...]

    def __hash__(self) -> int:
        """Quick, since it is asked for with each short text that is looked for; a process has one policy or two."""
        return len(self.patterns)

    @classmethod
    def read(cls, sources: Sequence[str], path: str, mistakes: list[str]) -> "Patterns":
        """The patterns; each that does not compile, or that matches nothing at all, is added to `mistakes`."""
        if not sources:
            mistakes.append(f"{path}: empty; every case and document would be withheld")
        compiled = [_compile(source, f"{path}[{place}]", mistakes) for place, source in enumerate(sources)]
        return cls(tuple(pattern for pattern in compiled if pattern is not None))

    def is_number(self, folded: str) -> bool:
        """Whether a pattern matches the whole of it."""
        return any(pattern.fullmatch(folded) for pattern in self.patterns)

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where the tokens of a folded text are: the leftmost longest match, with what clings to its end.

        Each pattern's next match is kept until the place has passed it, so that no text is searched twice.
        """
        ahead = {pattern: pattern.search(folded) for pattern in self.patterns}
        while matches := [match.span() for match in ahead.values() if match is not None]:
            start, end = min(matches, key=lambda span: (span[0], -span[1]))
            place = end
            if start < end and (cling := _CLING.match(folded, end)):
                place = cling.end()
                yield start, place
            # A pattern of look-arounds alone matches between two characters; step over it.
            place = max(place, start + 1)
            for pattern, match in ahead.items():
                if match is not None and match.start() < place:
                    ahead[pattern] = pattern.search(folded, place)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, each with the places in it at which a pattern matches.

        A token is kept whole, with its places, not as the rest from each place: one long word would take its
        square in memory.
        """
        if not text or (len(text) <= _SHORT and _has_none(self, text)):
            return []
        folded = fold(text)
        matches = self._matches(folded)
        first = next(matches, None)
        return [] if first is None else list(_tokens(folded, chain((first,), matches)))

    def _matches(self, folded: str) -> Iterator[tuple[int, int]]:
        """Every place at which a pattern matches and where its longest match from there ends, by place, longest first.

        All of a pattern's matches are found in one pass over the text, those within others too.
        """
        if len(self.patterns) == 1:
            return _all_matches(self.patterns[0], folded)
        return merge(*(_all_matches(pattern, folded) for pattern in self.patterns), key=_by_place)

    def mask(self, text: str, shown: Collection[str]) -> str:
        """The text with each token that is not shown replaced. shown: folded numbers.

        >>> patterns = Patterns.read(["[A-Z]{2}[0-9]{2}-[0-9]{4}"], "", [])
        >>> patterns.mask("See NY03\u20110001, ny03-0002a.", {"NY03-0001"})
        'See NY03\u20110001, [number withheld].'
        """
        if not text or (len(text) <= _SHORT and _has_none(self, text)):
            return text
        folded = fold(text)
        hidden = [span for span in self.spans(folded) if folded[span[0] : span[1]] not in shown]
        if not hidden:
            return text
        origins = range(len(text)) if text.isascii() else _origins(text)
        pieces, place = [], 0
        for start, end in hidden:
            pieces += [text[place : origins[start]], WITHHELD]
            place = origins[end - 1] + 1
        return "".join(pieces) + text[place:]

    def heads(self, folded: str) -> list[str]:
        """What a number is cut from: each head of it, before a character that is no letter or digit, that is a number.

        >>> Patterns.read(["[A-Z]{2}[0-9]{2}-[0-9]{4}(?:-[0-9]{3})?"], "", []).heads("NY99-0100-002")
        ['NY99-0100']
        """
        heads = (folded[: match.start()] for match in _SEPARATOR.finditer(folded))
        return [head for head in heads if self.is_number(head)]


def _all_matches(pattern: regex.Pattern[str], folded: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(folded, overlapped=True))


def _by_place(span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    return start, -end


def _tokens(folded: str, matches: Iterable[tuple[int, int]]) -> Iterator[Token]:
    """The tokens that begin with these matches: one begins where none goes on, and has the places of those in it.

    A pattern of look-arounds alone matches between two characters: a place in a token, and the beginning of none.
    """
    begin, after, places = 0, 0, list[int]()
    for start, end in matches:
        if start < after:
            if start - begin != places[-1]:
                places.append(start - begin)
        elif start < end:
            if places:
                yield Token(folded[begin:after], tuple(places))
            cling = _CLING.match(folded, end)
            begin, after, places = start, cling.end() if cling else end, [0]
    if places:
        yield Token(folded[begin:after], tuple(places))


@lru_cache(maxsize=65536)
def _has_none(patterns: Patterns, text: str) -> bool:
    """Whether no token stands in a text. Offices, days and states are few, and asked about for each record."""
    return next(patterns.spans(fold(text)), None) is None


def _compile(source: str, path: str, mistakes: list[str]) -> regex.Pattern[str] | None:
    try:
        pattern = regex.compile(source, regex.POSIX)
    except regex.error as error:
        mistakes.append(f"{path}: not a pattern: {error}")
        return None
    if pattern.fullmatch(""):
        mistakes.append(f"{path}: matches the empty text, so it would match everywhere")
        return None
    return pattern
