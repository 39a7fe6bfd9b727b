"""Links between subjects: who knows, employs, pays, owns and uses whom or what.

Two subjects that one report mentions side by side may be tied, and that report is the tie's source; a later
report that mentions both again is a source too. What types of subject can be tied by what types of link is
the table.
"""

from itertools import pairwise

from loaders.sample.casefile import CaseFile, Line, Report, Subject
from loaders.sample.days import Day, written
from loaders.sample.dice import Dice
from loaders.sample.recent import RecentSubjects

TIES: dict[tuple[str, str], tuple[str, ...]] = {
    ("person", "person"): (
        "KNOWS",
        "KNOWS",
        "KNOWS",
        "COMMUNICATED_WITH",
        "COMMUNICATED_WITH",
        "FAMILY_OF",
        "PAID",
    ),
    ("person", "organization"): ("EMPLOYED_BY", "EMPLOYED_BY", "OWNS", "PAID"),
    ("person", "phone"): ("USES",),
    ("person", "vehicle"): ("USES", "OWNS"),
    ("person", "account"): ("OWNS", "USES"),
    ("person", "email"): ("USES",),
    ("person", "location"): ("LOCATED_AT",),
    ("organization", "organization"): ("PAID", "PAID", "COMMUNICATED_WITH", "OWNS"),
    ("organization", "phone"): ("USES",),
    ("organization", "vehicle"): ("OWNS",),
    ("organization", "account"): ("OWNS",),
    ("organization", "location"): ("LOCATED_AT", "OWNS"),
    ("organization", "vessel"): ("OWNS",),
    ("phone", "phone"): ("COMMUNICATED_WITH",),
    ("account", "account"): ("PAID",),
    ("vehicle", "location"): ("LOCATED_AT",),
    ("vessel", "location"): ("LOCATED_AT",),
}
"""The types of links by the types of their ends, from the first to the second."""

WORDS = {
    "KNOWS": ("associate", "friend", "neighbor"),
    "FAMILY_OF": ("brother", "sister", "cousin", "spouse"),
    "EMPLOYED_BY": ("driver", "clerk", "manager", "bookkeeper"),
    "PAID": ("for freight", "for documents", "purpose unknown"),
}
OWN_CODES = {"COMMUNICATED_WITH": "T3", "PAID": "BSA", "KNOWS": "CS", "EMPLOYED_BY": "TAR", "OWNS": "6E"}

TIE_SHARE = 0.75
OWN_CODE_SHARE = 0.02
WORD_SHARE = 0.4
SINCE_SHARE = 0.5
UNTIL_SHARE = 0.1
SAME_SHARE = 0.02


def tie_subjects(dice: Dice, file: CaseFile, known: RecentSubjects) -> None:
    """Records the ties between subjects that the case's reports assert."""
    ties: dict[tuple[str, str], Line] = {}
    for report in file.reports:
        for pair in filter(None, (ordered(one, other) for one, other in pairwise(report.mentions))):
            ends = (pair[0].id, pair[1].id)
            if ends in ties:
                ties[ends]["sources"].append(report.id)
            elif dice.chance(TIE_SHARE):
                ties[ends] = new_tie(dice, file, report, *pair)
    equate(dice, file, known)


def ordered(one: Subject, other: Subject) -> tuple[Subject, Subject] | None:
    """The two in the order in which they can be tied; none where nothing ties such types."""
    if (one.type, other.type) in TIES:
        return one, other
    return (other, one) if (other.type, one.type) in TIES else None


def new_tie(dice: Dice, file: CaseFile, report: Report, start: Subject, end: Subject) -> Line:
    """A link between two subjects that this report asserts."""
    kind = dice.pick(TIES[start.type, end.type])
    more: Line = {"sources": [report.id]}
    if kind in WORDS and dice.chance(WORD_SHARE):
        more["role"] = dice.pick(WORDS[kind])
    if dice.chance(SINCE_SHARE):
        more.update(period(dice, report.day))
    if kind in OWN_CODES and dice.chance(OWN_CODE_SHARE):
        more["access_codes"] = [OWN_CODES[kind]]
    return file.links.add(kind, start.id, end.id, **more)


def period(dice: Dice, day: Day) -> dict[str, str]:
    """Since when a tie is known, to the year, month or day; for some also until when, at most this day."""
    since = written(day - dice.between(200, 1500))
    stated = {"since": since[: dice.pick((4, 7, 10))]}
    if dice.chance(UNTIL_SHARE):
        stated["until"] = written(day - dice.between(0, 150))
    return stated


def equate(dice: Dice, file: CaseFile, known: RecentSubjects) -> None:
    """Now and then states that a person of this case is one whom a recent case has under another name."""
    people = [subject for subject in file.cast.values() if subject.type == "person"]
    if not people or not dice.chance(SAME_SHARE):
        return
    other = known.one(dice)
    if other and other.type == "person" and other.id not in file.cast:
        file.links.add("SAME_AS", people[0].id, other.id, sources=[file.reports[-1].id])
