"""POST /graphql as GraphQL over HTTP has it, the headers of every answer, purpose, and problems with fixed texts."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from graph.model import OpaqueId
from graph.view import View
from schema.errors import TEXTS, Code
from schema.limits import Limits
from server import problems
from server.answer_headers import AnswerHeaders
from tests.partner_client import GRAPHQL_RESPONSE, Client, token
from tests.partner_world import COUNTY, NDEX, published, release

JSON = "application/json; charset=utf-8"
QUERY = {"query": "{ agreement { id } }"}
RELEASE = {
    "release": {"agreement": "ndex", "version": release().header.version, "caveat": "Verify before acting."}
}


@pytest.fixture(name="client", scope="module")
def _client() -> Client:
    return Client(published(release(), release(agreement=COUNTY, purpose_required=True)))


@pytest.fixture(name="county", scope="module")
def _county() -> Client:
    return Client(published(release(agreement=COUNTY, purpose_required=True)), COUNTY)


def problem(which: problems.Problem) -> dict[str, Any]:
    """The body of a problem, told to a user of ndex."""
    return {"errors": [{"message": which.text, "extensions": {"code": which.code}}], "extensions": RELEASE}


def test_an_answer_has_data_and_says_which_release_it_is_from(client: Client) -> None:
    response = client.post(QUERY)
    assert (response.status_code, response.headers["Content-Type"]) == (200, GRAPHQL_RESPONSE)
    assert response.json() == {
        "data": {"agreement": {"id": "ndex"}},
        "extensions": {**RELEASE, "cost": 1},
    }


def test_variables_and_the_name_of_an_operation_are_read(client: Client) -> None:
    body = {
        "query": "query A { __typename } query B($n: String!) { case(number: $n) { id } }",
        "operationName": "B",
        "variables": {"n": "NY03-0002"},
        "extensions": {"ignored": True},
        "ignored": [1],
    }
    assert client.post(body).json()["data"] == {"case": {"id": "c2"}}


def test_null_is_the_same_as_a_member_that_is_left_out(client: Client) -> None:
    body = {**QUERY, "operationName": None, "variables": None, "extensions": None}
    assert client.post(body).content == client.post(QUERY).content
    assert client.post({**QUERY, "operationName": ""}).content == client.post(QUERY).content


COSTLY = "TOO_COSTLY", {"cost": 20_020}


@pytest.mark.parametrize(
    ("query", "code", "cost"),
    [
        ("{", "GRAPHQL_PARSE_FAILED", {}),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED", {}),
        ("query ($n: Int!) { cases(first: $n) { totalCount } }", "BAD_VARIABLES", {"cost": 1}),
        ("query A { __typename } query B { __typename }", "BAD_OPERATION", {}),
        ("{ a" * 100 + "}" * 100, "TOO_DEEP", {}),
        ("mutation { a }", "GRAPHQL_VALIDATION_FAILED", {}),
        (
            f"{{ {' '.join(f'a{n}: cases(filter: {{}}) {{ totalCount }}' for n in range(20))} }}",
            "TOO_COSTLY",
            {"cost": 20_020},
        ),
    ],
)
def test_a_query_that_is_not_executed_is_400_without_data_but_200_in_plain_json(
    client: Client, query: str, code: str, cost: dict[str, int]
) -> None:
    told = {accept: client.post({"query": query}, {"Accept": accept}) for accept in (GRAPHQL_RESPONSE, JSON)}
    assert {accept: response.status_code for accept, response in told.items()} == {
        GRAPHQL_RESPONSE: 400,
        JSON: 200,
    }
    assert {accept: response.headers["Content-Type"] for accept, response in told.items()} == {
        GRAPHQL_RESPONSE: GRAPHQL_RESPONSE,
        JSON: JSON,
    }
    assert told[GRAPHQL_RESPONSE].content == told[JSON].content
    body = told[JSON].json()
    assert body.keys() == {"errors", "extensions"}
    assert [error["extensions"]["code"] for error in body["errors"]] == [code]
    assert body["extensions"] == {**RELEASE, **cost}


WHOLE = {"query": "{ documents { nodes { id number title narrative } } }"}


def test_an_answer_that_is_longer_than_an_answer_may_be_is_not_told(client: Client) -> None:
    length = len(client.post(WHOLE).content)
    told = Client(published(release()), limits=Limits(answer_bytes=length)).post(WHOLE)
    short = Client(published(release()), limits=Limits(answer_bytes=length - 1))
    refused = [short.post(WHOLE, {"Accept": accept}) for accept in (GRAPHQL_RESPONSE, JSON)]
    assert (told.status_code, *(each.status_code for each in refused)) == (200, 400, 200)
    assert refused[0].json() == {
        "errors": [{"message": TEXTS[Code.ANSWER_TOO_LONG], "extensions": {"code": Code.ANSWER_TOO_LONG}}],
        "extensions": told.json()["extensions"],
    }
    assert refused[0].content == refused[1].content


def test_an_answer_that_was_too_long_is_written_down_as_a_refusal_that_discloses_nothing() -> None:
    short = Client(published(release()), limits=Limits(answer_bytes=300))
    short.post(WHOLE)
    [line] = short.trail.lines
    assert (line["event"], line["errors"], "records" in line) == ("refused", ["ANSWER_TOO_LONG"], False)


def test_a_field_that_meets_an_error_leaves_the_rest_and_is_a_200(client: Client) -> None:
    query = '{ agreement { id } node(id: "c1") { ... on Case { documents(first: 101) { totalCount } } } }'
    response = client.post({"query": query})
    assert response.status_code == 200
    assert response.json() == {
        "errors": [
            {
                "message": "`first` or `last` is 0 to 100, and not both are given.",
                "extensions": {"code": "BAD_PAGE"},
                "locations": [{"line": 1, "column": 51}],
                "path": ["node", "documents"],
            }
        ],
        "data": {"agreement": {"id": "ndex"}, "node": None},
        "extensions": {**RELEASE, "cost": 3},
    }


def test_an_error_that_leaves_no_data_is_a_200_too(client: Client) -> None:
    response = client.post({"query": "{ cases(first: 101) { totalCount } }"})
    body = response.json()
    assert (response.status_code, body["data"], len(body["errors"])) == (200, None, 1)


def test_the_cost_that_is_told_is_the_same_whatever_there_is(client: Client) -> None:
    query = "query ($n: String!, $f: Int) { case(number: $n) { id documents(first: $f) { nodes { id } } } }"
    costs = {
        client.post({"query": query, "variables": {"n": number, "f": 7}}).json()["extensions"]["cost"]
        for number in ("NY03-0001", "NY03-0002", "none")
    }
    assert costs == {9}


def test_the_schema_is_told_by_introspection_only_under_the_agreements_that_may_ask() -> None:
    store = published(release(), release(agreement=COUNTY))
    asked = {"query": "{ __schema { queryType { name } } }"}
    told = {
        (allowed, agreement): Client(store, agreement, introspection=allowed).post(asked)
        for allowed in (None, ("ndex",), ())
        for agreement in (NDEX, COUNTY)
    }
    assert {place for place, response in told.items() if response.status_code == 200} == {
        (None, NDEX),
        (None, COUNTY),
        (("ndex",), NDEX),
    }
    assert told[(), NDEX].json()["errors"] == [
        {
            "message": "There is no introspection under this agreement. The schema is at /schema.graphql.",
            "extensions": {"code": "NO_INTROSPECTION"},
        }
    ]


def test_without_introspection_the_names_of_types_and_the_schema_as_text_are_told_all_the_same() -> None:
    client = Client(published(release()), introspection=())
    assert client.ask("{ __typename agreement { __typename } }") == {
        "__typename": "Query",
        "agreement": {"__typename": "Agreement"},
    }
    assert client.send("GET", "/schema.graphql").status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_queries_are_posted_and_nothing_else(client: Client, method: str) -> None:
    response = client.send(method, "/graphql", params=QUERY, headers={"Authorization": f"Bearer {token()}"})
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("path", "status"), [("/nothing", 404), ("/graphql/", 404), ("/graphiql", 404), ("/healthz/", 404)]
)
def test_there_is_nothing_elsewhere(client: Client, path: str, status: int) -> None:
    response = client.send("POST", path, json=QUERY)
    assert response.status_code == status
    assert response.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


def test_what_may_be_done_is_listed_in_one_order(client: Client) -> None:
    response = client.send("POST", "/healthz")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert response.json()["errors"][0]["extensions"] == {"code": "METHOD_NOT_ALLOWED"}


BAD_BODIES = {
    "nothing": b"",
    "42": b"42",
    "null": b"null",
    "true": b"true",
    "text": b'"{ agreement { id } }"',
    "a list": b"[]",
    "a batch": b'[{"query": "{ agreement { id } }"}]',
    "no query": b"{}",
    "a query that is null": b'{"query": null}',
    "a query that is a number": b'{"query": 42}',
    "a query that is an object": b'{"query": {}}',
    "a misspelt query": b'{"qeury": "{ agreement { id } }"}',
    "an operation name that is a number": b'{"query": "{ __typename }", "operationName": 1}',
    "variables that are a list": b'{"query": "{ __typename }", "variables": [1]}',
    "variables that are text": b'{"query": "{ __typename }", "variables": "{}"}',
    "extensions that are a number": b'{"query": "{ __typename }", "extensions": 7}',
    "no JSON": b"query={agreement{id}}",
    "half of it": b'{"query": "{ agreement',
    "more after it": b'{"query": "{ __typename }"} {}',
    "no UTF-8": b'{"query": "\xff"}',
    "no UTF-8 at all": b"\xff\xfe\x00",
    "a byte order mark": b'\xef\xbb\xbf{"query": "{ __typename }"}',
    "half a character": b'{"query": "\\ud800"}',
    "deep nesting": b'{"query": "{ __typename }", "x": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    "a number beyond all": b'{"query": "{ __typename }", "x": 1e999}',
    "no number": b'{"query": "{ __typename }", "x": NaN}',
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
@pytest.mark.parametrize("accept", [GRAPHQL_RESPONSE, JSON])
def test_a_body_that_is_no_question_is_400(client: Client, body: bytes, accept: str) -> None:
    response = client.post(body, {"Accept": accept})
    assert (response.status_code, response.headers["Content-Type"]) == (400, accept)
    assert response.json() == problem(problems.BAD_REQUEST)


ODD_VARIABLES = {
    "huge": 10**30,
    "huge and broken": 1.5e300,
    "a number": 7,
    "deep": None,
    "many": ["x"] * 1000,
    "an object": {"a": {"b": [1, None, {"c": "d"}]}},
    "true": True,
}


@pytest.mark.parametrize("odd", ODD_VARIABLES.values(), ids=ODD_VARIABLES.keys())
@pytest.mark.parametrize(
    "type", ["Int", "String!", "ID!", "CaseFilter", "[ID!]!", "CaseOrder", "Date", "Boolean"]
)
def test_odd_variables_are_a_4xx_or_an_answer_and_never_a_5xx(client: Client, odd: object, type: str) -> None:
    variable: Any = odd
    if odd is None:
        for _ in range(500):
            variable = [variable]
    body = {
        "query": f"query ($v: {type}) {{ __typename @skip(if: false) ...F }} fragment F on Query {{ a: __typename }}"
    }
    response = client.post({**body, "variables": {"v": variable}})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    used = {"query": f"query ($v: {type}, $x: Boolean) {{ __typename @include(if: $x) {_use(type)} }}"}
    assert client.post({**used, "variables": {"v": variable, "x": True}}).status_code in (200, 400)


def _use(type: str) -> str:
    return {
        "Int": "cases(first: $v) { totalCount }",
        "String!": "case(number: $v) { id }",
        "ID!": "node(id: $v) { id }",
        "CaseFilter": "cases(filter: $v) { totalCount }",
        "[ID!]!": "nodes(ids: $v) { id }",
        "CaseOrder": "cases(orderBy: $v) { totalCount }",
        "Date": "cases(filter: {opened: {from: $v}}) { totalCount }",
        "Boolean": "a: __typename @skip(if: $v)",
    }[type]


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*;q=0"])
def test_a_client_that_accepts_neither_kind_of_json_is_406(client: Client, accept: str) -> None:
    response = client.post(QUERY, {"Accept": accept})
    assert (response.status_code, response.json()) == (406, problem(problems.NOT_ACCEPTABLE))


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/graphql", ""]
)
def test_a_body_that_is_not_said_to_be_json_is_415(client: Client, content_type: str) -> None:
    response = client.post(QUERY, {"Content-Type": content_type})
    assert (response.status_code, response.json()) == (415, problem(problems.UNSUPPORTED_MEDIA_TYPE))


async def _in_pieces(size: int, pieces: list[int]) -> AsyncIterator[bytes]:
    for piece in range(1000):
        pieces.append(piece)
        yield b"x" * size


def test_a_body_that_is_too_large_is_413_by_its_stated_length(client: Client) -> None:
    response = client.post(b"x" * 65_537)
    assert (response.status_code, response.json()) == (413, problem(problems.TOO_LARGE))


def test_a_body_that_does_not_state_its_length_is_read_up_to_the_limit_and_no_further() -> None:
    client = Client(published(release()), limits=Limits(bytes=1000))
    pieces: list[int] = []
    headers = {"Authorization": f"Bearer {token()}", "Content-Type": "application/json"}
    response = client.send("POST", "/graphql", content=_in_pieces(300, pieces), headers=headers)
    assert (response.status_code, response.json()) == (413, problem(problems.TOO_LARGE))
    assert len(pieces) == 4


def test_a_length_that_is_no_number_is_not_relied_on(client: Client) -> None:
    assert client.post(b'{"query": "{ __typename }"}', {"Content-Length": "many"}).status_code == 200


def test_a_body_at_the_limit_is_read() -> None:
    body = b'{"query": "{ __typename }"}'
    statuses = [
        Client(published(release()), limits=Limits(bytes=size)).post(body).status_code for size in (27, 26)
    ]
    assert statuses == [200, 413]


PURPOSE = {"X-Purpose": "Joint investigation", "X-Case-Number": "2026-17"}


@pytest.mark.parametrize(
    "headers",
    [
        PURPOSE,
        {"X-Purpose": "x", "X-Case-Number": "y" * 200},
        {"X-Purpose": "Enquête à Québec".encode(), "X-Case-Number": "№ 7".encode()},
        {"X-Purpose": "Enquête".encode("latin-1"), "X-Case-Number": "7"},
    ],
)
def test_a_stated_purpose_is_answered(county: Client, headers: Mapping[str, Any]) -> None:
    assert county.post(QUERY, headers).json()["data"] == {"agreement": {"id": "county"}}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Purpose": "Joint investigation"},
        {"X-Case-Number": "2026-17"},
        {**PURPOSE, "X-Purpose": ""},
        {**PURPOSE, "X-Purpose": "   "},
        {**PURPOSE, "X-Purpose": "x" * 201},
        {**PURPOSE, "X-Case-Number": "7\t8"},
        {**PURPOSE, "X-Case-Number": b"7\x00"},
        {**PURPOSE, "X-Case-Number": "7\u200b".encode()},
    ],
)
def test_a_purpose_that_is_required_and_not_stated_is_400(county: Client, headers: Mapping[str, Any]) -> None:
    response = county.post(QUERY, headers)
    body = response.json()
    assert (response.status_code, body["errors"][0]["extensions"]) == (400, {"code": "PURPOSE_REQUIRED"})
    assert body["extensions"]["release"]["agreement"] == "county"


def test_two_purposes_are_none(county: Client) -> None:
    headers = [
        ("Authorization", f"Bearer {token(COUNTY)}"),
        ("X-Purpose", "a"),
        ("X-Purpose", "b"),
        ("X-Case-Number", "1"),
    ]
    assert county.send("POST", "/graphql", json=QUERY, headers=headers).status_code == 400


def test_a_purpose_is_asked_for_only_after_the_token(county: Client) -> None:
    assert county.send("POST", "/graphql", json=QUERY).status_code == 401


def test_a_purpose_that_is_not_required_is_no_condition(client: Client) -> None:
    assert client.post(QUERY, {"X-Purpose": "x" * 500}).content == client.post(QUERY).content


def test_every_answer_is_kept_by_nobody_and_open_to_no_other_site(client: Client, county: Client) -> None:
    origin = {"Origin": "https://elsewhere.test"}
    told = [
        client.post(QUERY, origin),
        client.post(b"x", origin),
        county.post(QUERY, origin),
        client.send("POST", "/graphql", headers=origin),
        client.send("GET", "/graphql", headers=origin),
        client.send("GET", "/healthz", headers=origin),
        client.send("GET", "/readyz", headers=origin),
        client.send("GET", "/nothing", headers=origin),
    ]
    assert [response.status_code for response in told] == [200, 400, 400, 401, 405, 200, 200, 404]
    assert {response.headers["Cache-Control"] for response in told} == {"no-store"}
    assert [name for response in told for name in response.headers if name.startswith("access-control")] == []


def test_every_answer_has_a_number_of_its_own_in_its_headers_alone(client: Client) -> None:
    told = [client.post(QUERY), client.post(QUERY, {"X-Request-Id": "mine"}), client.send("GET", "/healthz")]
    numbers = [response.headers["X-Request-Id"] for response in told]
    assert len(set(numbers) - {"mine"}) == 3
    assert [number in response.text for number, response in zip(numbers, told, strict=True)] == [False] * 3


def test_the_process_says_that_it_runs_and_that_its_store_answers(client: Client) -> None:
    told = [client.send("GET", path) for path in ("/healthz", "/readyz")]
    assert [(response.status_code, response.text) for response in told] == [(200, "ok"), (200, "ready")]


def test_what_goes_wrong_inside_a_field_is_logged_and_told_as_a_fixed_text(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_view: View, _number: str) -> None:
        raise RuntimeError("the secret of the store")

    monkeypatch.setattr(View, "case", broken)
    with caplog.at_level(logging.ERROR):
        response = client.post({"query": '{ case(number: "x") { id } }'})
    assert response.status_code == 200
    assert response.json() == {
        "errors": [
            {
                "message": "Something went wrong here. Try again later.",
                "extensions": {"code": "INTERNAL"},
                "locations": [{"line": 1, "column": 3}],
                "path": ["case"],
            }
        ],
        "data": {"case": None},
        "extensions": {**RELEASE, "cost": 1},
    }
    assert "the secret of the store" in caplog.text


def test_what_goes_wrong_elsewhere_is_logged_with_the_request_s_number_and_told_as_a_fixed_text(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_view: View, _id: OpaqueId) -> None:
        raise RuntimeError("the secret of the store")

    monkeypatch.setattr("schema.execute.Answering._execute", broken)
    with caplog.at_level(logging.ERROR):
        response = client.post({"query": "{ __typename }"})
    assert (response.status_code, response.json()) == (500, problem(problems.INTERNAL))
    assert [response.headers["X-Request-Id"] in record.getMessage() for record in caplog.records] == [True]


def test_one_user_s_agreement_is_the_only_one_that_answers(client: Client) -> None:
    other = {"Authorization": f"Bearer {token(COUNTY)}", **PURPOSE}
    told = [client.post(QUERY).json(), client.post(QUERY, other).json()]
    assert [each["data"]["agreement"]["id"] for each in told] == [NDEX, COUNTY]


def test_what_is_no_request_passes_by() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    scope: Scope = {"type": "lifespan"}
    asyncio.run(AnswerHeaders(app)(scope, _receive_nothing, _send_nothing))
    assert seen == [{"type": "lifespan"}]


async def _receive_nothing() -> Message:
    return {}


async def _send_nothing(_message: Message) -> None:
    """There is nobody to send to."""
