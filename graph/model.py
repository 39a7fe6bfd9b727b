"""What the holdings are made of: ids, kinds, and what one held line says, as frozen values.

Nothing here judges. A field that the line lacks, or has in a wrong type, is None (or marked as unsound), and the
rules decide what that means; it never means "released".
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

import msgspec

EntryId = NewType("EntryId", str)
"""An id of the holdings: one space for records, links, clearances and consents."""

AgreementId = NewType("AgreementId", str)

OpaqueId = NewType("OpaqueId", str)
"""An id as one partner sees it: a keyed hash, different for each agreement."""

IMPLIED = "implied:"
"""How the ids of implied citations begin; no line may have such an id."""


class Kind(StrEnum):
    """The kinds of entries. The first three are records."""

    CASE = "case"
    DOCUMENT = "document"
    SUBJECT = "subject"
    LINK = "link"
    CLEARANCE = "clearance"
    CONSENT = "consent"


RECORD_KINDS = (Kind.CASE, Kind.DOCUMENT, Kind.SUBJECT)


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One id of the holdings as a store keeps it.

    line: the JSON line as it came; of a deleted record what R11 keeps; of another deleted entry just id and kind.
    tainted: a rejected line named this id, and no good line for it has been taken since.
    """

    id: EntryId
    kind: Kind
    line: bytes
    revised: str | None = None
    deleted: bool = False
    tainted: bool = False


Codes = tuple[str | None, ...] | None
"""Access control codes; None where the line has no list (R1, R12), and among them for what is no text: a code that no
book has, which takes nothing from the codes beside it."""


class Approval(msgspec.Struct, frozen=True):
    """Who prepared and who approved a record (R5), and when: a day, which no rule asks for."""

    state: str | None = None
    agent: str | None = None
    supervisor: str | None = None
    date: str | None = None


class Property(msgspec.Struct, frozen=True):
    """One value of a subject. sources: None where they are not stated. sound: no unknown field, no wrong type (R12)."""

    name: str | None
    value: str
    sources: tuple[str, ...] | None
    codes: Codes
    sound: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A number as it stands in folded text, and the places in it at which an identifier pattern matches (R10)."""

    text: str
    places: tuple[int, ...]


class Record(msgspec.Struct, frozen=True):
    """A case, a document or a subject. fields: its known fields that are strings, by name."""

    id: EntryId
    kind: Kind
    source_system: str | None
    codes: Codes
    approval: Approval | None
    fields: dict[str, str]
    properties: tuple[Property, ...] = ()
    kept_tokens: tuple[Token, ...] = ()
    deleted: bool = False
    tainted: bool = False


class Link(msgspec.Struct, frozen=True, gc=False):
    """A typed, directed link. sources: None for a wrong type. sound: nothing unknown, nothing rejected (R12)."""

    id: EntryId
    type: str | None
    head: EntryId
    tail: EntryId
    sources: tuple[str, ...] | None
    role: str | None
    since: str | None
    until: str | None
    codes: Codes
    sound: bool


@dataclass(frozen=True, slots=True)
class Clearance:
    """A reviewer's decision that one category does not pass along one link, for the agreements listed (R4)."""

    link: EntryId
    type: str
    head: EntryId
    tail: EntryId
    category: str
    agreements: frozenset[str]
    effective: int
    expires: int


@dataclass(frozen=True, slots=True)
class Consent:
    """The originator lets one agreement have a waivable category of one record or link (R4)."""

    agreement: str
    record: EntryId | None
    link: EntryId | None
    category: str
    effective: int
    expires: int


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one kind of line; those not named here are unknown (R12)."""

    text: tuple[str, ...]
    dates: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Every name that such a line may have."""
        object.__setattr__(
            self, "names", frozenset((*self.text, *self.dates, *self.other, "kind", "id", "revised"))
        )


_RECORD = ("source_system", "access_codes", "approval")

FIELDS: dict[Kind, Fields] = {
    Kind.CASE: Fields(
        text=("office", "number", "title", "status", "program", "synopsis"),
        dates=("prepared", "opened", "closed"),
        other=_RECORD,
    ),
    Kind.DOCUMENT: Fields(
        text=("office", "type", "number", "title", "narrative", "author"),
        dates=("prepared",),
        other=_RECORD,
    ),
    Kind.SUBJECT: Fields(text=("office", "type"), dates=("created",), other=(*_RECORD, "properties")),
    Kind.LINK: Fields(
        text=("type", "from", "to", "role"),
        dates=("since", "until"),
        other=("sources", "access_codes"),
    ),
    Kind.CLEARANCE: Fields(
        text=("link", "type", "from", "to", "category", "reason", "requested_by", "approved_by"),
        dates=("effective", "expires"),
        other=("agreements",),
    ),
    Kind.CONSENT: Fields(
        text=(
            "agreement",
            "record",
            "link",
            "category",
            "granted_by",
            "reason",
            "requested_by",
            "approved_by",
        ),
        dates=("effective", "expires"),
    ),
}
PROPERTY_FIELDS = frozenset(("name", "value", "sources", "access_codes"))
