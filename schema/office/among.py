"""The links between records that a reader has already: what a canvas draws between those that stand on it."""

import strawberry

from graph.model import EntryId
from schema.asked import few
from schema.office.context import Info
from schema.office.link import HeldLink, link_of


@strawberry.type
class AmongQuery:
    """Links by the records at both of their ends."""

    @strawberry.field
    def links_among(self, info: Info, ids: list[strawberry.ID]) -> list[HeldLink]:
        """By their ids. At most 100 records are asked about at once."""
        asking = info.context
        found = asking.seen.neighbours.among(EntryId(id) for id in few(ids))
        links = (link_of(asking, link) for link in found)
        return [link for link in links if link is not None]
