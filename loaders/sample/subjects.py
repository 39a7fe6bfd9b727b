"""Subjects and what is known of them.

Each property is asserted by the report that first tells of the subject, or by the subject's own record
(`sources` empty). A few properties have a code of their own, as where a nationality was learnt from an
asylum claim.
"""

from collections.abc import Callable
from datetime import date

from loaders.sample import days, names
from loaders.sample.casefile import Line, Report, Subject
from loaders.sample.coding import SUBJECT_CODES, approval, source_system
from loaders.sample.dice import Dice, Odds
from loaders.sample.offices import Office

Facts = list[tuple[str, str]]
"""Names and values of properties; the first is what the subject is known by."""

TYPES: Odds[str] = Odds(
    {
        "person": 51,
        "organization": 15,
        "phone": 9,
        "vehicle": 8,
        "location": 7,
        "account": 6,
        "email": 3,
        "vessel": 1,
    }
)

BORN_FROM, BORN_UNTIL = date(1930, 1, 1).toordinal(), date(1975, 12, 31).toordinal()
"""Days of birth: everybody is of age in the first case."""

CODED_PROPERTY_SHARE = 0.02
PROPERTY_CODES = {"nationality": "ASY", "bank": "BSA", "number": "T3", "identifier": "TAR", "address": "6E"}
OWN_ASSERTION_SHARE = 0.15


def person(dice: Dice, _office: Office) -> tuple[str, Facts]:
    """A person, of whom more or less is known."""
    given = dice.pick(names.GIVEN)
    if dice.chance(0.4):
        given += f" {dice.pick('ABCDEFGHIJKLMNOPRSTVW')}."
    name = f"{given} {dice.pick(names.FAMILY)}"
    facts = [("name", name)]
    if dice.chance(0.25):
        facts.append(("alias", dice.pick(names.ALIASES)))
    if dice.chance(0.65):
        born = date.fromordinal(dice.between(BORN_FROM, BORN_UNTIL))
        facts.append(("birth_date", born.isoformat()))
    if dice.chance(0.4):
        facts.append(("nationality", dice.pick(names.COUNTRIES)))
    if dice.chance(0.3):
        facts.append(("height", f"{dice.pick((5, 5, 6))} ft {dice.between(0, 9)} in"))
    if dice.chance(0.12):
        facts.append(("identifier", f"passport {dice.between(10_000_000, 99_999_999)}"))
    return name, facts


def organization(dice: Dice, office: Office) -> tuple[str, Facts]:
    """A firm in the office's district."""
    head = dice.pick(names.FIRM_HEADS if dice.chance(0.5) else names.FAMILY)
    name = f"{head} {dice.pick(names.FIRM_TAILS)}"
    return name, [("name", name), ("address", street(dice)), ("city", dice.pick(office.cities))]


def phone(dice: Dice, _office: Office) -> tuple[str, Facts]:
    """A telephone, its number one of those kept free for fiction."""
    number = f"+1-{dice.pick(names.AREA_CODES)}-555-01{dice.between(0, 99):02}"
    return f"telephone {number}", [("number", number), ("carrier", dice.pick(names.CARRIERS))]


def vehicle(dice: Dice, _office: Office) -> tuple[str, Facts]:
    """A vehicle with a plate."""
    make, model = dice.pick(names.VEHICLES)
    color = dice.pick(names.COLORS)
    letters = "".join(dice.pick("BCDFGHJKLMNPRSTVWXYZ") for _ in range(3))
    plate = f"{dice.between(1, 9)}{letters}{dice.between(100, 999)}"
    facts = [("plate", plate), ("make", make), ("model", model), ("color", color)]
    return f"a {color} {make} {model}, plate {plate},", facts


def location(dice: Dice, office: Office) -> tuple[str, Facts]:
    """A place with an address in the office's district."""
    address, city = street(dice), dice.pick(office.cities)
    return f"{address}, {city},", [("address", address), ("city", city), ("country", "United States")]


def account(dice: Dice, _office: Office) -> tuple[str, Facts]:
    """An account with a bank."""
    number = f"{dice.between(1000, 9999)}-{dice.between(100_000, 999_999)}"
    bank = dice.pick(names.BANKS)
    facts = [("number", number), ("bank", bank), ("currency", dice.pick(names.CURRENCIES))]
    return f"account {number} at {bank}", facts


def email(dice: Dice, _office: Office) -> tuple[str, Facts]:
    """A mailbox under a name that nobody can own."""
    local = f"{dice.pick(names.FIRM_HEADS)}.{dice.pick(names.ALIASES)}{dice.between(1, 99)}".lower()
    address = f"{local}@mail.example"
    return f"the mailbox {address}", [("email", address)]


def vessel(dice: Dice, _office: Office) -> tuple[str, Facts]:
    """A ship under some flag."""
    name = f"{dice.pick(names.FIRM_HEADS)} {dice.pick(('Star', 'Express', 'Pearl', 'Venture', 'Spirit'))}"
    identifier = f"IMO {dice.between(7_000_000, 9_999_999)}"
    return f"the vessel {name}", [
        ("name", name),
        ("identifier", identifier),
        ("country", dice.pick(names.COUNTRIES)),
    ]


def street(dice: Dice) -> str:
    """A street and number."""
    return f"{dice.between(1, 4800)} {dice.pick(names.STREETS)}"


DESCRIBED: dict[str, Callable[[Dice, Office], tuple[str, Facts]]] = {
    "person": person,
    "organization": organization,
    "phone": phone,
    "vehicle": vehicle,
    "location": location,
    "account": account,
    "email": email,
    "vessel": vessel,
}


def new_subject(dice: Dice, subject_id: str, kind: str, office: Office, report: Report) -> Subject:
    """A subject of this type of which this report is the first to tell."""
    label, facts = DESCRIBED[kind](dice, office)
    line = {
        "kind": "subject",
        "id": subject_id,
        "type": kind,
        "source_system": source_system(dice, "SUBJECT-RECORDS"),
        "office": office.name,
        "access_codes": [*dice.draw(SUBJECT_CODES)],
        "approval": approval(dice, office, report.agent),
        "created": days.written(report.day),
        "properties": [asserted(dice, name, value, report.id) for name, value in facts],
    }
    return Subject(subject_id, kind, label, line)


def asserted(dice: Dice, name: str, value: str, document: str) -> Line:
    """A property that this document asserts, or the subject's own record."""
    sources = [] if dice.chance(OWN_ASSERTION_SHARE) else [document]
    line: Line = {"name": name, "value": value, "sources": sources}
    if name in PROPERTY_CODES and dice.chance(CODED_PROPERTY_SHARE):
        line["access_codes"] = [PROPERTY_CODES[name]]
    return line
