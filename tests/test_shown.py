"""What is shown of a released record and link, whole: every field that is said (R8, R9, R14), less the omitted."""

from typing import Any

import pytest

from tests import worked_example
from tests.engine import ask
from tests.plain_lines import Made, case, document, link, prop, subject
from tests.worked_example import AGREEMENTS, TODAY

POLICY = worked_example.policy() | {"offices": {"SAC-NY": {"contact": "555 0100, about NY03-0008"}}}
APPROVED = {"state": "approved", "agent": "agent.lee", "supervisor": "sup.ortiz", "date": "2003-05-06"}

LINES = [
    case(
        *("C-1", "NY03-0001"),
        title="The case NY03-0001",
        program="fraud",
        opened="2003-04-01",
        closed="2003-12-31",
        synopsis="Not NY03-0008",
        approval=APPROVED,
    ),
    document("D-1", "NY03-0002", "Told by NY03-0008", author="Agent NY03-0008", approval=APPROVED),
    document("D-2", "NY03-0009", access_codes=["T3"]),
    subject(
        "S-1", prop("name", "Ann Poe", sources=["D-2", "D-1"]), prop("alias", "Annie"), approval=APPROVED
    ),
    link("L-1", "C-1", "CONTAINS", "D-1"),
    link("L-2", "S-1", "SUBJECT_OF", "C-1", sources=["D-1"], role="driver", since="2003", until="2003-06"),
]
OFFICE = {"office": "SAC-NY", "contact": "555 0100, about [number withheld]"}
EVERYTHING: dict[str, Made] = {
    "C-1": {
        "number": "NY03-0001",
        "title": "The case NY03-0001",
        "status": "open",
        "program": "fraud",
        "opened": "2003-04-01",
        "closed": "2003-12-31",
        "synopsis": "Not [number withheld]",
        "validated": "2003-05-06",
    }
    | OFFICE,
    "D-1": {
        "number": "NY03-0002",
        "type": "ROI",
        "title": "Plain",
        "prepared": "2003-04-05",
        "narrative": "Told by [number withheld]",
        "author": "Agent [number withheld]",
        "validated": "2003-05-06",
    }
    | OFFICE,
    "S-1": {"type": "person", "alias": "Annie", "name": "Ann Poe", "validated": "2003-05-06"} | OFFICE,
    "L-1": {"type": "CONTAINS", "from": "C-1", "to": "D-1", "sources": []},
    "L-2": {
        **{"type": "SUBJECT_OF", "from": "S-1", "to": "C-1", "sources": ["D-1"]},
        **{"role": "driver", "since": "2003", "until": "2003-06"},
    },
}
PREFIX = {"C-1": "case", "D-1": "document", "S-1": "subject", "L-1": "link", "L-2": "link"}
NEVER_OMITTED = {
    *("case.number", "document.number", "document.type", "subject.type", "subject.alias", "subject.name"),
    *("link.type", "link.from", "link.to", "link.sources"),
}
OMITTED = sorted({f"{PREFIX[id]}.{name}" for id, said in EVERYTHING.items() for name in said} - NEVER_OMITTED)


def shown(lines: list[Made], policy: dict[str, Any] = POLICY, **changed: Any) -> dict[str, Made]:
    """What is shown of each released record, its values by name among the rest, and of each link."""
    answer = ask(lines, policy, worked_example.agreement("ndex") | {"omit": []} | changed, TODAY)
    release = answer.release()
    records: dict[str, Made] = {id: dict(fields) for id, fields in release["fields"].items()}
    for id, name, value, _ in release["property_sources"]:
        records[id][name] = value
    links: dict[str, Made] = release["link_fields"]
    return records | links


@pytest.mark.parametrize("id", AGREEMENTS)
def test_the_worked_example_is_shown_as_the_contract_expects(id: str) -> None:
    question = (worked_example.lines(), worked_example.policy(), worked_example.agreement(id), TODAY)
    assert ask(*question).release() == worked_example.expected(id)


def test_everything_that_may_be_shown_is_shown_and_masked() -> None:
    assert shown(LINES) == EVERYTHING


@pytest.mark.parametrize("omitted", [*OMITTED, "property.name", "property.alias"])
def test_r14_what_is_omitted_is_not_shown_and_all_else_is(omitted: str) -> None:
    kind, _, field = omitted.partition(".")
    gone = {field, "contact"} if field == "office" else {field}
    of = "subject" if kind == "property" else kind
    left = {
        id: {name: value for name, value in said.items() if PREFIX[id] != of or name not in gone}
        for id, said in EVERYTHING.items()
    }
    assert shown(LINES, omit=[omitted]) == left


def test_r14_days_that_are_none_and_words_that_no_list_has_are_absent() -> None:
    odd = {"title": "", "status": "asleep", "program": "", "opened": "2003-02-29", "closed": "soon"}
    tie = {"role": "driver", "since": "2003-13", "until": "soon"}
    lines = [
        case("C-1", "NY03-0001", **odd),
        document("D-1", "NY03-0002", type="Telex"),
        subject("S-1", prop("shoe size", "43"), prop("", "Ann"), type="robot"),
        link("L-1", "C-1", "CONTAINS", "D-1", **tie),
        link("L-2", "S-1", "SUBJECT_OF", "C-1"),
    ]
    vocabulary = POLICY["vocabulary"] | {"link_role": ["lead"]}
    words = POLICY | {"vocabulary": vocabulary, "offices": {"SAC-LA": {"contact": "555 0199"}}}
    plain = {"office": "SAC-NY"}
    assert shown(lines, words) == {
        "C-1": plain | {"number": "NY03-0001", "title": ""},
        "D-1": plain
        | {
            "number": "NY03-0002",
            "type": "other",
            "title": "Plain",
            "prepared": "2003-04-05",
            "narrative": "",
        },
        "S-1": plain | {"type": "other"},
        "L-1": {"type": "CONTAINS", "from": "C-1", "to": "D-1", "sources": []},
        "L-2": {"type": "SUBJECT_OF", "from": "S-1", "to": "C-1", "sources": []},
    }


def test_r8_role_and_dates_are_shown_only_where_all_sources_are_released_and_sources_that_are() -> None:
    named = [*LINES[:-1], LINES[-1] | {"sources": ["D-2", "D-1"]}]
    assert shown(named)["L-2"] == {"type": "SUBJECT_OF", "from": "S-1", "to": "C-1", "sources": ["D-1"]}


def test_r9_values_that_are_equal_once_masked_are_one_with_all_their_released_sources() -> None:
    told = [
        prop("alias", "of NY03-0006", sources=["D-2", "D-1"]),
        prop("alias", "of NY03-0008"),
        prop("alias", "of NY03-0007", sources=["D-3", "D-1"]),
        prop("name", "of NY03-0007", sources=["D-3"]),
        prop("name", "Ann Poe", sources=["D-2"]),
        prop("name", "Poe", access_codes=["T3"]),
        prop("name", "A. Poe", access_codes=[]),
    ]
    lines = [
        *(line for line in LINES if line["id"] not in ("S-1", "L-2")),
        document("D-3", "NY03-0003"),
        link("L-3", "C-1", "CONTAINS", "D-3"),
        subject("S-1", *told),
        link("L-4", "S-1", "SUBJECT_OF", "C-1"),
    ]
    release = ask(lines, POLICY, worked_example.agreement("ndex"), TODAY).release()
    assert release["property_sources"] == [
        ["S-1", "alias", "of [number withheld]", ["D-1", "D-3"]],
        ["S-1", "name", "A. Poe", []],
        ["S-1", "name", "of [number withheld]", ["D-3"]],
    ]
