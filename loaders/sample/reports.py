"""The documents of a case: how many, of what type, when, and what hangs on them.

The first is the opening report. A document is never prepared before its case was opened nor before an
earlier one of the case, so that what it cites is there to be cited. Attachments have numbers in the same
row and are held by their report alone.
"""

from loaders.sample.casefile import CaseFile, Report
from loaders.sample.coding import ATTACHMENT_CODES, REPORT_CODES, Codes, category_code
from loaders.sample.days import LAST, Day
from loaders.sample.dice import Dice, Odds

REPORTS: Odds[int] = Odds({1: 13, 2: 25, 3: 28, 4: 19, 5: 9, 6: 4, 7: 2})
ATTACHED: Odds[int] = Odds({0: 77, 1: 16, 2: 5, 3: 2})
LATER_TYPES: Odds[str] = Odds({"ROI": 66, "Intelligence report": 12, "Statement": 13, "Record": 9})
ATTACHMENT_TYPES: Odds[str] = Odds({"Attachment": 60, "Photograph": 25, "Record": 15})

LIKE_ITS_CASE_SHARE = 0.6
"""How many reports of a coded case repeat the case's code; the others get it from their case all the same."""

SAME_AGENT_SHARE = 0.75


def plan_documents(dice: Dice, file: CaseFile) -> None:
    """Puts the reports and their attachments into the case file, without text as yet."""
    day = file.day
    serial = 1
    for place in range(dice.draw(REPORTS)):
        day = next_day(dice, day)
        report = document(dice, file, serial, dice.draw(LATER_TYPES) if place else "ROI", day)
        report.codes = report_codes(dice, file)
        file.reports.append(report)
        attached = dice.draw(ATTACHED)
        for later in range(serial + 1, serial + 1 + attached):
            report.attachments.append(document(dice, file, later, dice.draw(ATTACHMENT_TYPES), day))
        serial += 1 + attached


def document(dice: Dice, file: CaseFile, serial: int, kind: str, day: Day) -> Report:
    """A document of the case, coded as attachments are."""
    number = f"{file.number}-{serial:03}"
    agent = file.agent if dice.chance(SAME_AGENT_SHARE) else dice.pick(file.office.agents)
    return Report(f"D-{number}", number, kind, day, agent, dice.draw(ATTACHMENT_CODES))


def report_codes(dice: Dice, file: CaseFile) -> Codes:
    """Codes of a report: those of a coded case more often than not, else such as reports have."""
    if category_code(file.codes) and dice.chance(LIKE_ITS_CASE_SHARE):
        return file.codes
    return dice.draw(REPORT_CODES)


def next_day(dice: Dice, day: Day) -> Day:
    """The day of the next report: mostly soon, rarely after half a year, never after the last day."""
    return min(LAST, day + int(dice.share() ** 2 * 180))
