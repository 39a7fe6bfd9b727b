"""By which words a record is found: names, numbers, title and text, as they are shown under this agreement.

What is omitted or withheld is not here. A masked number is no word: neither the mask nor what it stands for finds
anything (R10).
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from graph.numbers import WITHHELD
from graph.release import ReleasedDocument, ReleasedRecord, ReleasedSubject

NAMING: Final = frozenset(("name", "alias"))
"""The properties that are names. All others (identifiers, numbers, addresses) are found as they are written."""


_WORD: Final = re.compile(r"[^\W_]+")


class Searched(NamedTuple):
    """The texts of a record in which words are looked for."""

    names: str
    numbers: str
    title: str
    text: str


def searched(record: ReleasedRecord) -> Searched:
    """What a record is found by."""
    if isinstance(record, ReleasedSubject):
        names = (value.value for value in record.properties if value.name in NAMING)
        others = (value.value for value in record.properties if value.name not in NAMING)
        return Searched(_joined(names), _joined(others), "", "")
    text = record.narrative if isinstance(record, ReleasedDocument) else record.synopsis
    return Searched("", _joined([record.number]), _joined([record.title]), _joined([text]))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: runs of letters and digits, without case and accents.

    >>> words_of("José O'Neill, NY03-0001"), words_of("Straße \u210b\uff11")
    (['jose', 'o', 'neill', 'ny03', '0001'], ['strasse', 'h1'])
    """
    apart = text.casefold()
    if not text.isascii():  # caseless as Unicode 3.13 has it: what is taken apart may have a case again
        apart = _apart(_apart(text).casefold())
    return _WORD.findall("".join(letter for letter in apart if not unicodedata.combining(letter)))


def _apart(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def _joined(texts: Iterable[str | None]) -> str:
    """As it is put into an index, whose own folding has no case or accent but those of simple letters."""
    joined = "\n".join(text.replace(WITHHELD, "\n") for text in texts if text)
    return joined if joined.isascii() else " ".join(words_of(joined))
