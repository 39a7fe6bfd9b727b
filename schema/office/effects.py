"""What would reach partners, or leave them: records by agreement. Only of records that the reader may know of."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import effect
from graph.model import EntryId, Kind
from schema.office.context import Asking, Info

if TYPE_CHECKING:
    from schema.office.record import HeldRecord

ARecord = Annotated["HeldRecord", strawberry.lazy("schema.office.record")]


@strawberry.type
class EffectRecord:
    """A record that a partner gains, sees otherwise, or loses. reasons: why it is withheld otherwise, where told."""

    about: strawberry.Private[EntryId]
    reasons: list[str]

    @strawberry.field
    def record(self, info: Info) -> ARecord | None:
        return info.context.record(self.about)


@strawberry.type
class Effect:
    """Of one agreement."""

    agreement: strawberry.ID
    adds: list[EffectRecord]
    changes: list[EffectRecord]
    withdraws: list[EffectRecord]
    text: str


def effects_of(asking: Asking, told: Sequence[effect.Effect]) -> list[Effect]:
    """As the schema shows them to this reader."""
    seen = [one.only(_shown(asking)) for one in told]
    return [_effect(asking, one) for one in seen if one.adds or one.changes or one.withdraws]


def sentence_of(asking: Asking, told: Sequence[effect.Effect]) -> str:
    """All of them in one sentence."""
    return effect.sentence([one.only(_shown(asking)) for one in told], _kind_for(asking))


def _effect(asking: Asking, told: effect.Effect) -> Effect:
    return Effect(
        agreement=strawberry.ID(told.agreement),
        adds=_records(told.adds),
        changes=_records(told.changes),
        withdraws=_records(told.withdraws),
        text=effect.sentence([told], _kind_for(asking)),
    )


def _records(ids: Sequence[EntryId]) -> list[EffectRecord]:
    return [EffectRecord(about=id, reasons=[]) for id in ids]


def _shown(asking: Asking) -> effect.Shown:
    return lambda id: asking.seen.entry(id) is not None


def _kind_for(asking: Asking) -> effect.KindOf:
    def kind(id: EntryId) -> Kind | None:
        entry = asking.seen.entry(id)
        return None if entry is None else entry.kind

    return kind
