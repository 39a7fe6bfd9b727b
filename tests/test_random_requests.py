"""Whatever a client sends, the fault is never ours: no 5xx, no INTERNAL, and each answer is JSON with a known code.

Queries by hypothesis-graphql, which fit the schema or do not; bodies of every other kind.
"""

import json
from typing import Any

import orjson
import pytest
from graphql import print_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, nodes, queries

from schema.errors import Code
from schema.partner import PARTNER_SCHEMA
from server import problems
from server.problems import Problem
from tests.partner_client import Client, Seen
from tests.partner_world import published, release

SDL = print_schema(PARTNER_SCHEMA)
DAYS = {"Date": st.dates().map(str).map(nodes.String)}
KNOWN = {*Code, *(each.code for each in vars(problems).values() if isinstance(each, Problem))} - {
    Code.INTERNAL
}
CLIENT = Client(published(release()))

quick = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))


def well_answered(body: object) -> dict[str, Any]:
    """The answer to a body, if it is one that partners are told of."""
    [(status, headers, content)] = CLIENT.all_seen([body])
    told: dict[str, Any] = orjson.loads(content)
    assert (status < 500, headers["content-type"]) == (True, "application/json; charset=utf-8"), (
        status,
        told,
    )
    assert {error["extensions"]["code"] for error in told.get("errors", [])} - KNOWN == set(), told
    return told


def asked(query: str) -> dict[str, Any]:
    """The answer to a query."""
    return well_answered({"query": query})


@given(queries(SDL, custom_scalars=DAYS))
@quick
def test_a_query_that_fits_the_schema_is_answered_or_refused(query: str) -> None:
    asked(query)


@given(queries(SDL, custom_scalars=DAYS, mode=Mode.NEGATIVE))
@quick
def test_a_query_that_does_not_fit_is_refused(query: str) -> None:
    asked(query)


@pytest.mark.long
@given(queries(SDL, custom_scalars=DAYS))
@many
def test_many_queries_that_fit_the_schema_are_answered_or_refused(query: str) -> None:
    asked(query)


@pytest.mark.long
@given(queries(SDL, custom_scalars=DAYS, mode=Mode.NEGATIVE))
@many
def test_many_queries_that_do_not_fit_are_refused(query: str) -> None:
    asked(query)


# --- bodies ---

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
QUERIES = ("{ agreement { id } }", "query ($a: Int) { cases(first: $a) { totalCount } }")
MEMBERS = st.fixed_dictionaries(
    {},
    optional={
        "query": st.sampled_from(
            ["{ agreement { id } }", "query ($a: Int) { cases(first: $a) { totalCount } }"]
        )
        | JSON,
        "variables": st.dictionaries(st.sampled_from(["a", "b"]), JSON) | JSON,
        "operationName": st.sampled_from(["", "A"]) | JSON,
        "extensions": JSON,
    },
)


@given(st.binary() | JSON | MEMBERS)
@settings(quick, max_examples=100)
def test_a_body_of_any_kind_is_answered_or_refused(body: object) -> None:
    well_answered(body)


DEEP = 20_000
HUGE = "1" * 5_000
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "42": b"42",
    "null": b"null",
    "text": b'"{ agreement { id } }"',
    "not JSON": b"query { agreement { id } }",
    "half of it": b'{"query": "{ agreem',
    "bad UTF-8": b'{"query": "{ \xc3\x28 }"}',
    "UTF-16": '{"query": "{ agreement { id } }"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"query": "{ agreement { id } }"}',
    "a lone surrogate": b'{"query": "{ node(id: \\"\\ud800\\") { id } }"}',
    "a surrogate in a variable": b'{"query": "query ($a: ID!) { node(id: $a) { id } }", "variables": {"a": "\\ud800"}}',
    "NUL": b'{"query": "{ node(id: \\"\\u0000\\") { id } }"}',
    "deep lists": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"query":' * DEEP + b"1" + b"}" * DEEP,
    "deep variables": b'{"query": "{ agreement { id } }", "variables": {"a": '
    + b"[" * DEEP
    + b"]" * DEEP
    + b"}}",
    "a huge number": f'{{"query": "{{ agreement {{ id }} }}", "variables": {{"a": {HUGE}}}}}'.encode(),
    "a huge number in a query": f'{{"query": "{{ cases(first: {HUGE}) {{ totalCount }} }}"}}'.encode(),
    "a huge float": b'{"query": "query ($a: Int) { cases(first: $a) { totalCount } }", "variables": {"a": 1e999}}',
    "a number that is none": b'{"query": "{ agreement { id } }", "variables": {"a": NaN}}',
    "a key twice": b'{"query": "{", "query": "{ agreement { id } }"}',
    "a batch": b'[{"query": "{ agreement { id } }"}]',
    "a subscription": b'{"query": "subscription { agreement { id } }"}',
    "a mutation": b'{"query": "mutation { agreement { id } }"}',
    "deep braces": json.dumps({"query": "{ cases " * 3_000}).encode(),
    "deep values": json.dumps({"query": "{ nodes(ids: " + "[" * 3_000 + " }"}).encode(),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_hostile_body_is_answered_or_refused(body: bytes) -> None:
    well_answered(body)


def test_what_follows_a_hostile_body_is_answered_as_ever() -> None:
    question = {"query": "{ agreement { id } }"}
    before: list[Seen] = CLIENT.all_seen([question])
    CLIENT.all_seen(BODIES.values())
    assert CLIENT.all_seen([question]) == before
