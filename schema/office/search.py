"""Search over every field of every record that the reader may know of, the best matches first."""

import strawberry

from graph.matches import Found
from graph.model import EntryId
from graph.search_index import query_words, too_many
from schema.cursors import Belonging, Position
from schema.errors import Code, Refusal
from schema.office.context import Info
from schema.office.kinds import RecordKind, kinds_of
from schema.office.pages import Connection, connection_of, page_of
from schema.office.record import HeldRecord, record_of


def _position(found: Found) -> Position:
    return str(found.tier), found.rank, found.id


@strawberry.type
class SearchQuery:
    """Records by words."""

    @strawberry.field
    def search(
        self,
        info: Info,
        text: str,
        kinds: list[RecordKind] | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[HeldRecord]:
        """All words must match; empty text finds nothing."""
        asking, words = info.context, query_words(text)
        if too_many(words):
            raise Refusal(Code.BAD_ARGUMENT)
        wanted = kinds_of(kinds)
        stated = " ".join([*words, *sorted(wanted)] if wanted is not None else words)
        with asking.deadline.apart():  # who searches first after a write waits for the index, and is told
            index = asking.index()
        matches = index.search(words, wanted)
        page = page_of(matches, _position, Belonging("", "search", stated), asking.cursors, first, after)
        nodes = (record_of(asking, EntryId(found.id)) for found in page.shown)
        return connection_of(page, (node for node in nodes if node is not None))
