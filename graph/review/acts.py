"""What a reviewer may write: attest, assign, defer, and Data Quality's word over a finding. Nothing is written here.

Each act is refused, or becomes one batch with what the audit log says before. None of them withholds or releases. Who
may not know of a record cannot tell it from one that was never loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from graph.days import NO_DAY, ordinal
from graph.draft import Moment
from graph.findings.finding import Finding
from graph.fingerprint import content_of
from graph.model import Entry, EntryId
from graph.office.desk_rights import Action, Refused, Why, require_office, require_role, unknown
from graph.office.desk_sight import changed, offices_of
from graph.office.desk_wants import stated
from graph.office.held_record import version_of
from graph.officer import Officer
from graph.reading import codes_of
from graph.review.marks import Assignment, Attest, Deferral, Mark, Marks, found_in, paper_of
from graph.review.reviewing import Reviewing
from graph.store import Batch


@dataclass(frozen=True, slots=True)
class Marked:
    """An act that may be done. event, told: its line in the audit log."""

    event: str
    told: Mapping[str, object]
    batch: Batch


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One officer who reviews. reviewing: of what he may know of. now: the home's day and minute."""

    officer: Officer
    reviewing: Reviewing
    now: Moment

    def attest(self, id: EntryId, version: str, reason: str) -> Marked:
        """The record was looked at and is as it should be, as it is now. Who was to do it has done it."""
        entry = self._may(Action.REVIEW, id)
        self._require_version(entry, version)
        review = self.reviewing.review(id)
        if review is None:
            raise unknown(id)
        marks = self.reviewing.every_mark(id)
        attest = Attest(self._mark(id, reason, content_of(self.reviewing.said(id))), review.due)
        attested = replace(marks, attests=(*marks.attests, attest), assignment=None, deferral=None)
        return self._marked("reviewed", id, reason, attested)

    def assign(self, id: EntryId, to: str, reason: str) -> Marked:
        """Somebody is to look at it."""
        self._may(Action.ASSIGN, id)
        mark = self._mark(id, reason, content_of(self.reviewing.said(id)))
        assignment = Assignment(mark, stated("to", to))
        marks = replace(self.reviewing.every_mark(id), assignment=assignment)
        return self._marked("review assigned", id, reason, marks, to=assignment.to)

    def defer(self, id: EntryId, until: str, reason: str) -> Marked:
        """Put its review off until a day, if what it says stays the same."""
        self._may(Action.DEFER, id)
        day = ordinal(until)
        if day == NO_DAY or day <= self.now.day:
            raise Refused(Why.UNFIT, "until: write a day after today, like 2030-01-31.")
        deferral = Deferral(self._mark(id, reason, content_of(self.reviewing.said(id))), day)
        marks = replace(self.reviewing.every_mark(id), deferral=deferral)
        return self._marked("review deferred", id, reason, marks, until=until)

    def accept(self, finding: Finding, version: str, reason: str) -> Marked:
        """Data Quality's word over a finding: it may be approved over, for this very content."""
        require_role(self.officer, Action.ACCEPT)
        entry = self._known(finding.record)
        self._require_version(entry, version)
        marks = self.reviewing.every_mark(entry.id)
        word = self._mark(entry.id, reason, found_in(finding, self.reviewing.said(entry.id) or entry))
        accepted = replace(marks, accepted={**marks.accepted, finding.id: word})
        told = {"finding": finding.id, "found": finding.text}
        return self._marked("finding accepted", entry.id, reason, accepted, **told)

    # --- within ---

    def _known(self, id: EntryId) -> Entry:
        entry = self.reviewing.survey.record(id)
        if entry is None or entry.deleted:
            raise unknown(id)
        return entry

    def _may(self, action: Action, id: EntryId) -> Entry:
        require_role(self.officer, action)
        entry = self._known(id)
        require_office(self.officer, action, offices_of([entry]))
        return entry

    def _require_version(self, entry: Entry, version: str) -> None:
        if version != version_of(entry, self.reviewing.survey.withdrawals.get(entry.id)):
            raise changed(entry.id)

    def _mark(self, id: EntryId, reason: str, content: str) -> Mark:
        entry = self.reviewing.said(id)
        codes = () if entry is None else codes_of(entry)
        return Mark(
            self.officer.user, self.now.minute, self.now.day, stated("reason", reason), content, codes
        )

    def _marked(self, event: str, id: EntryId, reason: str, marks: Marks, **told: object) -> Marked:
        line = {"id": id, "reason": reason.strip(), "office": self.officer.office, **told}
        return Marked(event, line, Batch(papers=[paper_of(id, marks)]))
