"""A reviewer's word, done: decided under the turn to write, told in the audit log, and kept.

What was found in a survey is kept as long as the survey is, and what a change cannot reach for the next one. What was
said is read again whenever somebody may have written (`graph.turn`).
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Final
from weakref import WeakKeyDictionary

from graph.dossier import request_id
from graph.draft import Moment
from graph.findings.finding import Finding, Rule
from graph.model import EntryId
from graph.office.audience import Audience
from graph.office.desk_look import AudienceLook
from graph.office.desk_rights import Refused
from graph.office.desk_sight import changed
from graph.office.survey import Survey
from graph.officer import Officer
from graph.review.acts import Marked, Reviewer
from graph.review.marks import DRAWER, marks_of
from graph.review.reviewing import Reviewing
from graph.store import Holdings, StoredHoldings
from schema.office.desk_door import DeskDoor
from server.audit.journal import OFFICE_FILE, Journal
from server.commands.session import clock, writing_holdings
from server.home import Home

_KEPT: Final = 4
"""How many of those made last are looked at for what the next one can go on from: there are few sorts of readers."""


@dataclass(frozen=True, slots=True)
class ReviewWork:
    """The reviewing of one home.

    holdings: to be read. writing: the same, with the turn to write, and nobody else meanwhile. record: a line in the
    audit log. desk: which tells what stands against open requests.
    """

    holdings: StoredHoldings
    writing: Callable[[], AbstractContextManager[StoredHoldings]]
    moment: Callable[[Holdings], Moment]
    record: Callable[[str, Mapping[str, object]], None]
    desk: DeskDoor
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _made: WeakKeyDictionary[Survey, tuple[object, Reviewing]] = field(default_factory=WeakKeyDictionary)
    _last: list[Reviewing] = field(default_factory=list)

    def of(self, audience: Audience) -> Reviewing:
        """What is found in what a reader may know of, and when its records are due."""
        survey, whole, turn = audience.seen, audience.whole, self.holdings.turns.now()
        at = turn.number, turn.sign
        with self._lock:
            known = self._made.get(survey)
            if known is not None and known[0] == at:
                return known[1]
            marks = {id: marks_of(paper) for id, paper in self.holdings.waiting(DRAWER).items()}
            before = self._before(survey, whole)
            made = Reviewing(survey, marks, before, whole)
            self._made[survey] = at, made
            self._last[:] = [made, *(one for one in self._last if one is not before)][:_KEPT]
            return made

    def warm(self, whole: Survey) -> None:
        """Look at everything, so that the first who asks for the queue does not wait for it."""
        list(self.of(Audience(whole, whole)).queue)

    def _before(self, survey: Survey, whole: Survey) -> Reviewing | None:
        """An earlier one from which most can be kept: of the same entries, or else for the same sort of reader."""
        alike = (one for one in self._last if one.is_alike(survey, whole))
        similar = (one for one in self._last if one.sees_all == (survey is whole))
        return next(alike, None) or next(similar, None)

    def finding(self, officer: Officer, audience: Audience, name: str) -> Finding | None:
        """A finding by its name: one of what is held, or one that stands against an open request."""
        reviewing = self.of(audience)
        for id in _named(name):
            if audience.seen.record(id) is None:
                continue
            for finding in (*reviewing.findings(id), *self._against(officer, audience, id)):
                if finding.id == name:
                    return finding
        return None

    def act(
        self, officer: Officer, audience: Audience, id: EntryId, does: Callable[[Reviewer], Marked]
    ) -> None:
        """Write a word about one record. Raises Refused where it may not be said, or what was seen has changed."""
        reviewing = self.of(audience)
        with self.writing() as holdings:
            if holdings.held([id]).get(id) != audience.whole.entry(id):
                raise changed(id)
            marks = marks_of(holdings.papers(DRAWER, [id]).get(id))
            marked = does(Reviewer(officer, reviewing.with_marks(id, marks), self.moment(holdings)))
            who = {"who": officer.user, "office": officer.office, "token": officer.token}
            self.record(marked.event, {**marked.told, **who})
            holdings.take(marked.batch)
        with self._lock:
            self._made.clear()

    def _against(self, officer: Officer, audience: Audience, id: EntryId) -> Iterator[Finding]:
        """What stands against the open requests that rest on a record: it may be found only once they are approved."""
        look = AudienceLook(audience)
        for target in (id, *self.desk.dossier(id).concerned):
            dossier = self.desk.dossier(target)
            for request in dossier.requests:
                if not request.waits:
                    continue
                try:
                    blocking = self.desk.found(officer, look, request_id(target, dossier, request))
                except Refused:
                    continue
                yield from (_finding(id, one.id, one.text) for one in blocking if one.id)


def review_of(home: Home, holdings: StoredHoldings, desk: DeskDoor) -> ReviewWork:
    """The reviewing of a home, over its holdings and by its clock."""
    return ReviewWork(
        holdings=holdings,
        writing=partial(writing_holdings, home),
        moment=lambda holdings: clock(home).moment(holdings),
        record=lambda event, told: Journal(home.folder / "audit" / OFFICE_FILE).append(event, **told),
        desk=desk,
    )


def _finding(id: EntryId, name: str, text: str) -> Finding:
    """What stands against a request, as a finding of a record; of another one it has another name."""
    rule, _, rest = name.partition(":")
    return Finding(Rule(rule), id, rest.removeprefix(f"{id}:"), text)


def _named(name: str) -> Iterator[EntryId]:
    """The ids that a finding's name may be of: an id may have a colon, as what stands before and after it may."""
    _, _, rest = name.partition(":")
    place = rest.find(":")
    while place >= 0:
        yield EntryId(rest[:place])
        place = rest.find(":", place + 1)
