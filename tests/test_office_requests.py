"""Requests over HTTP: in which queue they wait, by which names, with which effects, and what became of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Desk
from tests.desk_over_http import (
    AGENT,
    APPROVE,
    C1,
    C2,
    D1,
    L1,
    QUALITY,
    SUPERVISOR,
    at,
    published_desk,
    recode,
)
from tests.plain_lines import clearance, link


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return published_desk(tmp_path)


def test_requests_wait_in_the_queue_of_their_office_by_kind_and_in_pages(desk: Desk) -> None:
    recode(desk, "C-1", "TAR")
    recode(desk, "C-2", "REL")
    clear = """mutation { requestClearance(link: "L-1", categories: ["title_iii"], agreements: ["ndex"],
        end: "2031-01-01", reason: "a clean copy") { text request { kind categories agreements start end } } }"""
    told = at(desk, AGENT).ask(clear)["requestClearance"]
    assert told["text"] == "releases nothing; withdraws nothing"
    assert told["request"] | {"start": None} == {
        "kind": "CLEARANCE",
        "categories": ["title_iii"],
        "agreements": ["ndex"],
        "start": None,
        "end": "2031-01-01",
    }
    query = """query ($office: String, $kinds: [RequestKind!], $first: Int, $after: String) {
        requests(office: $office, kinds: $kinds, first: $first, after: $after) {
        totalCount nodes { about } pageInfo { hasNextPage endCursor } } }"""
    client = at(desk, SUPERVISOR)

    def about(**asked: Any) -> list[str]:
        return [each["about"] for each in client.ask(query, **asked)["requests"]["nodes"]]

    assert sorted(about()) == ["C-1", "C-2", "L-1"]
    assert about(kinds=["CLEARANCE"]) == ["L-1"]
    assert (sorted(about(office="SAC-NY")), about(office="SAC-LA")) == (["C-1", "C-2", "L-1"], [])
    first = client.ask(query, first=2)["requests"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    rest = about(first=2, after=first["pageInfo"]["endCursor"])
    assert sorted([each["about"] for each in first["nodes"]] + rest) == ["C-1", "C-2", "L-1"]


@pytest.mark.parametrize("before", ["9" * 5000, "0", "+", " ", "0_", "१", None])
def test_a_request_has_one_name_and_what_is_none_is_told_as_none(desk: Desk, before: str | None) -> None:
    asked = recode(desk, "C-2", "REL")["request"]["id"]
    name = "1:C-2" if before is None else f"{before}{asked}"
    assert at(desk, SUPERVISOR).ask("query ($id: ID!) { request(id: $id) { id } }", id=name) == {
        "request": None
    }
    back = 'mutation ($id: ID!) { returnForCorrection(request: $id, reason: "no") { text } }'
    for told in (
        at(desk, SUPERVISOR).told(APPROVE, request=name, version="x"),
        at(desk, SUPERVISOR).told(back, id=name),
    ):
        assert [(one["message"], one["extensions"]["code"]) for one in told["errors"]] == [
            (f"Nothing is held under the id “{name}”.", "BAD_ARGUMENT")
        ]


def test_a_long_list_says_which_obstacles_were_not_looked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    recode(desk, "C-1", "TAR")
    query = "{ requests { nodes { blocked obstacles { id text } } } }"
    assert at(desk, SUPERVISOR).ask(query)["requests"]["nodes"] == [{"blocked": False, "obstacles": []}]
    monkeypatch.setattr("schema.deadline.Deadline.half_over", True)
    told = {"id": "", "text": "Not looked for, as the list is long. Open the request by itself."}
    assert at(desk, SUPERVISOR).ask(query)["requests"]["nodes"] == [{"blocked": True, "obstacles": [told]}]


def test_an_effect_counts_nothing_of_what_the_officer_may_not_know_of(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.replace("policy.toml", "[categories.title_iii]", '[categories.title_iii]\nreaders = ["kim"]')
    cleared = link("L-3", "C-1", "CONTAINS", "D-1")
    desk.load(C1, C2, D1, L1, cleared, clearance("X-1", L1, "title_iii"))
    desk.done("publish", "--yes")
    assert desk.seen() == {"C-1", "D-1", "L-3"}
    withdraw = (
        'mutation { withdraw(id: "C-1", reason: "names a source") { text effect { withdraws { id } } } }'
    )
    told = at(desk, QUALITY).ask(withdraw)["withdraw"]
    assert told == {
        "text": "releases nothing; withdraws 1 case from 1 agreement",
        "effect": [{"withdraws": [{"id": "C-1"}]}],
    }
    assert desk.seen() == set()


def test_the_history_tells_who_prepared_a_record_first_and_who_recoded_it_apart(desk: Desk) -> None:
    asked = recode(desk, "C-2", "REL")["request"]
    at(desk, SUPERVISOR).ask(APPROVE, request=asked["id"], version=asked["version"])
    query = '{ record(id: "C-2") { history { what by } approval { agent supervisor } } }'
    assert at(desk, AGENT).ask(query)["record"] == {
        "history": [
            {"what": "prepared", "by": "agent.lee"},
            {"what": "approved", "by": "sup.ortiz"},
            {"what": "recoded", "by": "kim"},
            {"what": "approved", "by": "ortiz"},
        ],
        "approval": {"agent": "kim", "supervisor": "ortiz"},
    }


def test_what_a_person_said_of_a_request_is_told_apart_from_what_ended_it(desk: Desk) -> None:
    for code in ("REL", "TAR"):
        asked = recode(desk, "C-2", code)["request"]
        at(desk, SUPERVISOR).ask(APPROVE, request=asked["id"], version=asked["version"])
    recode(desk, "C-1", "T3")
    again = recode(desk, "C-1", "TAR")["request"]["id"]
    back = 'mutation ($id: ID!) { returnForCorrection(request: $id, reason: "it was deleted") { text } }'
    at(desk, SUPERVISOR).ask(back, id=again)
    query = "query ($id: ID!) { record(id: $id) { requests { state why } } }"
    told = {id: at(desk, AGENT).ask(query, id=id)["record"]["requests"] for id in ("C-1", "C-2")}
    desk.load(C2 | {"title": "Another"})
    told["then"] = at(desk, AGENT).ask(query, id="C-2")["record"]["requests"][1:]
    assert told == {
        "C-1": [
            {"state": "replaced", "why": "a later one took its place"},
            {"state": "returned", "why": "ortiz said: it was deleted"},
        ],
        "C-2": [
            {
                "state": "replaced",
                "why": "a later one took its place; ortiz approved it before and said: so it is",
            },
            {"state": "approved", "why": "ortiz said: so it is"},
        ],
        "then": [
            {
                "state": "ended",
                "why": "what it was given for is another one now;"
                " ortiz approved it before and said: so it is",
            }
        ],
    }
