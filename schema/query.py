"""The questions that a partner can ask. Withheld, deleted, out of scope or absent is one answer: null, or not there."""

from typing import Annotated

import strawberry
from strawberry import UNSET

from graph.model import Kind, OpaqueId
from graph.release import ReleasedLink
from schema.agreement import Agreement
from schema.asked import AskedChanges, AskedPath, AskedRecords, few
from schema.changes import ChangeConnection, change_connection
from schema.connections import Connection
from schema.context import Info
from schema.filters import CaseFilter, DocumentFilter, SubjectFilter
from schema.links import RecordKind
from schema.node import Node
from schema.nodes import Case, Document, Record, Subject, connection, shown
from schema.orders import CaseOrder, DocumentOrder, SubjectOrder
from schema.paths import Path
from schema.record_links import Link
from schema.searches import AskedSearch, records_of


@strawberry.type
class Query:
    """The root."""

    def _agreement(self, info: Info) -> Agreement:
        return Agreement.of(info.context.view)

    agreement: Agreement = strawberry.field(
        resolver=_agreement,
        description="The agreement under which this request is answered, and the release it is answered from.",
    )

    @strawberry.field
    def node(self, info: Info, id: strawberry.ID) -> Node | None:
        return _node(info, id)

    @strawberry.field
    def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        return [_node(info, id) for id in few(ids)]

    def _links_among(self, info: Info, ids: list[strawberry.ID]) -> list[Link]:
        found = info.context.view.links_among(map(OpaqueId, few(ids)))
        info.context.budget.take(info._raw_info.field_nodes, len(found))
        return [Link.of(link) for link in found]

    links_among: list[Link] = strawberry.field(
        resolver=_links_among,
        description="The released links of which both ends are among these records, by id.",
    )

    @strawberry.field
    def case(self, info: Info, number: str) -> Case | None:
        case = info.context.view.case(number)
        return None if case is None else Case.of(case)

    @strawberry.field
    def document(self, info: Info, number: str) -> Document | None:
        document = info.context.view.document(number)
        return None if document is None else Document.of(document)

    @strawberry.field
    def cases(
        self,
        info: Info,
        filter: CaseFilter | None = UNSET,
        order_by: CaseOrder | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
    ) -> Connection[Case]:
        asked = AskedRecords.of(Kind.CASE, filter, order_by, first, after, last, before)
        page = asked.page(info.context)
        return connection(page, page.shown)

    @strawberry.field
    def documents(
        self,
        info: Info,
        filter: DocumentFilter | None = UNSET,
        order_by: DocumentOrder | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
    ) -> Connection[Document]:
        asked = AskedRecords.of(Kind.DOCUMENT, filter, order_by, first, after, last, before)
        page = asked.page(info.context)
        return connection(page, page.shown)

    @strawberry.field
    def subjects(
        self,
        info: Info,
        filter: SubjectFilter | None = UNSET,
        order_by: SubjectOrder | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
    ) -> Connection[Subject]:
        asked = AskedRecords.of(Kind.SUBJECT, filter, order_by, first, after, last, before)
        page = asked.page(info.context)
        return connection(page, page.shown)

    def _search(
        self,
        info: Info,
        text: str,
        kinds: list[RecordKind] | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
    ) -> Connection[Record]:
        page = AskedSearch.of(text, kinds, first, after).page(info.context)
        return connection(page, records_of(info.context.view, page))

    search: Connection[Record] = strawberry.field(
        resolver=_search,
        description=(
            "Names, aliases, identifiers, numbers, titles and text; prefix and misspelling are forgiven in names."
        ),
    )

    def _path(
        self,
        info: Info,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from")],
        to: strawberry.ID,
        max_length: int | None = UNSET,
    ) -> Path | None:
        found = AskedPath.of(from_, to, max_length).found(info.context)
        return None if found is None else Path.of(found)

    path: Path | None = strawberry.field(
        resolver=_path,
        description="A shortest path between two records, over released links only; null where there is none.",
    )

    def _changes(
        self,
        info: Info,
        since: str | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
    ) -> ChangeConnection:
        return change_connection(AskedChanges.of(since, first, after), info.context)

    changes: ChangeConnection = strawberry.field(
        resolver=_changes,
        description="What was added, changed or withdrawn since a release version, oldest first.",
    )


def _node(info: Info, id: str) -> Node | None:
    found = info.context.view.node(OpaqueId(id))
    if found is None:
        return None
    return Link.of(found) if isinstance(found, ReleasedLink) else shown(found)
