"""Findings and reviews over HTTP: what is told to whom, page by page, and what a reviewer's word changes and leaves."""

from typing import Any

import pytest

from graph.errors import StoreLocked
from graph.office.desk_rights import Refused, Why
from tests.building import Agency
from tests.office_client import OfficeClient, Who
from tests.quality_asked import (
    AGENT,
    C1,
    FINDINGS,
    FOUND,
    LINES,
    NUMBER,
    QUEUE,
    REVIEWED,
    SUPERVISOR,
    ids,
    queued,
    said,
    version,
    word,
)
from tests.reviewing_world import agency_with

QUALITY = Who("tan", "HQ", "quality")


def agency(*more: dict[str, Any]) -> Agency:
    made = agency_with(*LINES, *more)
    made.publish()
    return made


# --- findings ---


def test_every_finding_is_told_with_its_record_and_whether_it_blocks() -> None:
    told = OfficeClient.over(agency()).ask(FINDINGS)["findings"]
    assert (told["totalCount"], [node["id"] for node in told["nodes"]]) == (4, FOUND)
    assert told["nodes"][0] == {
        "id": NUMBER,
        "rule": "withheld_number_in_synopsis",
        "blocking": True,
        "text": "Its synopsis names “NY03-0001-002”, the number of “D-2”, which is withheld for title_iii.",
        "record": {"id": "C-1"},
        "acceptedBy": None,
        "acceptedAt": None,
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"office": "SAC-NY"}, [NUMBER, "no_approver:S-4:"]),
        ({"office": "SAC-LA", "blocking": True}, FOUND[1:3]),
        ({"rule": "no_approver"}, ["no_approver:S-4:"]),
        ({"blocking": False}, ["no_approver:S-4:"]),
        ({"office": "SAC"}, []),
        ({"rule": "no_such_rule"}, []),
    ],
)
def test_findings_are_told_by_office_rule_and_whether_they_block(
    asked: dict[str, Any], found: list[str]
) -> None:
    assert ids(OfficeClient.over(agency()), **asked) == found


def test_findings_are_told_page_by_page() -> None:
    client = OfficeClient.over(agency())
    first = client.ask(FINDINGS, first=3)["findings"]["pageInfo"]
    after = first["endCursor"]
    assert (first["hasNextPage"], ids(client, first=3), ids(client, first=3, after=after)) == (
        True,
        FOUND[:3],
        FOUND[3:],
    )
    assert client.refused(FINDINGS, rule="no_code", after=after) == ["BAD_CURSOR"]


def test_a_record_tells_of_its_findings_and_its_review() -> None:
    query = "query ($id: ID!) { record(id: $id) { findings { id } review { due overdue risk } } }"
    client = OfficeClient.over(agency())
    assert client.ask(query, id="C-1")["record"] == {
        "findings": [{"id": NUMBER}],
        "review": {
            "due": "2020-12-31",
            "overdue": True,
            "risk": "Some partner has it: Its synopsis names “NY03-0001-002”, the number of “D-2”,"
            " which is withheld for title_iii.",
        },
    }
    assert client.ask(query, id="D-2")["record"] == {
        "findings": [],
        "review": {"due": "2026-12-20", "overdue": False, "risk": "Due since 2026-12-20"},
    }


# --- reviews ---


