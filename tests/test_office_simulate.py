"""Trying a change over HTTP: what partners would gain and lose, of what the officer may know of; nothing is written."""

from typing import Any

import orjson
import pytest

from tests.building import Agency, agreement, policy, rules
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, document, link, prop, subject
from tests.worked_example import policy as tables

CHIEF, OTHER = Who("the chief"), Who("an.agent", roles="agent")
QUERY = """query ($changes: [SupposedChange!]!, $agreements: [ID!]) {
    simulate(changes: $changes, agreements: $agreements) {
    agreement text adds { id record { id } } changes { id } withdraws { id } } }"""


def agency() -> Agency:
    categories = tables()["categories"]
    categories["title_iii"] |= {"readers": ["the chief"]}
    under = policy(categories=categories)
    agency = Agency(rules(agreement(under=under), under=under))
    agency.load(
        case("C-1", "NY03-0001"),
        case("C-2", "NY03-0002", access_codes=["BSA"]),
        document("D-1", "NY03-0001-001"),
        document("D-9", "NY03-0009-001", access_codes=["T3"]),
        subject("S-1", prop("name", "Ann")),
        link("L-1", "C-1", "CONTAINS", "D-1"),
        link("L-2", "D-1", "MENTIONS", "S-1"),
        link("L-3", "C-1", "CONTAINS", "D-9"),
    )
    agency.publish()
    return agency


def tried(who: Who, *changes: dict[str, Any], agreements: list[str] | None = None) -> list[tuple[Any, ...]]:
    told = OfficeClient.over(agency(), who).ask(QUERY, changes=changes, agreements=agreements)["simulate"]
    return [
        (
            each["agreement"],
            *([one["id"] for one in each[way]] for way in ("adds", "changes", "withdraws")),
            each["text"],
        )
        for each in told
    ]


def test_other_codes_are_tried() -> None:
    assert tried(OTHER, {"record": "C-2", "accessCodes": ["REL"]}) == [
        ("ndex", ["C-2"], [], [], "releases 1 case to 1 agreement; withdraws nothing")
    ]
    assert tried(OTHER, {"record": "D-1", "accessCodes": []}) == [
        (
            "ndex",
            [],
            [],
            ["D-1", "S-1"],
            "releases nothing; withdraws 1 document and 1 subject from 1 agreement",
        )
    ]


def test_a_deletion_and_a_line_are_tried_and_nothing_is_written() -> None:
    line = orjson.dumps(case("C-3", "NY03-0003")).decode()
    assert tried(CHIEF, {"record": "L-2", "delete": True}, {"line": line}) == [
        ("ndex", ["C-3"], [], ["S-1"], "releases 1 case to 1 agreement; withdraws 1 subject from 1 agreement")
    ]
    of = agency()
    before = of.shown()
    OfficeClient.over(of, CHIEF).ask(QUERY, changes=[{"record": "D-1", "accessCodes": []}])
    assert (of.shown(), OfficeClient.over(of, CHIEF).ask('{ record(id: "D-1") { accessCodes } }')) == (
        before,
        {"record": {"accessCodes": ["REL"]}},
    )


def test_only_the_agreements_that_are_named_are_told() -> None:
    change = {"record": "C-2", "accessCodes": ["REL"]}
    assert [len(tried(OTHER, change, agreements=[mou])) for mou in ("ndex", "county")] == [1, 0]


def test_what_an_officer_may_not_know_of_is_tried_as_what_is_not_held() -> None:
    found = [tried(OTHER, {"record": id, "accessCodes": ["REL"]}) for id in ("D-9", "NEVER")]
    assert (found, tried(CHIEF, {"record": "D-9", "accessCodes": ["REL"]})) == (
        [[], []],
        [
            (
                "ndex",
                ["D-9"],
                [],
                [],
                "releases 1 document to 1 agreement; withdraws nothing",
            )
        ],
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"line": "{}"}, "FORBIDDEN"),
        ({}, "BAD_ARGUMENT"),
        ({"record": "C-1", "line": "{}"}, "BAD_ARGUMENT"),
    ],
)
def test_what_cannot_be_tried_is_refused(change: dict[str, Any], code: str) -> None:
    assert OfficeClient.over(agency(), OTHER).refused(QUERY, changes=[change]) == [code]
