"""Publishing from the office: what was approved reaches partners. It is asked about as the command asks."""

import strawberry

from graph import publish
from schema.office.acting import behind
from schema.office.context import Info


@strawberry.type
class Published:
    """One agreement's release as it was published: records that it gained, that changed, and that it lost."""

    agreement: strawberry.ID
    version: str
    added: int
    updated: int
    withdrawn: int
    held_back: int

    @classmethod
    def of(cls, told: publish.Publication) -> "Published":
        """As the schema shows it."""
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
        told = behind(asking, lambda: asking.door.publish(asking.officer, agreements, reason, yes))
        return list(map(Published.of, told))
