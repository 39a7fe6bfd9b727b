"""The office's records over HTTP: what is told of one, found by words, refused to whom, and written to the log."""

from typing import Any

import jwt
import pytest

from schema.errors import TEXTS, Code
from schema.limits import Limits
from tests.harbor_agency import C1, agency
from tests.memory_trail import MemoryTrail
from tests.office_client import OfficeClient, Who, app_over
from tests.partner_client import token
from tests.plain_lines import case, delete, link

WHOLE = """query ($id: ID!) { record(id: $id) {
    id kind label number office sourceSystem accessCodes approval { state agent supervisor date } date
    fields { name value } deleted } }"""

LOOKED = '{ search(text: "harbor") { nodes { id } } record(id: "S-1") { id } }'


def test_a_record_is_told_with_every_field_that_its_line_has() -> None:
    assert OfficeClient.over(agency()).ask(WHOLE, id="C-1")["record"] == {
        "id": "C-1",
        "kind": "CASE",
        "label": "Harbor",
        "number": "NY03-0001",
        "office": "SAC-NY",
        "sourceSystem": "CASE-MANAGEMENT",
        "accessCodes": ["REL", "T3"],
        "approval": {"state": "approved", "agent": "agent.lee", "supervisor": "sup.ortiz", "date": None},
        "date": "2003-04-05",
        "fields": [
            {"name": "title", "value": "Harbor"},
            {"name": "status", "value": "open"},
            {"name": "seen_by", "value": "a clerk"},
            {"name": "program", "value": "null"},
        ],
        "deleted": False,
    }


def test_an_answer_that_is_longer_than_the_limit_tells_nothing() -> None:
    asked = {"query": '{ record(id: "C-1") { label } }'}
    length = len(OfficeClient.over(agency()).post(asked).content)
    whole = OfficeClient.over(agency(), limits=Limits(answer_bytes=length))
    short = OfficeClient.over(agency(), limits=Limits(answer_bytes=length - 1))
    told = [(each.post(asked), each.trail.lines) for each in (whole, short)]
    assert [(answer.status_code, lines[0]["errors"], lines[0]["records"]) for answer, lines in told] == [
        (200, [], ["C-1"]),
        (400, ["ANSWER_TOO_LONG"], []),
    ]
    assert told[1][0].json() == {
        "errors": [
            {"message": TEXTS[Code.ANSWER_TOO_LONG], "extensions": {"code": Code.ANSWER_TOO_LONG}},
        ]
    }


def test_fields_that_are_asked_for_by_name_are_told_alone_in_the_order_of_the_line() -> None:
    changed = agency()
    changed.load(link("L-1", "C-1", "CONTAINS", "D-1", since="2003", until="2004"))
    query = """{ record(id: "C-1") {
        fields(names: ["status", "title", "nothing"]) { name value } none: fields(names: []) { name }
        links { nodes { fields(names: ["until"]) { name value } } } } }"""
    assert OfficeClient.over(changed).ask(query)["record"] == {
        "fields": [{"name": "title", "value": "Harbor"}, {"name": "status", "value": "open"}],
        "none": [],
        "links": {"nodes": [{"fields": [{"name": "until", "value": "2004"}]}]},
    }


def test_a_record_that_was_never_loaded_is_null() -> None:
    client = OfficeClient.over(agency())
    assert client.ask('{ record(id: "C-2") { id } records(ids: ["S-1", "C-2"]) { label } }') == {
        "record": None,
        "records": [{"label": "Ann Poe"}, None],
    }


def test_a_deleted_record_is_told_as_deleted() -> None:
    changed = agency()
    changed.load(delete("C-1"))
    assert OfficeClient.over(changed).ask(
        '{ record(id: "C-1") { deleted label fields { name } number } }'
    ) == {"record": {"deleted": True, "label": "NY03-0001", "fields": [], "number": "NY03-0001"}}


def test_the_version_is_another_one_when_the_line_is() -> None:
    changed = agency()
    client = OfficeClient.over(changed)
    query = '{ record(id: "C-1") { version } }'
    before = client.ask(query)
    changed.load(C1)
    same = client.ask(query)
    changed.load(C1 | {"title": "Port"})
    assert (before == same, client.ask(query) == before) == (True, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("harbor", ["C-1", "D-1"]),
        ("D-1", ["D-1"]),
        ("NY03-0001-001", ["D-1"]),
        ("clerk", ["C-1"]),
        ("zoe", ["S-1"]),
        ("t3", []),
        ("", []),
        ("harbor nothing", []),
    ],
)
def test_search_finds_what_stands_in_any_field(text: str, found: list[str]) -> None:
    query = "query ($text: String!) { search(text: $text) { totalCount nodes { id } } }"
    assert OfficeClient.over(agency()).ask(query, text=text) == {
        "search": {"totalCount": len(found), "nodes": [{"id": id} for id in found]}
    }


