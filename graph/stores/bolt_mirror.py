"""What Neo4j shows of a held entry. The line, as it came, is the truth; all else here is its reflection.

A person with Neo4j Browser sees records with their short fields and links as relationships of their types. Nothing is
ever read back from the reflection, and no rule sees it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from graph.model import FIELDS, RECORD_KINDS, Entry, Kind
from graph.stores.bolt_type import relationship_type

_LONG: Final = ("synopsis", "narrative")
_SHOWN: Final[Mapping[Kind, tuple[str, ...]]] = {
    kind: (*(name for name in fields.text if name not in _LONG), *fields.dates, "source_system")
    for kind, fields in FIELDS.items()
    if kind is not Kind.LINK
}
_TIE_TEXTS: Final = ("role", "since", "until")
_TIE_LISTS: Final = ("sources", "access_codes")
_LABELS: Final[Mapping[Kind, list[str]]] = {
    kind: (["Record"] if kind in RECORD_KINDS else []) + [kind.capitalize()] for kind in Kind
}


@dataclass(frozen=True, slots=True)
class Tie:
    """A link as a relationship. head, tail: the ids of its ends. shown: its properties, `id` among them."""

    type: str
    head: str
    tail: str
    shown: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mirrored:
    """An entry as it stands in Neo4j. tie: of a link that is not deleted."""

    labels: list[str]
    properties: dict[str, Any]
    tie: Tie | None


def mirrored(entry: Entry) -> Mirrored:
    """The entry as it is put into Neo4j."""
    text = entry.line.decode()
    properties: dict[str, Any] = {"id": entry.id, "kind": entry.kind.value, "line": text}
    if entry.revised is not None:
        properties["revised"] = entry.revised
    if entry.deleted:
        properties["deleted"] = True
    if entry.kind is not Kind.LINK:
        return Mirrored(_LABELS[entry.kind], _record(entry, properties), None)
    return Mirrored(_LABELS[entry.kind], properties, None if entry.deleted else tie_of(entry.id, text))


def tie_of(id: str, line: str | bytes) -> Tie:
    """The relationship of a link that is not deleted, from its line."""
    link = orjson.loads(line)
    shown: dict[str, Any] = {"id": id}
    shown |= {name: link[name] for name in _TIE_TEXTS if isinstance(link.get(name), str)}
    shown |= {name: link[name] for name in _TIE_LISTS if name in link and _are_texts(link[name])}
    return Tie(relationship_type(link.get("type")), link["from"], link["to"], shown)


def _record(entry: Entry, properties: dict[str, Any]) -> dict[str, Any]:
    line = orjson.loads(entry.line)
    for name in _SHOWN[entry.kind]:
        if isinstance(line.get(name), str):
            properties[name] = line[name]
    codes = line.get("access_codes")
    if codes and _are_texts(codes):
        properties["access_codes"] = codes
    return properties


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(member, str) for member in value)
