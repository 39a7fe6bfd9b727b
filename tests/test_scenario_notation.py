"""The short notation of scenarios: what each line stands for in JSON Lines, and what it does not know."""

import json
from typing import Any

import pytest

from graph.policy_file import policy_of
from server.scenarios.notation import Notation
from tests import worked_example
from tests.building import policy

PLAIN: dict[str, Any] = {
    "source_system": "CASE-MANAGEMENT",
    "office": "HQ",
    "access_codes": ["REL"],
    "approval": {"state": "approved", "agent": "agent", "supervisor": "supervisor"},
}
C1 = {"kind": "case", "id": "C1", **PLAIN, "prepared": "2010-01-01", "number": "AA00-0001"}
D1 = C1 | {"kind": "document", "id": "D1"}
S1 = {"kind": "subject", "id": "S1", **PLAIN, "created": "2010-01-01"}
LINK = {"kind": "link", "id": "C1-CONTAINS->D1", "type": "CONTAINS", "from": "C1", "to": "D1"}
DECIDED = {
    "reason": "stated",
    "requested_by": "agent",
    "approved_by": "supervisor",
    "effective": "2000-01-01",
    "expires": "2100-01-01",
}
CLEARED = {
    "kind": "clearance",
    "id": "K1",
    "category": "title_iii",
    **DECIDED,
    "link": "C1-CONTAINS->D1",
    "type": "CONTAINS",
    "from": "C1",
    "to": "D1",
    "agreements": ["partner"],
}
WAIVED = {
    "kind": "consent",
    "id": "N1",
    "category": "third_agency",
    **DECIDED,
    "agreement": "partner",
    "granted_by": "originator",
}


def notation(*agreements: str) -> Notation:
    return Notation(policy(), agreements or ("partner",), "AA00-####")


def lines(text: str, of: Notation | None = None) -> list[Any]:
    """The lines that a text stands for, which has no mistake."""
    mistakes: list[str] = []
    written = (of or notation()).lines(text, "load", mistakes)
    assert mistakes == []
    return [json.loads(line) for line in written]


def mistake(text: str, of: Notation | None = None) -> str:
    """The one mistake in a text."""
    mistakes: list[str] = []
    assert (of or notation()).lines(text, "load", mistakes) == ()
    [told] = mistakes
    return told


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("case C1", [C1]),
        ("  case C1  # plain\n\n# nothing", [C1]),
        ("document D1", [D1]),
        ("subject S1", [S1]),
        ("case C1,C2", [C1, C1 | {"id": "C2", "number": "AA00-0002"}]),
        ("case C1 T3", [C1 | {"access_codes": ["T3"]}]),
        ("case C1 REL T3", [C1 | {"access_codes": ["REL", "T3"]}]),
        ("case C1 -", [C1 | {"access_codes": []}]),
        ('case C1 access_codes=["T-3 "]', [C1 | {"access_codes": ["T-3 "]}]),
        ("case C1 access_codes=null", [C1 | {"access_codes": None}]),
        ("case C1 access_codes=", [{name: value for name, value in C1.items() if name != "access_codes"}]),
        ('case C1 title="a # b" status=open', [C1 | {"title": "a # b", "status": "open"}]),
        ('case C1 title=""', [C1 | {"title": ""}]),
        ("case C1 prepared=2003-04-05", [C1 | {"prepared": "2003-04-05"}]),
        ("case C1 prepared=", [{name: value for name, value in C1.items() if name != "prepared"}]),
        ("case C1 number=NY03-0001", [C1 | {"number": "NY03-0001"}]),
        ("case C1 number=", [{name: value for name, value in C1.items() if name != "number"}]),
        ("case C1 approval.state=submitted", [C1 | {"approval": PLAIN["approval"] | {"state": "submitted"}}]),
        ("case C1 approval.agent=", [C1 | {"approval": {"state": "approved", "supervisor": "supervisor"}}]),
        ("case C1 approval=null", [C1 | {"approval": None}]),
        (
            'subject S1 .name="John Doe"@D1,D2 .alias=Jo',
            [
                S1
                | {
                    "properties": [
                        {"name": "name", "value": "John Doe", "sources": ["D1", "D2"]},
                        {"name": "alias", "value": "Jo", "sources": []},
                    ]
                }
            ],
        ),
        (
            'subject S1 ."x y"=1@D1',
            [S1 | {"properties": [{"name": "x y", "value": "1", "sources": ["D1"]}]}],
        ),
        ('subject S1 .{"name": "x y"}', [S1 | {"properties": [{"name": "x y"}]}]),
        ("C1 -CONTAINS-> D1", [LINK]),
        ("L1: C1 -CONTAINS-> D1", [LINK | {"id": "L1"}]),
        ("C1 -?HAS-> D1", [LINK | {"id": "C1-HAS->D1", "type": "HAS"}]),
        ("C1 -CONTAINS-> D1 type=", [{name: value for name, value in LINK.items() if name != "type"}]),
        (
            "C1 -CONTAINS-> D1 @D2,D3 T3 role=owner since=2003",
            [LINK | {"sources": ["D2", "D3"], "access_codes": ["T3"], "role": "owner", "since": "2003"}],
        ),
        ("C1 -CONTAINS-> D1 @", [LINK | {"sources": []}]),
        (
            "C1 -CONTAINS-> D1,D2 -CITES-> C2",
            [
                LINK,
                LINK | {"id": "C1-CONTAINS->D2", "to": "D2"},
                LINK | {"id": "D1-CITES->C2", "type": "CITES", "from": "D1", "to": "C2"},
                LINK | {"id": "D2-CITES->C2", "type": "CITES", "from": "D2", "to": "C2"},
            ],
        ),
        ("delete D1,D2 C1", [{"kind": "delete", "id": id} for id in ("D1", "D2", "C1")]),
        ("delete C1 -CONTAINS-> D1", [{"kind": "delete", "id": "C1-CONTAINS->D1"}]),
        ("clearance K1 title_iii C1 -CONTAINS-> D1", [CLEARED]),
        (
            "clearance K1 title_iii L1: C1 -CONTAINS-> D1 expires=2020-01-01 reason=",
            [
                {name: value for name, value in CLEARED.items() if name != "reason"}
                | {"link": "L1", "expires": "2020-01-01"}
            ],
        ),
        ("consent N1 third_agency D1", [WAIVED | {"record": "D1"}]),
        ("consent N1 third_agency C1 -CONTAINS-> D1", [WAIVED | {"link": "C1-CONTAINS->D1"}]),
        ("consent N1 third_agency D1 granted_by=DEA", [WAIVED | {"record": "D1", "granted_by": "DEA"}]),
        ('{"kind": "case", "id": "C1"}', [{"kind": "case", "id": "C1"}]),
    ],
)
def test_a_line_stands_for_json_lines(text: str, meant: list[Any]) -> None:
    assert lines(text) == meant


