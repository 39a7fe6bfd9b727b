"""Whether a line can be stored, and whom it names if it cannot (DESIGN 3).

Only what cannot be stored is rejected. A missing or malformed code, date, type or approval is no fault here: the line
is loaded, and withheld by the rules.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
import orjson
import regex

from graph.model import IMPLIED, EntryId, Kind
from loaders.drawn import Drawn, Place, Rejected

DELETE: Final = "delete"
LONGEST_ID: Final = 2_000
"""In bytes of UTF-8: what every store can index."""
_SHORT: Final = LONGEST_ID // 4
"""In characters: what cannot be too long."""

_KINDS: Final = {kind.value: kind for kind in Kind}
_INSTANT: Final = regex.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))", regex.ASCII
)
_KEY: Final = re.compile(rb'"[ \t\r\n]*:')
"""Every key ends so; and some texts do, or begin so."""
_NESTED: Final = (dict, list)
_BETWEEN_PAIRS: Final = re.compile(r"[ \t\r\n,]*")
_BEFORE_VALUE: Final = re.compile(r"[ \t\r\n:]*")
_PAIR: Final = regex.compile(r'"(id|from|to|kind)"\s*+:\s*+("(?:[^"\\]|\\.)*+")')
_MOST_KEPT: Final = 64 * 1024


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line that can be stored. kind: None for a `delete`. revised: UTC, so that later text is a later instant."""

    place: Place
    text: bytes
    id: EntryId
    kind: Kind | None
    revised: str | None
    ends: tuple[EntryId, ...]


