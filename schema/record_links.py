"""Links as a partner sees them: one by itself; those of a record, counted, and by pages with the records at their ends.

The types of records know these; these know them by name alone, and have them made by `schema.context`.
"""

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.indexed import Incident
from graph.release import ReleasedLink
from schema.connections import PageInfo
from schema.context import Info
from schema.links import Direction, RecordKind
from schema.node import Node
from schema.paging import Page

if TYPE_CHECKING:
    from schema.nodes import Document, Record

ARecord = Annotated["Record", strawberry.lazy("schema.nodes")]
ADocument = Annotated["Document", strawberry.lazy("schema.nodes")]


@strawberry.type
class LinkCount:
    """So many links of one type and direction, to records of one kind."""

    type: str
    direction: Direction
    kind: RecordKind
    count: int


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

    def _from(self, info: Info) -> ARecord:
        return info.context.end(self.released.head)

    def _to(self, info: Info) -> ARecord:
        return info.context.end(self.released.tail)

    head: ARecord = strawberry.field(name="from", resolver=_from)
    tail: ARecord = strawberry.field(name="to", resolver=_to)

    @strawberry.field
    def sources(self, info: Info) -> list[ADocument]:
        return info.context.documents(self.released.sources)


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
    def node(self, info: Info) -> ARecord:
        return info.context.end(self.incident.other)

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
