"""The logs over HTTP: disclosures and what was done, the latest first, to few, and of what they may know of."""

from typing import Final

import pytest

from tests.agency_with_readers import CHIEF, OTHER, agency
from tests.office_client import LogsKept, OfficeClient, Who

GIVEN: Final = {
    "n": 7,
    "at": "2026-11-24T10:00:00.5+00:00",
    "agreement": "ndex",
    "user": "analyst",
    "purpose": "p",
    "case_number": "7",
    "event": "answered",
}
DISCLOSED: Final = """query ($id: ID!, $after: String) { disclosures(record: $id, first: 1, after: $after) {
    totalCount nodes { at agreement user purpose caseNumber } pageInfo { endCursor } } }"""


def test_disclosures_are_told_the_latest_first() -> None:
    logs = LogsKept(given=[GIVEN, GIVEN | {"n": 8, "at": "2026-11-25T10:00:00+00:00", "user": "later"}])
    client = OfficeClient.over(agency(), CHIEF, logs)
    first = client.ask(DISCLOSED, id="C-1")["disclosures"]
    second = client.ask(DISCLOSED, id="C-1", after=first["pageInfo"]["endCursor"])["disclosures"]
    assert (first["totalCount"], first["nodes"][0]["user"], second["nodes"]) == (
        2,
        "later",
        [
            {
                "at": "2026-11-24T10:00:00.5+00:00",
                "agreement": "ndex",
                "user": "analyst",
                "purpose": "p",
                "caseNumber": "7",
            }
        ],
    )


@pytest.mark.parametrize("roles", ["investigator", "agent", "investigator agent"])
def test_disclosures_are_not_for_every_role_nor_is_the_audit(roles: str) -> None:
    client = OfficeClient.over(agency(), Who(roles=roles), LogsKept(given=[GIVEN]))
    assert client.refused(DISCLOSED, id="C-1") == ["FORBIDDEN"]
    assert client.refused("{ audit { totalCount } }") == ["FORBIDDEN"]


def test_disclosures_of_a_hidden_record_are_none() -> None:
    client = OfficeClient.over(agency(), OTHER, LogsKept(given=[GIVEN]))
    told = [client.ask(DISCLOSED, id=id)["disclosures"]["totalCount"] for id in ("C-1", "D-9", "NEVER")]
    assert told == [1, 0, 0]


LINES: Final = [
    {
        "n": 1,
        "at": "2026-11-24T10:00:00+00:00",
        "event": "withdrawing",
        "who": "x",
        "id": "D-9",
        "reason": "D-9!",
        "log": "o",
    },
    {
        "n": 2,
        "at": "2026-11-24T11:00:00+00:00",
        "event": "withdrawing",
        "who": "y",
        "id": "C-1",
        "reason": "as D-9",
        "log": "o",
    },
    {
        "n": 1,
        "at": "2026-11-24T12:00:00+00:00",
        "event": "answered",
        "user": "z",
        "records": ["C-1", "D-9"],
        "query": "q",
        "log": "r",
    },
    {
        "n": 3,
        "at": "2026-11-24T13:00:00+00:00",
        "event": "publishing",
        "who": "y",
        "releases": [{"added": 2}],
        "log": "o",
    },
]
AUDIT: Final = "{ audit { totalCount nodes { at event user text } } }"


def test_the_audit_tells_what_was_done_and_told_the_latest_first() -> None:
    told = OfficeClient.over(agency(), CHIEF, LogsKept(lines=LINES)).ask(AUDIT)["audit"]
    assert (told["totalCount"], [(node["event"], node["user"], node["text"]) for node in told["nodes"]]) == (
        4,
        [
            ("publishing", "y", '{"releases":[{"added":2}]}'),
            ("answered", "z", '{"records":["C-1","D-9"],"query":"q"}'),
            ("withdrawing", "y", '{"id":"C-1","reason":"as D-9"}'),
            ("withdrawing", "x", '{"id":"D-9","reason":"D-9!"}'),
        ],
    )


def test_the_audit_of_who_is_on_no_list_has_nothing_of_what_he_may_not_know_of() -> None:
    told = OfficeClient.over(agency(), OTHER, LogsKept(lines=LINES)).ask(AUDIT)["audit"]
    assert (told["totalCount"], [(node["event"], node["text"]) for node in told["nodes"]]) == (
        2,
        [("publishing", "{}"), ("withdrawing", '{"id":"C-1"}')],
    )


def test_an_act_on_what_he_may_not_know_of_leaves_no_line_that_he_sees() -> None:
    hidden = {
        "event": "withdrawing",
        "who": "x",
        "id": "D-9",
        "n": 4,
        "at": "2026-11-24T14:00:00+00:00",
        "log": "o",
    }
    then = {
        "event": "restricting",
        "who": "x",
        "releases": [],
        "n": 5,
        "at": "2026-11-24T14:00:01+00:00",
        "log": "o",
    }
    told = [
        OfficeClient.over(agency(), OTHER, LogsKept(lines=lines)).ask(AUDIT)["audit"]
        for lines in (LINES, [*LINES, hidden, then])
    ]
    assert told[0] == told[1]
