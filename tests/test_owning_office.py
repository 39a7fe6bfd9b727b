"""Whom a partner asks before he acts: the contact of the owning office; and the day on which a record was approved."""

from typing import Any

import orjson
import pytest

from graph.errors import PolicyError
from graph.numbers import WITHHELD
from graph.policy_file import policy_of
from graph.release import encode
from tests import worked_example
from tests.building import Agency, agreement, policy, rules
from tests.plain_lines import Made, case, document, link, prop, subject

OFFICES = {"SAC-NY": {"contact": "+1 555 0100"}, "SAC-LA": {"contact": "+1 555 0200, who has NY03-0009"}}
C1 = case("C-1", "NY03-0001", office="SAC-NY")
C2 = case("C-2", "NY03-0002", office="SAC-LA", access_codes=["T3"])
D1 = document("D-1", "NY03-0001-001", office="SAC-LA")
S1 = subject("S-1", prop("name", "Ann"), office="SAC-ELSEWHERE")
LINES = [C1, C2, D1, S1, link("L-1", "C-1", "CONTAINS", "D-1"), link("L-2", "S-1", "SUBJECT_OF", "C-1")]


def published(*lines: Made, offices: Any = OFFICES, **changed: Any) -> Agency:
    under = policy(offices=offices)
    made = Agency(rules(agreement(under=under, **changed), under=under))
    made.load(*lines)
    made.publish()
    return made


def shown(of: Agency, field: str) -> dict[str, Any]:
    """The field, of each released record that shows it."""
    return {id: line[field] for id, line in of.shown().items() if field in line}


def approved(line: Made, date: Any) -> Made:
    return line | {"approval": line["approval"] | {"date": date}}


def test_a_record_shows_the_contact_of_its_own_office_masked_like_other_text() -> None:
    masked = f"+1 555 0200, who has {WITHHELD}"
    assert shown(published(*LINES), "contact") == {"C-1": "+1 555 0100", "D-1": masked}


def test_without_offices_in_the_policy_there_is_no_contact() -> None:
    assert shown(published(*LINES, offices={}), "contact") == {}


@pytest.mark.parametrize(
    ("omit", "left"),
    [
        (["case.contact"], {"D-1"}),
        (["case.office"], {"D-1"}),
        (["document.office", "subject.office"], {"C-1"}),
    ],
)
def test_a_contact_that_is_omitted_or_whose_office_is_not_shown_is_not_shown(
    omit: list[str], left: set[str]
) -> None:
    assert shown(published(*LINES, omit=omit), "contact").keys() == left


def test_an_office_without_a_released_record_has_no_byte_in_the_release() -> None:
    of_la = [line for line in LINES if line.get("office") != "SAC-LA" and line["id"] != "L-1"]
    with_it = published(*of_la, C2).content()
    assert [record for record in map(encode, with_it.records.values()) if b"0200" in record] == []
    assert with_it == published(*of_la, offices={"SAC-NY": OFFICES["SAC-NY"]}).content()


def test_a_contact_that_changes_is_a_new_content_and_is_not_told_before_it_is_published() -> None:
    made = published(*LINES)
    before = made.header().version
    under = policy(offices=OFFICES | {"SAC-NY": {"contact": "+1 555 0300"}})
    made.rules = rules(agreement(under=under), under=under)
    made.restrict()
    assert shown(made, "contact").keys() == {"D-1"}
    made.publish()
    assert shown(made, "contact")["C-1"] == "+1 555 0300"
    assert made.header().version != before


@pytest.mark.parametrize("wrong", ["+1 555 0100", {"contact": 7}, {}, {"contact": "x", "phone": "y"}])
def test_offices_that_do_not_fit_are_a_mistake_of_the_policy(wrong: object) -> None:
    with pytest.raises(PolicyError, match=r"offices\.SAC-NY"):
        policy_of(worked_example.policy() | {"offices": {"SAC-NY": wrong}})


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2003-04-06", "2003-04-06"),
        *((date, None) for date in ("2003-02-30", "2003-04", "", 20030406, None, ["2003-04-06"])),
    ],
)
def test_a_record_shows_the_day_of_its_approval_if_it_is_one_and_is_released_in_any_case(
    date: Any, day: str | None
) -> None:
    made = published(*(approved(line, date) if "approval" in line else line for line in LINES))
    released = {"C-1", "D-1", "S-1", "L-1", "L-2"}
    assert made.seen() == released
    assert shown(made, "validated") == ({} if day is None else dict.fromkeys(("C-1", "D-1", "S-1"), day))


def test_the_day_of_an_approval_can_be_omitted() -> None:
    lines = [approved(line, "2003-04-06") if "approval" in line else line for line in LINES]
    assert shown(published(*lines, omit=["subject.validated", "case.validated"]), "validated").keys() == {
        "D-1"
    }


def test_an_export_has_both_and_loads_again_to_the_same_release() -> None:
    lines = [approved(line, "2003-04-06") if "approval" in line else line for line in LINES]
    told = published(*lines).shown()["C-1"]
    assert (told["contact"], told["validated"]) == ("+1 555 0100", "2003-04-06")
    again = {**lines[0], "contact": told["contact"], "validated": "1999-01-01"}
    assert published(orjson.loads(orjson.dumps(again)), *lines[1:]).content() == published(*lines).content()
