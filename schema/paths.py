"""A path between two records, as the schema shows it. How long it is was not known before it was found: it is paid for
where its records or its links are asked for."""

import strawberry

from graph.path import Path as Found
from schema.context import Info
from schema.nodes import Record, shown
from schema.record_links import Link


@strawberry.type
class Path:
    """A shortest path. length: how many links it has."""

    length: int
    found: strawberry.Private[Found]

    @classmethod
    def of(cls, found: Found) -> "Path":
        """The path as the schema shows it."""
        return cls(length=len(found.links), found=found)

    @strawberry.field
    def records(self, info: Info) -> list[Record]:
        ids = self.found.records
        info.context.budget.take(info._raw_info.field_nodes, len(ids))
        return [shown(record) for id in ids if (record := info.context.view.record(id)) is not None]

    @strawberry.field
    def links(self, info: Info) -> list[Link]:
        ids = self.found.links
        info.context.budget.take(info._raw_info.field_nodes, len(ids))
        return [Link.of(link) for id in ids if (link := info.context.view.link(id)) is not None]