def test_a_line_that_is_no_json_is_handed_on_as_it_is() -> None:
    assert notation().lines('{"kind": "case", "id"', "load", []) == (b'{"kind": "case", "id"',)


def test_a_record_keeps_its_number_from_one_load_to_the_next() -> None:
    of = notation()
    lines("case C1\ndocument D1", of)
    assert lines("case C2 number=AA00-0001\ndocument D1", of)[1] == D1 | {"number": "AA00-0002"}


def test_every_id_that_a_line_brings_is_known() -> None:
    of = notation()
    lines('case C1,C2\nC1 -RELATED_TO-> C2\n{"kind": "case", "id": "C3"}\nconsent N1 third_agency C1', of)
    assert of.loaded == {"C1", "C2", "C3", "C1-RELATED_TO->C2", "N1"}


def test_a_plain_record_has_what_another_policy_wants_of_it() -> None:
    tables = worked_example.policy() | {
        "shared_systems": ["Z", "B"],
        "identifier_patterns": ["X[0-9]+"],
        "codes": {"T3": "title_iii", "GREEN": "release"},
    }
    tables["dates"] |= {"case": "opened", "floor": worked_example.TODAY}
    [line] = lines("case C1", Notation(policy_of(tables), ["partner"], "X##"))
    others = {"source_system": "B", "access_codes": ["GREEN"], "opened": "2026-11-24", "number": "X01"}
    assert line == {name: value for name, value in C1.items() if name != "prepared"} | others


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("frob C1", "load line 1: frob: a line begins with case"),
        ("\ncase", "load line 2: case: an id is missing"),
        ("delete", "load line 1: delete: a line begins with"),
        ("case C1 T9", 'load line 1: T9: not in the code book; if that is meant, write access_codes=["T9"]'),
        ("case C1 colour=red", "load line 1: colour: a case has no such field; known are access_codes"),
        ("case C1 title.en=a", "load line 1: title.en: a case has no such field"),
        ('case C1 title="a', 'load line 1: "a: not JSON'),
        ('case C1 title="a"b', "load line 1: b: stands after the JSON of a value"),
        ("case C1 =b", "load line 1: =b: expected key=value"),
        ("case C1 .name=Doe", "load line 1: C1: only a subject has properties"),
        ("subject S1 .name", "load line 1: .name: expected .name=value"),
        ('subject S1 ."x y"', 'load line 1: ."x y": expected .name=value'),
        ("subject S1 .", "load line 1: .: expected .name=value"),
        ('subject S1 .name="Doe"x@D1', 'load line 1: .name="Doe"x@D1: only @SOURCE'),
        ("C1 -CONTAIN-> D1", "load line 1: CONTAIN: the policy does not know this link type"),
        ("C1 -?CONTAINS-> D1", "load line 1: CONTAINS: the policy knows this link type"),
        ("C1 -CONTAINS->", "load line 1: C1 -CONTAINS->: expected FROM -TYPE-> TO"),
        ("L1: C1 -CONTAINS-> D1,D2", "load line 1: L1: one id for 2 links"),
        ("C1 -CONTAINS-> D1 remark=a", "load line 1: remark: a link has no such field"),
        ("clearance K1 title_iii", "load line 1: clearance: expected clearance ID CATEGORY"),
        ("clearance K1 title_iii D1", "load line 1: a clearance is for a link"),
        ("clearance K1 title_iii C1 -CONTAINS-> D1,D2", "load line 1: K1: is for one link, not for 2"),
        ("clearance K1 title_iii C1 -CONTAINS-> D1 T3", "load line 1: T3: a clearance has no codes"),
    ],
)
def test_what_the_notation_does_not_know_is_a_mistake_with_its_line(text: str, told: str) -> None:
    assert mistake(text).startswith(told)


def test_a_consent_under_several_agreements_says_for_which_it_is() -> None:
    of = notation("a", "b")
    assert mistake("consent N1 third_agency D1", of).startswith(
        "load line 1: N1: a consent is for one agreement"
    )
    [line] = lines("consent N1 third_agency D1 agreement=b", of)
    assert line == WAIVED | {"record": "D1", "agreement": "b"}
    assert lines("clearance K1 title_iii C1 -CONTAINS-> D1", of) == [CLEARED | {"agreements": ["a", "b"]}]


def test_a_number_that_no_pattern_of_the_policy_matches_is_a_mistake() -> None:
    of = Notation(policy(), ["partner"], "28/##")
    assert mistake("case C1", of).startswith(
        "load line 1: C1: no identifier pattern of the policy matches 28/01"
    )
