"""The regulars: a few firms, places and persons that turn up in many cases.

A freight forwarder, a customs broker, a money remitter: each is one subject, linked to cases of every
office. Their records are old enough to be written about and young enough to be shared, so they appear in
cases since 2000 only. Their lines come last, with the reports of several cases as sources of the name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.sample.casefile import Report, Subject
from loaders.sample.days import FLOOR, written
from loaders.sample.dice import Dice, Odds
from loaders.sample.offices import Office


@dataclass(frozen=True, slots=True)
class Regular:
    """What one of them is called and is."""

    name: str
    type: str
    role: str
    city: str


APPEARS: Odds[Regular] = Odds(
    {
        Regular("Meridian Quay Forwarding", "organization", "freight forwarder", "Elizabeth"): 30,
        Regular("Castellan Customs Brokers", "organization", "customs broker", "Long Beach"): 14,
        Regular("Giro Rapido Remittances", "organization", "money remitter", "Miami"): 12,
        Regular("Northgate Bonded Storage", "organization", "warehouse keeper", "Newark"): 10,
        Regular("Blue Heron Container Lines", "organization", "carrier", "Houston"): 9,
        Regular("Pell Street Travel", "organization", "travel agency", "New York"): 7,
        Regular("Ulrich Tchernov", "person", "broker", "Seattle"): 6,
        Regular("Soraya Valdespino", "person", "courier", "Chicago"): 5,
        Regular("Quayside Metals", "organization", "scrap dealer", "Detroit"): 4,
        Regular("Lantern Document Services", "organization", "document vendor", "Dallas"): 3,
    }
)


class Regulars:
    """Those of them that have appeared so far."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[Regular, Subject] = {}

    def __iter__(self) -> Iterator[Subject]:
        return iter(self._known.values())

    def one(self, dice: Dice, report: Report, office: Office) -> Subject | None:
        """One of them, as this report found it; none before 2000."""
        if report.day < FLOOR:
            return None
        regular = dice.draw(APPEARS)
        if regular not in self._known:
            subject_id = f"S-R{len(self._known) + 1:05}"
            self._known[regular] = subject(regular, subject_id, report, office)
        return self._known[regular]


def subject(regular: Regular, subject_id: str, report: Report, office: Office) -> Subject:
    """The subject record of a regular: coded for release and approved."""
    stated = {"name": regular.name, "description": regular.role, "city": regular.city}
    line = {
        "kind": "subject",
        "id": subject_id,
        "type": regular.type,
        "source_system": "SUBJECT-RECORDS",
        "office": office.name,
        "access_codes": ["REL"],
        "approval": {"state": "approved", "agent": report.agent, "supervisor": office.supervisors[0]},
        "created": written(report.day),
        "properties": [
            {"name": "name", "value": regular.name, "sources": [report.id]},
            *({"name": name, "value": stated[name], "sources": []} for name in ("description", "city")),
        ],
    }
    return Subject(subject_id, regular.type, regular.name, line)
