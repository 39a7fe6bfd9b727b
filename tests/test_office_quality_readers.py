"""Findings and reviews over HTTP for who may not know of all: what comes from hidden records is not there."""

from typing import Any

import pytest

from tests.building import Agency
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, document, link, prop, subject
from tests.quality_asked import (
    AGENT,
    C1,
    D2,
    FOUND,
    LINES,
    NUMBER,
    REVIEWED,
    SUPERVISOR,
    ids,
    queued,
    said,
    version,
)
from tests.reviewing_world import agency_with

CHIEF = Who("the.chief", "SAC-NY", "supervisor")
RECODE = """mutation ($version: String!) {
    recode(id: "C-1", codes: ["REL"], reason: "read again", version: $version) { request { id version } } }"""
REQUEST = "query ($id: ID!) { request(id: $id) { version blocked obstacles { id text } } }"
APPROVE = """mutation ($id: ID!, $version: String!) {
    approve(request: $id, version: $version, reason: "so it is") { text } }"""


def read_by_the_chief(*more: dict[str, Any]) -> Agency:
    made = agency_with(*LINES, *more, readers={"title_iii": ["The.Chief"]})
    made.publish()
    return made


def test_what_comes_from_a_record_that_is_hidden_from_a_reader_is_not_there_for_him() -> None:
    made = read_by_the_chief(D2 | {"prepared": "2020-01-01"})
    chief, other = OfficeClient.over(made, CHIEF), OfficeClient.over(made, SUPERVISOR)
    assert (ids(chief), ids(other)) == (FOUND, FOUND[1:])
    assert (queued(chief), queued(other)) == (["C-3", "C-1", "D-2"], ["C-3", "C-1"])
    risk = '{ record(id: "C-1") { review { risk } } }'
    assert chief.ask(risk)["record"]["review"]["risk"].startswith("Some partner has it: Its synopsis names")
    assert other.ask(risk)["record"]["review"]["risk"] == "Due since 2020-12-31"
    due = "{ timeliness { office due } }"
    assert (chief.ask(due)["timeliness"][1]["due"], other.ask(due)["timeliness"][1]["due"]) == (2, 1)
    told = said(other, "assign", REVIEWED, id="D-2", to="me", reason="why")
    never = said(other, "assign", REVIEWED, id="D-9", to="me", reason="why")
    assert [one["errors"][0]["extensions"]["code"] for one in (told, never)] == ["BAD_ARGUMENT"] * 2


def test_a_finding_that_comes_from_a_hidden_record_stands_against_an_approval_and_is_not_told() -> None:
    made = read_by_the_chief(C1 | {"access_codes": ["BSA"]})
    asked = OfficeClient.over(made, AGENT).ask(RECODE, version=version(OfficeClient.over(made, AGENT), "C-1"))
    id = asked["recode"]["request"]["id"]
    text = "There is a finding, for a reason not shown to you."
    seen = OfficeClient.over(made, SUPERVISOR).ask(REQUEST, id=id)["request"]
    assert (seen["blocked"], seen["obstacles"]) == (True, [{"id": "", "text": text}])
    refused = OfficeClient.over(made, SUPERVISOR).told(APPROVE, id=id, version=seen["version"])["errors"]
    assert [one["message"] for one in refused] == [
        f"Data Quality, a third person, has to accept first: {text}"
    ]
    told = OfficeClient.over(made, CHIEF).ask(REQUEST, id=id)["request"]["obstacles"]
    assert [one["id"] for one in told] == [NUMBER]


NOT_SHOWN = "There is a finding, for a reason not shown to you."
ALIKE = [case(f"C-{n}", "NY03-0001") for n in (5, 6, 7)]
SAME = "Its number “NY03-0001” is also that of “C-5”, “C-6”"


