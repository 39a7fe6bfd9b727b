"""The records that a partner sees: cases, documents and subjects. They name each other, so they stand together.

Each is made from what is released and from nothing else; a field that is not released is null, as one that never was.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

import strawberry
from strawberry import UNSET

from graph.indexed import label
from graph.model import Kind, OpaqueId
from graph.release import KIND_OF, ReleasedCase, ReleasedDocument, ReleasedRecord, ReleasedSubject
from schema.asked import AskedLinks, AskedNeighbours
from schema.connections import Connection
from schema.context import Info
from schema.links import Direction, RecordKind
from schema.node import Node
from schema.paging import Page
from schema.properties import Property
from schema.record_links import LinkConnection, LinkCount
from schema.scalars import Date, optional_date


@strawberry.interface
class Record(Node):
    """A case, a document or a subject."""

    kind: RecordKind
    office: str | None
    contact: str | None = strawberry.field(
        description="How the owning office is reached: verify with it before you act on this record."
    )
    validated: Date | None = strawberry.field(description="The day on which this record was approved.")

    def _links(  # noqa: PLR0913, PLR0917 - the arguments are the contract's
        self,
        info: Info,
        types: list[str] | None = UNSET,
        direction: Direction | None = UNSET,
        kinds: list[RecordKind] | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
    ) -> LinkConnection:
        asked = AskedLinks.of(types, direction, kinds, first, after, last, before)
        return LinkConnection(page=asked.page(info.context, OpaqueId(self.id)))

    links: LinkConnection = strawberry.field(
        resolver=_links,
        description="The released links of this record, with the record at the other end.",
    )

    def _link_counts(self, info: Info) -> list[LinkCount]:
        return [
            LinkCount(
                type=each.type,
                direction=Direction(each.direction),
                kind=RecordKind(each.kind),
                count=each.count,
            )
            for each in info.context.view.link_counts(OpaqueId(self.id))
        ]

    link_counts: list[LinkCount] = strawberry.field(
        resolver=_link_counts,
        description="How many links this record has of each type and direction, to records of each kind.",
    )


def _cases(
    self: Record, info: Info, first: int | None = UNSET, after: str | None = UNSET
) -> "Connection[Case]":
    return _supported(self, info, Kind.CASE, first, after)


def _documents(
    self: Record, info: Info, first: int | None = UNSET, after: str | None = UNSET
) -> "Connection[Document]":
    return _supported(self, info, Kind.DOCUMENT, first, after)


def _subjects(
    self: Record, info: Info, first: int | None = UNSET, after: str | None = UNSET
) -> "Connection[Subject]":
    return _supported(self, info, Kind.SUBJECT, first, after)


@strawberry.type
class Case(Record):
    """A released case."""

    number: str
    title: str | None
    status: str | None
    program: str | None
    opened: Date | None
    closed: Date | None
    synopsis: str | None
    documents: "Connection[Document]" = strawberry.field(resolver=_documents)
    subjects: "Connection[Subject]" = strawberry.field(resolver=_subjects)

    @classmethod
    def of(cls, case: ReleasedCase) -> "Case":
        """The case as the schema shows it."""
        return cls(
            **_shared(case),
            number=case.number,
            title=case.title,
            status=case.status,
            program=case.program,
            opened=optional_date(case.opened),
            closed=optional_date(case.closed),
            synopsis=case.synopsis,
        )

    @strawberry.field
    def related_cases(
        self, info: Info, first: int | None = UNSET, after: str | None = UNSET
    ) -> "Connection[Case]":
        asked = AskedNeighbours.of("relatedCases", first, after)
        return _neighbours(self, info, asked, info.context.view.related_cases(OpaqueId(self.id)))


@strawberry.type
class Document(Record):
    """A released document."""

    number: str
    type: str
    title: str | None
    prepared: Date | None
    narrative: str | None
    author: str | None
    cases: Connection[Case] = strawberry.field(resolver=_cases)
    subjects: "Connection[Subject]" = strawberry.field(resolver=_subjects)

    @classmethod
    def of(cls, document: ReleasedDocument) -> "Document":
        """The document as the schema shows it."""
        return cls(
            **_shared(document),
            number=document.number,
            type=document.type,
            title=document.title,
            prepared=optional_date(document.prepared),
            narrative=document.narrative,
            author=document.author,
        )

    @strawberry.field
    def attachments(
        self, info: Info, first: int | None = UNSET, after: str | None = UNSET
    ) -> "Connection[Document]":
        asked = AskedNeighbours.of("attachments", first, after)
        return _neighbours(self, info, asked, info.context.view.attachments(OpaqueId(self.id)))


@strawberry.type
class Subject(Record):
    """A released subject."""

    type: str
    label: str = strawberry.field(
        description="The first released name by code point, or the type where no name is released."
    )
    released: strawberry.Private[ReleasedSubject]

    @classmethod
    def of(cls, subject: ReleasedSubject) -> "Subject":
        """The subject as the schema shows it."""
        return cls(**_shared(subject), type=subject.type, label=label(subject), released=subject)

    def _properties(self) -> list[Property]:
        return Property.grouped(self.released.properties)

    properties: list[Property] = strawberry.field(resolver=_properties)
    cases: Connection[Case] = strawberry.field(resolver=_cases)
    documents: Connection[Document] = strawberry.field(resolver=_documents)


def shown(record: ReleasedRecord) -> Case | Document | Subject:
    """A record of whatever kind as the schema shows it."""
    if isinstance(record, ReleasedCase):
        return Case.of(record)
    return Document.of(record) if isinstance(record, ReleasedDocument) else Subject.of(record)


def connection(page: Page[Any], records: Iterable[ReleasedRecord]) -> Connection[Any]:
    """A page of records, as the schema shows them. records: those of the page, in its order."""
    return Connection(nodes=[shown(record) for record in records], page=page)


class _Shared(TypedDict):
    id: strawberry.ID
    kind: RecordKind
    office: str | None
    contact: str | None
    validated: Date | None


def _shared(record: ReleasedRecord) -> _Shared:
    """What every record shows."""
    return {
        "id": strawberry.ID(record.id),
        "kind": RecordKind(KIND_OF[type(record)]),
        "office": record.office,
        "contact": record.contact,
        "validated": optional_date(record.validated),
    }


def _supported(
    record: Record, info: Info, kind: Kind, first: int | None, after: str | None
) -> Connection[Any]:
    """The `cases`, `documents` or `subjects` of a record."""
    asked = AskedNeighbours.of(f"{kind}s", first, after)
    return _neighbours(record, info, asked, info.context.view.supported(OpaqueId(record.id), kind))


def _neighbours(
    record: Record, info: Info, asked: AskedNeighbours, whole: Sequence[ReleasedRecord]
) -> Connection[Any]:
    page = asked.page(info.context, OpaqueId(record.id), whole)
    return connection(page, page.shown)
