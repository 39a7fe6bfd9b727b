"""Whatever is in the body of a request, it is answered or refused by a 4xx: nothing that a client sends is a 5xx."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.partner_client import Client
from tests.partner_world import published, release

CLIENT = Client(published(release()))
QUERIES = (
    "{ agreement { id } }",
    "query ($n: Int, $f: CaseFilter, $o: CaseOrder) { cases(first: $n, filter: $f, orderBy: $o) { totalCount } }",
    "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    "query ($a: String, $d: Date) { cases(after: $a, filter: {opened: {from: $d}}) { nodes { id } } }",
    "query ($s: Boolean!, $t: [String!]) { cases { nodes { id @skip(if: $s) links(types: $t) { totalCount } } } }",
    'query ($i: ID!, $m: Int) { path(from: "c1", to: $i, maxLength: $m) { length } }',
)
NAMES = ("n", "f", "o", "ids", "a", "d", "s", "t", "i", "m")
SIGNS = (
    *"{ } ( ) [ ] : ! = | & @ $ ... , # \n".split(" "),
    *("query", "mutation", "fragment", "on", "cases", "nodes", "id", "first", "filter", "null", "true"),
    *(
        "1",
        "-1",
        "1e999",
        "9" * 400,
        "0x1",
        '"',
        '"""',
        '"a"',
        '"\\u',
        "\ud800\x00",
        "é",
        "$n",
        "__schema",
        "Case",
    ),
)

numbers = st.one_of(
    st.integers(),
    st.floats(),
    st.integers(2**31 - 2, 2**31 + 2),
    st.sampled_from([10**400, -(10**30), 1e308]),
)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*NAMES, "eq", "in", "from", "number", ""]), inner, max_size=4)
    ),
    max_leaves=8,
)
soups = st.lists(st.sampled_from(SIGNS), max_size=25).map(" ".join)
questions = st.fixed_dictionaries(
    {"query": st.sampled_from(QUERIES) | soups | json_values},
    optional={
        "variables": st.dictionaries(st.sampled_from(NAMES), json_values, max_size=5) | json_values,
        "operationName": json_values,
        "extensions": json_values,
    },
)


def written(value: Any) -> bytes:
    """As JSON, with what JSON does not have: numbers beyond all, and half characters; so orjson will not do."""
    return json.dumps(value, ensure_ascii=True).encode()


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A question in which some bytes are others."""
    body = bytearray(written(draw(questions)))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(body)))
        body[place : place + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(body)


def deep(count: int, opening: bytes, closing: bytes) -> bytes:
    return (
        b'{"query": "{ agreement { id } }", "variables": {"n": '
        + opening * count
        + b"1"
        + closing * count
        + b"}}"
    )


bodies = st.one_of(
    questions.map(written),
    json_values.map(written),
    broken(),
    st.binary(max_size=60),
    st.builds(
        deep,
        st.integers(1, 6000),
        *(st.sampled_from(signs) for signs in ([b"[", b'{"a":'], [b"]", b"}", b""])),
    ),
    st.integers(1, 5000).map(lambda digits: deep(1, b"1" * digits, b"")),
)


def check(body: bytes) -> None:
    response = CLIENT.post(body)
    assert response.status_code in (200, 400, 413), (response.status_code, response.content)
    told = orjson.loads(response.content)
    codes = {fault["extensions"]["code"] for fault in told.get("errors", ())}
    assert "INTERNAL" not in codes, told
    assert told.keys() <= {"data", "errors", "extensions"}
    assert codes or told["data"] is not None


@settings(max_examples=250, deadline=None)
@given(bodies)
def test_no_body_is_answered_by_a_5xx(body: bytes) -> None:
    check(body)


@pytest.mark.long
@settings(max_examples=20_000, deadline=None)
@given(bodies)
def test_none_of_twenty_thousand_bodies_is_answered_by_a_5xx(body: bytes) -> None:
    check(body)


@pytest.mark.parametrize("count", [500, 1000, 1024, 5000, 32_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_deep_json_is_answered_or_refused(count: int, opening: bytes, closing: bytes) -> None:
    check(deep(count, opening, closing))
