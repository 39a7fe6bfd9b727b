"""What is found in the records of a survey, and when each is to be looked at again: for one of them, or for all.

It is made from what one reader may know of, so it tells of nothing else. One record is looked at by itself, without the
others' texts. What was found for all is kept for the next survey if only marks were made meanwhile.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from graph.days import NO_DAY, ordinal
from graph.findings.again import changed_links, changed_numbers, changed_standing
from graph.findings.around import Around
from graph.findings.examined import Examined
from graph.findings.finding import Finding, Rule
from graph.findings.names import names_in, places
from graph.findings.rules import findings_in
from graph.fingerprint import content_of
from graph.linkage import NEVER_LOADED, Bools, Ints
from graph.model import RECORD_KINDS, Entry, EntryId
from graph.policy import UNCODED
from graph.reading import read_record
from graph.review.due import due_day
from graph.review.dues import Dues
from graph.review.marks import NO_MARKS, Mark, Marks
from graph.review.queue import Due, Stakes
from graph.review.timeliness import Timeliness, timeliness
from graph.sole_source import sole_sources
from graph.survey import Reading, Survey

_KEPT: Final = ("around", "every", "_others", "_released")
_PLACES: Final = {rule: place for place, rule in enumerate(Rule)}


@dataclass(frozen=True, slots=True)
class Looked:
    """What one record says of itself, and what is found in it. own, approved: days, as ordinals.

    numbers: whether one stands in its texts. beginnings: the words in them that some name begins with. sources: who
    asserts its values.
    """

    office: str | None
    own: int
    approved: int
    findings: tuple[Finding, ...]
    numbers: bool = False
    beginnings: frozenset[str] = frozenset()
    sources: frozenset[EntryId] = frozenset()


@dataclass(frozen=True, slots=True)
class _Before:
    """What was found in an earlier survey, to go on from. beginnings: those that were looked for in its records."""

    readings: Mapping[EntryId, Reading]
    around: Around
    looked: Mapping[EntryId, Looked]
    beginnings: frozenset[str]


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
        self._lock = threading.RLock()
        self._looked: dict[EntryId, Looked] | None = None
        self._before = None if before is None else before._base(survey)
        self._beginnings: frozenset[str] = frozenset()
        self._dues = None if before is None else before._dues_for(survey)
        self._earlier: Mapping[EntryId, Due] = {}
        self._spoken_of: frozenset[EntryId] = frozenset()
        if before is not None and before.is_alike(survey, self._whole):
            self._looked, self._beginnings = before._looked, before._beginnings
            self.__dict__ |= {name: before.__dict__[name] for name in _KEPT if name in before.__dict__}
            self._earlier = before.__dict__.get("reviews", {})
            every = marks.keys() | before._marks.keys()
            self._spoken_of = frozenset(id for id in every if marks.get(id) != before._marks.get(id))

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
        return self._look(id).findings

    @cached_property
    def every(self) -> list[Finding]:
        """What is found in all, by record, rule and detail."""
        found = (finding for looked in self._all().values() for finding in looked.findings)
        return sorted(found, key=lambda finding: (finding.record, _PLACES[finding.rule], finding.detail))

    def office(self, id: EntryId) -> str | None:
        """The office of a record."""
        return self._look(id).office

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
        return None if entry is None or entry.deleted else self._due(entry, self._look(id))

    @cached_property
    def queue(self) -> list[Due]:
        """What is to be looked at by now, the most urgent first."""
        waiting = (review for review in self.reviews.values() if review.waits(self.survey.day))
        return sorted(waiting, key=lambda review: review.place)

    @cached_property
    def reviews(self) -> Mapping[EntryId, Due]:
        """Of every record that is not deleted."""
        every, known, anew = self._all(), self._earlier, self._spoken_of
        if not known and self._dues is not None:
            known, anew = self._dues.kept(self._dues_of({}, every)), frozenset()
        self._dues = None
        return {
            id: known[id] if id in known and id not in anew else self._due(self._entry(id), looked)
            for id, looked in every.items()
        }

    def timeliness(self) -> list[Timeliness]:
        """The share of reviews that were done in time, by office."""
        marked = ((review, self.marks(id).attests) for id, review in self.reviews.items())
        last = ((review, attests[-1] if attests else None) for review, attests in marked)
        return timeliness(last, self.survey.day)

    # --- within ---

    @cached_property
    def around(self) -> Around:
        """What is around every record."""
        survey, policy = self.survey, self.survey.rules.policy
        judged = [(mou, survey.judgement(id)) for id, mou in survey.rules.agreements.items()]
        closure, named = survey.shared.closure.words, places(survey.told_by_each(names_in), survey.linkage)
        return Around.of(policy, survey.linkage, closure, judged, survey.day, named)

    @cached_property
    def _others(self) -> Ints:
        """By node: how many other loaded records have all their categories from this one alone."""
        closure, nodes = self.survey.shared.closure, self.survey.linkage.nodes
        sole = sole_sources(closure.own, closure.words, closure.passages)
        held_back = (sole >= 0) & (sole != np.arange(len(sole))) & (nodes.kind != NEVER_LOADED)
        counts: Ints = np.bincount(sole[held_back], minlength=len(sole))
        return counts

    @cached_property
    def _released(self) -> Bools:
        """By node: whether some agreement has it."""
        released = np.zeros(len(self.survey.linkage.nodes.ids), np.bool_)
        for agreement in self.survey.rules.agreements:
            released |= self.survey.judgement(agreement).released
        return released

    def _dues_for(self, survey: Survey) -> Dues | None:
        """What a later one can keep, for the same sort of reader, by the same rules, on the same day."""
        if not self._is_judged_as(survey) or self.survey.hidden != survey.hidden:
            return None
        reviews = self.__dict__.get("reviews")
        return self._dues if reviews is None or self._looked is None else self._dues_of(reviews, self._looked)

    def _dues_of(self, reviews: Mapping[EntryId, Due], looked: Mapping[EntryId, object]) -> Dues:
        words, own = self.survey.shared.closure.words, self.survey.linkage.nodes.own
        stood = words, own, self._others, self._released
        return Dues(reviews, looked, self._marks, self._whole.readings, self.survey.linkage.nodes.ids, stood)

    def _is_judged_as(self, survey: Survey) -> bool:
        return self.survey.rules == survey.rules and self.survey.day == survey.day

    def _all(self) -> Mapping[EntryId, Looked]:
        with self._lock:
            if self._looked is None:
                entries = (reading.entry for reading in self.survey.readings.values())
                live = (entry for entry in entries if entry.kind in RECORD_KINDS and not entry.deleted)
                known = self._still_known()
                if known is None:
                    known, self._beginnings = {}, self.around.beginnings
                self._looked = {entry.id: known.get(entry.id) or self._look_at(entry) for entry in live}
                self._before = None
            return self._looked

    def _base(self, survey: Survey) -> _Before | None:
        """What another survey can go on from: what was found last, if it was by the same rules, on the same day."""
        if not self._is_judged_as(survey):
            return None
        if self._looked is None:
            return self._before
        return _Before(self.survey.readings, self.around, self._looked, self._beginnings)

    def _still_known(self) -> Mapping[EntryId, Looked] | None:
        """What was found before in records that no change since could reach; None where all are to be looked at."""
        before, now = self._before, self.around
        if before is None:
            return None
        renamed = before.around.names.beginnings_of_others(now.names)
        if not renamed <= before.beginnings:
            return None
        self._beginnings = before.beginnings
        readings = self.survey.readings
        standing = changed_standing(before.around, now)
        renumbered = changed_numbers(before.around, now)
        reached = standing | renumbered | changed_links(before.around, now)
        named = bool(standing or renumbered)
        return {
            id: looked
            for id, looked in before.looked.items()
            if readings.get(id) is before.readings[id]
            and id not in reached
            and not (looked.numbers and named)
            and looked.beginnings.isdisjoint(renamed)
            and looked.sources.isdisjoint(standing)
        }

    def _shows(self, mark: Mark) -> bool:
        policy = self.survey.rules.policy
        return not policy.categories_of(mark.codes, without=0) & self.survey.hidden

    def _entry(self, id: EntryId) -> Entry:
        return self.survey.readings[id].entry

    def _look(self, id: EntryId) -> Looked:
        entry = self.survey.record(id)
        if self._looked is not None and id in self._looked:
            return self._looked[id]
        return Looked(None, NO_DAY, NO_DAY, ()) if entry is None else self._look_at(entry)

    def _look_at(self, entry: Entry) -> Looked:
        record = read_record(entry)
        own = record.fields.get(self.survey.rules.policy.date_fields[entry.kind])
        approved = None if record.approval is None else record.approval.date
        examined, names = Examined.of(record, self.around), self._beginnings
        return Looked(
            office=record.fields.get("office"),
            own=ordinal(own),
            approved=ordinal(approved),
            findings=tuple(findings_in(examined)),
            numbers=any(text.tokens for text in examined.texts),
            beginnings=frozenset(word for text in examined.texts for word in text.words if word in names),
            sources=frozenset(EntryId(id) for prop in record.properties for id in prop.sources or ()),
        )

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
        findings = looked.findings
        if marks.accepted:
            findings = tuple(one for one in findings if marks.word_over(one, entry) is None)
        uncoded = int(self.survey.linkage.nodes.own[node]) & self.survey.rules.policy.bit(UNCODED) != 0
        return Stakes(uncoded, int(self._others[node]), bool(self._released[node]), findings)


def _alike(one: Survey, other: Survey) -> bool:
    if one is other:
        return True
    if (one.rules, one.day, one.hidden) != (other.rules, other.day, other.hidden):
        return False
    return len(one.readings) == len(other.readings) and all(
        other.readings.get(id) is reading for id, reading in one.readings.items()
    )
