"""Each answer that discloses and each refusal of a known user is on record before it is sent (DESIGN 7)."""

from typing import Any

import pytest

from tests.partner_client import Client
from tests.partner_world import published, release

QUERY = "query Find($number: String!) { case(number: $number) { title documents { nodes { number } } } }"
VOLATILE = ("at", "request", "token")
WHO = {"agreement": "ndex", "user": "analyst"}


@pytest.fixture(name="client")
def _client() -> Client:
    return Client(published(release()))


def lines(client: Client) -> list[dict[str, Any]]:
    """What was written, without what no test can foretell."""
    assert all(set(VOLATILE) <= set(line) for line in client.trail.lines)
    return [{k: v for k, v in line.items() if k not in VOLATILE} for line in client.trail.lines]


def refusals(client: Client) -> list[list[str]]:
    return [line["errors"] for line in client.trail.lines if line["event"] == "refused"]


def test_an_answer_is_told_with_who_asked_what_and_was_given_which_records(client: Client) -> None:
    headers = {"X-Purpose": "a test", "X-Case-Number": "T-1"}
    variables = {"number": "NY03-0001"}
    client.post({"query": QUERY, "operationName": "Find", "variables": variables}, headers)
    assert lines(client) == [
        {
            "event": "answered",
            **WHO,
            "version": release().header.version,
            "purpose": "a test",
            "case_number": "T-1",
            "operation": "Find",
            "query": QUERY,
            "variables": variables,
            "records": ["c1", "d1", "d2"],
        }
    ]


def test_a_count_is_told_by_its_query(client: Client) -> None:
    client.ask("{ cases { totalCount } }")
    assert [(line["query"], line["records"]) for line in client.trail.lines] == [
        ("{ cases { totalCount } }", [])
    ]


def test_a_line_has_the_number_that_the_answer_has_and_the_token_that_was_used(client: Client) -> None:
    response = client.post({"query": "{ agreement { id } }"})
    [line] = client.trail.lines
    assert line["request"] == response.headers["X-Request-Id"]
    assert len(line["token"]) == 32


def test_a_purpose_that_will_not_do_is_as_if_it_was_left_out(client: Client) -> None:
    client.post({"query": "{ agreement { id } }"}, {"X-Purpose": "x" * 201, "X-Case-Number": "T-1"})
    [line] = lines(client)
    assert (line.get("purpose"), line["case_number"]) == (None, "T-1")


def test_errors_within_an_answer_are_told(client: Client) -> None:
    client.post({"query": '{ document(number: "NY03-0001-001") { cases(first: -1) { totalCount } } }'})
    assert [(line["event"], line["errors"]) for line in client.trail.lines] == [("answered", ["BAD_PAGE"])]


def test_each_refusal_of_a_known_user_is_told(client: Client) -> None:
    client.post(b"42")
    client.post({"query": "{ secret }"})
    client.post({"query": "{"})
    client.post({"query": "{ agreement { id } }"}, {"Accept": "text/html"})
    client.post(b"x" * 70_000)
    client.post(b"{}", {"Content-Type": "text/plain"})
    assert refusals(client) == [
        ["BAD_REQUEST"],
        ["GRAPHQL_VALIDATION_FAILED"],
        ["GRAPHQL_PARSE_FAILED"],
        ["NOT_ACCEPTABLE"],
        ["TOO_LARGE"],
        ["UNSUPPORTED_MEDIA_TYPE"],
    ]
    assert {line["user"] for line in client.trail.lines} == {"analyst"}


def test_a_refusal_where_nothing_is_served_is_told() -> None:
    client = Client(published())
    client.post({"query": "{ agreement { id } }"})
    assert lines(client) == [{"event": "refused", **WHO, "errors": ["NOT_SERVED"]}]


def test_a_purpose_that_is_missing_is_told() -> None:
    client = Client(published(release(purpose_required=True)))
    client.post({"query": "{ agreement { id } }"}, {"X-Purpose": "a test"})
    told = {"version": release().header.version, "purpose": "a test", "errors": ["PURPOSE_REQUIRED"]}
    assert lines(client) == [{"event": "refused", **WHO, **told}]


def test_of_a_question_that_is_refused_the_beginning_is_told(client: Client) -> None:
    client.post({"query": "{ secret }" + " " * 5000})
    assert [len(line["query"]) for line in client.trail.lines] == [1000]


def test_variables_that_nest_beyond_measure_are_told_as_they_came(client: Client) -> None:
    body = b'{"query": "{ agreement { id } }", "variables": {"x": %s1%s}}' % (b"[" * 900, b"]" * 900)
    assert client.post(body).status_code == 200
    [line] = client.trail.lines
    assert (line["body"], "query" in line) == (body.decode(), False)


def test_what_cannot_be_written_is_not_told(client: Client) -> None:
    client.trail.is_full = True
    for body in ({"query": "{ agreement { id } }"}, {"query": "{ secret }"}, b"42"):
        response = client.post(body)
        assert (response.status_code, response.json()) == (
            503,
            {
                "errors": [
                    {
                        "message": "This agreement is not served at the moment. Try again later.",
                        "extensions": {"code": "NOT_SERVED"},
                    }
                ]
            },
        )


def test_unknown_users_write_no_line_of_their_own(client: Client) -> None:
    for _ in range(50):
        assert client.send("POST", "/graphql", json={"query": "{ agreement { id } }"}).status_code == 401
    assert client.trail.lines == []
