"""What Neo4j shows of a held entry. The line, as it came, is the truth; all else here is its reflection.

A person with Neo4j Browser sees records with their short fields and links as relationships of their types. Nothing is
ever read back from the reflection, and no rule sees it. Each line of a load comes through here, so it is written for
speed: named tuples, and no value made that is not sent.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson

from graph.model import FIELDS, RECORD_KINDS, Entry, Kind
from graph.stores.bolt_type import relationship_type

_LONG: Final = ("synopsis", "narrative")
_TEXTS: Final[Mapping[Kind, tuple[str, ...]]] = {
    kind: (*(name for name in fields.text if name not in _LONG), *fields.dates, "source_system")
    for kind, fields in FIELDS.items()
}
_LISTS: Final = ("access_codes",)
_TIE_TEXTS: Final = ("role", "since", "until")
_TIE_LISTS: Final = ("sources", "access_codes")
_TEXT: Final = {str}
_NAMES: Final[Mapping[Kind, str]] = {kind: kind.value for kind in Kind}
LABELS: Final[Mapping[str, Sequence[str]]] = {
    kind.value: [*(["Record"] if kind in RECORD_KINDS else []), kind.capitalize()] for kind in Kind
}
"""What an entry's node is labelled with, by its kind; the label of all that is held comes besides."""


class Tie(NamedTuple):
    """A link as a relationship. head, tail: the ids of its ends. shown: its properties, `id` among them."""

    type: str
    head: str
    tail: str
    shown: dict[str, Any]


class Mirrored(NamedTuple):
    """An entry as it stands in Neo4j. is_link: deleted or not. tie: of a link that is not deleted."""

    properties: dict[str, Any]
    is_link: bool
    tie: Tie | None


def mirrored(entry: Entry) -> Mirrored:
    """The entry as it is put into Neo4j."""
    kind, text = entry.kind, entry.line.decode()
    properties: dict[str, Any] = {"id": entry.id, "kind": _NAMES[kind], "line": text}
    if entry.revised is not None:
        properties["revised"] = entry.revised
    if entry.deleted:
        properties["deleted"] = True
    if kind is Kind.LINK:
        return Mirrored(properties, True, None if entry.deleted else tie_of(entry.id, text))
    _reflect(properties, orjson.loads(text), _TEXTS[kind], _LISTS)
    return Mirrored(properties, False, None)


def tie_of(id: str, line: str) -> Tie:
    """The relationship of a link that is not deleted, from its line."""
    link = orjson.loads(line)
    shown: dict[str, Any] = {"id": id}
    _reflect(shown, link, _TIE_TEXTS, _TIE_LISTS)
    return Tie(relationship_type(link.get("type")), link["from"], link["to"], shown)


def _reflect(
    shown: dict[str, Any], line: Mapping[str, Any], texts: tuple[str, ...], lists: tuple[str, ...]
) -> None:
    """What of these fields is a text, or a list of texts: Neo4j can hold nothing else of what a line may have."""
    for name in texts:
        if isinstance(text := line.get(name), str):
            shown[name] = text
    for name in lists:
        if isinstance(listed := line.get(name), list) and set(map(type, listed)) <= _TEXT:
            shown[name] = listed
