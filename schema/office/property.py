"""The properties of a held subject: each value, the documents that assert it, and who has it."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from graph.explaining.inquiry import shown
from graph.model import Entry, EntryId
from graph.office.held_record import codes_of
from graph.reading import line_of
from schema.office.context import Info
from schema.office.held import OfRecord
from schema.office.verdicts import Verdict, verdicts_on

if TYPE_CHECKING:
    from schema.office.record import HeldRecord

ARecord = Annotated["HeldRecord", strawberry.lazy("schema.office.record")]


@strawberry.type
class HeldProperty:
    """One value of a subject, as its line has it."""

    subject: strawberry.Private[Entry]
    stated: strawberry.Private[Mapping[str, Any]]

    @strawberry.field
    def name(self) -> str:
        return shown(self.stated.get("name"))

    @strawberry.field
    def value(self) -> str:
        return shown(self.stated.get("value"))

    @strawberry.field
    def access_codes(self) -> list[str]:
        return codes_of(self.stated)

    @strawberry.field
    def sources(self, info: Info) -> list[ARecord]:
        """The documents that assert it. None: the record itself does, or they are not held."""
        sources = self.stated.get("sources")
        named = [id for id in sources if isinstance(id, str)] if isinstance(sources, list) else []
        found = (info.context.record(id) for id in dict.fromkeys(named))
        return [record for record in found if record is not None]

    @strawberry.field
    def verdicts(self, info: Info, agreements: list[strawberry.ID] | None = None) -> list[Verdict]:
        asking, subject = info.context, EntryId(self.subject.id)
        reading = f"{shown(self.stated.get('name'))}={shown(self.stated.get('value'))}"
        released = partial(asking.audience.releases_property, subject=subject, reading=reading)
        return verdicts_on(asking, f"{subject}#{reading}", agreements, released)


@strawberry.type
class WithProperties(OfRecord):
    """A record's properties, in the order of its line."""

    @strawberry.field
    def properties(self) -> list[HeldProperty]:
        stated = line_of(self.entry).get("properties")
        each = stated if isinstance(stated, list) else []
        return [HeldProperty(subject=self.entry, stated=one) for one in each if isinstance(one, dict)]
