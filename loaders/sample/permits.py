"""Clearances and consents: what a reviewer or an originator lets pass to one partner.

A few citations of coded reports are cleared as sanitised, and for a few reports and cases under the third
agency rule that agency has consented. All of them name a requester, another approver and a reason, and hold
until 2030.
"""

from collections.abc import Iterator
from datetime import date

from loaders.sample.casefile import CaseFile, Line
from loaders.sample.coding import CATEGORIES, category_code
from loaders.sample.days import LAST, Day, written
from loaders.sample.dice import Dice
from loaders.sample.names import AGENCIES

AGREEMENT = "ndex"
"""The agreement that the clearances and consents are for."""

AGREED: Day = date(2009, 5, 8).toordinal()
"""The day on which that agreement came into force: nothing was permitted under it before."""

EXPIRES = "2030-01-01"
CLEARED_SHARE = 0.15
CONSENT_SHARE = 0.3


def clearances(dice: Dice, file: CaseFile) -> Iterator[Line]:
    """Clearances of some citations within the case whose cited report is coded."""
    coded = {report.id: code for report in file.reports if (code := category_code(report.codes))}
    for link in file.links.lines:
        if link["type"] == "CITES" and link["to"] in coded and dice.chance(CLEARED_SHARE):
            yield {
                "kind": "clearance",
                "id": f"K-{link['id'][2:]}",
                "link": link["id"],
                "type": link["type"],
                "from": link["from"],
                "to": link["to"],
                "category": CATEGORIES[coded[link["to"]]],
                "agreements": [AGREEMENT],
                "reason": "Sanitised version; nothing of the cited report can be told from it",
                **decision(dice, file, file.reports[-1].day),
            }


def consents(dice: Dice, file: CaseFile) -> Iterator[Line]:
    """Consents of the agency whose information the case or some of its reports hold."""
    held = {file.id: file.codes} | {report.id: report.codes for report in file.reports}
    for record, codes in held.items():
        if category_code(codes) == "TAR" and dice.chance(CONSENT_SHARE):
            yield {
                "kind": "consent",
                "id": f"N-{record[2:]}",
                "agreement": AGREEMENT,
                "record": record,
                "category": CATEGORIES["TAR"],
                "granted_by": dice.pick(AGENCIES),
                "reason": "The originating agency agreed in writing",
                **decision(dice, file, file.reports[-1].day),
            }


def decision(dice: Dice, file: CaseFile, day: Day) -> dict[str, str]:
    """Who asked, who approved, and for what time: from some weeks after this day, or after the agreement."""
    return {
        "requested_by": file.agent,
        "approved_by": dice.pick(file.office.supervisors),
        "effective": written(min(LAST, max(day, AGREED) + dice.between(10, 60))),
        "expires": EXPIRES,
    }
