"""The desk over HTTP: an agent asks, another person approves, partners lose at once and gain when it is published."""

from pathlib import Path

import pytest

from server.home import open_home
from tests.command_line import Desk
from tests.desk_over_http import (
    AGENT,
    APPROVE,
    C1,
    C2,
    DONE,
    PUBLISH,
    QUALITY,
    RECODE,
    REQUEST,
    SUPERVISOR,
    at,
    audited,
    published_desk,
    recode,
    version,
)
from tests.office_client import Who
from tests.plain_lines import case


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return published_desk(tmp_path)


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


def test_who_finds_somebody_else_writing_is_told_to_try_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.home_lock._BUSY_SECONDS", 0.1)
    query, client = 'mutation { withdraw(id: "C-1", reason: "names a source") { text } }', at(desk, QUALITY)
    with open_home(desk.home, {}).alone():
        assert client.refused(query) == ["BUSY"]
    assert client.ask(query)["withdraw"]["text"] == "releases nothing; withdraws 1 case from 2 agreements"
