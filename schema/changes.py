"""What was added, changed or withdrawn since a version, as the schema shows it. A record that went is an id alone."""

from collections.abc import Callable
from functools import partial

import strawberry

from graph.changes import Changed, ChangeKind
from graph.model import OpaqueId
from schema.asked import AskedChanges
from schema.connections import PageInfo
from schema.context import Asking, Info
from schema.nodes import Record, shown
from schema.paging import Page

strawberry.enum(ChangeKind)


@strawberry.type(
    description=(
        "recordId stays resolvable for ADDED and UPDATED while the record is still released;"
        " WITHDRAWN carries the id alone."
    )
)
class Change:
    """What became of one record."""

    kind: ChangeKind
    version: str
    id: strawberry.Private[OpaqueId]

    @strawberry.field
    def record_id(self, info: Info) -> strawberry.ID:
        info.context.disclosed.note(self)
        return strawberry.ID(self.id)

    @strawberry.field
    def record(self, info: Info) -> Record | None:
        record = info.context.view.record(self.id)
        return None if record is None else shown(record)


@strawberry.type
class ChangeEdge:
    """A change in its list, and its place there."""

    node: Change
    sealed: strawberry.Private[Callable[[], str]]

    @strawberry.field
    def cursor(self) -> str:
        return self.sealed()


@strawberry.type
class ChangeConnection:
    """A page of changes."""

    page: strawberry.Private[Page[Changed]]

    @strawberry.field
    def edges(self) -> list[ChangeEdge]:
        return [
            ChangeEdge(
                node=Change(kind=each.kind, version=each.version, id=each.id),
                sealed=partial(self.page.cursor, each),
            )
            for each in self.page.shown
        ]

    @strawberry.field
    def page_info(self) -> PageInfo:
        return PageInfo.of(self.page)


def change_connection(asked: AskedChanges, asking: Asking) -> ChangeConnection:
    """A page of what changed since a version. Raises Refusal RESYNC where that version is not known."""
    return ChangeConnection(page=asked.page(asking))
