"""An approval over a finding: refused until Data Quality accepts it, for this very content; by a home's own app."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Desk
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, document, link

C1 = case("C-1", "NY03-0001", title="Heard by the grand jury", access_codes=["6E"])
AGENT, SUPERVISOR = Who("kim", roles="agent"), Who("ortiz", roles="supervisor")
QUALITY = Who("tan", "HQ", "quality")
NAME = "words_without_code:C-1:grand_jury"
RECODE = """mutation ($version: String!) {
    recode(id: "C-1", codes: ["REL"], reason: "it is public", version: $version) { request { id version } } }"""
APPROVE = """mutation ($id: ID!, $version: String!) {
    approve(request: $id, version: $version, reason: "so it is") { record { accessCodes } } }"""
REQUEST = "query ($id: ID!) { request(id: $id) { version blocked obstacles { id text } } }"
ACCEPT = """mutation ($finding: ID!, $version: String!) {
    accept(finding: $finding, reason: "a headline said so", version: $version) { id acceptedBy text } }"""
VERSION = '{ record(id: "C-1") { version } }'


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.load(C1, document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1"))
    desk.done("publish", "--yes")
    return desk


def at(desk: Desk, who: Who) -> OfficeClient:
    return OfficeClient.at(desk.home, who)


def recoded(desk: Desk) -> dict[str, str]:
    """The request of an agent who would have it released."""
    seen = at(desk, AGENT).ask(VERSION)["record"]
    asked: dict[str, str] = at(desk, AGENT).ask(RECODE, **seen)["recode"]["request"]
    return asked


def accepted(desk: Desk, by: Who = QUALITY) -> Any:
    """Data Quality's word, over the record as it is."""
    seen = at(desk, by).ask(VERSION)["record"]
    return at(desk, by).ask(ACCEPT, finding=NAME, **seen)["accept"]


def test_an_approval_over_a_finding_needs_data_qualitys_word(desk: Desk) -> None:
    asked = recoded(desk)
    told = at(desk, SUPERVISOR).told(APPROVE, **asked)
    text = "Its title says “grand jury”, but it has no code for grand_jury."
    assert [(each["message"], each["extensions"]["code"]) for each in told["errors"]] == [
        (f"Data Quality, a third person, has to accept first: {NAME} ({text})", "BLOCKED")
    ]
    seen = at(desk, SUPERVISOR).ask(REQUEST, id=asked["id"])["request"]
    assert (seen["blocked"], seen["obstacles"]) == (True, [{"id": NAME, "text": text}])
    assert accepted(desk) == {"id": NAME, "acceptedBy": "tan", "text": text}
    seen = at(desk, SUPERVISOR).ask(REQUEST, id=asked["id"])["request"]
    assert (seen["blocked"], seen["obstacles"]) == (False, [])
    done = at(desk, SUPERVISOR).ask(APPROVE, id=asked["id"], version=seen["version"])
    assert done["approve"]["record"]["accessCodes"] == ["REL"]
    desk.done("publish", "--yes")
    assert desk.seen() == {"C-1", "D-1", "L-1"}


@pytest.mark.parametrize(
    ("word", "approving"),
    [
        (Who("Kim ", roles="agent quality"), SUPERVISOR),
        (Who("ortiz", roles="quality"), SUPERVISOR),
        (Who("ortiz", roles="supervisor quality"), Who("ORTIZ", roles="supervisor quality")),
    ],
)
def test_nobodys_word_counts_for_what_he_asked_for_or_approves(desk: Desk, word: Who, approving: Who) -> None:
    id = recoded(desk)["id"]
    accepted(desk, word)
    seen = at(desk, approving).ask(REQUEST, id=id)["request"]
    assert (seen["blocked"], [each["id"] for each in seen["obstacles"]]) == (True, [NAME])
    assert at(desk, approving).refused(APPROVE, id=id, version=seen["version"]) == ["BLOCKED"]
    accepted(desk)
    at(desk, approving).ask(APPROVE, id=id, version=seen["version"])


def test_a_word_of_a_supervisor_counts_where_another_one_approves(desk: Desk) -> None:
    id = recoded(desk)["id"]
    accepted(desk, Who("reyes", roles="supervisor quality"))
    seen = at(desk, SUPERVISOR).ask(REQUEST, id=id)["request"]
    assert seen["blocked"] is False
    at(desk, SUPERVISOR).ask(APPROVE, id=id, version=seen["version"])


def test_a_word_that_was_given_for_another_text_opens_nothing(desk: Desk) -> None:
    recoded(desk)
    accepted(desk)
    desk.load(C1 | {"title": "Read to the grand jury"})
    assert at(desk, SUPERVISOR).refused(APPROVE, **recoded(desk)) == ["BLOCKED"]


def test_a_word_is_in_the_audit_log_and_outlives_a_load(desk: Desk) -> None:
    recoded(desk)
    accepted(desk)
    at(desk, AGENT).ask(
        """mutation ($version: String!) {
            markReviewed(id: "C-1", version: $version, reason: "it is right") { lastBy } }""",
        **at(desk, AGENT).ask(VERSION)["record"],
    )
    desk.load(C1)
    lines = map(json.loads, (desk.home / "audit" / "office.jsonl").read_text(encoding="utf-8").splitlines())
    told = [line for line in lines if line["event"] in ("finding accepted", "reviewed")]
    assert [(line["event"], line["who"], line["office"], line["reason"], line["id"]) for line in told] == [
        ("finding accepted", "tan", "HQ", "a headline said so", "C-1"),
        ("reviewed", "kim", "SAC-NY", "it is right", "C-1"),
    ]
    assert told[0]["finding"] == NAME
    assert at(desk, QUALITY).ask('{ record(id: "C-1") { review { lastBy overdue } } }')["record"] == {
        "review": {"lastBy": "kim", "overdue": False}
    }


def test_a_finding_of_no_record_of_no_request_cannot_be_accepted(desk: Desk) -> None:
    seen = at(desk, QUALITY).ask(VERSION)["record"]
    assert at(desk, QUALITY).refused(ACCEPT, finding=NAME, **seen) == ["BAD_ARGUMENT"]