def test_the_queue_is_told_by_risk_and_by_office() -> None:
    client = OfficeClient.over(agency())
    assert queued(client) == ["C-3", "C-1"]
    assert queued(client, office="SAC-NY") == ["C-1"]
    first = client.ask(QUEUE, first=1)["queue"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (2, True)
    assert queued(client, first=1, after=first["pageInfo"]["endCursor"]) == ["C-1"]


def test_an_attest_takes_a_record_from_the_queue_until_its_content_is_another_one() -> None:
    made = agency()
    client = OfficeClient.over(made, SUPERVISOR)
    seen = version(client, "C-1")
    told = said(client, "markReviewed", REVIEWED, id="C-1", version=seen, reason="as it should be")
    assert told["data"]["markReviewed"] == {
        "record": {"id": "C-1"},
        "due": "2027-11-24",
        "overdue": False,
        "assignee": None,
        "deferredUntil": None,
        "lastBy": "sup.ortiz",
        "lastAt": "2026-11-24T09:00:00Z",
    }
    assert queued(client) == ["C-3"]
    made.load(*LINES)
    assert queued(client) == ["C-3"]
    made.load(C1 | {"title": "Another one"})
    assert queued(client) == ["C-3", "C-1"]


def test_a_review_is_assigned_and_put_off() -> None:
    client = OfficeClient.over(agency(), SUPERVISOR)
    assigned = said(client, "assign", REVIEWED, id="C-1", to="agent.kim", reason="his case")
    assert assigned["data"]["assign"]["assignee"] == "agent.kim"
    assert (queued(client, assignee="agent.kim"), queued(client, assignee="nobody")) == (["C-1"], [])
    put_off = said(client, "defer", REVIEWED, id="C-1", until="2026-12-24", reason="the file is away")
    assert put_off["data"]["defer"]["deferredUntil"] == "2026-12-24"
    assert queued(client) == ["C-3"]


def test_it_is_told_what_was_reviewed_in_time() -> None:
    client = OfficeClient.over(agency())
    assert client.ask("{ timeliness { office due inTime } }")["timeliness"] == [
        {"office": "SAC-LA", "due": 1, "inTime": 0},
        {"office": "SAC-NY", "due": 1, "inTime": 0},
    ]


# --- Data Quality's word ---


def test_a_finding_that_data_quality_accepts_blocks_no_more() -> None:
    made = agency()
    client = OfficeClient.over(made, QUALITY)
    seen = version(client, "C-1")
    told = said(
        client, "accept", "{ id acceptedBy acceptedAt }", finding=NUMBER, reason="known", version=seen
    )
    assert told["data"]["accept"] == {
        "id": NUMBER,
        "acceptedBy": "tan",
        "acceptedAt": "2026-11-24T09:00:00Z",
    }
    assert ids(client, blocking=True) == FOUND[1:3]
    made.load(C1 | {"synopsis": "All of it is in NY03-0001-002."})
    assert ids(client, blocking=True) == FOUND[:3]


def test_what_is_no_finding_is_named_as_it_was_asked_for() -> None:
    client = OfficeClient.over(agency(), QUALITY)
    told = said(client, "accept", "{ id }", finding="no_code::", version="", reason="why")["errors"]
    assert [(one["message"], one["extensions"]["code"]) for one in told] == [
        ("“no_code::” is no finding now.", "BAD_ARGUMENT")
    ]


def test_the_history_of_a_record_tells_what_reviewers_said() -> None:
    client = OfficeClient.over(agency(), QUALITY)
    seen = version(client, "C-1")
    said(client, "accept", "{ id }", finding=NUMBER, reason="known", version=seen)
    said(client, "markReviewed", REVIEWED, id="C-1", version=seen, reason="as it should be")
    said(client, "assign", REVIEWED, id="C-1", to="agent.kim", reason="the next time")
    said(client, "defer", REVIEWED, id="C-1", until="2027-12-24", reason="the file is away")
    told = client.ask('{ record(id: "C-1") { history { what by at reason } } }')["record"]["history"]
    at = "2026-11-24T09:00:00Z"
    assert [tuple(act.values()) for act in told if act["by"] == "tan"] == [
        ("reviewed", "tan", at, "as it should be"),
        ("review assigned to agent.kim", "tan", at, "the next time"),
        ("review deferred", "tan", at, "the file is away"),
        (f"finding accepted: {NUMBER}", "tan", at, "known"),
    ]


# --- refusals ---


@pytest.mark.parametrize(
    ("who", "mutation", "arguments", "code"),
    [
        (AGENT, "accept", {"finding": NUMBER, "reason": "known", "version": "?"}, "FORBIDDEN"),
        (QUALITY, "accept", {"finding": NUMBER, "reason": "known", "version": "?"}, "CHANGED"),
        (QUALITY, "accept", {"finding": "no_code:C-1:", "reason": "known", "version": "?"}, "BAD_ARGUMENT"),
        (QUALITY, "accept", {"finding": "C-1", "reason": "known", "version": "?"}, "BAD_ARGUMENT"),
        (AGENT, "markReviewed", {"id": "C-1", "reason": "seen", "version": "?"}, "CHANGED"),
        (AGENT, "markReviewed", {"id": "C-3", "reason": "seen", "version": "?"}, "FORBIDDEN"),
        (AGENT, "markReviewed", {"id": "C-NEVER", "reason": "seen", "version": "?"}, "BAD_ARGUMENT"),
        (AGENT, "assign", {"id": "C-1", "to": "me", "reason": "seen"}, "FORBIDDEN"),
        (SUPERVISOR, "assign", {"id": "C-1", "to": " ", "reason": "seen"}, "BAD_ARGUMENT"),
        (SUPERVISOR, "defer", {"id": "C-1", "until": "2026-11-24", "reason": "seen"}, "BAD_ARGUMENT"),
        (SUPERVISOR, "defer", {"id": "C-1", "until": "2026-12-24", "reason": " "}, "BAD_ARGUMENT"),
    ],
)
def test_what_may_not_be_said_is_refused_and_nothing_is_kept(
    who: Who, mutation: str, arguments: dict[str, str], code: str
) -> None:
    made = agency()
    told = said(OfficeClient.over(made, who), mutation, "{ __typename }", **arguments)
    assert [error["extensions"]["code"] for error in told["errors"]] == [code]
    assert list(made.holdings.every_paper()) == []


# --- the log, and what came in between ---


def test_what_cannot_be_told_in_the_audit_log_is_not_kept() -> None:
    def full(_event: str, _told: object) -> None:
        raise StoreLocked("the disk is full")

    made = agency()
    with pytest.raises(StoreLocked):
        word(made, full)
    assert list(made.holdings.every_paper()) == []
    word(made)
    assert [paper.id for paper in made.holdings.every_paper()] == ["C-1"]


def test_a_word_about_what_came_in_between_is_refused() -> None:
    made = agency(C1 | {"title": "Another one"})
    with pytest.raises(Refused) as refused:
        word(made)
    assert (refused.value.why, list(made.holdings.every_paper())) == (Why.CHANGED, [])
