"""A change that an officer would try: other codes for a record or a link, its deletion, or a whole line instead."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import orjson

from graph.erasure import erased
from graph.model import RECORD_KINDS, Entry, EntryId, Kind
from graph.numbers import Patterns
from graph.reading import line_of


@dataclass(frozen=True, slots=True)
class Supposition:
    """about: the id; None where a line is given that says it. codes: None leaves them as they are."""

    about: EntryId | None = None
    codes: tuple[str, ...] | None = None
    delete: bool = False
    line: str | None = None


def changed(entry: Entry, suppositions: list[Supposition], patterns: Patterns) -> Entry:
    """The entry as it would be, one change after the other. What is deleted keeps its codes (R11)."""
    for one in suppositions:
        if one.codes is not None:
            line = {**line_of(entry), "access_codes": list(one.codes)}
            entry = msgspec.structs.replace(entry, line=orjson.dumps(line))
        if one.delete:
            entry = erased(entry, patterns, entry.revised)
    return entry


def kinds_of_lines(suppositions: Iterable[Supposition]) -> dict[EntryId, Kind]:
    """The ids and kinds of the records that lines are given for. What is no such line is left to who loads it."""
    found: dict[EntryId, Kind] = {}
    for one in suppositions:
        try:
            line = orjson.loads(one.line or "")
        except orjson.JSONDecodeError:
            continue
        if (
            isinstance(line, dict)
            and isinstance(line.get("id"), str)
            and line.get("kind") in list(RECORD_KINDS)
        ):
            found[EntryId(line["id"])] = Kind(line["kind"])
    return found
