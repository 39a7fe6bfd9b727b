"""What would reach partners, or leave them: records by agreement. Only of records that the reader may know of."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import strawberry

from graph import effect
from graph.model import AgreementId, EntryId, Kind
from graph.office.audience import NOT_SHOWN
from schema.office.context import Asking, Info

if TYPE_CHECKING:
    from schema.office.record import HeldRecord

ARecord = Annotated["HeldRecord", strawberry.lazy("schema.office.record")]

NOTHING_COMES: Final[Mapping[EntryId, Kind]] = {}


@strawberry.type
class EffectRecord:
    """A record that a partner gains, sees otherwise, or loses."""

    about: strawberry.Private[EntryId]
    agreement: strawberry.Private[AgreementId]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.about)

    @strawberry.field
    def record(self, info: Info) -> ARecord | None:
        """Null where it is not held yet."""
        return info.context.record(self.about)

    @strawberry.field
    def reasons(self, info: Info) -> list[str]:
        """Why it is withheld as things are now: none of what is released, or not held yet."""
        audience = info.context.audience
        inquiry = audience.seen.inquiry(self.agreement)
        node = inquiry.node(self.about)
        if node is None or audience.releases_record(self.agreement, self.about):
            return []
        return list(inquiry.reasons(node)) or [NOT_SHOWN]


@strawberry.type
class Effect:
    """Of one agreement."""

    agreement: strawberry.ID
    adds: list[EffectRecord]
    changes: list[EffectRecord]
    withdraws: list[EffectRecord]
    text: str


def effects_of(
    asking: Asking, told: Sequence[effect.Effect], coming: Mapping[EntryId, Kind] = NOTHING_COMES
) -> list[Effect]:
    """As the schema shows them to this reader. coming: the kinds of records that are not held yet."""
    kind = _kind_for(asking, coming)
    seen = [one.only(lambda id: id in coming or asking.seen.entry(id) is not None) for one in told]
    return [_effect(one, kind) for one in seen if one.adds or one.changes or one.withdraws]


def sentence_of(asking: Asking, told: Sequence[effect.Effect]) -> str:
    """All of them in one sentence."""
    return effect.sentence([one.only(_shown(asking)) for one in told], _kind_for(asking, NOTHING_COMES))


def _effect(told: effect.Effect, kind: effect.KindOf) -> Effect:
    return Effect(
        agreement=strawberry.ID(told.agreement),
        adds=_records(told, told.adds),
        changes=_records(told, told.changes),
        withdraws=_records(told, told.withdraws),
        text=effect.sentence([told], kind),
    )


def _records(told: effect.Effect, ids: Sequence[EntryId]) -> list[EffectRecord]:
    return [EffectRecord(about=id, agreement=told.agreement) for id in ids]


def _shown(asking: Asking) -> effect.Shown:
    return lambda id: asking.seen.entry(id) is not None


def _kind_for(asking: Asking, coming: Mapping[EntryId, Kind]) -> effect.KindOf:
    def kind(id: EntryId) -> Kind | None:
        entry = asking.seen.entry(id)
        return coming.get(id) if entry is None else entry.kind

    return kind
