"""What a partner sees: records, subjects' properties, and links. The types name each other, so they stand together.

Each is made from what is released and from nothing else; a field that is not released is null, as one that never was.
"""

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import UNSET

from graph.indexed import Incident, label
from graph.model import Kind, OpaqueId
from graph.release import ReleasedCase, ReleasedDocument, ReleasedLink, ReleasedRecord, ReleasedSubject, Value
from graph.view import by_name
from schema.asked import AskedLinks, AskedNeighbours
from schema.connections import Connection, PageInfo
from schema.context import Info
from schema.links import Direction, RecordKind
from schema.paging import Page
from schema.scalars import Date, optional_date


@strawberry.interface
class Node:
    """Whatever has an id."""

    id: strawberry.ID


@strawberry.type
class LinkCount:
    """So many links of one type and direction, to records of one kind."""

    type: str
    direction: Direction
    kind: RecordKind
    count: int


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
    ) -> "LinkConnection":
        asked = AskedLinks.of(types, direction, kinds, first, after, last, before)
        return LinkConnection(page=asked.page(info.context, OpaqueId(self.id)))

    links: "LinkConnection" = strawberry.field(
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

    @classmethod
    def of(cls, case: ReleasedCase) -> "Case":
        """The case as the schema shows it."""
        return cls(
            id=strawberry.ID(case.id),
            kind=RecordKind.CASE,
            office=case.office,
            contact=case.contact,
            validated=optional_date(case.validated),
            number=case.number,
            title=case.title,
            status=case.status,
            program=case.program,
            opened=optional_date(case.opened),
            closed=optional_date(case.closed),
            synopsis=case.synopsis,
        )

    @strawberry.field
    def documents(
        self, info: Info, first: int | None = UNSET, after: str | None = UNSET
    ) -> "Connection[Document]":
        return document_connection(_supported(self, info, Kind.DOCUMENT, first, after))

    @strawberry.field
    def subjects(
        self, info: Info, first: int | None = UNSET, after: str | None = UNSET
    ) -> "Connection[Subject]":
        return subject_connection(_supported(self, info, Kind.SUBJECT, first, after))

    @strawberry.field
    def related_cases(
        self, info: Info, first: int | None = UNSET, after: str | None = UNSET
    ) -> "Connection[Case]":
        id = OpaqueId(self.id)
        asked = AskedNeighbours.of("relatedCases", first, after)
        return case_connection(asked.page(info.context, id, info.context.view.related_cases(id)))


@strawberry.type
class Document(Record):
    """A released document."""

    number: str
    type: str
    title: str | None
    prepared: Date | None
    narrative: str | None
    author: str | None

    @classmethod
    def of(cls, document: ReleasedDocument) -> "Document":
        """The document as the schema shows it."""
        return cls(
            id=strawberry.ID(document.id),
            kind=RecordKind.DOCUMENT,
            office=document.office,
            contact=document.contact,
            validated=optional_date(document.validated),
            number=document.number,
            type=document.type,
            title=document.title,
            prepared=optional_date(document.prepared),
            narrative=document.narrative,
            author=document.author,
        )

    @strawberry.field
    def cases(self, info: Info, first: int | None = UNSET, after: str | None = UNSET) -> Connection[Case]:
        return case_connection(_supported(self, info, Kind.CASE, first, after))

    @strawberry.field
    def subjects(
        self, info: Info, first: int | None = UNSET, after: str | None = UNSET
    ) -> "Connection[Subject]":
        return subject_connection(_supported(self, info, Kind.SUBJECT, first, after))

    @strawberry.field
    def attachments(
        self, info: Info, first: int | None = UNSET, after: str | None = UNSET
    ) -> "Connection[Document]":
        id = OpaqueId(self.id)
        asked = AskedNeighbours.of("attachments", first, after)
        return document_connection(asked.page(info.context, id, info.context.view.attachments(id)))


@strawberry.type(
    description="sources: the released documents that assert the value; empty where the subject record itself does."
)
class PropertyValue:
    """One value of a property."""

    value: str
    source_ids: strawberry.Private[tuple[OpaqueId, ...]]

    @strawberry.field
    def sources(self, info: Info) -> list[Document]:
        return _documents(info, self.source_ids)


@strawberry.type
class Property:
    """The values of a subject that have one name."""

    name: str
    values: list[PropertyValue]

    @classmethod
    def grouped(cls, values: Iterable[Value]) -> "list[Property]":
        """A subject's properties; they come by name, then value, and stay so."""
        return [
            cls(name=name, values=[PropertyValue(value=v.value, source_ids=v.sources) for v in same])
            for name, same in by_name(values)
        ]


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
        return cls(
            id=strawberry.ID(subject.id),
            kind=RecordKind.SUBJECT,
            office=subject.office,
            contact=subject.contact,
            validated=optional_date(subject.validated),
            type=subject.type,
            label=label(subject),
            released=subject,
        )

    @strawberry.field
    def properties(self) -> list[Property]:
        return Property.grouped(self.released.properties)

    @strawberry.field
    def cases(self, info: Info, first: int | None = UNSET, after: str | None = UNSET) -> Connection[Case]:
        return case_connection(_supported(self, info, Kind.CASE, first, after))

    @strawberry.field
    def documents(
        self, info: Info, first: int | None = UNSET, after: str | None = UNSET
    ) -> Connection[Document]:
        return document_connection(_supported(self, info, Kind.DOCUMENT, first, after))


@strawberry.type
class Link(Node):
    """A released link."""

    type: str
    role: str | None
    since: str | None
    until: str | None
    released: strawberry.Private[ReleasedLink]

    @classmethod
    def of(cls, link: ReleasedLink) -> "Link":
        """The link as the schema shows it."""
        return cls(
            id=strawberry.ID(link.id),
            type=link.type,
            role=link.role,
            since=link.since,
            until=link.until,
            released=link,
        )

    def _from(self, info: Info) -> Record:
        return _end(info, self.released.head)

    def _to(self, info: Info) -> Record:
        return _end(info, self.released.tail)

    head: Record = strawberry.field(name="from", resolver=_from)
    tail: Record = strawberry.field(name="to", resolver=_to)

    @strawberry.field
    def sources(self, info: Info) -> list[Document]:
        return _documents(info, self.released.sources)


@strawberry.type
class LinkEdge:
    """A link in a record's list, with the record at the other end."""

    direction: Direction
    incident: strawberry.Private[Incident]
    page: strawberry.Private[Page[Incident]]

    @strawberry.field
    def cursor(self) -> str:
        return self.page.cursor(self.incident)

    @strawberry.field
    def node(self, info: Info) -> Record:
        return _end(info, self.incident.other)

    @strawberry.field
    def link(self) -> Link:
        return Link.of(self.incident.link)


@strawberry.type
class LinkConnection:
    """A page of a record's links."""

    page: strawberry.Private[Page[Incident]]

    @strawberry.field
    def edges(self) -> list[LinkEdge]:
        return [
            LinkEdge(direction=Direction(incident.direction), incident=incident, page=self.page)
            for incident in self.page.shown
        ]

    @strawberry.field
    def page_info(self) -> PageInfo:
        return PageInfo.of(self.page)

    @strawberry.field
    def total_count(self) -> int:
        return self.page.total


def shown(record: ReleasedRecord) -> Case | Document | Subject:
    """A record of whatever kind as the schema shows it."""
    if isinstance(record, ReleasedCase):
        return Case.of(record)
    return Document.of(record) if isinstance(record, ReleasedDocument) else Subject.of(record)


def record_connection(page: Page[Any], records: Iterable[ReleasedRecord]) -> Connection[Record]:
    """A page of records of any kind."""
    return Connection(nodes=[shown(record) for record in records], page=page)


def case_connection(page: Page[ReleasedRecord]) -> Connection[Case]:
    """A page of cases."""
    return Connection(
        nodes=[Case.of(case) for case in page.shown if isinstance(case, ReleasedCase)], page=page
    )


def document_connection(page: Page[ReleasedRecord]) -> Connection[Document]:
    """A page of documents."""
    nodes = [Document.of(document) for document in page.shown if isinstance(document, ReleasedDocument)]
    return Connection(nodes=nodes, page=page)


def subject_connection(page: Page[ReleasedRecord]) -> Connection[Subject]:
    """A page of subjects."""
    nodes = [Subject.of(subject) for subject in page.shown if isinstance(subject, ReleasedSubject)]
    return Connection(nodes=nodes, page=page)


def _supported(
    record: Record, info: Info, kind: Kind, first: int | None, after: str | None
) -> Page[ReleasedRecord]:
    """The `cases`, `documents` or `subjects` of a record."""
    id = OpaqueId(record.id)
    asked = AskedNeighbours.of(f"{kind}s", first, after)
    return asked.page(info.context, id, info.context.view.supported(id, kind))


def _documents(info: Info, ids: tuple[OpaqueId, ...]) -> list[Document]:
    return [Document.of(document) for document in info.context.view.documents(ids)]


def _end(info: Info, id: OpaqueId) -> Record:
    """An end of a released link, which is released as well (R8)."""
    return shown(info.context.view.end(id))
