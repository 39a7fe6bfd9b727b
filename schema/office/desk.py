"""The desk's mutations: recode, approve, clear, consent, withdraw, lift, return, delete. Each has a reason.

What closes is done for every partner when it is answered; what opens waits for a second person, and then for a
publication. `graph.office.desk` decides; here arguments are read, and it is told what was done.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.dossier import Asked
from graph.model import EntryId
from graph.office.desk import Decided, Desk
from schema.office.acting import act
from schema.office.context import Asking, Info
from schema.office.desk_door import Acted
from schema.office.effects import Effect, effects_of, sentence_of
from schema.office.refusal import OfficeCode, OfficeRefusal
from schema.office.request import Request, request_of

if TYPE_CHECKING:
    from schema.office.link import HeldLink
    from schema.office.record import HeldRecord

ALink = Annotated["HeldLink", strawberry.lazy("schema.office.link")]
ARecord = Annotated["HeldRecord", strawberry.lazy("schema.office.record")]


@strawberry.type
class Done:
    """What was done. effect: what partners gain by it once it is published, or have lost."""

    target: strawberry.Private[EntryId]
    effect: list[Effect]
    text: str
    request: Request | None

    @strawberry.field
    def record(self, info: Info) -> ARecord | None:
        """As it is now, where it is a record."""
        return info.context.record(self.target)

    @strawberry.field
    def link(self, info: Info) -> ALink | None:
        """As it is now, where it is a link that is held."""
        return info.context.link(self.target)

    @strawberry.field
    def about(self) -> strawberry.ID:
        """The id of what it was done to."""
        return strawberry.ID(self.target)


@strawberry.type
class DeskMutation:
    """What officers do."""

    @strawberry.mutation
    def recode(self, info: Info, id: strawberry.ID, codes: list[str], reason: str, version: str) -> Done:
        """Add codes at once; they stand alone once another person approves."""
        return _done(info.context, lambda desk: desk.recode(EntryId(id), codes, reason, version))

    @strawberry.mutation
    def approve(self, info: Info, request: strawberry.ID, version: str, reason: str) -> Done:
        """Approve what another person asked for, as it is now."""
        return _done(info.context, lambda desk: desk.approve(request, version, reason))

    @strawberry.mutation
    def return_for_correction(
        self,
        info: Info,
        reason: str,
        request: strawberry.ID | None = None,
        record: strawberry.ID | None = None,
    ) -> Done:
        """Send back a request, or a record, which is approved no more. Name one of the two."""
        if (request is None) == (record is None):
            raise OfficeRefusal(OfficeCode.BAD_ARGUMENT, "Name a request or a record.")

        def does(desk: Desk) -> Decided:
            if request is not None:
                return desk.return_request(request, reason)
            return desk.return_record(EntryId(record or ""), reason)

        return _done(info.context, does)

    @strawberry.mutation
    def request_clearance(
        self,
        info: Info,
        link: strawberry.ID,
        categories: list[strawberry.ID],
        agreements: list[strawberry.ID],
        end: str,
        reason: str,
        start: str | None = None,
    ) -> Done:
        """Ask that categories do not pass along a link, or along the citation that a number in a text is."""
        wanted = Asked(categories=tuple(categories), agreements=tuple(agreements), start=start, end=end)
        return _done(info.context, lambda desk: desk.ask_clearance(EntryId(link), wanted, reason))

    @strawberry.mutation
    def request_consent(  # noqa: PLR0913, PLR0917  # a consent has as many parts
        self,
        info: Info,
        category: strawberry.ID,
        agreement: strawberry.ID,
        granted_by: str,
        end: str,
        reason: str,
        record: strawberry.ID | None = None,
        link: strawberry.ID | None = None,
        start: str | None = None,
    ) -> Done:
        """Ask that an originator's consent be taken in. Name the record or the link that it is for."""
        if (record is None) == (link is None):
            raise OfficeRefusal(OfficeCode.BAD_ARGUMENT, "Name a record or a link.")
        wanted = Asked(
            categories=(category,), agreements=(agreement,), start=start, end=end, granted_by=granted_by
        )
        target = EntryId(record or link or "")
        return _done(info.context, lambda desk: desk.ask_consent(target, wanted, reason))

    @strawberry.mutation
    def withdraw(self, info: Info, id: strawberry.ID, reason: str) -> Done:
        """Take a record or a link from every partner, at once and whatever its lines say."""
        return _done(info.context, lambda desk: desk.withdraw(EntryId(id), reason))

    @strawberry.mutation
    def request_lift(self, info: Info, id: strawberry.ID, reason: str) -> Done:
        """Ask that a withdrawal, or a deletion, be lifted."""
        return _done(info.context, lambda desk: desk.ask_lift(EntryId(id), reason))

    @strawberry.mutation
    def delete(self, info: Info, id: strawberry.ID, reason: str, version: str) -> Done:
        """Erase the content of a record, or end a clearance or a consent, whatever line comes."""
        return _done(info.context, lambda desk: desk.delete(EntryId(id), reason, version))


def _done(asking: Asking, does: Callable[[Desk], Decided]) -> Done:
    acted: Acted = act(asking, does)
    return Done(
        target=acted.about,
        effect=effects_of(asking, acted.effects),
        text=sentence_of(asking, acted.effects),
        request=None if acted.request is None else request_of(asking, acted.request),
    )
