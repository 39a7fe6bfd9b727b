"""What was said of a record while it had a category with readers is told to them alone, whatever it is coded now."""

from typing import Any

from graph.officer import Role
from tests.at_the_desk import AtTheDesk, officer
from tests.building import Agency
from tests.hidden_wire import C1, CHIEF, OTHER, agency
from tests.office_client import OfficeClient, Who

HISTORY = "{ history { what by reason } requests { id codes reason } }"
ASKED_ONE = "query ($id: ID!) { request(id: $id) { id } requests { totalCount } }"
DEPUTY = Who("the deputy", roles="agent supervisor")


def acting(of: Agency, who: Who, query: str, **variables: Any) -> Any:
    """An officer of every role acts."""
    everywhere = Who(who.user, roles="agent supervisor quality")
    return OfficeClient.over(of, everywhere).ask(f"mutation {query}", **variables)


def version(of: Agency, who: Who, id: str) -> str:
    told: str = OfficeClient.over(of, who).ask("query ($id: ID!) { record(id: $id) { version } }", id=id)[
        "record"
    ]["version"]
    return told


def recoded(of: Agency, who: Who, id: str, code: str) -> str:
    query = """($id: ID!, $c: [String!]!, $v: String!) {
        recode(id: $id, codes: $c, reason: "the wire of Z", version: $v) { request { id } } }"""
    told = acting(of, who, query, id=id, c=[code], v=version(of, who, id))
    name: str = told["recode"]["request"]["id"]
    return name


def approved(of: Agency, who: Who, name: str) -> None:
    told = OfficeClient.over(of, who).ask("query ($r: ID!) { request(id: $r) { version } }", r=name)
    query = '($r: ID!, $v: String!) { approve(request: $r, version: $v, reason: "no wire") { text } }'
    acting(of, who, query, r=name, v=told["request"]["version"])


def history(of: Agency, who: Who, id: str = "C-1") -> Any:
    return OfficeClient.over(of, who).ask(f"query ($id: ID!) {{ record(id: $id) {HISTORY} }}", id=id)[
        "record"
    ]


def test_what_was_said_of_a_record_while_it_had_a_hidden_category_is_told_to_readers_alone() -> None:
    of = agency(readers=("the chief", "the deputy"))
    before = history(of, OTHER)
    name = recoded(of, CHIEF, "C-1", "T3")
    acting(of, CHIEF, '{ withdraw(id: "C-1", reason: "a source of Z") { text } }')
    acting(of, CHIEF, '{ defer(id: "C-1", until: "2031-01-01", reason: "Z is heard") { due } }')
    acting(of, CHIEF, '{ returnForCorrection(record: "C-1", reason: "Z again") { text } }')
    approved(of, DEPUTY, recoded(of, CHIEF, "C-1", "REL"))
    acts = [act["what"] for act in history(of, CHIEF)["history"]]
    assert acts == [
        "prepared",
        "approved",
        "recoded",
        "withdrawn",
        "returned",
        "recoded",
        "approved",
        "review deferred",
    ]
    assert history(of, OTHER) == before
    assert [OfficeClient.over(of, who).ask(ASKED_ONE, id=name) for who in (CHIEF, OTHER)] == [
        {"request": {"id": name}, "requests": {"totalCount": 0}},
        {"request": None, "requests": {"totalCount": 0}},
    ]


def test_a_request_about_a_record_that_had_a_hidden_category_can_be_answered_by_readers_alone() -> None:
    of = agency(readers=("the chief", "the deputy"))
    of.load(C1 | {"access_codes": ["T3"]})
    query = """{ requestConsent(record: "C-1", category: "third_agency", agreement: "ndex", grantedBy: "DEA",
        end: "2031-01-01", reason: "Z") { request { id } } }"""
    asked = acting(of, CHIEF, query)["requestConsent"]["request"]
    of.load(C1)
    back = 'mutation ($id: ID!) { returnForCorrection(request: $id, reason: "no") { text } }'
    assert [OfficeClient.over(of, who).ask(ASKED_ONE, **asked) for who in (CHIEF, OTHER)] == [
        {"request": asked, "requests": {"totalCount": 1}},
        {"request": None, "requests": {"totalCount": 0}},
    ]
    assert OfficeClient.over(of, OTHER).refused(back, **asked) == ["BAD_ARGUMENT"]


def test_the_end_of_a_clearance_of_a_hidden_category_is_told_to_readers_alone() -> None:
    of = agency(readers=("the chief", "the deputy"))
    query = """{ requestConsent(record: "C-1", category: "title_iii", agreement: "ndex", grantedBy: "A judge",
        end: "2031-01-01", reason: "Z") { request { id } } }"""
    before = history(of, OTHER)
    approved(of, DEPUTY, acting(of, CHIEF, query)["requestConsent"]["request"]["id"])
    [made] = [entry for entry in of.holdings.entries() if entry.kind.value == "consent"]
    desk = AtTheDesk(of)
    chief = officer("the chief", Role.AGENT)
    desk.act(chief, lambda at: at.delete(made.id, "Z is out", at.sight.version(made.id)))
    assert [act["what"] for act in history(of, CHIEF)["history"]][-1] == "permission deleted"
    assert history(of, OTHER) == before


def test_who_asked_himself_is_told_of_his_own_request() -> None:
    of = agency(readers=("the chief", "the deputy"))
    agent = Who("agent.kim")
    query = (
        '($v: String!) { recode(id: "C-1", codes: ["T3"], reason: "the wire of Z", version: $v) { text } }'
    )
    acting(of, agent, query, v=version(of, agent, "C-1"))
    approved(of, DEPUTY, recoded(of, CHIEF, "C-1", "REL"))
    own, _ = history(of, CHIEF)["requests"]
    assert (own["codes"], history(of, agent)["requests"]) == (["T3"], [own])
