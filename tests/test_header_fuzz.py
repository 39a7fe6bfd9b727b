"""Whatever is in the headers of a request, it is answered or refused by a 4xx, whether it is known who asks or not."""

from itertools import chain

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from server.problems import JSON
from tests.partner_client import GRAPHQL_RESPONSE, Client, token
from tests.partner_world import COUNTY, NDEX, published, release

CLIENT = Client(published(release(), release(agreement=COUNTY, purpose_required=True)))
BODY = b'{"query": "{ agreement { id } }"}'
TOKENS = tuple(f"Bearer {token(agreement)}" for agreement in (NDEX, COUNTY))

LATIN = st.characters(max_codepoint=255, exclude_characters="\r\n\x00")
values = {
    b"Authorization": st.sampled_from([*TOKENS, "Bearer", "Bearer a.b.c", "bearer  " + TOKENS[0][7:]]),
    b"Accept": st.sampled_from([GRAPHQL_RESPONSE, JSON, "*/*", ",", ";", "a/b;q=", "*/*;q=0", ",a" * 2000]),
    b"Content-Type": st.sampled_from([JSON, "application/json", ";", "application/json;charset", "a" * 3000]),
    b"Content-Length": st.sampled_from(["0", "-1", "9" * 6000, "\xb2", "1e3", "33"]),
    b"X-Purpose": st.sampled_from(["a", " ", "\xc3\xa9", "\xe9", "\xf0\x9f\x98\x80", "a" * 201]),
    b"X-Case-Number": st.sampled_from(["1", "\xe2\x80\xae1", "\xed\xa0\x80"]),
}


def _several(name: bytes, usual: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[bytes, bytes]]]:
    """Such a header once or more often or not at all, as it may be or as nobody writes it."""
    written = (usual | st.text(LATIN, max_size=9)).map(lambda value: (name, value.encode("latin-1")))
    return st.lists(written, max_size=2)


headers = st.tuples(*(_several(*each) for each in values.items())).map(lambda each: list(chain(*each)))


@settings(max_examples=150, deadline=None)
@given(headers)
def test_no_headers_are_answered_by_a_5xx(sent: list[tuple[bytes, bytes]]) -> None:
    response = CLIENT.send("POST", "/graphql", headers=sent, content=BODY)
    assert response.status_code in (200, 400, 401, 406, 413, 415)
    told = orjson.loads(response.content)
    assert {"INTERNAL"}.isdisjoint(fault["extensions"]["code"] for fault in told.get("errors", ()))
