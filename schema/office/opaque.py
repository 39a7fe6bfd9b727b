"""A record by the id that a partner has for it, and the other way: only where that agreement's release has it."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.model import AgreementId, OpaqueId
from schema.office.context import Info
from schema.office.held import OfRecord

if TYPE_CHECKING:
    from schema.office.record import HeldRecord

ARecord = Annotated["HeldRecord", strawberry.lazy("schema.office.record")]


@strawberry.type
class WithOpaqueId(OfRecord):
    """A record's id as a partner has it."""

    @strawberry.field
    def opaque_id(self, info: Info, agreement: strawberry.ID) -> strawberry.ID | None:
        """Null where that agreement's release does not have it."""
        mou = AgreementId(agreement)
        if mou not in info.context.seen.rules.agreements:
            return None
        name = info.context.archive.name(mou, self.entry.id)
        return None if name is None else strawberry.ID(name)


@strawberry.type
class OpaqueQuery:
    """Records by a partner's ids."""

    @strawberry.field
    def record_by_opaque_id(self, info: Info, agreement: strawberry.ID, id: strawberry.ID) -> ARecord | None:
        """Null: no such id, or not for this reader."""
        asking, mou = info.context, AgreementId(agreement)
        if mou not in asking.seen.rules.agreements:
            return None
        found = asking.archive.names(mou, asking.seen).get(OpaqueId(id))
        if found is None or asking.archive.name(mou, found) is None:
            return None
        return asking.record(found)