@pytest.mark.parametrize(
    ("lines", "told", "whole"),
    [
        (
            [*ALIKE, case("C-8", "NY03-0001", access_codes=["T3"])],
            [f"{SAME} and “C-7”.", NOT_SHOWN],
            [f"{SAME}, “C-7” and 1 more."],
        ),
        (
            [
                document("D-5", "NY03-0001-005", access_codes=["BSA"]),
                link("L-5", "C-1", "DERIVED_FROM", "D-5", access_codes=["T3"]),
            ],
            [NOT_SHOWN],
            ["It rests on “D-5”, which is coded bank_secrecy, and is not coded so."],
        ),
        (
            [
                C1 | {"synopsis": "Ann Poe met Bo Roe and Cy Doe, heard by the grand jury"},
                subject("S-5", prop("name", "Bo Roe", access_codes=["T3"])),
                subject("S-6", prop("alias", "Cy Doe", access_codes=["T3"])),
            ],
            ["Its synopsis says “grand jury”, but it has no code for grand_jury.", NOT_SHOWN],
            [
                "Its synopsis says “grand jury”, but it has no code for grand_jury.",
                "Its synopsis names “Bo Roe”, a name known only from what is withheld for title_iii.",
                "Its synopsis names “Cy Doe”, a name known only from what is withheld for title_iii.",
            ],
        ),
    ],
)
def test_what_stands_against_an_approval_is_told_as_found_in_what_its_reader_may_know_of(
    lines: list[dict[str, Any]], told: list[str], whole: list[str]
) -> None:
    made = read_by_the_chief(C1 | {"synopsis": ""}, *lines)
    agent = OfficeClient.over(made, AGENT)
    id = agent.ask(RECODE, version=version(agent, "C-1"))["recode"]["request"]["id"]
    obstacles = [
        [one["text"] for one in OfficeClient.over(made, who).ask(REQUEST, id=id)["request"]["obstacles"]]
        for who in (SUPERVISOR, CHIEF)
    ]
    assert obstacles == [told, whole]


def test_a_word_of_when_a_record_had_a_hidden_category_is_there_for_readers_alone() -> None:
    heard = C1 | {"synopsis": "", "title": "Heard by the grand jury"}
    made = read_by_the_chief(heard | {"access_codes": ["T3"]})
    chief = OfficeClient.over(made, Who("the.chief", "SAC-NY", "supervisor quality"))
    other = OfficeClient.over(made, Who("ortiz", "SAC-NY", "supervisor quality"))
    finding = "words_without_code:C-1:grand_jury"
    words: list[tuple[str, dict[str, str]]] = [
        ("accept", {"finding": finding, "version": version(chief, "C-1")}),
        ("markReviewed", {"id": "C-1", "version": version(chief, "C-1")}),
        ("assign", {"id": "C-1", "to": "kim"}),
    ]
    for word, about in words:
        assert "errors" not in said(chief, word, "{ __typename }", reason="Z", **about)
    made.load(heard)
    told = """{ queue(assignee: "kim") { totalCount } record(id: "C-1") {
        review { assignee lastBy lastAt } findings { acceptedBy acceptedAt } } }"""
    at = "2026-11-24T09:00:00Z"
    assert chief.ask(told) == {
        "queue": {"totalCount": 1},
        "record": {
            "review": {"assignee": "kim", "lastBy": "the.chief", "lastAt": at},
            "findings": [{"acceptedBy": "the.chief", "acceptedAt": at}],
        },
    }
    nobody = {"acceptedBy": None, "acceptedAt": None}
    assert other.ask(told) == {
        "queue": {"totalCount": 0},
        "record": {"review": {"assignee": None, "lastBy": None, "lastAt": None}, "findings": [nobody]},
    }
    attest = said(other, "markReviewed", "{ lastBy }", id="C-1", reason="Y", version=version(other, "C-1"))
    assert attest["data"]["markReviewed"] == {"lastBy": "ortiz"}
    chief = OfficeClient.over(made, Who("the.chief", "SAC-NY", "supervisor quality"))
    assert [finding in ids(one, blocking=True) for one in (chief, other)] == [False, True]
    kept = chief.ask(told)["record"]
    assert (kept["review"]["lastBy"], kept["findings"][0]["acceptedBy"]) == ("ortiz", "the.chief")


def test_the_history_names_no_finding_that_comes_from_a_hidden_record() -> None:
    made = read_by_the_chief()
    chief = OfficeClient.over(made, Who("the.chief", "HQ", "quality"))
    told = said(chief, "accept", "{ id }", finding=NUMBER, reason="known", version=version(chief, "C-1"))
    assert told["data"]["accept"]["id"] == NUMBER
    history = '{ record(id: "C-1") { history { what } } }'
    acts = [OfficeClient.over(made, who).ask(history)["record"]["history"] for who in (CHIEF, SUPERVISOR)]
    assert [[act["what"] for act in some if act["what"].startswith("finding")] for some in acts] == [
        [f"finding accepted: {NUMBER}"],
        [],
    ]
