"""Officers who review the records of an agency in memory, whose policy has words and intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from graph.findings.finding import Finding
from graph.model import EntryId
from graph.office.desk_rights import Refused
from graph.office.held_record import version_of
from graph.office.survey import Survey
from graph.officer import Officer, Role
from graph.review.acts import Marked, Reviewer
from graph.review.marks import DRAWER, marks_of
from graph.review.queue import Due
from graph.review.reviewing import Reviewing
from graph.withdrawals import withdrawals
from tests.building import TODAY, Agency, Given, agreement, moment, rules
from tests.finding_world import worded
from tests.plain_lines import case, document, link

STATED = {"days": 365, "categories": {"uncoded": 0, "title_iii": 30, "bank_secrecy": 90}}
QUALITY = Officer("tan", "HQ", frozenset({Role.QUALITY}))
AGENT = Officer("kim", "SAC-NY", frozenset({Role.AGENT}))
SUPERVISOR = Officer("ortiz", "SAC-NY", frozenset({Role.SUPERVISOR}))
WHY = "it was looked at"

C1 = case("C-1", "NY03-0001", prepared="2026-11-01")
D1 = document("D-1", "NY03-0001-001", prepared="2026-11-01")
L1 = link("L-1", "C-1", "CONTAINS", "D-1")


def day(text: str) -> int:
    """A day as an ordinal."""
    return date.fromisoformat(text).toordinal()


def agency_with(*lines: Given, readers: Mapping[str, Sequence[str]] | None = None, **stated: Any) -> Agency:
    """An agency that holds these lines. stated: changes of what the policy says of reviews; readers: by category."""
    under = worded(readers, review=STATED | stated)
    agency = Agency(rules=rules(agreement(under=under), under=under))
    agency.load(*lines)
    return agency


@dataclass
class Reviewers:
    """An agency whose records are reviewed."""

    agency: Agency
    before: Reviewing | None = field(default=None)

    @classmethod
    def over(cls, *lines: Given, **stated: Any) -> "Reviewers":
        """Of an agency with these lines."""
        return cls(agency_with(*lines, **stated))

    @property
    def reviewing(self) -> Reviewing:
        """As it stands now."""
        holdings, now = self.agency.holdings, self.agency.now
        by, entries, withdrawn = self.agency.rules, holdings.entries(), withdrawals(holdings)
        last = None if self.before is None else self.before.survey
        if last is None or not last.is_followed_by(by):
            survey = Survey.of(by, now.day, entries, withdrawn)
        else:
            written = {entry.id: last.reading(entry) for entry in entries}
            survey = last.following(by, now.day, written, withdrawn)
        marks = {id: marks_of(paper) for id, paper in holdings.waiting(DRAWER).items()}
        self.before = Reviewing(survey, marks, self.before)
        return self.before

    def pass_days(self, days: int) -> None:
        """So many days later."""
        self.agency.now = moment(TODAY + timedelta(days=self.agency.now.day - TODAY.toordinal() + days))

    def act(self, who: Officer, does: Callable[[Reviewer], Marked]) -> Marked:
        """Do it."""
        marked = does(Reviewer(who, self.reviewing, self.agency.now))
        self.agency.holdings.take(marked.batch)
        return marked

    def refused(self, who: Officer, does: Callable[[Reviewer], Marked]) -> str:
        """Why something is not done."""
        try:
            does(Reviewer(who, self.reviewing, self.agency.now))
        except Refused as refused:
            return refused.why.value
        raise AssertionError("it was not refused")

    def attest(self, id: str, who: Officer = QUALITY) -> Marked:
        """Attest a record as it is."""
        return self.act(who, lambda reviewer: reviewer.attest(EntryId(id), self.version(id), WHY))

    def version(self, id: str) -> str:
        """Of a record as it is."""
        survey = self.reviewing.survey
        entry = survey.record(EntryId(id))
        assert entry is not None
        return version_of(entry, survey.withdrawals.get(entry.id))

    def finding(self, name: str) -> Finding:
        """A finding by its name."""
        return {finding.id: finding for finding in self.reviewing.every}[name]

    def review(self, id: str) -> Due:
        """Of one record."""
        review = self.reviewing.review(EntryId(id))
        assert review is not None
        return review

    def queue(self) -> list[tuple[str, str]]:
        """The records to be looked at, with why."""
        return [(str(review.record), review.in_words) for review in self.reviewing.queue]

    def timeliness(self) -> Mapping[str | None, tuple[int, int]]:
        """By office: due, and in time."""
        return {one.office: (one.due, one.in_time) for one in self.reviewing.timeliness()}
