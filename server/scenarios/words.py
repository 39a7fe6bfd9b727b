"""The words of one line of the short notation: what is parted by blanks, but for JSON in a value, and comments.

It knows no record and no rule. A value is JSON where it begins with `"`, `[` or `{` or is `null`, `true` or `false`;
any other is the text as it stands, and nothing after the `=` leaves the field out.
"""

import json
from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

_JSON: Final = json.JSONDecoder()
_CONSTANTS: Final = {"null": None, "true": True, "false": False}


class Misstated(Exception):
    """A line that the notation does not know; says what is wrong with it."""


class LeftOut(Enum):
    """What stands for a field that the line is not to have."""

    LEFT_OUT = "left out"


LEFT_OUT: Final = LeftOut.LEFT_OUT


def words(line: str) -> list[str]:
    """The words of a line.

    >>> words('document D1 title="See it" .name=Roe@D1  # a comment')
    ['document', 'D1', 'title="See it"', '.name=Roe@D1']
    """
    return list(_words(line))


def _words(line: str) -> Iterator[str]:
    place = 0
    while place < len(line):
        if line[place] == "#":
            return
        start, place = place, _end(line, place)
        if start < place:
            yield line[start:place]
        place += 1


def _end(line: str, place: int) -> int:
    """Where the word that begins at a place ends; the place itself where there is a blank."""
    start = place
    while place < len(line) and not line[place].isspace():
        if line[place] in '"[{' and place > start and line[place - 1] in "=.":
            place = _json(line, place)[1]
        else:
            place += 1
    return place


def _json(text: str, place: int) -> tuple[Any, int]:
    try:
        return _JSON.raw_decode(text, place)
    except ValueError as error:
        raise Misstated(f"{text[place:]}: not JSON ({error})") from None


def value(text: str) -> Any:
    """What a value says.

    >>> value('"a b"'), value("2003-01"), value("null"), value('["X"]'), value("")
    ('a b', '2003-01', None, ['X'], <LeftOut.LEFT_OUT: 'left out'>)
    """
    if not text:
        return LEFT_OUT
    if text[0] not in '"[{':
        return _CONSTANTS.get(text, text)
    found, end = _json(text, 0)
    if end != len(text):
        raise Misstated(f"{text[end:]}: stands after the JSON of a value")
    return found


def assigned(word: str) -> tuple[str, Any]:
    """The key and the value of `key=value`."""
    key, sign, text = word.partition("=")
    if not key or not sign:
        raise Misstated(f"{word}: expected key=value")
    return key, value(text)


def stated_property(word: str) -> Any:
    """The property that `.name=value@D1,D2` or `.{JSON}` stands for.

    >>> stated_property(".name=Roe@D1,D2")
    {'name': 'name', 'value': 'Roe', 'sources': ['D1', 'D2']}
    """
    if word[1:2] == "{":
        return value(word[1:])
    name, sign, text = _name(word[1:])
    if not name or not sign:
        raise Misstated(f"{word}: expected .name=value, .name=value@SOURCE,SOURCE or .{{JSON}}")
    end = _json(text, 0)[1] if text[:1] == '"' else (text + "@").index("@")
    if end < len(text) and text[end] != "@":
        raise Misstated(f"{word}: only @SOURCE,SOURCE can follow the value")
    stated = value(text[:end])
    return {"name": name, "value": "" if stated is LEFT_OUT else stated, "sources": several(text[end + 1 :])}


def _name(text: str) -> tuple[str, str, str]:
    """A property's name, in quotes where it has blanks, the sign after it, and the rest."""
    if not text.startswith('"'):
        return text.partition("=")
    name, end = _json(text, 0)
    return str(name), "=" if text[end : end + 1] == "=" else "", text[end + 1 :]


def several(text: str) -> list[str]:
    """The ids of `D1,D2`.

    >>> several("D1,D2"), several("")
    (['D1', 'D2'], [])
    """
    return [id for id in text.split(",") if id]
