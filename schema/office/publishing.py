"""Publishing from the office: what was approved reaches partners. It is asked about as the command asks.

Numbers and versions are those of whole releases. Who may not know of all has none of them here, nor in what is asked:
`publications` tells him of those records that he sees.
"""

from collections.abc import Sequence

import strawberry

from graph import planning
from graph.office.desk_rights import Refused, Why
from schema.office.acting import behind
from schema.office.context import Asking, Info
from schema.office.refusal import TEXTS, OfficeCode


@strawberry.type
class Published:
    """One agreement's release as it was published: records that it gained, that changed, and that it lost.

    All null for who may not know of all; `publications` tells him what he may know.
    """

    agreement: strawberry.ID
    version: str | None = None
    added: int | None = None
    updated: int | None = None
    withdrawn: int | None = None
    held_back: int | None = None

    @classmethod
    def of(cls, told: planning.Publication) -> "Published":
        """As the schema shows it to who may know of all."""
        return cls(
            agreement=strawberry.ID(told.agreement),
            version=told.version,
            added=told.added,
            updated=told.updated,
            withdrawn=told.withdrawn,
            held_back=told.held_back,
        )


@strawberry.type
class PublishMutation:
    """What a supervisor lets out."""

    @strawberry.mutation
    def publish(
        self, info: Info, reason: str, agreements: list[strawberry.ID] | None = None, yes: bool = False
    ) -> list[Published]:
        """Publish these agreements, or all. The code ASK says why a person is to look first; then say yes."""
        asking = info.context
        told = behind(asking, lambda: _published(asking, agreements, reason, yes))
        if asking.audience.sees_all:
            return list(map(Published.of, told))
        return [Published(agreement=strawberry.ID(each.agreement)) for each in told]


def _published(
    asking: Asking, agreements: Sequence[str] | None, reason: str, yes: bool
) -> list[planning.Publication]:
    try:
        return asking.door.publish(asking.officer, agreements, reason, yes)
    except Refused as refused:
        if refused.why is not Why.ASK or asking.audience.sees_all:
            raise
        raise Refused(Why.ASK, TEXTS[OfficeCode.ASK]) from None
