"""Findings and reviews over HTTP: what is told to whom, page by page, and what a reviewer's word changes and leaves."""

from dataclasses import replace
from typing import Any

import pytest

from graph.audience import Audience
from graph.desk_rights import Refused, Why
from graph.errors import StoreLocked
from graph.held_record import version_of
from graph.model import EntryId
from graph.survey import Survey
from tests.at_the_desk import desk_over, reviews_over
from tests.building import Agency
from tests.finding_world import held
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, document, link, prop, subject
from tests.reviewing_world import QUALITY as TAN
from tests.reviewing_world import agency_with

OLD = {"prepared": "2020-01-01"}
C1 = case("C-1", "NY03-0001", **OLD, synopsis="The intercept is in NY03-0001-002.")
D2 = document("D-2", "NY03-0001-002", access_codes=["T3"], prepared="2026-11-20")
C3 = case("C-3", "LA03-0003", **OLD, office="SAC-LA", access_codes=[], title="grand jury")
S4 = subject("S-4", prop("name", "Ann Poe"), created="2026-11-20", approval={})
LINES = (C1, D2, C3, S4, link("L-1", "C-1", "CONTAINS", "D-2"), link("L-2", "S-4", "SUBJECT_OF", "C-1"))

SUPERVISOR = Who("sup.ortiz", "SAC-NY", "supervisor")
QUALITY = Who("tan", "HQ", "quality")
AGENT = Who("agent.kim", "SAC-NY", "agent")

FINDINGS = """query ($office: String, $rule: String, $blocking: Boolean, $first: Int, $after: String) {
  findings(office: $office, rule: $rule, blocking: $blocking, first: $first, after: $after) {
    totalCount nodes { id rule blocking text record { id } acceptedBy acceptedAt }
    pageInfo { hasNextPage endCursor } } }"""
QUEUE = """query ($office: String, $assignee: String, $first: Int, $after: String) {
  queue(office: $office, assignee: $assignee, first: $first, after: $after) {
    totalCount nodes { record { id } due overdue risk assignee deferredUntil lastBy lastAt }
    pageInfo { hasNextPage endCursor } } }"""
REVIEWED = "{ record { id } due overdue assignee deferredUntil lastBy lastAt }"

NUMBER = "withheld_number_in_synopsis:C-1:D-2"
FOUND = [NUMBER, "no_code:C-3:", "words_without_code:C-3:grand_jury", "no_approver:S-4:"]


def agency(*more: dict[str, Any]) -> Agency:
    made = agency_with(*LINES, *more)
    made.publish()
    return made


def ids(client: OfficeClient, **variables: Any) -> list[str]:
    """The names of findings on one page."""
    return [node["id"] for node in client.ask(FINDINGS, **variables)["findings"]["nodes"]]


def queued(client: OfficeClient, **variables: Any) -> list[str]:
    """The records on one page of the queue."""
    return [node["record"]["id"] for node in client.ask(QUEUE, **variables)["queue"]["nodes"]]


def version(client: OfficeClient, id: str) -> str:
    told = client.ask("query ($id: ID!) { record(id: $id) { version } }", id=id)
    return str(told["record"]["version"])


def said(client: OfficeClient, mutation: str, told: str, **variables: Any) -> Any:
    """What a mutation gives; its arguments are the variables, all texts."""
    types = {"id": "ID!", "finding": "ID!"}
    stated = ", ".join(f"${name}: {types.get(name, 'String!')}" for name in variables)
    given = ", ".join(f"{name}: ${name}" for name in variables)
    return client.told(f"mutation ({stated}) {{ {mutation}({given}) {told} }}", **variables)


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


def word(made: Agency, record: Any = None) -> None:
    """An attest of C-1 by who saw it as it was before the last load."""
    seen = Survey.of(made.rules, made.now.day, held(*LINES, under=made.rules.policy), {})
    work = reviews_over(made, desk_over(made))
    work = work if record is None else replace(work, record=record)
    entry = seen.record(EntryId("C-1"))
    assert entry is not None
    asked = version_of(entry, None)
    work.act(TAN, Audience(seen, seen), entry.id, lambda one: one.attest(entry.id, asked, "seen"))


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


# --- readers ---

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
