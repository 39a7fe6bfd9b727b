"""`caselink simulate`: for one agreement or for all, as text and as JSON."""

from pathlib import Path

import pytest

from tests.command_line import Desk, agreement_text
from tests.plain_lines import case, document, link

C1 = case("C-1", "NY03-0001")
D1, IN_C1 = document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1")


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    """A desk with two agreements; C-1 is published, a document in it is not: it is coded T3."""
    desk = Desk(tmp_path)
    desk.done("init")
    desk.agreement(agreement_text("county"), "county")
    desk.load(C1, D1 | {"access_codes": ["T3"]}, IN_C1)
    desk.done("publish")
    return desk


GAINED = [
    ": 2 added, 0 changed, 0 withdrawn",
    "  + D-1  (was withheld: title_iii)",
    "  + L-1  (was withheld: an end is withheld)",
]


def test_all_agreements_are_told_unless_one_is_named(desk: Desk) -> None:
    change = desk.file("change.jsonl", D1)
    every = [f"county{GAINED[0]}", *GAINED[1:], f"ndex{GAINED[0]}", *GAINED[1:]]
    assert desk.done("simulate", change).out.splitlines() == every
    assert desk.done("simulate", change, "--all").out.splitlines() == every
    assert desk.done("simulate", change, "--agreement", "ndex").out.splitlines() == every[3:]


def test_one_and_all_is_a_contradiction(desk: Desk) -> None:
    ran = desk.run("simulate", desk.file("change.jsonl", D1), "--all", "--agreement", "ndex")
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (
        2,
        "",
        "Error: --agreement and --all: choose one.",
    )


def test_of_many_the_first_are_told_and_the_reasons_of_all(desk: Desk) -> None:
    held = [document(f"D-{n}", f"NY03-0001-1{n}") for n in range(10, 61)]
    ties = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in range(10, 61)]
    desk.load(*held, *ties)
    desk.done("publish", "--yes")
    change = desk.file("change.jsonl", C1 | {"access_codes": ["T3"]})
    told = desk.done("simulate", change, "--agreement", "ndex").out.splitlines()
    assert (told[0], len(told), told[-1]) == (
        "ndex: 0 added, 0 changed, 103 withdrawn",
        52,
        "  - and 53 more; --json tells all. Of all: title_iii 52, an end is withheld 51",
    )


def test_a_link_tells_what_of_its_own_closes_it(desk: Desk) -> None:
    change = desk.file("change.jsonl", IN_C1 | {"type": "HOLDS"}, D1)
    desk.load(D1)
    desk.done("publish")
    told = desk.done("simulate", change, "--agreement", "ndex").out.splitlines()
    assert told == [
        "ndex: 0 added, 0 changed, 2 withdrawn",
        "  - D-1  (withheld: support)",
        "  - L-1  (withheld: unknown_type, an end is withheld)",
    ]
