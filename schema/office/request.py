"""A first half that waits for a second person: what is asked for, by whom, and what its approval would do.

It is told to whoever may know of all that it is about. Its effect is found when it is asked for, from what is held
then.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Final

import strawberry

from graph import dossier
from graph.dossier import Dossier, State, request_id
from graph.model import EntryId
from graph.office.blocking import Blocking
from graph.office.desk_rights import Refused
from graph.office.desk_sight import Sight
from schema.office.context import Asking, Info
from schema.office.effects import Effect, effects_of
from schema.office.recoding import FieldChange, changes_by

if TYPE_CHECKING:
    from schema.office.link import HeldLink
    from schema.office.record import HeldRecord

TAKEN_OVER: Final = "a later one took its place"
NOT_LOOKED_FOR: Final = Blocking("", "Not looked for, as the list is long. Open the request by itself.")

ALink = Annotated["HeldLink", strawberry.lazy("schema.office.link")]
ARecord = Annotated["HeldRecord", strawberry.lazy("schema.office.record")]


@strawberry.enum
class RequestKind(Enum):
    """What a first person asks a second one for."""

    RECODE = dossier.RequestKind.RECODE.value
    CLEARANCE = dossier.RequestKind.CLEARANCE.value
    CONSENT = dossier.RequestKind.CONSENT.value
    LIFT = dossier.RequestKind.LIFT.value


@strawberry.type
class Obstacle:
    """A finding that stands against an approval until Data Quality accepts it."""

    id: strawberry.ID
    text: str


@strawberry.type
class Request:
    """A first half, and what has become of it."""

    target: strawberry.Private[EntryId]
    file: strawberry.Private[Dossier]
    asked: strawberry.Private[dossier.Request]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.name)

    @strawberry.field
    def kind(self) -> RequestKind:
        return RequestKind(self.asked.kind.value)

    @strawberry.field
    def record(self, info: Info) -> ARecord | None:
        """What it is about, where that is a record."""
        return info.context.record(self.target)

    @strawberry.field
    def link(self, info: Info) -> ALink | None:
        """What it is about, where that is a link that is held."""
        return info.context.link(self.target)

    @strawberry.field
    def about(self) -> strawberry.ID:
        """The id of what it is about: a record, a link, or an implied citation."""
        return strawberry.ID(self.target)

    @strawberry.field
    def version(self, info: Info) -> str:
        """To be named by who approves: another one whenever it, or what it is about, is another one."""
        return desk_sight(info.context).request_version(self.target, self.file, self.asked)

    @strawberry.field
    def by(self) -> str:
        return self.asked.by.who

    @strawberry.field
    def office(self) -> str:
        return self.asked.office

    @strawberry.field
    def at(self) -> str:
        return self.asked.by.at

    @strawberry.field
    def reason(self) -> str:
        return self.asked.by.reason

    @strawberry.field
    def codes(self) -> list[str]:
        return list(self.asked.asked.codes)

    @strawberry.field
    def categories(self) -> list[strawberry.ID]:
        return list(map(strawberry.ID, self.asked.asked.categories))

    @strawberry.field
    def agreements(self) -> list[strawberry.ID]:
        return list(map(strawberry.ID, self.asked.asked.agreements))

    @strawberry.field
    def start(self) -> str | None:
        return self.asked.asked.start

    @strawberry.field
    def end(self) -> str | None:
        return self.asked.asked.end

    @strawberry.field
    def granted_by(self) -> str | None:
        return self.asked.asked.granted_by

    @strawberry.field
    def state(self) -> str:
        """`open`, `approved`, `returned`, `replaced` by a later one, or `ended` by itself."""
        return self.asked.state.value

    @strawberry.field
    def why(self) -> str | None:
        """Why it ended, and what the person who answered it said, whose words are told as such."""
        return "; ".join(_whys(self.asked)) or None

    @strawberry.field
    def decided_by(self) -> str | None:
        return None if self.asked.decided is None else self.asked.decided.who

    @strawberry.field
    def effect(self, info: Info) -> list[Effect]:
        """What its approval would let partners have, once it is published. Of an open one alone."""
        asking = info.context
        try:
            return effects_of(asking, asking.door.effects(asking.officer, asking.look, self.name))
        except Refused:  # it is open no more, or what it is about is another one
            return []

    @strawberry.field
    def obstacles(self, info: Info) -> list[Obstacle]:
        """The findings that stand against it. In a long list some may not have been looked for; the text says so."""
        found = self._obstacles(info.context)
        return [Obstacle(id=strawberry.ID(each.id), text=each.text) for each in found]

    @strawberry.field
    def blocked(self, info: Info) -> bool:
        """Whether findings stand against it, or have not been looked for."""
        return bool(self._obstacles(info.context))

    @strawberry.field
    def diff(self, info: Info) -> list[FieldChange]:
        """The fields that the approval of a recoding would change."""
        if self.asked.state is not State.OPEN or self.asked.kind is not dossier.RequestKind.RECODE:
            return []
        return list(changes_by(desk_sight(info.context), self.target, self.file, self.asked))

    @property
    def name(self) -> str:
        """How it is called."""
        return request_id(self.target, self.file, self.asked)

    def _obstacles(self, asking: Asking) -> Sequence[Blocking]:
        """Found once for an answer, however many fields ask for it, and as long as there is time enough."""
        known = asking.obstacles
        if self.asked.state is not State.OPEN:
            return ()
        if self.name not in known and asking.deadline.half_over:
            return (NOT_LOOKED_FOR,)
        if self.name not in known:
            try:
                known[self.name] = asking.door.obstacles(asking.officer, asking.look, self.name)
            except Refused:  # what it is about is another one
                known[self.name] = ()
        return known[self.name]


def request_of(asking: Asking, name: str) -> Request | None:
    """The request of that name, if there is one for this reader."""
    try:
        target, file, asked = desk_sight(asking).request(name)
    except Refused:
        return None
    if not asking.shows_request(asked):
        return None
    asking.tell(target)
    return Request(target=target, file=file, asked=asked)


def desk_sight(asking: Asking) -> Sight:
    """What the desk sees of what the reader may know of."""
    return asking.door.desk(asking.officer, asking.look).sight


def _whys(asked: dossier.Request) -> Iterator[str]:
    if asked.why is not None:
        yield asked.why
    elif asked.state is State.REPLACED:
        yield TAKEN_OVER
    if asked.decided is not None:
        approved = "approved it before and " if asked.state in (State.REPLACED, State.ENDED) else ""
        yield f"{asked.decided.who} {approved}said: {asked.decided.reason}"
