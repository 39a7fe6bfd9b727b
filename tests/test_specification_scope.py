"""The specification: scope (R5)."""

from datetime import date

import pytest

from tests.plain_lines import Made, case, document, link, subject
from tests.small_questions import causes

C1 = case("C-1", "NY03-0001")
D1 = document("D-1", "NY03-0001-001")
D2 = document("D-2", "NY03-0001-002")
IN_C1 = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2)]


@pytest.mark.parametrize(
    ("changed", "agreement", "reasons"),
    [
        ({}, {"kinds": ["document", "subject"]}, {"kind"}),
        ({"prepared": "1999-12-31"}, {}, {"date"}),
        ({"prepared": "2000-01-01"}, {}, set()),
        ({"prepared": "2026-11-24"}, {}, set()),
        ({"prepared": "2026-11-25"}, {}, {"date"}),
        ({"prepared": "2003-02-29"}, {}, {"date"}),
        ({"prepared": "20030405"}, {}, {"date"}),
        ({"prepared": None}, {}, {"date"}),
        ({"approval": {"state": "Approved", "agent": "a", "supervisor": "b"}}, {}, {"approval"}),
        ({"approval": {"state": "approved", "agent": "a", "supervisor": ""}}, {}, {"approval"}),
        ({"approval": {"state": "approved", "agent": "STRASSE", "supervisor": " straße"}}, {}, {"approval"}),
        ({"approval": "approved"}, {}, {"approval"}),
        ({}, {"offices": ["SAC-LA"]}, {"office"}),
        ({"office": None}, {"offices": ["SAC-LA"]}, {"office"}),
        ({"number": "see NY03-0001"}, {}, {"number"}),
        ({"number": "ny03–0001"}, {}, set()),
        ({"number": 30001}, {}, {"number"}),
        ({"status": "closed"}, {"case_status": ["open"]}, {"status"}),
        ({"status": "Open"}, {"case_status": ["open"]}, {"status"}),
        ({}, {"programs": ["fraud"]}, {"program"}),
        ({}, {"suspended": True}, {"agreement"}),
        ({}, {"effective": date(2026, 11, 24)}, set()),
        ({}, {"effective": date(2026, 11, 25)}, {"agreement"}),
        ({}, {"expires": date(2026, 11, 24)}, {"agreement"}),
    ],
)
def test_a_case_is_out_of_scope_for_each_reason(changed: Made, agreement: Made, reasons: set[str]) -> None:
    assert causes([C1 | changed], agreement=agreement) == ({"C-1": reasons} if reasons else {})


def test_scope_is_not_carried() -> None:
    out = document("D-1", "NY03-0001-001", prepared="1999-12-31")
    around = [link("L-A", "D-1", "HAS_ATTACHMENT", "D-2"), link("L-B", "D-2", "CITES", "D-1")]
    assert causes([C1, out, D2, *IN_C1, *around]) == {"D-1": {"date"}}


def test_offices_statuses_and_programs_are_asked_of_their_kinds_alone() -> None:
    lines = [C1 | {"program": "fraud"}, D1, subject("S-1", office="SAC-LA"), IN_C1[0]]
    lines.append(link("L-S", "S-1", "SUBJECT_OF", "C-1"))
    listed = {"offices": ["SAC-NY"], "case_status": ["open"], "programs": ["fraud"]}
    assert causes(lines, agreement=listed) == {}


@pytest.mark.parametrize("agreement", [{"case_status": ["sealed"]}, {"programs": ["unheard of"]}])
def test_a_word_that_the_policy_does_not_have_is_missing(agreement: Made) -> None:
    reason = {"case_status": "status", "programs": "program"}
    given = C1 | {"status": "sealed", "program": "unheard of"}
    assert causes([given], agreement=agreement) == {"C-1": {reason[key] for key in agreement}}
    assert causes([given], policy={"vocabulary": {}}, agreement=agreement) == {}
