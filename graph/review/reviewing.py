"""What is found in the records of a survey, and when each is to be looked at again: for one of them, or for all.

It is made from what one reader may know of, so it tells of nothing else. One record is looked at by itself, without the
others' texts. What was found for all is kept for the next survey if only marks were made meanwhile.
"""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.days import NO_DAY, ordinal
from graph.findings.around import Around
from graph.findings.finding import Finding
from graph.findings.names import places
from graph.findings.rules import findings_of
from graph.fingerprint import content_of
from graph.linkage import NEVER_LOADED, Bools, Ints
from graph.model import RECORD_KINDS, Entry, EntryId
from graph.policy import UNCODED
from graph.reading import read_record
from graph.review.due import due_day
from graph.review.marks import NO_MARKS, Mark, Marks
from graph.review.queue import Due, Stakes
from graph.review.timeliness import Timeliness, timeliness
from graph.sole_source import sole_sources
from graph.survey import Survey


@dataclass(frozen=True, slots=True)
class Looked:
    """What one record says of itself, and what is found in it. own, approved: days, as ordinals."""

    office: str | None
    own: int
    approved: int
    findings: tuple[Finding, ...]


class Reviewing:
    """survey: what the reader may know of. marks: of every record that has any. before: one made earlier."""

    def __init__(
        self, survey: Survey, marks: Mapping[EntryId, Marks], before: "Reviewing | None" = None
    ) -> None:
        self.survey = survey
        self._marks = marks
        self._lock = threading.RLock()
        self._looked: dict[EntryId, Looked] | None = None
        if before is not None and _alike(survey, before.survey):
            self._looked = before._looked
            self.__dict__ |= {name: before.__dict__[name] for name in _KEPT if name in before.__dict__}

    # --- findings ---

    def findings(self, id: EntryId) -> tuple[Finding, ...]:
        """What is found in one record."""
        return self._look(id).findings

    def all_findings(self) -> Iterator[Finding]:
        """What is found in all, by record."""
        for _, looked in sorted(self._all().items()):
            yield from looked.findings

    def accepted(self, finding: Finding) -> Mark | None:
        """Data Quality's word over a finding, if it is for this very content."""
        entry = self.survey.record(finding.record)
        return None if entry is None else self.marks(entry.id).word_over(finding, entry)

    def marks(self, id: EntryId) -> Marks:
        """What reviewers have said of a record."""
        return self._marks.get(id, NO_MARKS)

    # --- reviews ---

    def review(self, id: EntryId) -> Due | None:
        """When a record is to be looked at again; None of a deleted one, or of none."""
        entry = self.survey.record(id)
        return None if entry is None or entry.deleted else self._due(entry, self._look(id))

    def queue(self) -> list[Due]:
        """What is to be looked at by now, the most urgent first."""
        waiting = (review for review in self.reviews.values() if review.waits(self.survey.day))
        return sorted(waiting, key=lambda review: review.place)

    @cached_property
    def reviews(self) -> Mapping[EntryId, Due]:
        """Of every record that is not deleted."""
        return {id: self._due(self.survey.readings[id].entry, looked) for id, looked in self._all().items()}

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
        entries = (reading.entry for reading in survey.readings.values())
        closure, named = survey.shared.closure.words, places(entries, survey.linkage, policy)
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

    def _all(self) -> Mapping[EntryId, Looked]:
        with self._lock:
            if self._looked is None:
                entries = (reading.entry for reading in self.survey.readings.values())
                live = (entry for entry in entries if entry.kind in RECORD_KINDS and not entry.deleted)
                self._looked = {entry.id: self._look_at(entry) for entry in live}
            return self._looked

    def _look(self, id: EntryId) -> Looked:
        entry = self.survey.record(id)
        if self._looked is not None and id in self._looked:
            return self._looked[id]
        return Looked(None, NO_DAY, NO_DAY, ()) if entry is None else self._look_at(entry)

    def _look_at(self, entry: Entry) -> Looked:
        record = read_record(entry)
        own = record.fields.get(self.survey.rules.policy.date_fields[entry.kind])
        approved = None if record.approval is None else record.approval.date
        found = tuple(findings_of(record, self.around))
        return Looked(record.fields.get("office"), ordinal(own), ordinal(approved), found)

    def _due(self, entry: Entry, looked: Looked) -> Due:
        node, marks = self.survey.linkage.node_of[entry.id], self.marks(entry.id)
        content = content_of(entry) if marks is not NO_MARKS else ""
        attest, deferral = marks.attested(content), marks.deferred(content)
        policy, categories = self.survey.rules.policy, int(self.survey.shared.closure.words[node])
        last = marks.attests[-1].mark if marks.attests else None
        return Due(
            record=entry.id,
            office=looked.office,
            due=due_day(policy, looked.own, looked.approved, categories, attest, self.survey.day),
            stakes=self._stakes(node, entry, looked, marks),
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


_KEPT = ("around", "_others", "_released")


def _alike(one: Survey, other: Survey) -> bool:
    """Whether two surveys are of the same entries, rules and day."""
    if one.rules != other.rules or one.day != other.day or len(one.readings) != len(other.readings):
        return False
    return all(other.readings.get(id) is reading for id, reading in one.readings.items())
