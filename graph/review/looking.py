"""What each record of a survey says of itself, and what is found in it: one record looked at by itself, or all of them.

One record is looked at without the others' texts. After a write only those are looked at again that the write could
reach: by their own line, by a link, a number, a name or a source.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph.days import NO_DAY, ordinal
from graph.findings.again import changed_links, changed_numbers, changed_standing
from graph.findings.around import Around
from graph.findings.examined import Examined
from graph.findings.finding import Finding, Rule
from graph.findings.names import names_in, places
from graph.findings.rules import findings_in
from graph.model import RECORD_KINDS, Entry, EntryId
from graph.office.survey import Reading, Survey
from graph.reading import read_record

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


_NOTHING: Final = Looked(None, NO_DAY, NO_DAY, ())


@dataclass(frozen=True, slots=True)
class _Before:
    """What was found in an earlier survey, to go on from. beginnings: those that were looked for in its records."""

    readings: Mapping[EntryId, Reading]
    around: Around
    looked: Mapping[EntryId, Looked]
    beginnings: frozenset[str]


class Looking:
    """survey: what the reader may know of."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._lock = threading.RLock()
        self._around: Around | None = None
        self._looked: Mapping[EntryId, Looked] | None = None
        self._findings: list[Finding] | None = None
        self._beginnings: frozenset[str] = frozenset()
        self._before: _Before | None = None

    def for_alike(self, survey: Survey) -> "Looking":
        """That of another survey of the same entries, by the same rules, on the same day: the same is found in it."""
        looking = Looking(survey)
        looking._around, looking._looked, looking._findings = self._around, self._looked, self._findings
        looking._beginnings, looking._before = self._beginnings, self._before
        return looking

    def for_later(self, survey: Survey) -> "Looking":
        """That of a survey of other entries, by the same rules, on the same day, gone on from what was found last."""
        looking = Looking(survey)
        if self._looked is None:
            looking._before = self._before
        else:
            looking._before = _Before(self._survey.readings, self.around, self._looked, self._beginnings)
        return looking

    @property
    def looked(self) -> Mapping[EntryId, Looked] | None:
        """What was found in all records; None where they were not looked at yet."""
        return self._looked

    @property
    def around(self) -> Around:
        """What is around every record."""
        if self._around is None:
            survey, policy = self._survey, self._survey.rules.policy
            judged = [(mou, survey.judgement(id)) for id, mou in survey.rules.agreements.items()]
            closure, named = (
                survey.shared.closure.words,
                places(survey.told_by_each(names_in), survey.linkage),
            )
            self._around = Around.of(policy, survey.linkage, closure, judged, survey.day, named)
        return self._around

    @property
    def findings(self) -> list[Finding]:
        """What is found in all, by record, rule and detail."""
        if self._findings is None:
            found = (finding for looked in self.at_all().values() for finding in looked.findings)
            self._findings = sorted(found, key=_place)
        return self._findings

    def at(self, id: EntryId) -> Looked:
        """What is found in one record; of none, nothing."""
        if self._looked is not None and id in self._looked:
            return self._looked[id]
        entry = self._survey.record(id)
        return _NOTHING if entry is None else self._look_at(entry)

    def at_all(self) -> Mapping[EntryId, Looked]:
        """What is found in every record that is not deleted."""
        with self._lock:
            if self._looked is None:
                entries = (reading.entry for reading in self._survey.readings.values())
                live = (entry for entry in entries if entry.kind in RECORD_KINDS and not entry.deleted)
                known = self._still_known()
                if known is None:
                    known, self._beginnings = {}, self.around.beginnings
                self._looked = {entry.id: known.get(entry.id) or self._look_at(entry) for entry in live}
                self._before = None
            return self._looked

    def _still_known(self) -> Mapping[EntryId, Looked] | None:
        """What was found before in records that no change since could reach; None where all are to be looked at."""
        before, now = self._before, self.around
        if before is None:
            return None
        renamed = before.around.names.beginnings_of_others(now.names)
        if not renamed <= before.beginnings:
            return None
        self._beginnings = before.beginnings
        readings = self._survey.readings
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

    def _look_at(self, entry: Entry) -> Looked:
        record = read_record(entry)
        own = record.fields.get(self._survey.rules.policy.date_fields[entry.kind])
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


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.record, _PLACES[finding.rule], finding.detail
