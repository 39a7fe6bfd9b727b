"""POST /graphql as GraphQL over HTTP has it, the headers of every answer, and problems with fixed texts."""

import asyncio
import logging

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
from tests.told_problem import RELEASE, problem

JSON = "application/json; charset=utf-8"
QUERY = {"query": "{ agreement { id } }"}


@pytest.fixture(name="client", scope="module")
def _client() -> Client:
    return Client(published(release(), release(agreement=COUNTY, purpose_required=True)))


@pytest.fixture(name="county", scope="module")
def _county() -> Client:
    return Client(published(release(agreement=COUNTY, purpose_required=True)), COUNTY)


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


PURPOSE = {"X-Purpose": "Joint investigation", "X-Case-Number": "2026-17"}


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
