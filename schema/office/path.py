"""A shortest path between two held records, along links in either direction, of those that the reader may know of."""

from typing import Annotated

import strawberry

from graph.model import EntryId
from graph.office.held_path import shortest_held
from schema.errors import Code, Refusal
from schema.office.context import Info
from schema.office.link import HeldLink, link_of
from schema.office.record import HeldRecord, record_of


@strawberry.type
class HeldPath:
    """records: from the start to the end. links: one between each two of them. length: how many links."""

    length: int
    records: list[HeldRecord | None]
    links: list[HeldLink | None]


@strawberry.type
class PathQuery:
    """Ways between records."""

    @strawberry.field
    def path(
        self,
        info: Info,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from")],
        to: strawberry.ID,
        max_length: int | None = None,
    ) -> HeldPath | None:
        """Null where there is none, or where one of the two is not there for this reader."""
        asking = info.context
        if max_length is not None and max_length < 0:
            raise Refusal(Code.BAD_ARGUMENT)
        start, end = EntryId(from_), EntryId(to)
        if asking.seen.record(start) is None or asking.seen.record(end) is None:
            return None
        found = shortest_held(asking.seen.neighbours, start, end, max_length, asking.deadline.check)
        if found is None:
            return None
        return HeldPath(
            length=len(found.links),
            records=[record_of(asking, EntryId(id)) for id in found.records],
            links=[link_of(asking, EntryId(id)) for id in found.links],
        )
