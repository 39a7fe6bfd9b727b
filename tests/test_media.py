"""Which media type is answered in, and which body is JSON (GraphQL over HTTP, RFC 9110)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media import answer_type, is_json
from server.problems import GRAPHQL_RESPONSE, JSON


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ([], JSON),
        ([""], JSON),
        (["*/*"], JSON),
        (["application/*"], JSON),
        (["text/html, */*;q=0.8"], JSON),
        ([GRAPHQL_RESPONSE], GRAPHQL_RESPONSE),
        ([JSON], JSON),
        (["APPLICATION/JSON"], JSON),
        ([f"{JSON}; charset=utf-8"], JSON),
        ([f"{GRAPHQL_RESPONSE}; charset=utf-8, {JSON}; charset=utf-8"], GRAPHQL_RESPONSE),
        ([f"{JSON}, {GRAPHQL_RESPONSE}"], GRAPHQL_RESPONSE),
        ([JSON, GRAPHQL_RESPONSE], GRAPHQL_RESPONSE),
        ([f"{GRAPHQL_RESPONSE};q=0.8, {JSON};q=0.9"], JSON),
        ([f"{GRAPHQL_RESPONSE}, {JSON};q=0.9"], GRAPHQL_RESPONSE),
        ([f"{JSON}, text/plain, */*"], JSON),
        ([f"{JSON};q=0.1, */*"], GRAPHQL_RESPONSE),
        ([f"{JSON};q=0, */*;q=0.1"], GRAPHQL_RESPONSE),
        ([f"{GRAPHQL_RESPONSE};q=0, */*"], JSON),
        ([f"{GRAPHQL_RESPONSE};q=0, {JSON};q=0"], None),
        (["*/*;q=0"], None),
        (["text/html"], None),
        (["application/xml, text/*"], None),
        ([f"{JSON};q=2"], None),
        ([f"{JSON};q=nan"], None),
        ([f"{JSON};q=1e0"], None),
        ([",,;;,"], None),
        ([","], JSON),
        ([" , ", ",,"], JSON),
        ([f"{GRAPHQL_RESPONSE}{' ' * 1900}"], GRAPHQL_RESPONSE),
        ([f"{GRAPHQL_RESPONSE}{' ' * 2000}"], None),
        ([GRAPHQL_RESPONSE] * 100, None),
        (["application"], None),
    ],
)
def test_the_answer_is_in_the_type_that_is_wanted_most(accept: list[str], expected: str | None) -> None:
    assert answer_type(accept) == expected


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        (["application/json"], True),
        (["Application/JSON"], True),
        (["application/json; charset=utf-8"], True),
        (['application/json;charset="UTF-8"'], True),
        (["application/json; profile=x"], True),
        (["application/json; charset=utf-16"], False),
        (["application/json; charset="], False),
        (["application/graphql"], False),
        (["application/graphql-response+json"], False),
        (["text/json"], False),
        (["multipart/form-data; boundary=x"], False),
        ([""], False),
        ([], False),
        ([f"application/json{' ' * 1900}"], True),
        ([f"application/json{' ' * 2000}"], False),
        (["application/json", "application/json"], False),
    ],
)
def test_a_body_is_json_in_utf_8_if_one_header_says_so(content_type: list[str], expected: bool) -> None:
    assert is_json(content_type) is expected


HEADERS = st.lists(
    st.text("aj,;=q01. */+-") | st.sampled_from([GRAPHQL_RESPONSE, JSON, ",", ";q=0"]), max_size=4
)


@given(HEADERS, HEADERS)
def test_whatever_a_header_says_is_read_without_an_error(some: list[str], others: list[str]) -> None:
    written = ["".join(some), "".join(others)]
    assert answer_type(written) in (GRAPHQL_RESPONSE, JSON, None)
    assert is_json(written[:1]) in (True, False)
