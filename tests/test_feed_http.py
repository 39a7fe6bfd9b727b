"""Over HTTP, what is not served is one and the same 503, and what is served follows the store at once."""

import pytest

from graph.model import AgreementId
from tests.feeding import WHOLE, altered, store
from tests.partner_client import Client
from tests.partner_world import CASES, NDEX, content, publish, published, release


def test_what_is_not_served_is_503_with_a_time_to_come_back(caplog: pytest.LogCaptureFixture) -> None:
    failing = store(WHOLE)
    failing.fails = True
    told = []
    for client in (
        Client(failing),
        Client(published(), NDEX),
        Client(published(WHOLE), AgreementId("no-such-agreement")),
        Client(published(release(serves_until=1))),
        Client(published(altered(total="0"))),
    ):
        response = client.post({"query": "{ agreement { id } }"})
        told.append((response.status_code, response.headers["Retry-After"], response.content))
    assert (
        told
        == [
            (
                503,
                "5",
                b'{"errors":[{"message":"This agreement is not served at the moment. Try again later.",'
                b'"extensions":{"code":"NOT_SERVED"}}]}',
            )
        ]
        * 5
    )
    assert "nobody answers" in caplog.text


def test_a_store_that_does_not_answer_is_not_ready() -> None:
    failing = store(WHOLE)
    client = Client(failing)
    statuses = [client.send("GET", "/readyz").status_code]
    failing.fails = True
    statuses += [client.send("GET", path).status_code for path in ("/readyz", "/healthz")]
    assert statuses == [200, 503, 200]


def test_an_answer_over_http_follows_the_store_at_once() -> None:
    releases = published(WHOLE)
    client = Client(releases)
    counts = []
    for records in (CASES, CASES[:2], CASES[1:]):
        publish(releases, release(content(records, ())))
        counts.append(client.ask("{ cases { totalCount nodes { id } } }")["cases"])
    assert counts == [
        {"totalCount": len(expected), "nodes": [{"id": id} for id in expected]}
        for expected in (["c1", "c4", "c2", "c3"], ["c1", "c2"], ["c4", "c2", "c3"])
    ]