class _Unfit(Exception):
    """Why a line cannot be stored: a JSON path and a sentence."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(sentence)
        self.path = path
        self.sentence = sentence


def check(drawn: Drawn) -> Line | Rejected:
    """The line, or why it cannot be stored."""
    try:
        return _line(drawn, _object(drawn.text))
    except _Unfit as unfit:
        return salvage(drawn, unfit.path, unfit.sentence)


def salvage(drawn: Drawn, path: str, sentence: str) -> Rejected:
    """A rejection that names all that can be read of a line: what it names is withheld, so nothing readable is lost."""
    text = drawn.text.decode(errors="replace")
    pairs = list(_readable_pairs(text))
    if not _texts(pairs, "id"):
        pairs += _looking_like_pairs(text, 0)  # they may lie deeper
    ids = tuple(dict.fromkeys(_texts(pairs, "id")))
    kinds = [value for key, value in pairs if key == "kind"]
    may_be_link = not kinds or any(kind == Kind.LINK or kind not in (*_KINDS, DELETE) for kind in kinds)
    ends = [*_texts(pairs, "from"), *_texts(pairs, "to")] if may_be_link else []
    by = ids[0] if len(ids) == 1 else None
    return Rejected(drawn.place, path, sentence, drawn.text[:_MOST_KEPT], by, (*ids, *ends), ids)


def reject(line: Line, path: str, sentence: str) -> Rejected:
    """A rejection of a line that could be read but does not fit what is held."""
    return Rejected(
        line.place, path, sentence, line.text[:_MOST_KEPT], line.id, (line.id, *line.ends), (line.id,)
    )


def instant(text: object) -> str | None:
    """An RFC 3339 date-time with an offset as UTC text of one width, or None.

    >>> instant("2004-02-02T01:00:00.5+01:00"), instant("2004-02-02"), instant("2004-02-02T00:00:00")
    ('2004-02-02T00:00:00.500000000', None, None)
    """
    match = _INSTANT.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    day, minute, second, fraction, sign, hours, minutes = match.groups()
    try:
        # RFC 3339 allows a leap second; datetime does not know it.
        base = datetime.fromisoformat(f"{day}T{minute}:00").replace(tzinfo=UTC) + _leap(int(second))
        offset = timedelta(hours=_below(hours, 24), minutes=_below(minutes, 60))
        moved = base + offset if sign == "-" else base - offset
    except (ValueError, OverflowError):
        return None
    return f"{moved:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + f".{(fraction or '')[:9]:0<9}"


def _leap(second: int) -> timedelta:
    if second > 60:
        raise ValueError
    return timedelta(seconds=second)


def _below(text: str | None, limit: int) -> int:
    number = int(text or 0)
    if number >= limit:
        raise ValueError
    return number


def _object(text: bytes) -> Mapping[str, Any]:
    try:
        value = orjson.loads(text)
        if len(_KEY.findall(text)) != _keys((value,)):
            _strict.decode(text.decode())
    except orjson.JSONDecodeError as error:
        raise _Unfit("$", _not_json(text, error)) from None
    except RecursionError:
        raise _Unfit("$", "The line is nested too deeply.") from None
    if not isinstance(value, dict):
        raise _Unfit("$", "The line is no JSON object; write one object a line.")
    return value


def _not_json(text: bytes, error: json.JSONDecodeError) -> str:
    try:
        text.decode()
    except UnicodeDecodeError as wrong:
        return f"The line is not UTF-8 (byte {wrong.start + 1}); save the file as UTF-8."
    return f"The line is not JSON: {error.msg} at character {error.pos + 1}."


def _keys(values: Iterable[object]) -> int:
    """How many keys the objects have that are among these or in them. A plain loop, for every line comes through it."""
    count = 0
    for value in values:
        if isinstance(value, _NESTED):
            count += len(value) + _keys(value.values()) if isinstance(value, dict) else _keys(value)
    return count


def _no_repeats(pairs: list[tuple[str, Any]]) -> None:
    names = Counter(key for key, _ in pairs)
    if len(names) != len(pairs):
        repeated = next(name for name, times in names.items() if times > 1)
        raise _Unfit(f"$..{repeated}", f"The key {repeated} stands twice; one of the two would be lost.")


_strict: Final = json.JSONDecoder(object_pairs_hook=_no_repeats)
"""orjson is fast and keeps the last of two equal keys; this one finds that there are two, and takes ten times as long.
It is asked only where there may be more keys in the text than in what orjson made of it."""


def _line(drawn: Drawn, line: Mapping[str, Any]) -> Line:
    id = _id(line, "id", "no id")
    if id.startswith(IMPLIED):
        raise _Unfit("$.id", f"An id must not begin with {IMPLIED}; such ids are the system's own.")
    kind = line.get("kind")
    if not isinstance(kind, str) or (kind != DELETE and kind not in _KINDS):
        raise _Unfit("$.kind", f"The kind is none of {', '.join(_KINDS)}, {DELETE}.")
    revised = instant(line["revised"]) if "revised" in line else None
    if "revised" in line and revised is None:
        raise _Unfit(
            "$.revised", "Revised is no RFC 3339 date-time with an offset, such as 2004-02-02T09:30:00Z."
        )
    if kind == Kind.SUBJECT and not isinstance(line.get("properties", []), list):
        raise _Unfit("$.properties", "The properties are no list.")
    ends = (_id(line, "from", "no end"), _id(line, "to", "no end")) if kind == Kind.LINK else ()
    return Line(drawn.place, drawn.text, id, _KINDS.get(kind), revised, ends)


def _id(line: Mapping[str, Any], name: str, missing: str) -> EntryId:
    value = line.get(name)
    if not isinstance(value, str) or not value:
        raise _Unfit(f"$.{name}", f"There is {missing}: {name} must be a text that is not empty.")
    if len(value) > _SHORT and len(value.encode()) > LONGEST_ID:
        raise _Unfit(f"$.{name}", f"The id is longer than {LONGEST_ID} bytes.")
    return EntryId(value)


def _texts(pairs: list[tuple[str, object]], name: str) -> list[EntryId]:
    return [
        EntryId(value) for key, value in pairs if key == name and isinstance(value, str) and _storable(value)
    ]


def _storable(id: str) -> bool:
    try:
        return 0 < len(id.encode()) <= LONGEST_ID
    except UnicodeEncodeError:
        return False


def _readable_pairs(text: str) -> Iterator[tuple[str, object]]:
    """The pairs of a JSON object as far as it can be read; from its first flaw on, what looks like an id or an end."""
    decoder = json.JSONDecoder(strict=False)
    place = text.find("{") + 1  # a line of an object that goes over several has none; it is read all the same
    try:
        while True:
            place = _past(text, place, _BETWEEN_PAIRS)
            key, after = decoder.raw_decode(text, place)
            value, after = decoder.raw_decode(text, _past(text, after, _BEFORE_VALUE))
            place = after
            yield str(key), value
    except (ValueError, RecursionError):
        yield from _looking_like_pairs(text, place)


def _looking_like_pairs(text: str, place: int) -> Iterator[tuple[str, object]]:
    for match in _PAIR.finditer(text, place):
        try:
            yield match[1], json.loads(match[2], strict=False)
        except ValueError:
            continue


def _past(text: str, place: int, blank: re.Pattern[str]) -> int:
    match = blank.match(text, place)
    return match.end() if match else place