def test_a_search_is_paged_and_can_be_for_kinds() -> None:
    client = OfficeClient.over(agency())
    query = """query ($after: String, $kinds: [Kind!]) {
        search(text: "harbor", first: 1, after: $after, kinds: $kinds) {
        totalCount nodes { id } pageInfo { hasNextPage endCursor } } }"""
    first = client.ask(query)["search"]
    second = client.ask(query, after=first["pageInfo"]["endCursor"])["search"]
    third = client.ask(query, kinds=["DOCUMENT"])["search"]
    assert [
        (page["totalCount"], [node["id"] for node in page["nodes"]], page["pageInfo"]["hasNextPage"])
        for page in (first, second, third)
    ] == [(2, ["C-1"], True), (2, ["D-1"], False), (1, ["D-1"], False)]


def test_what_was_loaded_since_is_found() -> None:
    changed = agency()
    client = OfficeClient.over(changed)
    query = '{ search(text: "harbor") { nodes { id } } }'
    client.ask(query)
    changed.load(C1 | {"title": "Port"}, case("C-3", "NY03-0003", title="Harbor two"))
    assert client.ask(query) == {"search": {"nodes": [{"id": "C-3"}, {"id": "D-1"}]}}


def test_me_tells_who_asks() -> None:
    client = OfficeClient.over(agency(), Who("a.b", "SAC-LA", "agent auditor"))
    assert client.ask("{ me { user office roles } }") == {
        "me": {"user": "a.b", "office": "SAC-LA", "roles": ["AGENT", "AUDITOR"]}
    }


@pytest.mark.parametrize(
    "header",
    [
        {"Authorization": ""},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": f"Bearer {token()}"},
        {"Authorization": f"Bearer {Who(roles='king').token()}"},
        {"Authorization": "", "Cookie": f"token={Who().token()}"},
    ],
)
def test_without_a_token_of_the_office_nothing_is_told(header: dict[str, str]) -> None:
    client = OfficeClient.over(agency())
    answer = client.post({"query": "{ me { user } }"}, header)
    assert (answer.status_code, answer.json(), client.trail.lines) == (
        401,
        {
            "errors": [
                {
                    "message": "A valid bearer token for this service is needed. Ask the agency for one.",
                    "extensions": {"code": "UNAUTHENTICATED"},
                }
            ]
        },
        [],
    )


def test_a_token_that_was_taken_back_will_not_do() -> None:
    made = Who().token()
    gone = jwt.decode(made, options={"verify_signature": False})["jti"]
    client = OfficeClient(app_over(agency(), MemoryTrail(), frozenset({gone})), made)
    assert client.post({"query": "{ me { user } }"}).status_code == 401


def test_each_answer_is_in_the_log_with_the_records_that_it_told_of() -> None:
    client = OfficeClient.over(agency())
    client.ask(LOOKED)
    [line] = client.trail.lines
    told = {name: line[name] for name in ("event", "user", "office", "roles", "query", "records", "errors")}
    assert told == {
        "event": "answered",
        "user": "sup.ortiz",
        "office": "SAC-NY",
        "roles": ["supervisor"],
        "query": LOOKED,
        "records": ["C-1", "D-1", "S-1"],
        "errors": [],
    }


def test_what_cannot_be_written_to_the_log_is_not_told() -> None:
    client = OfficeClient.over(agency())
    client.trail.is_full = True
    answer = client.post({"query": '{ record(id: "C-1") { title: label } }'})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "NOT_SERVED")


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (b"{", {}, "BAD_REQUEST"),
        ({"query": "{ me { user } }"}, {"Content-Type": "text/plain"}, "UNSUPPORTED_MEDIA_TYPE"),
        ({"query": "{ me { user } }"}, {"Content-Encoding": "gzip"}, "UNSUPPORTED_MEDIA_TYPE"),
        ({"query": "{ me { user } }"}, {"Accept": "text/html"}, "NOT_ACCEPTABLE"),
        (b" " * 70_000, {}, "TOO_LARGE"),
        ({"query": "{ nobody }"}, {}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{"}, {}, "GRAPHQL_PARSE_FAILED"),
        ({"query": '{ search(text: "a", first: 101) { totalCount } }'}, {}, "BAD_PAGE"),
        ({"query": '{ search(text: "a", after: "x") { totalCount } }'}, {}, "BAD_CURSOR"),
    ],
)
def test_what_cannot_be_answered_has_a_code_and_is_in_the_log(body: Any, headers: Any, code: str) -> None:
    client = OfficeClient.over(agency())
    answer = client.post(body, headers)
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == [code]
    assert [line["errors"] for line in client.trail.lines] == [[code]]


def test_an_answer_is_kept_by_nobody_and_shown_in_no_frame_and_to_no_other_site() -> None:
    headers = OfficeClient.over(agency()).post({"query": "{ me { user } }"}).headers
    assert {
        name: value for name, value in headers.items() if name not in ("content-length", "x-request-id")
    } == {
        "content-type": "application/graphql-response+json; charset=utf-8",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
