"""The questions that a partner can ask. Withheld, deleted, out of scope or absent is one answer: null, or not there."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

import strawberry
from strawberry import UNSET

from graph.model import Kind, OpaqueId
from graph.release import ReleasedRecord
from schema.agreement import Agreement
from schema.connections import Connection
from schema.context import Info
from schema.cursors import Belonging
from schema.errors import Code, Refusal
from schema.filters import CaseFilter, DocumentFilter, SubjectFilter, given, stated
from schema.nodes import (
    Case,
    Document,
    Link,
    Node,
    Subject,
    case_connection,
    document_connection,
    shown,
    subject_connection,
)
from schema.orders import POSITIONS, CaseOrder, DocumentOrder, Order, SubjectOrder
from schema.paging import PAGE_MAX, Cut, Page, cut_page
from schema.paths import Path

_FIELDS: Final[dict[Kind, str]] = {Kind.CASE: "cases", Kind.DOCUMENT: "documents", Kind.SUBJECT: "subjects"}


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
        if len(ids) > PAGE_MAX:
            raise Refusal(Code.BAD_ARGUMENT)
        return [_node(info, id) for id in ids]

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
        cut, order = Cut.of(first, after, last, before), given(order_by) or CaseOrder.NUMBER
        return case_connection(_all(info, Kind.CASE, given(filter), order, cut))

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
        cut, order = Cut.of(first, after, last, before), given(order_by) or DocumentOrder.NUMBER
        return document_connection(_all(info, Kind.DOCUMENT, given(filter), order, cut))

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
        cut, order = Cut.of(first, after, last, before), given(order_by) or SubjectOrder.LABEL
        return subject_connection(_all(info, Kind.SUBJECT, given(filter), order, cut))

    def _path(
        self,
        info: Info,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from")],
        to: strawberry.ID,
        max_length: int | None = UNSET,
    ) -> Path | None:
        longest = given(max_length)
        if longest is not None and longest < 0:
            raise Refusal(Code.BAD_ARGUMENT)
        found = info.context.view.path(OpaqueId(from_), OpaqueId(to), longest)
        return None if found is None else Path.of(found)

    path: Path | None = strawberry.field(
        resolver=_path,
        description="A shortest path between two records, over released links only; null where there is none.",
    )


def _node(info: Info, id: str) -> Node | None:
    record = info.context.view.record(OpaqueId(id))
    if record is not None:
        return shown(record)
    link = info.context.view.link(OpaqueId(id))
    return None if link is None else Link.of(link)


def _all(
    info: Info, kind: Kind, filter: CaseFilter | DocumentFilter | SubjectFilter | None, order: Order, cut: Cut
) -> Page[ReleasedRecord]:
    """A page of all records of a kind that meet a filter."""
    found = info.context.orders.records(info.context.view, kind, order)
    if filter is not None:
        found = _meeting(found, filter.conditions(info.context.view))
    belonging = Belonging("", _FIELDS[kind], "" if filter is None else stated(filter), order.value)
    return cut_page(found, POSITIONS[order], cut, info.context.cursors, belonging)


def _meeting(
    records: Sequence[ReleasedRecord], conditions: Sequence[Callable[[Any], bool]]
) -> Sequence[ReleasedRecord]:
    for meets in conditions:
        records = [record for record in records if meets(record)]
    return records
