"""The text of cases and documents: two to six sentences about days, places, subjects and other reports'
numbers.

A coded report says what it was coded for. A number stands in a text only where the report cites it,
corrects it, or belongs to it.
"""

from loaders.sample import prose
from loaders.sample.casefile import CaseFile, Line, Report, Subject
from loaders.sample.coding import approval, category_code, source_system
from loaders.sample.days import Day, spoken, written
from loaders.sample.dice import Dice

SENTENCES_AT_MOST = 6
NAMED_AT_MOST = 2
NOBODY = "an unidentified man"


def report_line(dice: Dice, file: CaseFile, report: Report) -> Line:
    """The line of a report, with its title and narrative."""
    code = category_code(report.codes)
    first = [basis(dice, file, report)]
    if code:
        first.append(filled(dice, prose.SENSITIVE[code][1], file, report.day))
    last = citations(dice, report)
    room = SENTENCES_AT_MOST - len(first) - len(last)
    between = [about(dice, file, report, subject) for subject in report.mentions[:room]]
    narrative = " ".join(first + between + last)
    return document_line(dice, file, report, title(dice, file, report, code), narrative)


def attachment_line(dice: Dice, file: CaseFile, report: Report, attachment: Report) -> Line:
    """The line of an attachment, whose text names its report."""
    pattern = dice.pick(prose.ATTACHED)
    text = filled(dice, pattern, file, report.day, number=report.number)
    return document_line(dice, file, attachment, dice.pick(prose.ATTACHMENTS[attachment.type]), text)


def document_line(dice: Dice, file: CaseFile, report: Report, heading: str, narrative: str) -> Line:
    """The line of any document."""
    return {
        "kind": "document",
        "id": report.id,
        "number": report.number,
        "type": report.type,
        "title": heading,
        "source_system": source_system(dice, "CASE-MANAGEMENT"),
        "office": file.office.name,
        "access_codes": list(report.codes),
        "approval": approval(dice, file.office, report.agent),
        "prepared": written(report.day),
        "narrative": narrative,
        "author": report.agent,
    }


def basis(dice: Dice, file: CaseFile, report: Report) -> str:
    """The first sentence: of a case's first report why it was opened, of another what was done."""
    if report is not file.reports[0]:
        return filled(dice, dice.pick(prose.WORK), file, report.day)
    tip = dice.pick(prose.TIPS).format(place=dice.pick(file.office.places))
    return f"Case {file.number} was opened on {spoken(file.day)} after {tip}."


def citations(dice: Dice, report: Report) -> list[str]:
    """The last sentences: which report it corrects, and which it cites."""
    correction = [prose.CORRECTION.format(number=report.corrects.number)] if report.corrects else []
    cited = report.named[:NAMED_AT_MOST]
    return correction + [dice.pick(prose.CITATIONS).format(number=number) for number in cited]


def title(dice: Dice, file: CaseFile, report: Report, code: str | None) -> str:
    """The title of a report: for a coded one, of what it was coded for."""
    if report.corrects:
        return f"Correction of {report.corrects.number}"
    if code:
        return prose.SENSITIVE[code][0]
    if report is file.reports[0]:
        return "Opening report"
    pattern = dice.pick(prose.TITLES[report.type])
    return pattern.format(who=somebody(report.mentions), place=dice.pick(file.office.places))


def about(dice: Dice, file: CaseFile, report: Report, subject: Subject) -> str:
    """A sentence about a subject that the report mentions."""
    others = [other for other in report.mentions if other is not subject]
    pattern = dice.pick(prose.ABOUT[subject.type])
    sentence = filled(dice, pattern, file, report.day, who=subject.label, other=somebody(others))
    return sentence[0].upper() + sentence[1:]


def somebody(subjects: list[Subject]) -> str:
    """The first person among these, by name; a person of whom nothing is known where there is none."""
    return next((subject.label for subject in subjects if subject.type == "person"), NOBODY)


def filled(dice: Dice, pattern: str, file: CaseFile, day: Day, **more: str) -> str:
    """The pattern with a place of the office, a day in the month before this one, a count, and what else is given."""
    return pattern.format(
        place=dice.pick(file.office.places),
        day=spoken(max(file.day, day - dice.between(0, 30))),
        count=dice.between(3, 60),
        **more,
    )
