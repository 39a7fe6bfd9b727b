"""Who and what a case is about, and which report tells of it.

Most subjects are new with their case; some are known from a recent case, and some are regulars. A report
mentions only those whom it introduces or whom an earlier report of the case has introduced. A confidential
source is kept apart: of its person only the coded report tells.
"""

from collections.abc import Callable, Iterator

from loaders.sample.casefile import CaseFile, Report, Subject
from loaders.sample.coding import category_code
from loaders.sample.dice import Dice, Odds
from loaders.sample.recent import RecentSubjects
from loaders.sample.regulars import Regulars
from loaders.sample.subjects import TYPES, new_subject

NEW_SUBJECTS: Odds[int] = Odds({1: 22, 2: 34, 3: 25, 4: 14, 5: 5})
KNOWN_SHARE = 0.3
REGULAR_SHARE = 0.12
MENTIONED_AGAIN_SHARE = 0.4
SOURCE_SHARE = 0.6
SOURCE_IS_WITNESS_SHARE = 0.25
DERIVED_SHARE = 0.02

ROLES: Odds[str] = Odds({"SUBJECT_OF": 70, "WITNESS_IN": 14, "VICTIM_IN": 9, "": 7})
ROLE_WORDS = {
    "person": ("driver", "consignee", "broker", "account holder", "courier", "recruiter"),
    "organization": ("importer", "exporter", "carrier", "employer", "remitter"),
}
THING_IS_SUBJECT_SHARE = 0.2
ROLE_WORD_SHARE = 0.3


def introduce(dice: Dice, file: CaseFile, next_id: Callable[[], str]) -> list[Subject]:
    """The subjects that are new with this case, each introduced by one of its reports, the first by the first."""
    places = sorted(dice.between(0, len(file.reports) - 1) for _ in range(dice.draw(NEW_SUBJECTS) - 1))
    new: list[Subject] = []
    for place in [0, *places]:
        report = file.reports[place]
        kind = dice.draw(TYPES) if new else dice.pick(("person", "person", "organization"))
        subject = new_subject(dice, next_id(), kind, file.office, report)
        appear(file, report, subject)
        new.append(subject)
        if dice.chance(DERIVED_SHARE):
            file.links.add("DERIVED_FROM", subject.id, report.id)
    return new


def meet_again(dice: Dice, file: CaseFile, known: RecentSubjects, regulars: Regulars) -> None:
    """Lets subjects of other cases turn up in reports of this one, which then assert them too."""
    report = dice.pick(file.reports)
    if dice.chance(KNOWN_SHARE) and (subject := known.one(dice)):
        appear(file, report, subject)
        subject.is_also_asserted_by(report.id)
    if dice.chance(REGULAR_SHARE) and (regular := regulars.one(dice, report, file.office)):
        appear(file, report, regular)
        regular.is_also_asserted_by(report.id)


def appear(file: CaseFile, report: Report, subject: Subject) -> None:
    """Lets a report mention a subject, which is then in the case."""
    file.cast[subject.id] = subject
    report.mentions.append(subject)


def mention_again(dice: Dice, file: CaseFile) -> None:
    """Lets reports mention subjects of earlier reports of the case; one that tells of nobody yet always does."""
    told: list[Subject] = []
    for report in file.reports:
        before = [subject for subject in told if subject not in report.mentions]
        if before and (not report.mentions or dice.chance(MENTIONED_AGAIN_SHARE)):
            first = dice.between(0, len(before) - 1)
            report.mentions += before[first : first + dice.between(1, 2)]
        told.extend(subject for subject in report.mentions if subject not in told)


def link_cast(dice: Dice, file: CaseFile) -> None:
    """Records who is mentioned where, and what each is to the case."""
    for report in file.reports:
        for subject in report.mentions:
            file.links.add("MENTIONS", report.id, subject.id)
    for subject in file.cast.values():
        if role := case_role(dice, subject):
            words = ROLE_WORDS.get(subject.type)
            more = {"role": dice.pick(words)} if words and dice.chance(ROLE_WORD_SHARE) else {}
            file.links.add(role, subject.id, file.id, **more)


def case_role(dice: Dice, subject: Subject) -> str:
    """The type of the link from a subject to its case; empty where only documents tell of it."""
    if subject.type in ROLE_WORDS:
        return dice.draw(ROLES)
    return "SUBJECT_OF" if dice.chance(THING_IS_SUBJECT_SHARE) else ""


def sources(dice: Dice, file: CaseFile, next_id: Callable[[], str]) -> Iterator[Subject]:
    """The confidential sources behind reports that are coded for one: persons whom nothing else in the case names."""
    for report in file.reports:
        if category_code(report.codes) != "CS" or not dice.chance(SOURCE_SHARE):
            continue
        source = new_subject(dice, next_id(), "person", file.office, report)
        informed = file.id if dice.chance(0.5) else report.id
        file.links.add("SOURCE_OF", source.id, informed)
        file.links.add("MENTIONS", report.id, source.id)
        if dice.chance(SOURCE_IS_WITNESS_SHARE):
            file.links.add("WITNESS_IN", source.id, file.id)
        yield source
