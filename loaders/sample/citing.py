"""Reports that cite reports: in their own case, in other cases, as links, in their text, or both.

A report cites only what was prepared before it or on the same day earlier in its case. A correction
supersedes the report before it; an intelligence report is derived from one. Very few cite a report of an
office that was closed and whose holdings were never loaded: the only links whose end is not there
(`NEVER_LOADED`).
"""

from loaders.sample.casefile import CaseFile, Reference, Report
from loaders.sample.dice import Dice, Odds
from loaders.sample.recent import RecentReports

EARLIER_SHARE = 0.55
CORRECTION_SHARE = 0.03
DERIVED_SHARE = 0.5
OTHER_CASE_SHARE = 0.05
WHOLE_CASE_SHARE = 0.35
SUBJECT_RECORD_SHARE = 0.02
RELATED_SHARE = 0.16
CASE_DERIVED_SHARE = 0.02
NEVER_LOADED_SHARE = 0.0015

NEVER_LOADED = "BF97-0143-002"
"""The number of a report of the old Buffalo office."""

BY_LINK, BY_TEXT, BY_BOTH = "link", "text", "both"
WAYS: Odds[str] = Odds({BY_BOTH: 60, BY_TEXT: 22, BY_LINK: 18})


def cite(dice: Dice, report: Report, number: str, file: CaseFile, cited: str) -> None:
    """Cites a record by a link, by its number in the text, or by both."""
    way = dice.draw(WAYS)
    if way != BY_TEXT:
        file.links.add("CITES", report.id, cited)
    if way != BY_LINK:
        report.named.append(number)


def cite_reports(dice: Dice, file: CaseFile, recent: RecentReports) -> None:
    """Lets the case's reports cite earlier reports of the case and of others."""
    for place, report in enumerate(file.reports):
        if place:
            cite_own_case(dice, file, report, file.reports[:place])
        if dice.chance(OTHER_CASE_SHARE) and (reference := recent.older_than(dice, report.day)):
            cite_other_case(dice, file, report, reference)
        if dice.chance(SUBJECT_RECORD_SHARE) and report.mentions:
            file.links.add("CITES", report.id, report.mentions[0].id)
        if dice.chance(NEVER_LOADED_SHARE):
            file.links.add("CITES", report.id, f"D-{NEVER_LOADED}")
            report.named.append(NEVER_LOADED)


def cite_own_case(dice: Dice, file: CaseFile, report: Report, earlier: list[Report]) -> None:
    """Lets a report correct, derive from or cite an earlier one of its case."""
    if dice.chance(CORRECTION_SHARE):
        report.type, report.corrects = "ROI", earlier[-1]
        file.links.add("SUPERSEDES", report.id, earlier[-1].id)
        return
    cited = dice.pick(earlier)
    if report.type == "Intelligence report" and dice.chance(DERIVED_SHARE):
        file.links.add("DERIVED_FROM", report.id, cited.id)
    elif dice.chance(EARLIER_SHARE):
        cite(dice, report, cited.number, file, cited.id)


def cite_other_case(dice: Dice, file: CaseFile, report: Report, reference: Reference) -> None:
    """Lets a report cite a report of another case, or that case as a whole."""
    if dice.chance(WHOLE_CASE_SHARE):
        cite(dice, report, reference.case_number, file, reference.case)
    else:
        cite(dice, report, reference.number, file, reference.document)


def relate_case(dice: Dice, file: CaseFile, recent: RecentReports) -> str | None:
    """Relates the case to a recent one and gives that one's number for the synopsis; none for most cases."""
    reference = recent.older_than(dice, file.day)
    if reference is None:
        return None
    if dice.chance(CASE_DERIVED_SHARE):
        file.links.add("DERIVED_FROM", file.id, reference.document)
    if not dice.chance(RELATED_SHARE):
        return None
    file.links.add("RELATED_TO", file.id, reference.case)
    return reference.case_number
