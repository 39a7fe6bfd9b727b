"""What is found in the records of a survey, and when each is to be looked at again: for one of them, or for all.

It is made from what one reader may know of, so it tells of nothing else. What was found for all is kept for the next
survey if only marks were made meanwhile.
"""

from collections.abc import Mapping
from functools import cached_property

from graph.findings.finding import Finding
from graph.fingerprint import content_of
from graph.model import Entry, EntryId
from graph.office.survey import Survey
from graph.policy import UNCODED
from graph.review.bearing import Bearing
from graph.review.due import due_day
from graph.review.dues import Dues
from graph.review.looking import Looked, Looking
from graph.review.marks import NO_MARKS, Mark, Marks
from graph.review.queue import Due, Stakes
from graph.review.timeliness import Timeliness, timeliness


class Reviewing:
    """survey: what the reader may know of. marks: of every record that has any. before: one made earlier.

    whole: all that is held; a word is for that content, whoever knows how much of it.
    """

    def __init__(
        self,
        survey: Survey,
        marks: Mapping[EntryId, Marks],
        before: "Reviewing | None" = None,
        whole: Survey | None = None,
    ) -> None:
        self.survey = survey
        self._whole = whole or survey
        self._marks = marks
        self._looking = Looking(survey)
        self._bearing: Bearing | None = None
        self._reviews: Mapping[EntryId, Due] | None = None
        self._dues: Dues | None = None
        self._earlier: Mapping[EntryId, Due] = {}
        self._spoken_of: frozenset[EntryId] = frozenset()
        if before is not None:
            self._go_on_from(before)

    def _go_on_from(self, before: "Reviewing") -> None:
        self._dues = before._dues_for(self.survey)
        if before.is_alike(self.survey, self._whole):
            self._looking, self._bearing = before._looking.for_alike(self.survey), before._bearing
            self._earlier = before._reviews or {}
            every = self._marks.keys() | before._marks.keys()
            self._spoken_of = frozenset(id for id in every if self._marks.get(id) != before._marks.get(id))
        elif before._is_judged_as(self.survey):
            self._looking = before._looking.for_later(self.survey)

    @property
    def sees_all(self) -> bool:
        """Whether it is of all that is held."""
        return self.survey is self._whole

    def is_alike(self, survey: Survey, whole: Survey) -> bool:
        """Whether other surveys are of the same entries, rules and day, so that the same is found in them."""
        return _alike(self.survey, survey) and (whole is survey or _alike(self._whole, whole))

    def with_marks(self, id: EntryId, marks: Marks) -> "Reviewing":
        """The same, but for what was said of one record."""
        return Reviewing(self.survey, {**self._marks, id: marks}, self, self._whole)

    def said(self, id: EntryId) -> Entry | None:
        """All that a record says."""
        return self._whole.record(id)

    # --- findings ---

    def findings(self, id: EntryId) -> tuple[Finding, ...]:
        """What is found in one record."""
        return self._looking.at(id).findings

    @property
    def every(self) -> list[Finding]:
        """What is found in all, by record, rule and detail."""
        return self._looking.findings

    def office(self, id: EntryId) -> str | None:
        """The office of a record."""
        return self._looking.at(id).office

    def accepted(self, finding: Finding) -> Mark | None:
        """Data Quality's word over a finding, if it is for this very content."""
        entry = self.said(finding.record)
        return None if entry is None else self.marks(entry.id).word_over(finding, entry)

    def marks(self, id: EntryId) -> Marks:
        """What reviewers have said of a record, but while it had a category that the reader may not know of."""
        marks, hidden = self.every_mark(id), self.survey.hidden
        return marks.told(self._shows) if hidden and marks is not NO_MARKS else marks

    def every_mark(self, id: EntryId) -> Marks:
        """All that reviewers have said of a record: to be written again with another word."""
        return self._marks.get(id, NO_MARKS)

    # --- reviews ---

    def review(self, id: EntryId) -> Due | None:
        """When a record is to be looked at again; None of a deleted one, or of none."""
        entry = self.survey.record(id)
        return None if entry is None or entry.deleted else self._due(entry, self._looking.at(id))

    @cached_property
    def queue(self) -> list[Due]:
        """What is to be looked at by now, the most urgent first."""
        waiting = (review for review in self.reviews.values() if review.waits(self.survey.day))
        return sorted(waiting, key=lambda review: review.place)

    @property
    def reviews(self) -> Mapping[EntryId, Due]:
        """Of every record that is not deleted."""
        if self._reviews is None:
            self._reviews = self._review_all()
        return self._reviews

    def timeliness(self) -> list[Timeliness]:
        """The share of reviews that were done in time, by office."""
        marked = ((review, self.marks(id).attests) for id, review in self.reviews.items())
        last = ((review, attests[-1] if attests else None) for review, attests in marked)
        return timeliness(last, self.survey.day)

    # --- within ---

    def _review_all(self) -> Mapping[EntryId, Due]:
        every, known, anew = self._looking.at_all(), self._earlier, self._spoken_of
        if not known and self._dues is not None:
            known, anew = self._dues.kept(self._dues_of({}, every)), frozenset()
        self._dues = None
        return {
            id: known[id] if id in known and id not in anew else self._due(self._entry(id), looked)
            for id, looked in every.items()
        }

    def _dues_for(self, survey: Survey) -> Dues | None:
        """What a later one can keep, for the same sort of reader, by the same rules, on the same day."""
        if not self._is_judged_as(survey) or self.survey.hidden != survey.hidden:
            return None
        reviews, looked = self._reviews, self._looking.looked
        return self._dues if reviews is None or looked is None else self._dues_of(reviews, looked)

    def _dues_of(self, reviews: Mapping[EntryId, Due], looked: Mapping[EntryId, Looked]) -> Dues:
        words, nodes, bearing = self.survey.shared.closure.words, self.survey.linkage.nodes, self._borne()
        stood = words, nodes.own, bearing.others, bearing.released
        return Dues(reviews, looked, self._marks, self._whole.readings, nodes.ids, stood)

    def _is_judged_as(self, survey: Survey) -> bool:
        return self.survey.rules == survey.rules and self.survey.day == survey.day

    def _borne(self) -> Bearing:
        if self._bearing is None:
            self._bearing = Bearing.of(self.survey)
        return self._bearing

    def _shows(self, mark: Mark) -> bool:
        policy = self.survey.rules.policy
        return not policy.categories_of(mark.codes, without=0) & self.survey.hidden

    def _entry(self, id: EntryId) -> Entry:
        return self.survey.readings[id].entry

    def _due(self, entry: Entry, looked: Looked) -> Due:
        node, marks = self.survey.linkage.node_of[entry.id], self.marks(entry.id)
        said = self._whole.readings[entry.id].entry
        content = content_of(said) if marks is not NO_MARKS else ""
        attest, deferral = marks.attested(content), marks.deferred(content)
        policy, categories = self.survey.rules.policy, int(self.survey.shared.closure.words[node])
        last = marks.attests[-1].mark if marks.attests else None
        return Due(
            record=entry.id,
            office=looked.office,
            due=due_day(policy, looked.own, looked.approved, categories, attest, self.survey.day),
            stakes=self._stakes(node, said, looked, marks),
            assignee=None if marks.assignment is None else marks.assignment.to,
            deferred=None if deferral is None else deferral.until,
            last_by=None if last is None else last.who,
            last_at=None if last is None else last.at,
        )

    def _stakes(self, node: int, entry: Entry, looked: Looked, marks: Marks) -> Stakes:
        findings, bearing = looked.findings, self._borne()
        if marks.accepted:
            findings = tuple(one for one in findings if marks.word_over(one, entry) is None)
        uncoded = int(self.survey.linkage.nodes.own[node]) & self.survey.rules.policy.bit(UNCODED) != 0
        return Stakes(uncoded, int(bearing.others[node]), bool(bearing.released[node]), findings)


def _alike(one: Survey, other: Survey) -> bool:
    if one is other:
        return True
    if (one.rules, one.day, one.hidden) != (other.rules, other.day, other.hidden):
        return False
    return len(one.readings) == len(other.readings) and all(
        other.readings.get(id) is reading for id, reading in one.readings.items()
    )
