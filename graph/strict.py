"""A table of TOML becomes a frozen struct, or a list of mistakes, each with the path to it.

Every mistake is found, not the first alone: an unknown key is one, a missing key, and each value of a wrong type.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

import msgspec
import msgspec.inspect

T = TypeVar("T", bound=msgspec.Struct)

_UNREADABLE = object()

_WORDS: Final = {
    "str": "a text",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "array": "a list",
    "object": "a table",
    "date": "a date",
}


def read_table(
    shape: type[T], table: object, path: str, mistakes: list[str], stand_in: T | None = None
) -> T | None:
    """The table as `shape`; adds to `mistakes` (one sentence each, beginning with its path).

    Where there are some, the stand-in gives the values that cannot be read, so that what lies deeper can be checked
    too; without one the answer is None.
    """
    if not isinstance(table, Mapping):
        mistakes.append(f"{path or 'the file'}: expected a table")
        return stand_in
    known = {field.encode_name: field for field in msgspec.structs.fields(shape)}
    before = len(mistakes)
    mistakes += [
        f"{_join(path, key)}: unknown key; known are {', '.join(known)}" for key in table if key not in known
    ]
    values: dict[str, Any] = {}
    for key, field in known.items():
        if key in table:
            values[field.name] = _convert(table[key], field.type, _join(path, key), mistakes)
        elif field.required:
            mistakes.append(f"{_join(path, key)}: missing")
    if len(mistakes) == before:
        return shape(**values)
    readable = {name: value for name, value in values.items() if value is not _UNREADABLE}
    return None if stand_in is None else msgspec.structs.replace(stand_in, **readable)


def _convert(value: object, kind: Any, path: str, mistakes: list[str]) -> object:
    if kind is date and (isinstance(value, datetime) or not isinstance(value, date)):
        mistakes.append(f"{path}: expected a date like 2009-05-08, without quotes")
        return _UNREADABLE
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        sentence, _, place = str(error).partition(" - at `$")
        mistakes.append(f"{path}{place.rstrip('`')}: {_in_words(sentence, kind)}")
        return _UNREADABLE


def _in_words(sentence: str, kind: Any) -> str:
    """What msgspec says of a value, for whoever wrote it.

    >>> _in_words("Expected `bool`, got `str`", bool), _in_words("Expected `array | null`, got `int`", list)
    ('expected true or false, got a text', 'expected a list, got a whole number')
    >>> from typing import Literal
    >>> _in_words("Invalid enum value 'up'", list[Literal["forward", "backward"]])
    "'up' is none of backward, forward"
    """
    unknown = sentence.removeprefix("Invalid enum value ")
    if unknown != sentence:
        return f"{unknown} is none of {', '.join(_vocabulary(msgspec.inspect.type_info(kind)))}"
    told = re.sub("`([^`]*)`", lambda found: _kinds_in_words(found[1]), sentence)
    return f"{told[:1].lower()}{told[1:]}"


def _kinds_in_words(kinds: str) -> str:
    return " or ".join(_WORDS.get(kind, kind) for kind in kinds.split(" | ") if kind != "null")


def _vocabulary(kind: msgspec.inspect.Type) -> Iterator[str]:
    """The words that a value may be, or the values in it."""
    if isinstance(kind, msgspec.inspect.LiteralType):
        yield from map(str, kind.values)
    inner = (getattr(kind, name, None) for name in ("item_type", "value_type"))
    for each in (*inner, *getattr(kind, "types", ())):
        if isinstance(each, msgspec.inspect.Type):
            yield from _vocabulary(each)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
