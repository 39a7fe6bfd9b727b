"""Opening a case and writing its line.

Most cases are closed some months after their last report; those that would be closed after the last day are
open, as are some old ones that nobody closed.
"""

from loaders.sample import prose
from loaders.sample.casefile import CaseFile, Line, LinkBook
from loaders.sample.coding import CASE_CODES, approval, category_code, source_system
from loaders.sample.days import LAST, Day, written
from loaders.sample.dice import Dice
from loaders.sample.offices import Office

CLOSING_SHARE = 0.72


def open_case(dice: Dice, number: str, office: Office, day: Day) -> CaseFile:
    """An empty case file with this number, opened by the office on this day."""
    codes = dice.draw(CASE_CODES)
    code = category_code(codes)
    programs = prose.PROGRAM_OF_CODE[code] if code else prose.PROGRAMS
    agent = dice.pick(office.agents)
    return CaseFile(f"C-{number}", number, office, agent, day, dice.pick(programs), codes, LinkBook(number))


def case_line(dice: Dice, file: CaseFile, related: str | None) -> Line:
    """The line of a case whose reports and cast are known; `related` is the number of a related case."""
    line = {
        "kind": "case",
        "id": file.id,
        "number": file.number,
        "title": f"{dice.pick(prose.CASE_TITLES[file.program])}, {dice.pick(file.office.cities)}",
        "status": "open",
        "program": file.program,
        "source_system": source_system(dice, "CASE-MANAGEMENT"),
        "office": file.office.name,
        "access_codes": list(file.codes),
        "approval": approval(dice, file.office, file.agent),
        "prepared": written(file.day),
        "opened": written(file.day),
        "synopsis": synopsis(dice, file, related),
    }
    closed = file.reports[-1].day + dice.between(30, 600)
    if closed <= LAST and dice.chance(CLOSING_SHARE):
        line |= {"status": "closed", "closed": written(closed)}
    return line


def synopsis(dice: Dice, file: CaseFile, related: str | None) -> str:
    """One sentence about the case's first subject, and one about the related case if there is one."""
    first = next(iter(file.cast.values()))
    told = dice.pick(prose.SYNOPSES).format(
        who=first.label, place=dice.pick(file.office.places), count=dice.between(3, 60)
    )
    return f"{told} {prose.RELATION.format(number=related)}" if related else told
