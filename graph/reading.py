"""What a held line says: JSON becomes a frozen record, link, clearance or consent.

This decides what a line *says*, never what is released: a field of a wrong type reads as absent, an unknown field of a
link, property, clearance or consent makes it unsound (R12), and a clearance or consent that lacks any of its fields,
or was approved by its requester, is no clearance or consent at all (R4).
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
import orjson

from graph.days import ordinal
from graph.errors import StoreError
from graph.model import (
    FIELDS,
    PROPERTY_FIELDS,
    RECORD_KINDS,
    Approval,
    Clearance,
    Codes,
    Consent,
    Entry,
    EntryId,
    Kind,
    Link,
    Property,
    Record,
    Token,
)
from graph.officer import person

Line = Mapping[str, Any]


class _PlainLink(
    msgspec.Struct, forbid_unknown_fields=True, kw_only=True, rename={"head": "from", "tail": "to"}
):
    """A link's line as nearly all are: nothing unknown, nothing of a wrong type."""

    id: str
    kind: str
    head: EntryId
    tail: EntryId
    type: str | None = None
    sources: tuple[str, ...] = ()
    role: str | None = None
    since: str | None = None
    until: str | None = None
    access_codes: tuple[str, ...] = ()
    revised: str | None = None


class Named(msgspec.Struct, rename={"head": "from", "tail": "to"}):
    """What a link's line names, and the one text in it."""

    head: EntryId
    tail: EntryId
    sources: tuple[str, ...] = ()
    role: str | None = None


class _PlainProperty(msgspec.Struct, forbid_unknown_fields=True):
    """A property as nearly all are."""

    value: str
    sources: tuple[str, ...]
    name: str | None = None
    access_codes: tuple[str, ...] = ()


class _PlainRecord(msgspec.Struct):
    """What records of all kinds say beside their texts, as nearly all say it: nothing of a wrong type."""

    source_system: str | None = None
    access_codes: tuple[str, ...] = ()
    approval: Approval | None = None
    properties: tuple[_PlainProperty, ...] = ()


_PLAIN_LINK: Final = msgspec.json.Decoder(_PlainLink)
_NAMED: Final = msgspec.json.Decoder(Named)
_SHOWN: Final = {kind: (*FIELDS[kind].text, *FIELDS[kind].dates) for kind in RECORD_KINDS}
_PLAIN_RECORD: Final[dict[Kind, msgspec.json.Decoder[_PlainRecord]]] = {
    kind: msgspec.json.Decoder(
        msgspec.defstruct(
            "_Plain", [(name, str | None, None) for name in _SHOWN[kind]], bases=(_PlainRecord,)
        )
    )
    for kind in RECORD_KINDS
}
_LINK_FIELDS: Final = FIELDS[Kind.LINK].names


def line_of(entry: Entry) -> Line:
    """The JSON object of a held line."""
    try:
        line: Line = orjson.loads(entry.line)
    except orjson.JSONDecodeError as error:
        raise StoreError(
            f"the line held for {entry.id} is damaged; restore the holdings from a backup"
        ) from error
    return line


def read_record(entry: Entry) -> Record:
    """A case, document or subject."""
    if entry.deleted:
        return read_any_record(entry)
    try:
        said = _PLAIN_RECORD[entry.kind].decode(entry.line)
    except msgspec.MsgspecError:
        return read_any_record(entry)
    fields = {name: text for name in _SHOWN[entry.kind] if (text := getattr(said, name)) is not None}
    return Record(
        id=entry.id,
        kind=entry.kind,
        source_system=said.source_system,
        codes=said.access_codes,
        approval=said.approval,
        fields=fields,
        properties=tuple(
            Property(prop.name, prop.value, prop.sources, prop.access_codes, sound=True)
            for prop in said.properties
            if entry.kind is Kind.SUBJECT
        ),
        tainted=entry.tainted,
    )


def read_any_record(entry: Entry) -> Record:
    """The same of any line, field by field: a wrong type is absent."""
    line = line_of(entry)
    return Record(
        id=entry.id,
        kind=entry.kind,
        source_system=_text(line.get("source_system")),
        codes=_codes(line),
        approval=_approval(line.get("approval")),
        fields={name: value for name in _SHOWN[entry.kind] if isinstance(value := line.get(name), str)},
        properties=_properties(line) if entry.kind is Kind.SUBJECT else (),
        kept_tokens=tuple(Token(text, tuple(places)) for text, places in line["tokens"])
        if entry.deleted
        else (),
        deleted=entry.deleted,
        tainted=entry.tainted,
    )


