"""What a partner may send: methods, media types, and bodies; what is no question is a 4xx, and never a 5xx."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.types import Message

from schema.limits import Limits
from server import problems
from server.question import receive_body
from tests.partner_client import GRAPHQL_RESPONSE, Client, token
from tests.partner_world import COUNTY, published, release
from tests.told_problem import problem

JSON = "application/json; charset=utf-8"
QUERY = {"query": "{ agreement { id } }"}


@pytest.fixture(name="client", scope="module")
def _client() -> Client:
    return Client(published(release(), release(agreement=COUNTY, purpose_required=True)))


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


@pytest.mark.parametrize(
    ("type", "odd"),
    [
        ("Date", "2003-02-30"),
        ("Date", 7),
        ("Int", 2**40),
        ("CaseOrder", "x"),
        ("CaseFilter", {"x": 1}),
        ("ID!", None),
    ],
)
def test_of_variables_that_do_not_fit_no_more_is_told(client: Client, type: str, odd: object) -> None:
    asked = {"query": f"query ($v: {type}) {{ {_use(type)} }}", "variables": {"v": odd}}
    [error] = client.post(asked).json()["errors"]
    assert error["message"] == "The variables do not fit the query."
    assert error["extensions"] == {"code": "BAD_VARIABLES"}


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


@pytest.mark.parametrize("coding", ["gzip", "br", "identity, gzip"])
def test_a_body_that_is_said_to_be_compressed_is_415(client: Client, coding: str) -> None:
    response = client.post(QUERY, {"Content-Encoding": coding})
    assert (response.status_code, response.json()) == (415, problem(problems.UNSUPPORTED_MEDIA_TYPE))
    assert client.post(QUERY, {"Content-Encoding": "Identity"}).status_code == 200


async def _in_pieces(size: int, pieces: list[int]) -> AsyncIterator[bytes]:
    for piece in range(1000):
        pieces.append(piece)
        yield b"x" * size


def test_a_body_that_is_too_large_is_413_by_its_stated_length(client: Client) -> None:
    response = client.post(b"x" * 65_537)
    assert (response.status_code, response.json()) == (413, problem(problems.TOO_LARGE))


def test_of_a_body_that_is_said_to_be_too_large_nothing_is_read() -> None:
    async def receive() -> Message:
        raise AssertionError("it is read")

    assert asyncio.run(receive_body(receive, ["1001"], 1000)) is None
    assert asyncio.run(receive_body(receive, ["9" * 5000], 1000)) is None


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
