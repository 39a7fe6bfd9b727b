"""What a resolver of the office knows: who asks, and what he may know of. There is no other way to what is held.

`audience.seen` is what is told from. `audience.whole` is there for the one bit that `Audience` takes from it and for
what is written; no text, id, count or order may come from it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
import strawberry

from graph.dossier import Act, Dossier, Request
from graph.model import EntryId
from graph.office.audience import Audience
from graph.office.blocking import Blocking
from graph.office.desk_hidden import hides_request, hides_word
from graph.office.desk_look import AudienceLook
from graph.office.held_search import HeldIndex
from graph.office.survey import Survey
from graph.officer import Officer
from graph.review.reviewing import Reviewing
from graph.withdrawals import Withdrawal
from schema.cursors import Cursors
from schema.deadline import Deadline
from schema.office.archive import Archive
from schema.office.desk_door import DeskDoor
from schema.office.review_door import ReviewDoor

if TYPE_CHECKING:
    from schema.office.link import HeldLink
    from schema.office.record import HeldRecord


@dataclass(slots=True)
class Asking:
    """One request's surroundings. index: made when it is first asked for. disclosed: the ids that were told.

    archive: what it takes beyond what is held.
    make_record, make_link: HeldRecord and HeldLink of an id, for modules that those know. door: to the desk.
    reviews: the door to reviewing. renew: what he may know of now, for what is told of an act once it is done.
    obstacles: by request, what was found to stand against it.
    """

    officer: Officer
    audience: Audience
    cursors: Cursors
    deadline: Deadline
    index: Callable[[], HeldIndex]
    archive: Archive
    make_record: "Callable[[Asking, EntryId], HeldRecord | None]"
    make_link: "Callable[[Asking, EntryId], HeldLink | None]"
    door: DeskDoor
    reviews: ReviewDoor
    renew: Callable[[], Audience]
    disclosed: dict[str, None] = field(default_factory=dict)
    _reviewing: tuple[Audience, Reviewing] | None = None
    obstacles: dict[str, Sequence[Blocking]] = field(default_factory=dict)

    @property
    def seen(self) -> Survey:
        """What the reader may know of."""
        return self.audience.seen

    @property
    def look(self) -> AudienceLook:
        """What he saw, as the desk asks for it."""
        return AudienceLook(self.audience)

    @property
    def reviewing(self) -> Reviewing:
        """What is found in what he may know of, and when it is due."""
        if self._reviewing is None or self._reviewing[0] is not self.audience:
            self._reviewing = self.audience, self.reviews.of(self.audience)
        return self._reviewing[1]

    def look_again(self) -> None:
        """Tell from what is held now. The index of the search stays; no field of an act searches."""
        with self.deadline.apart():
            self.audience = self.renew()
        self.obstacles.clear()

    def record(self, id: str) -> "HeldRecord | None":
        """The HeldRecord, or None where there is none for this reader."""
        return self.make_record(self, EntryId(id))

    def link(self, id: str) -> "HeldLink | None":
        """The HeldLink, or None where there is none for this reader."""
        return self.make_link(self, EntryId(id))

    def dossier(self, id: EntryId) -> Dossier:
        """What was said of an id at the desk, without what is about something that the reader may not know of."""
        dossier = self.archive.dossier(id)
        if self.audience.sees_all:
            return dossier
        kept = {
            request.number
            for request in dossier.requests
            if self.shows_request(request) and all(map(self.seen.entry, request.contents))
        }
        acts = tuple(act for act in dossier.acts if self._shows_act(act, kept))
        requests = tuple(request for request in dossier.requests if request.number in kept)
        return msgspec.structs.replace(dossier, acts=acts, requests=requests)

    def shows_request(self, request: Request) -> bool:
        """Whether the reader may know of every category that a request is about, or asked for it."""
        return not hides_request(self.seen.rules.policy, self.officer, request)

    def withdrawal(self, id: EntryId) -> Withdrawal | None:
        """The withdrawal of an id, if the reader may know of the act that it is."""
        known = self.seen.withdrawals.get(id)
        return known if known is not None and self.shows_word(known.who, known.codes) else None

    def shows_word(self, who: str, codes: tuple[str, ...]) -> bool:
        """Whether the reader may know of what had these codes when somebody said something of it."""
        return not hides_word(self.seen.rules.policy, self.officer, who, codes)

    def _shows_act(self, act: Act, kept: Collection[int]) -> bool:
        if act.request is not None:
            return act.request in kept
        return self.shows_word(act.word.who, act.word.codes)

    def tell(self, id: str) -> None:
        """Note that this id is told, for the log of what was read."""
        self.deadline.check()
        self.disclosed[id] = None


Info = strawberry.Info[Asking, None]
"""What strawberry hands to a resolver."""
