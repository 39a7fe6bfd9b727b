"""What the office reads of a held line: its fields, how the record is called, and which writing of it this is.

It tells what stands in the line, whatever the rules make of it, and withholds nothing: what a reader may not know of is
not in the line that comes here (`graph.office.audience`).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.explaining.inquiry import shown
from graph.model import Entry, Kind
from graph.policy import Policy
from graph.reading import Line, line_of
from graph.withdrawals import Withdrawal

_TOLD: Final = frozenset(
    ("id", "kind", "number", "office", "source_system", "access_codes", "approval", "properties")
)
"""Fields of a record that have a place of their own; all others are told in the order of the line."""

_ENDS: Final = frozenset(("id", "kind", "type", "from", "to", "role", "access_codes"))
_VERSION_BYTES: Final = 12

TOKENS: Final = "tokens"
"""In the line of a deleted record: what is left of its text, for the rules alone (R11)."""


@dataclass(frozen=True, slots=True)
class HeldField:
    """One field of a line: a text as it is, anything else as JSON."""

    name: str
    value: str


def fields_of(entry: Entry, policy: Policy) -> list[HeldField]:
    """The fields of a record that have no place of their own, unknown ones included."""
    apart = _TOLD | {policy.date_fields[entry.kind]} | ({TOKENS} if entry.deleted else set())
    return list(_fields(line_of(entry), apart))


def link_fields_of(entry: Entry) -> list[HeldField]:
    """The same of a link."""
    return list(_fields(line_of(entry), _ENDS))


def label_of(entry: Entry) -> str:
    """What a record is called: its title, its first name by code point, its number, or its type; else its id."""
    line = line_of(entry)
    if entry.kind is Kind.SUBJECT:
        return min(_names(line), default=text_of(line, "type") or entry.id)
    return text_of(line, "title") or text_of(line, "number") or entry.id


def text_of(line: Mapping[str, Any], name: str) -> str | None:
    """A field that is a text and says something."""
    value = line.get(name)
    return value if isinstance(value, str) and value.strip() else None


def codes_of(line: Mapping[str, Any]) -> list[str]:
    """The access control codes as they stand there."""
    codes = line.get("access_codes", [])
    return list(map(shown, codes)) if isinstance(codes, list) else [shown(codes)]


def version_of(entry: Entry, withdrawal: Withdrawal | None) -> str:
    """A name of this writing of an entry: another line, a withdrawal or a rejected line gives it another one."""
    word = "" if withdrawal is None else f"{withdrawal.who}\0{withdrawal.at}\0{withdrawal.reason}"
    told = f"{entry.id}\0{entry.deleted:d}{entry.tainted:d}\0{word}\0".encode() + entry.line
    return hashlib.blake2b(told, digest_size=_VERSION_BYTES).hexdigest()


def _fields(line: Line, apart: frozenset[str]) -> Iterator[HeldField]:
    yield from (HeldField(name, shown(value)) for name, value in line.items() if name not in apart)


def _names(line: Line) -> Iterator[str]:
    for stated in line.get("properties", ()):
        if isinstance(stated, dict) and stated.get("name") == "name" and (name := text_of(stated, "value")):
            yield name
