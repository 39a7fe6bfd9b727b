"""A table of TOML becomes a frozen struct, or a list of mistakes, each with the path to it.

Every mistake is found, not the first alone: an unknown key is one, a missing key, and each value of a wrong type.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)

_UNREADABLE = object()


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
        mistakes.append(f"{path}{place.rstrip('`')}: {sentence[:1].lower()}{sentence[1:]}")
        return _UNREADABLE


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
