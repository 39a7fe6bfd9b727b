"""The head of an answer, made beforehand."""

import pytest

from server.problems import GRAPHQL_RESPONSE, JSON, Answered, written


@pytest.mark.parametrize("media", [GRAPHQL_RESPONSE, JSON])
def test_an_answer_has_the_head_and_body_of_any_other_response(media: str) -> None:
    answered, other = Answered(b'{"data":{}}', media), written(200, {"data": {}}, media)
    assert (answered.status_code, answered.body, answered.raw_headers) == (
        other.status_code,
        other.body,
        other.raw_headers,
    )
