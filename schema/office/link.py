"""A held link, and the links of a held record: by pages, and counted before anybody opens them.

Each further concept adds its fields by a base of its own (see the package). A link is there for a reader for whom both
of its ends are; an end that was never loaded is null.
"""

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.explaining.inquiry import shown
from graph.model import EntryId, Kind
from graph.office.held_record import codes_of, link_fields_of, text_of
from graph.office.neighbours import Tie
from graph.reading import line_of
from schema.cursors import Belonging, Position
from schema.office.context import Asking, Info
from schema.office.field import Field, those_of
from schema.office.held import OfRecord
from schema.office.history import WithClearances
from schema.office.kinds import Direction, RecordKind, kinds_of
from schema.office.pages import Connection, connection_of, page_of
from schema.office.requests import LinkWithRequests
from schema.office.verdicts import Verdict, verdicts_on

if TYPE_CHECKING:
    from schema.office.record import HeldRecord

ARecord = Annotated["HeldRecord", strawberry.lazy("schema.office.record")]


@strawberry.type
class HeldLink(WithClearances, LinkWithRequests):
    """A link as it is held. seen_from: the record among whose links it was found."""

    seen_from: strawberry.Private[EntryId | None] = None

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.entry.id)

    @strawberry.field
    def type(self) -> str:
        return shown(line_of(self.entry).get("type"))

    @strawberry.field
    def role(self) -> str | None:
        return text_of(line_of(self.entry), "role")

    @strawberry.field
    def access_codes(self) -> list[str]:
        return codes_of(line_of(self.entry))

    @strawberry.field
    def direction(self) -> Direction | None:
        """As seen from the record among whose links it stands."""
        if self.seen_from is None:
            return None
        return Direction.OUT if self._end("from") == self.seen_from else Direction.IN

    def _from(self, info: Info) -> ARecord | None:
        return info.context.record(self._end("from"))

    head: ARecord | None = strawberry.field(name="from", resolver=_from)

    @strawberry.field
    def to(self, info: Info) -> ARecord | None:
        return info.context.record(self._end("to"))

    @strawberry.field
    def other(self, info: Info) -> ARecord | None:
        """The other end, as seen from the record among whose links it stands."""
        if self.seen_from is None:
            return None
        ends = (self._end("from"), self._end("to"))
        return info.context.record(ends[ends[0] == self.seen_from])

    @strawberry.field
    def fields(self, names: list[str] | None = None) -> list[Field]:
        """Every other field of the line, unknown ones too, in its order; with names, those of them alone."""
        return those_of(link_fields_of(self.entry), names)

    @strawberry.field
    def verdicts(self, info: Info, agreements: list[strawberry.ID] | None = None) -> list[Verdict]:
        audience, id = info.context.audience, self.entry.id
        return verdicts_on(info.context, id, agreements, lambda mou: audience.releases_link(mou, id))

    def _end(self, name: str) -> EntryId:
        return EntryId(line_of(self.entry)[name])


@strawberry.type
class LinkCount:
    """How many links of one type lead one way to records of one kind. kind: null where the end was never loaded."""

    type: str
    direction: Direction
    kind: RecordKind | None
    count: int


@strawberry.type
class WithLinks(OfRecord):
    """A record's links."""

    @strawberry.field
    def link_counts(self, info: Info) -> list[LinkCount]:
        """By type, direction and kind of the other end."""
        counts = info.context.seen.neighbours.counts(self.entry.id)
        ordered = sorted(counts.items(), key=lambda each: (each[0][0], not each[0][1], each[0][2] or ""))
        return [
            LinkCount(type=type, direction=_direction(is_out), kind=_kind(kind), count=count)
            for (type, is_out, kind), count in ordered
        ]

    @strawberry.field
    def links(
        self,
        info: Info,
        types: list[str] | None = None,
        kinds: list[RecordKind] | None = None,
        directions: list[Direction] | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[HeldLink]:
        """By type, then by the id of the other end."""
        asking, wanted = info.context, kinds_of(kinds)
        ties = [
            tie
            for tie in asking.seen.neighbours.of(self.entry.id)
            if (types is None or tie.type in types)
            and (wanted is None or tie.kind in wanted)
            and (directions is None or _direction(tie.is_out) in directions)
        ]
        stated = repr((types, sorted(wanted or ()), [way.value for way in directions or ()]))
        belonging = Belonging(self.entry.id, "links", stated)
        page = page_of(ties, _position, belonging, asking.cursors, first, after)
        found = (link_of(asking, tie.link, self.entry.id) for tie in page.shown)
        return connection_of(page, (link for link in found if link is not None))


def link_of(asking: Asking, id: EntryId, seen_from: EntryId | None = None) -> HeldLink | None:
    """The link, if there is one for this reader."""
    entry = asking.seen.link(id)
    if entry is None:
        return None
    asking.tell(id)
    return HeldLink(entry=entry, seen_from=seen_from)


@strawberry.type
class LinkQuery:
    """Links by their ids."""

    @strawberry.field
    def link(self, info: Info, id: strawberry.ID) -> HeldLink | None:
        """Null: never loaded, or not for this reader. It is one answer."""
        return link_of(info.context, EntryId(id))


def _position(tie: Tie) -> Position:
    return tie.type, tie.other, tie.link


def _direction(is_out: bool) -> Direction:
    return Direction.OUT if is_out else Direction.IN


def _kind(kind: Kind | None) -> RecordKind | None:
    return None if kind is None else RecordKind(kind.value)
