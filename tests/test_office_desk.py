"""The desk over HTTP: an agent asks, another person approves, partners lose at once and gain when it is published."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.home import open_home
from tests.command_line import Desk, agreement_text
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, clearance, document, link

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002", access_codes=["T3"])
D1, D2 = document("D-1", "NY03-0002-001"), document("D-2", "NY03-0002-002")
L1, L2 = link("L-1", "C-2", "CONTAINS", "D-1"), link("L-2", "C-2", "CONTAINS", "D-2")
AGENT, SUPERVISOR, QUALITY = (
    Who("kim", roles="agent"),
    Who("ortiz", roles="supervisor"),
    Who("tan", "HQ", "quality"),
)
DONE = """{ text request { id state version } record { id version accessCodes }
    effect { agreement text withdraws { record { id } reasons } } }"""
RECODE = f"""mutation ($id: ID!, $codes: [String!]!, $version: String!) {{
    recode(id: $id, codes: $codes, reason: "read it again", version: $version) {DONE} }}"""
APPROVE = f"""mutation ($request: ID!, $version: String!) {{
    approve(request: $request, version: $version, reason: "so it is") {DONE} }}"""
REQUEST = """query ($id: ID!) { request(id: $id) {
    id kind about by office reason codes state version blocked record { id }
    diff { name before after }
    effect { agreement text adds { record { id } reasons } withdraws { record { id } } } } }"""
PUBLISH = 'mutation { publish(reason: "it is time", yes: true) { agreement added withdrawn } }'


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.agreement(agreement_text("county"), "county")
    desk.load(C1, C2, D1, D2, L1, L2)
    desk.done("publish", "--yes")
    return desk


def at(desk: Desk, who: Who) -> OfficeClient:
    return OfficeClient.at(desk.home, who)


def version(desk: Desk, id: str) -> str:
    told: str = at(desk, AGENT).ask("query ($id: ID!) { record(id: $id) { version } }", id=id)["record"][
        "version"
    ]
    return told


def recode(desk: Desk, id: str, *codes: str, who: Who = AGENT) -> Any:
    return at(desk, who).ask(RECODE, id=id, codes=codes, version=version(desk, id))["recode"]


def audited(desk: Desk) -> list[tuple[str, str]]:
    lines = (desk.home / "audit" / "office.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return [
        (each["event"], each["who"]) for each in told if "token" in each and each["event"] != "token made"
    ]


def test_an_agent_recodes_a_supervisor_sees_the_effect_approves_and_publishes(desk: Desk) -> None:
    asked = recode(desk, "C-2", "REL")
    assert asked["record"]["accessCodes"] == ["T3", "REL"]
    assert (asked["text"], asked["effect"]) == ("releases nothing; withdraws nothing", [])
    seen = at(desk, SUPERVISOR).ask(REQUEST, id=asked["request"]["id"])["request"]
    assert seen == {
        "id": asked["request"]["id"],
        "kind": "RECODE",
        "about": "C-2",
        "by": "kim",
        "office": "SAC-NY",
        "reason": "read it again",
        "codes": ["REL"],
        "state": "open",
        "version": asked["request"]["version"],
        "blocked": False,
        "record": {"id": "C-2"},
        "diff": [
            {"name": "access_codes", "before": '["T3","REL"]', "after": '["REL"]'},
            {
                "name": "approval",
                "before": '{"state":"approved","agent":"agent.lee","supervisor":"sup.ortiz"}',
                "after": seen["diff"][1]["after"],
            },
        ],
        "effect": [
            {
                "agreement": agreement,
                "text": "releases 1 case and 2 documents to 1 agreement; withdraws nothing",
                "adds": [{"record": {"id": id}, "reasons": ["title_iii"]} for id in ("C-2", "D-1", "D-2")],
                "withdraws": [],
            }
            for agreement in ("county", "ndex")
        ],
    }
    done = at(desk, SUPERVISOR).ask(APPROVE, request=seen["id"], version=seen["version"])["approve"]
    assert done["text"] == "releases 1 case and 2 documents to 2 agreements; withdraws nothing"
    assert (done["request"]["state"], done["record"]["accessCodes"]) == ("approved", ["REL"])
    assert desk.seen() == {"C-1"}
    told = at(desk, SUPERVISOR).ask(PUBLISH)["publish"]
    assert told == [{"agreement": id, "added": 3, "withdrawn": 0} for id in ("county", "ndex")]
    assert desk.seen() == {"C-1", "C-2", "D-1", "D-2", "L-1", "L-2"}
    assert audited(desk) == [
        ("recoding", "kim"),
        ("restricting", "kim"),
        ("approving", "ortiz"),
        ("restricting", "ortiz"),
        ("publishing", "ortiz"),
    ]
    assert desk.done("audit", "verify").code == 0
    assert desk.done("verify").code == 0


def test_a_withdrawal_is_done_for_every_partner_when_it_is_answered(desk: Desk) -> None:
    told = at(desk, QUALITY).ask(f'mutation {{ withdraw(id: "C-1", reason: "names a source") {DONE} }}')[
        "withdraw"
    ]
    assert told["text"] == "releases nothing; withdraws 1 case from 2 agreements"
    assert [each["withdraws"] for each in told["effect"]] == [
        [{"record": {"id": "C-1"}, "reasons": ["uncoded"]}]
    ] * 2
    assert (desk.seen(), desk.seen("county")) == (set(), set())
    assert desk.done("withdraw").out.startswith("C-1: withdrawn by tan at ")
    lift = f'mutation {{ requestLift(id: "C-1", reason: "it was another") {DONE} }}'
    asked = at(desk, QUALITY).ask(lift)["requestLift"]["request"]
    approved = at(desk, SUPERVISOR).ask(APPROVE, request=asked["id"], version=asked["version"])["approve"]
    assert approved["text"] == "releases 1 case to 2 agreements; withdraws nothing"
    assert desk.done("withdraw").out == "Nothing is withdrawn.\n"


def test_a_closing_code_is_withdrawn_when_it_is_answered_and_outlives_the_next_load(desk: Desk) -> None:
    assert recode(desk, "C-1", "T3")["text"] == "releases nothing; withdraws 1 case from 2 agreements"
    desk.load(C1 | {"title": "Another"})
    desk.done("publish", "--yes")
    assert desk.seen() == set()


def test_what_is_refused_is_told_by_its_code_and_changes_nothing(desk: Desk) -> None:
    asked = recode(desk, "C-2", "REL", who=Who("reyes", roles="agent supervisor"))["request"]
    given = {"request": asked["id"], "version": asked["version"]}
    before = audited(desk)
    for who, codes in (
        (Who("Reyes ", roles="supervisor"), ["SAME_PERSON"]),
        (AGENT, ["FORBIDDEN"]),
        (Who("lee", "SAC-LA", "supervisor"), ["FORBIDDEN"]),
    ):
        assert at(desk, who).refused(APPROVE, **given) == codes
    assert at(desk, SUPERVISOR).refused(APPROVE, **given | {"version": "0"}) == ["CHANGED"]
    assert at(desk, SUPERVISOR).refused(APPROVE, **given | {"request": "7:C-2"}) == ["BAD_ARGUMENT"]
    assert at(desk, AGENT).refused(RECODE, id="C-9", codes=["REL"], version="0") == ["BAD_ARGUMENT"]
    assert at(desk, AGENT).refused(RECODE, id="C-1", codes=["NO"], version=version(desk, "C-1")) == [
        "BAD_ARGUMENT"
    ]
    assert at(desk, AGENT).refused(PUBLISH) == ["FORBIDDEN"]
    both = 'mutation { returnForCorrection(reason: "no") { text } }'
    assert at(desk, SUPERVISOR).refused(both) == ["BAD_ARGUMENT"]
    assert audited(desk) == before


def test_a_request_that_lost_its_content_is_not_approved_and_waits_to_be_asked_anew(desk: Desk) -> None:
    asked = recode(desk, "C-2", "REL")["request"]
    desk.load(C2 | {"title": "Another"})
    assert at(desk, SUPERVISOR).refused(APPROVE, request=asked["id"], version=asked["version"]) == ["CHANGED"]
    query = "{ requests { totalCount nodes { id state why effect { text } blocked diff { name } } } }"
    assert at(desk, SUPERVISOR).ask(query)["requests"] == {
        "totalCount": 1,
        "nodes": [
            {
                "id": asked["id"],
                "state": "ended",
                "why": "what it was given for is another one now",
                "effect": [],
                "blocked": False,
                "diff": [],
            }
        ],
    }


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


def test_a_consent_a_return_and_a_deletion_over_http(desk: Desk) -> None:
    consent = """mutation { requestConsent(record: "C-1", category: "third_agency", agreement: "ndex",
        grantedBy: "DEA", end: "2031-01-01", reason: "in writing") { request { kind state } } }"""
    assert at(desk, AGENT).ask(consent)["requestConsent"]["request"] == {"kind": "CONSENT", "state": "open"}
    back = f'mutation {{ returnForCorrection(record: "C-1", reason: "no date") {DONE} }}'
    assert at(desk, SUPERVISOR).ask(back)["returnForCorrection"]["text"] == (
        "releases nothing; withdraws 1 case from 2 agreements"
    )
    delete = """mutation ($version: String!) {
        delete(id: "C-1", reason: "never ours", version: $version) { record { deleted fields { name } } } }"""
    told = at(desk, AGENT).ask(delete, version=version(desk, "C-1"))["delete"]["record"]
    assert told == {"deleted": True, "fields": []}


def test_publishing_asks_first_where_the_command_would(desk: Desk) -> None:
    desk.replace("policy.toml", 'title = "', 'title = "New ')
    desk.load(case("C-3", "NY03-0003"))
    asking = 'mutation { publish(reason: "it is time") { added } }'
    told = at(desk, SUPERVISOR).told(asking)["errors"][0]
    assert told["extensions"]["code"] == "ASK"
    assert told["message"].startswith("The policy or the agreement has changed since the last publication.\n")
    assert desk.seen() == {"C-1"}
    one = 'mutation { publish(agreements: ["ndex"], reason: "it is time", yes: true) { agreement added } }'
    assert at(desk, SUPERVISOR).ask(one)["publish"] == [
        {"agreement": "county", "added": 0},
        {"agreement": "ndex", "added": 1},
    ]


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


def test_me_tells_what_my_roles_may_do(desk: Desk) -> None:
    assert at(desk, AGENT).ask("{ me { may } }")["me"]["may"] == [
        "recode",
        "requestClearance",
        "requestConsent",
        "withdraw",
        "requestLift",
        "delete",
        "markReviewed",
        "defer",
    ]
    assert at(desk, Who("x", roles="auditor")).ask("{ me { may } }")["me"]["may"] == []


def test_a_withdrawal_that_was_stopped_is_finished_by_the_next_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise OSError("no power")

    with monkeypatch.context() as patched:
        patched.setattr("graph.publish.Publisher.plan", stop)
        told = at(desk, QUALITY).told('mutation { withdraw(id: "C-1", reason: "names a source") { text } }')
    assert [error["extensions"]["code"] for error in told["errors"]] == ["INTERNAL"]
    assert desk.seen() == {"C-1"}
    desk.load(C2)
    assert desk.seen() == set()


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


def test_who_finds_somebody_else_writing_is_told_to_try_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.home_lock._BUSY_SECONDS", 0.1)
    query, client = 'mutation { withdraw(id: "C-1", reason: "names a source") { text } }', at(desk, QUALITY)
    with open_home(desk.home, {}).alone():
        assert client.refused(query) == ["BUSY"]
    assert client.ask(query)["withdraw"]["text"] == "releases nothing; withdraws 1 case from 2 agreements"


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
