"""R10: numbers in text. How text is folded, where a number is found in it, what is masked, what a text cites.

Nothing here knows who may see what: the numbers to show, and the numbers held, are given.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

import regex

MASK = "[number withheld]"


# --- folding: character by character, each folded character knowing where it came from ---


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in `text` that it came from."""
    folded = [(new, index) for index, old in enumerate(text) for new in fold_character(old)]
    return "".join(new for new, _ in folded), [index for _, index in folded]


def fold(text: str) -> str:
    """The folded text alone."""
    return fold_with_origins(text)[0]


def fold_character(old: str) -> str:
    """R10: NFKC, upper case, decimal digits are ASCII, every dash is `-`, format characters vanish."""
    return "".join(fold_once(new) for new in unicodedata.normalize("NFKC", old).upper())


def fold_once(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf" or char == "\u034f" or "\ufe00" <= char <= "\ufe0f":
        return ""
    if category == "Pd" or char in "\u2043\u2212":
        return "-"
    return str(unicodedata.decimal(char)) if category == "Nd" else char


# --- patterns ---


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """POSIX: of several ways to match at a place, the longest."""
    return regex.compile(pattern, regex.POSIX)


def match_end(folded: str, at: int, patterns: Iterable[str]) -> int:
    """The end of the longest match of any pattern that begins at `at`; `at` itself where there is none."""
    matches = (compiled(pattern).match(folded, at) for pattern in patterns)
    return max((match.end() for match in matches if match), default=at)


def is_identifier(folded: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern matches it whole (R5)."""
    return folded != "" and any(compiled(pattern).fullmatch(folded) for pattern in patterns)


# --- tokens: numbers as they stand in text ---


def tokens(folded: str, patterns: Sequence[str]) -> Iterator[tuple[int, int]]:
    """R10: from the left, at the first place that matches, the longest match and what clings; then on."""
    at = 0
    while at < len(folded):
        end = match_end(folded, at, patterns)
        if end == at:
            at += 1
            continue
        while end < len(folded) and clings(folded, end):
            end += 1
        yield at, end
        at = end


def clings(folded: str, at: int) -> bool:
    """R10: letters, digits, `_`, and `-` before a digit."""
    if folded[at] == "-":
        return unicodedata.category(folded[at + 1 : at + 2] or " ").startswith("N")
    return folded[at] == "_" or is_letter_or_digit(folded[at])


def is_letter_or_digit(char: str) -> bool:
    """R10: categories L and N."""
    return unicodedata.category(char)[0] in "LN"


# --- what is done with them ---


def masked(text: str, shown: Collection[str], patterns: Sequence[str]) -> str:
    """The text with each token replaced, unless it is one of the (folded) numbers that are shown."""
    folded, origins = fold_with_origins(text)
    pieces, done = [], 0
    for start, end in tokens(folded, patterns):
        if folded[start:end] not in shown:
            pieces += [text[done : origins[start]], MASK]
            done = origins[end - 1] + 1
    return "".join([*pieces, text[done:]])


def cited(text: str, held: Mapping[str, set[str]], patterns: Sequence[str]) -> set[str]:
    """R10: the ids that a text cites. `held`: the ids that have each (folded) number."""
    folded = fold(text)
    found: set[str] = set()
    for start, end in tokens(folded, patterns):
        for place in range(start, end):
            if match_end(folded, place, patterns) > place:
                rest = folded[place:end]
                longest = max((number for number in held if rest.startswith(number)), key=len, default=None)
                found |= held[longest] if longest is not None else set()
    return found


def is_headless(number: str, released: Collection[str], patterns: Sequence[str]) -> bool:
    """R10: no head of it is a whole match and not the number of a released record (all folded)."""
    return all(head in released or not is_identifier(head, patterns) for head in heads(number))


def heads(number: str) -> list[str]:
    """What stands before a character that is no letter or digit."""
    return [number[:at] for at, char in enumerate(number) if not is_letter_or_digit(char)]
