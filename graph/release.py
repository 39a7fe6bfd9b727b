"""A release: the subgraph that one agreement may see, as it is published. Opaque ids, shown fields, nothing else.

Nothing here can name a record of the holdings, a category, a code or another agreement. The bytes of an element are
its struct as JSON with its keys in the order below, so equal elements are equal bytes in every store.
"""

from dataclasses import dataclass, field
from typing import Final

import msgspec

from graph.history import History
from graph.model import AgreementId, Kind, OpaqueId

UNKNOWN_TYPE_SHOWN: Final = "other"
"""How a subject's or document's type reads where the policy's list does not have it (R14)."""


class Value(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One value of a subject. sources: the released documents that assert it, by id; none: the record itself does."""

    name: str
    value: str
    sources: tuple[OpaqueId, ...] = ()


class ReleasedCase(msgspec.Struct, frozen=True, omit_defaults=True, gc=False, tag_field="kind", tag="case"):
    """A case as its partner sees it; days are `YYYY-MM-DD`.

    contact: how its owning office is reached. validated: the day of its approval. So of every record.
    """

    id: OpaqueId
    number: str
    office: str | None = None
    title: str | None = None
    status: str | None = None
    program: str | None = None
    opened: str | None = None
    closed: str | None = None
    synopsis: str | None = None
    contact: str | None = None
    validated: str | None = None


class ReleasedDocument(
    msgspec.Struct, frozen=True, omit_defaults=True, gc=False, tag_field="kind", tag="document"
):
    """A document as its partner sees it."""

    id: OpaqueId
    number: str
    type: str
    office: str | None = None
    title: str | None = None
    prepared: str | None = None
    narrative: str | None = None
    author: str | None = None
    contact: str | None = None
    validated: str | None = None


class ReleasedSubject(
    msgspec.Struct, frozen=True, omit_defaults=True, gc=False, tag_field="kind", tag="subject"
):
    """A subject as its partner sees it. properties: by name and value, in code point order."""

    id: OpaqueId
    type: str
    office: str | None = None
    properties: tuple[Value, ...] = ()
    contact: str | None = None
    validated: str | None = None


ReleasedRecord = ReleasedCase | ReleasedDocument | ReleasedSubject

KIND_OF: Final[dict[type, Kind]] = {
    ReleasedCase: Kind.CASE,
    ReleasedDocument: Kind.DOCUMENT,
    ReleasedSubject: Kind.SUBJECT,
}


class ReleasedLink(
    msgspec.Struct,
    frozen=True,
    omit_defaults=True,
    kw_only=True,
    gc=False,
    rename={"head": "from", "tail": "to"},
):
    """A link between two released records. sources: the released documents that assert it, by id."""

    id: OpaqueId
    type: str
    head: OpaqueId
    tail: OpaqueId
    role: str | None = None
    since: str | None = None
    until: str | None = None
    sources: tuple[OpaqueId, ...] = ()


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What a release says of itself.

    version: names the content: equal content, equal version. total: the keyed sum that it is made from, in hex.
    published_at: when this content last became current, UTC, to the minute. serves_until: the first day (ordinal, in
    the home's time zone) on which it must not be served any more; None in a test home that sets its own clock.
    supporting: the link types that give support, which makes their ends each other's `documents`, `subjects`, `cases`.
    """

    agreement: AgreementId
    partner: str
    effective: str
    expires: str
    caveat: str
    kinds: tuple[Kind, ...]
    purpose_required: bool
    supporting: tuple[str, ...]
    timezone: str
    version: str
    total: str
    published_at: str
    serves_until: int | None


@dataclass(frozen=True, slots=True)
class Content:
    """The released records and links, by opaque id."""

    records: dict[OpaqueId, ReleasedRecord] = field(default_factory=dict)
    links: dict[OpaqueId, ReleasedLink] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Release:
    """One agreement's release, whole. history: how it came to this; what it is does not depend on that."""

    header: Header
    content: Content
    history: History = field(default=History(), compare=False)


_encoder = msgspec.json.Encoder()
_records = msgspec.json.Decoder(ReleasedRecord)
_links = msgspec.json.Decoder(ReleasedLink)
_headers = msgspec.json.Decoder(Header)


def encode(element: ReleasedRecord | ReleasedLink | Header) -> bytes:
    """The element's bytes: what is stored, and what the version is made from."""
    return _encoder.encode(element)


def decode_record(body: bytes | str) -> ReleasedRecord:
    """A record from its bytes."""
    record: ReleasedRecord = _records.decode(body)
    return record


def decode_link(body: bytes | str) -> ReleasedLink:
    """A link from its bytes."""
    return _links.decode(body)


def decode_header(body: bytes | str) -> Header:
    """A header from its bytes."""
    return _headers.decode(body)
