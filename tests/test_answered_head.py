"""The head of an answer, made beforehand."""

import pytest

from server.problems import GRAPHQL_RESPONSE, JSON, Answered, written


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("media", [GRAPHQL_RESPONSE, JSON])
def test_an_answer_has_the_head_and_body_of_any_other_response(media: str, status: int) -> None:
    answered, other = Answered(b'{"data":{}}', media, status), written(status, {"data": {}}, media)
    assert (answered.status_code, answered.body, answered.raw_headers) == (
        other.status_code,
        other.body,
        other.raw_headers,
    )