def read_link(entry: Entry) -> Link:
    """A link. A line without ends is never held, so both are there."""
    try:
        said = _PLAIN_LINK.decode(entry.line)
    except msgspec.MsgspecError:
        return read_any_link(entry)
    return Link(
        entry.id,
        said.type,
        said.head,
        said.tail,
        said.sources,
        said.role,
        said.since,
        said.until,
        said.access_codes,
        not entry.tainted,
    )


def read_named(entry: Entry) -> Named:
    """What a link names, which is not deleted: a part of what `read_link` reads."""
    try:
        return _NAMED.decode(entry.line)
    except msgspec.MsgspecError:
        link = read_any_link(entry)
        return Named(link.head, link.tail, link.sources or (), link.role)


def read_any_link(entry: Entry) -> Link:
    """The same of any line, field by field: a wrong type is absent, an unknown field makes it unsound (R12)."""
    line = line_of(entry)
    sources = _strings(line["sources"]) if "sources" in line else ()
    codes = _codes(line)
    known = line.keys() <= _LINK_FIELDS
    return Link(
        id=entry.id,
        type=_text(line.get("type")),
        head=EntryId(line["from"]),
        tail=EntryId(line["to"]),
        sources=sources,
        role=_text(line.get("role")),
        since=_text(line.get("since")),
        until=_text(line.get("until")),
        codes=codes,
        sound=known and sources is not None and codes is not None and not entry.tainted,
    )


def read_clearance(entry: Entry) -> Clearance | None:
    """A clearance, or None where it can have no effect whatever the day (R4, R12)."""
    line = line_of(entry)
    agreements = _strings(line.get("agreements"))
    if not agreements or not _decided(entry, line, FIELDS[Kind.CLEARANCE].text):
        return None
    return Clearance(
        link=line["link"],
        type=line["type"],
        head=line["from"],
        tail=line["to"],
        category=line["category"],
        agreements=frozenset(agreements),
        effective=ordinal(line["effective"]),
        expires=ordinal(line["expires"]),
    )


def read_consent(entry: Entry) -> Consent | None:
    """A consent, or None where it can have no effect whatever the day (R4, R12)."""
    line = line_of(entry)
    named = [name for name in ("record", "link") if name in line]
    required = tuple(name for name in FIELDS[Kind.CONSENT].text if name not in ("record", "link"))
    if len(named) != 1 or not _decided(entry, line, (*required, named[0])):
        return None
    return Consent(
        agreement=line["agreement"],
        record=line.get("record"),
        link=line.get("link"),
        category=line["category"],
        effective=ordinal(line["effective"]),
        expires=ordinal(line["expires"]),
    )


def same_person(one: str, other: str) -> bool:
    """Compared trimmed and case-folded (R5)."""
    return person(one) == person(other)


def _decided(entry: Entry, line: Line, required: tuple[str, ...]) -> bool:
    """Whether every field is stated, nothing else is, and two persons decided."""
    return (
        not entry.deleted
        and not entry.tainted
        and all(name in FIELDS[entry.kind].names for name in line)
        and all(isinstance(line.get(name), str) and line[name].strip() for name in required)
        and all(ordinal(_text(line.get(name))) for name in FIELDS[entry.kind].dates)
        and not same_person(line["requested_by"], line["approved_by"])
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _strings(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return tuple(value)
    return None


def codes_of(entry: Entry) -> tuple[str, ...]:
    """The codes that its line states, as far as they can be read."""
    return tuple(code for code in _codes(line_of(entry)) or () if code is not None)


def _codes(line: Line) -> Codes:
    codes = line.get("access_codes", [])
    return tuple(map(_text, codes)) if isinstance(codes, list) else None


def _approval(value: object) -> Approval | None:
    if not isinstance(value, dict):
        return None
    return Approval(*(_text(value.get(name)) for name in ("state", "agent", "supervisor", "date")))


def _properties(line: Line) -> tuple[Property, ...]:
    read = map(_property, line.get("properties", ()))
    return tuple(prop for prop in read if prop is not None)


def _property(value: object) -> Property | None:
    """One property; None for what is no object or has no string for its value (R9: withheld)."""
    if not isinstance(value, dict) or not isinstance(value.get("value"), str):
        return None
    sources = _strings(value.get("sources"))
    codes = _codes(value)
    sound = sources is not None and codes is not None and all(name in PROPERTY_FIELDS for name in value)
    return Property(_text(value.get("name")), value["value"], sources, codes, sound)
