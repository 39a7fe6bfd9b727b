"""The agreements on file, each with its meter: how much it has of what the reader may know of, and why not the rest."""

from collections.abc import Callable
from datetime import date
from functools import cache

import strawberry

from graph import agreement as on_file
from graph.model import AgreementId
from graph.office.audience_meter import AudienceMeter, audience_meter
from graph.shares import ByKind
from schema.errors import Code, Refusal
from schema.office.context import Asking, Info
from schema.office.kinds import RecordKind
from schema.office.publications import Publication, publications_of


@strawberry.type
class ReasonCount:
    """How many records of one kind a reason withholds; one record may have several reasons."""

    reason: str
    kind: RecordKind
    count: int


@strawberry.type
class KindCount:
    """How many records of one kind are held, and how many of these are released."""

    kind: RecordKind
    held: int
    released: int


@strawberry.type
class Agreement:
    """What one partner may receive. start, end: days, the end the first without."""

    mou: strawberry.Private[on_file.Agreement]
    meter: strawberry.Private[Callable[[], AudienceMeter]]
    latest: strawberry.Private[Callable[[], Publication | None]]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.mou.id)

    @strawberry.field
    def partner(self) -> str:
        return self.mou.partner

    @strawberry.field
    def start(self) -> str:
        return date.fromordinal(self.mou.effective).isoformat()

    @strawberry.field
    def end(self) -> str:
        return date.fromordinal(self.mou.expires).isoformat()

    @strawberry.field
    def suspended(self) -> bool:
        return self.mou.suspended

    @strawberry.field
    def caveat(self) -> str:
        return self.mou.caveat

    @strawberry.field
    def version(self) -> str | None:
        """Of the release; null where there is none, or where it is not all for this reader."""
        latest = self.latest()
        return None if latest is None else latest.version

    @strawberry.field
    def published_at(self) -> str | None:
        """When the release became what this reader may know of it."""
        latest = self.latest()
        return None if latest is None else latest.at

    @strawberry.field
    def held(self) -> int:
        return self.meter().held.total

    @strawberry.field
    def released(self) -> int:
        return self.meter().released.total

    @strawberry.field
    def kinds(self) -> list[KindCount]:
        meter = self.meter()
        return [
            KindCount(kind=kind, held=_of(meter.held, kind), released=_of(meter.released, kind))
            for kind in RecordKind
        ]

    @strawberry.field
    def withheld(self) -> list[ReasonCount]:
        return [
            ReasonCount(reason=each.reason, kind=RecordKind(each.kind.value), count=each.count)
            for each in self.meter().withheld
        ]

    @classmethod
    def of(cls, asking: Asking, mou: on_file.Agreement) -> "Agreement":
        """As this reader may know of it. Its meter and publications are looked for once, when asked for."""
        return cls(
            mou=mou,
            meter=cache(lambda: _metered(asking, mou.id)),
            latest=cache(lambda: next(iter(publications_of(asking, mou.id)), None)),
        )


@strawberry.type
class AgreementQuery:
    """Agreements and what was published under them."""

    @strawberry.field
    def agreements(self, info: Info) -> list[Agreement]:
        known = info.context.seen.rules.agreements
        return [Agreement.of(info.context, known[id]) for id in sorted(known)]

    @strawberry.field
    def publications(
        self, info: Info, agreement: strawberry.ID | None = None, first: int = 20
    ) -> list[Publication]:
        """The versions of the releases that touched what the reader may know of, the latest first."""
        if not 0 <= first <= 100:
            raise Refusal(Code.BAD_PAGE)
        known = info.context.seen.rules.agreements
        wanted = known if agreement is None else [AgreementId(agreement)]
        found = [each for id in wanted if id in known for each in publications_of(info.context, id)]
        return sorted(found, key=lambda each: (each.at, each.agreement), reverse=True)[:first]


def _metered(asking: Asking, agreement: AgreementId) -> AudienceMeter:
    asking.deadline.check()
    return audience_meter(asking.audience, agreement)


def _of(counts: ByKind, kind: RecordKind) -> int:
    return {
        RecordKind.CASE: counts.case,
        RecordKind.DOCUMENT: counts.document,
        RecordKind.SUBJECT: counts.subject,
    }[kind]
