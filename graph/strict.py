"""A table of TOML becomes a frozen struct, or a list of mistakes, each with the path to it.

Every mistake is found, not the first alone: an unknown key is one, a missing key, and each value of a wrong type.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)


def read_table(shape: type[T], table: object, path: str, mistakes: list[str]) -> T | None:
    """The table as `shape`, or None after adding to `mistakes` (one sentence each, beginning with its path)."""
    if not isinstance(table, Mapping):
        mistakes.append(f"{path or 'the file'}: expected a table")
        return None
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
    return shape(**values) if len(mistakes) == before else None


def _convert(value: object, kind: Any, path: str, mistakes: list[str]) -> object:
    if kind is date and (isinstance(value, datetime) or not isinstance(value, date)):
        mistakes.append(f"{path}: expected a date like 2009-05-08, without quotes")
        return None
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        sentence, _, place = str(error).partition(" - at `$")
        mistakes.append(f"{path}{place.rstrip('`')}: {sentence[:1].lower()}{sentence[1:]}")
        return None


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
