"""A release carries the next day on which time alone may change it (DESIGN 4): readers refuse it from then on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.building import Agency, agreement, moment, rules
from tests.plain_lines import Made, case, clearance, consent, delete, document, link, subject

C1 = case("C-1", "NY03-0001")
D1 = document("D-1", "NY03-0001-001")
END_OF_AGREEMENT = "2031-05-08"

TAR = case("C-1", "NY03-0001", access_codes=["TAR"])
"""What a consent can release, and its end withdraw."""

WIRE = case("C-2", "NY03-0002", access_codes=["T3"])
CITES_WIRE = link("L-1", "D-1", "CITES", "C-2")
CLEARABLE = [C1, D1, link("L-2", "C-1", "CONTAINS", "D-1"), WIRE, CITES_WIRE]
"""A report that a clearance can release."""


def serves_until(*lines: Made, today: str = "2026-11-24", **changed: Any) -> str | None:
    """The first day on which a release of these lines, judged today, is not to be served."""
    made = Agency(rules(agreement(**changed)), now=moment(date.fromisoformat(today)))
    made.load(*lines)
    made.publish()
    day = made.header().serves_until
    return None if day is None else date.fromordinal(day).isoformat()


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ([], END_OF_AGREEMENT),
        ([C1], END_OF_AGREEMENT),
        ([C1 | {"prepared": "2026-11-24"}], END_OF_AGREEMENT),
        ([C1 | {"prepared": "2026-11-25"}], "2026-11-25"),
        ([C1 | {"prepared": "2040-01-01"}], END_OF_AGREEMENT),
        ([C1 | {"prepared": "2026-02-30", "opened": "2026-12-01"}], END_OF_AGREEMENT),
        ([C1 | {"prepared": "2027-01-01"}, subject("S-1", created="2026-12-31")], "2027-01-01"),
        ([C1, TAR | {"id": "C-3", "prepared": "2027-01-01"}], END_OF_AGREEMENT),
        ([C1 | {"prepared": "2027-01-01"}, delete("C-1")], END_OF_AGREEMENT),
        ([TAR | {"prepared": "2027-01-01"}, consent("N-1", "third_agency", record="C-1")], "2027-01-01"),
        ([C1, D1 | {"prepared": "2027-01-01"}, link("L-1", "C-1", "CONTAINS", "D-1")], "2027-01-01"),
        ([TAR, consent("N-1", "third_agency", record="C-1", expires="2027-02-01")], "2027-02-01"),
        (
            [TAR, consent("N-1", "third_agency", record="C-1", effective="2027-01-01", expires="2027-02-01")],
            "2027-01-01",
        ),
        ([TAR, consent("N-1", "third_agency", record="C-1", expires="2026-11-24")], END_OF_AGREEMENT),
        ([TAR, consent("N-1", "third_agency", record="C-1", expires="2026-11-25")], "2026-11-25"),
        (
            [TAR, consent("N-1", "third_agency", record="C-1", agreement="county", expires="2027-02-01")],
            END_OF_AGREEMENT,
        ),
        (
            [TAR, consent("N-1", "third_agency", record="C-1", expires="2027-02-01", reason="")],
            END_OF_AGREEMENT,
        ),
        ([*CLEARABLE, clearance("K-1", CITES_WIRE, "title_iii", expires="2027-03-01")], "2027-03-01"),
        (
            [
                *CLEARABLE,
                clearance("K-1", CITES_WIRE, "title_iii", expires="2027-03-01", agreements=["county"]),
            ],
            END_OF_AGREEMENT,
        ),
        (
            [
                *CLEARABLE,
                clearance("K-1", CITES_WIRE, "title_iii", effective="2026-12-01", expires="2027-03-01"),
            ],
            "2026-12-01",
        ),
    ],
)
def test_it_is_the_next_day_on_which_something_starts_ends_or_comes_of_date(
    lines: list[Made], day: str
) -> None:
    assert serves_until(*lines) == day


@pytest.mark.parametrize(
    ("today", "day"),
    [
        ("2009-05-07", "2009-05-08"),
        ("2009-05-08", END_OF_AGREEMENT),
        ("2031-05-07", END_OF_AGREEMENT),
        ("2031-05-08", None),
        ("2035-01-01", None),
    ],
)
def test_the_start_and_the_end_of_the_agreement_are_such_days(today: str, day: str | None) -> None:
    assert serves_until(C1, today=today) == day


def test_a_restriction_moves_the_day_too() -> None:
    made = Agency()
    made.load(C1)
    made.publish()
    made.load(TAR, consent("N-1", "third_agency", record="C-1", expires="2027-02-01"))
    made.restrict()
    assert made.header().serves_until == date(2027, 2, 1).toordinal()


@pytest.mark.parametrize(
    "withheld",
    [
        WIRE | {"prepared": "2027-01-01"},
        case("C-3", "NY03-0003", prepared="2027-01-01", source_system="RESTRICTED-SYSTEM"),
        document("D-2", "NY03-0001-002", prepared="2027-01-01"),
        clearance("K-1", CITES_WIRE, "title_iii", expires="2027-01-01"),
        consent("N-1", "third_agency", record="C-NEVER", expires="2027-01-01"),
    ],
)
def test_what_is_withheld_moves_no_day(withheld: Made) -> None:
    assert serves_until(C1, withheld) == serves_until(C1) == END_OF_AGREEMENT


def test_a_release_by_a_day_that_was_set_carries_none() -> None:
    made = Agency(now=replace(moment(), clock_is_set=True))
    made.load(C1)
    made.publish()
    assert made.header().serves_until is None


def test_on_that_day_and_not_before_the_release_is_another() -> None:
    lines = [C1, D1 | {"prepared": "2026-12-01"}, link("L-2", "C-1", "CONTAINS", "D-1")]
    made = Agency()
    made.load(*lines)
    seen = {}
    for day in ("2026-11-30", "2026-12-01"):
        made.now = moment(date.fromisoformat(day))
        made.publish()
        seen[day] = made.seen()
    assert seen == {"2026-11-30": {"C-1"}, "2026-12-01": {"C-1", "D-1", "L-2"}}
