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
    number = "" if record.number == WITHHELD else record.number
    text = record.narrative if isinstance(record, ReleasedDocument) else record.synopsis
    return Searched("", number, _joined([record.title]), _joined([text]))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: runs of letters and digits, without case and accents.

    >>> words_of("José O'Neill, NY03-0001")
    ['jose', 'o', 'neill', 'ny03', '0001']
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in apart if not unicodedata.combining(letter)))


def _joined(texts: Iterable[str | None]) -> str:
    return "\n".join(text.replace(WITHHELD, "\n") for text in texts if text)
