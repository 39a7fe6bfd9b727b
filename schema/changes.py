"""What was added, changed or withdrawn since a version, as the schema shows it. A record that went is an id alone."""

from collections.abc import Callable
from functools import partial

import strawberry

from graph.changes import Changed, ChangeKind
from graph.model import OpaqueId
from schema.connections import PageInfo
from schema.context import Info
from schema.cursors import Belonging, Position
from schema.errors import Code, Refusal
from schema.filters import stated
from schema.nodes import Record, shown
from schema.paging import Cut, Page, cut_page

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
        info.context.disclosed.note(self.id)
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


def change_connection(info: Info, since: str | None, cut: Cut) -> ChangeConnection:
    """A page of what changed since a version. Raises Refusal RESYNC where that version is not known."""
    found = info.context.view.changes(since)
    if found is None:
        raise Refusal(Code.RESYNC)
    belonging = Belonging("", "changes", stated({"since": since}))
    return ChangeConnection(page=cut_page(found, _position, cut, info.context.cursors, belonging))


def _position(change: Changed) -> Position:
    """Places have as many digits as they may ever need, so that they compare as texts."""
    return "", f"{change.place:019}", change.id
