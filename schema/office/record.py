"""A held record: what stands in its line. Each further concept adds fields by a base of its own (see the package)."""

import strawberry

from graph.model import EntryId
from graph.office.held_record import codes_of, fields_of, label_of, text_of, version_of
from graph.reading import line_of
from schema.asked import few
from schema.office.context import Asking, Info
from schema.office.field import Field, those_of
from schema.office.history import WithHistory
from schema.office.kinds import RecordKind
from schema.office.link import WithLinks
from schema.office.opaque import WithOpaqueId
from schema.office.property import WithProperties
from schema.office.quality import WithQuality
from schema.office.requests import WithRequests
from schema.office.verdicts import CategoryRef, Verdict, verdicts_on


@strawberry.type
class Approval:
    """Who prepared and who approved a record."""

    state: str | None
    agent: str | None
    supervisor: str | None
    date: str | None


@strawberry.type
class HeldRecord(WithProperties, WithLinks, WithHistory, WithOpaqueId, WithRequests, WithQuality):
    """A case, a document or a subject as it is held."""

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.entry.id)

    @strawberry.field
    def kind(self) -> RecordKind:
        return RecordKind(self.entry.kind.value)

    @strawberry.field
    def version(self, info: Info) -> str:
        """Another one whenever its line, or what the desk did to it, is another one."""
        return version_of(self.entry, info.context.seen.withdrawals.get(self.entry.id))

    @strawberry.field
    def label(self) -> str:
        return label_of(self.entry)

    @strawberry.field
    def number(self) -> str | None:
        return text_of(line_of(self.entry), "number")

    @strawberry.field
    def office(self) -> str | None:
        return text_of(line_of(self.entry), "office")

    @strawberry.field
    def source_system(self) -> str | None:
        return text_of(line_of(self.entry), "source_system")

    @strawberry.field
    def access_codes(self) -> list[str]:
        return codes_of(line_of(self.entry))

    @strawberry.field
    def approval(self) -> Approval | None:
        stated = line_of(self.entry).get("approval")
        if not isinstance(stated, dict):
            return None
        return Approval(**{name: text_of(stated, name) for name in ("state", "agent", "supervisor", "date")})

    @strawberry.field
    def date(self, info: Info) -> str | None:
        """The day by which it is shared (R5)."""
        return text_of(line_of(self.entry), info.context.seen.rules.policy.date_fields[self.entry.kind])

    @strawberry.field
    def fields(self, info: Info, names: list[str] | None = None) -> list[Field]:
        """Every other field of the line, unknown ones too, in its order; with names, those of them alone."""
        return those_of(fields_of(self.entry, info.context.seen.rules.policy), names)

    @strawberry.field
    def categories(self, info: Info) -> list[CategoryRef]:
        """Its own, by its codes, its system and the links that mark it, before anything is carried."""
        policy = info.context.seen.rules.policy
        own = info.context.seen.own_categories(self.entry.id)
        return [CategoryRef.of(policy.categories[name]) for name in policy.names_of(own)]

    @strawberry.field
    def verdicts(self, info: Info, agreements: list[strawberry.ID] | None = None) -> list[Verdict]:
        audience, id = info.context.audience, self.entry.id
        return verdicts_on(info.context, id, agreements, lambda mou: audience.releases_record(mou, id))

    @strawberry.field
    def deleted(self) -> bool:
        return self.entry.deleted


def record_of(asking: Asking, id: EntryId) -> HeldRecord | None:
    """The record, if there is one for this reader."""
    entry = asking.seen.record(id)
    if entry is None:
        return None
    asking.tell(id)
    return HeldRecord(entry=entry)


@strawberry.type
class RecordQuery:
    """Records by their ids."""

    @strawberry.field
    def record(self, info: Info, id: strawberry.ID) -> HeldRecord | None:
        """Null: never loaded, or not for this reader. It is one answer."""
        return record_of(info.context, EntryId(id))

    @strawberry.field
    def records(self, info: Info, ids: list[strawberry.ID]) -> list[HeldRecord | None]:
        """At most 100 at once."""
        return [record_of(info.context, EntryId(id)) for id in few(ids)]
