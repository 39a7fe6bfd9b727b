"""What one agreement and one user may ask in a minute, and what it may cost."""

import asyncio
from functools import partial
from typing import Any

import httpx
import orjson
import pytest

from graph.model import AgreementId
from schema.limits import Limits
from server.auth import Bearer
from server.partner import app as partner_app_module
from server.partner.allowances import Allowances, Buckets, TooMuch
from tests.partner_client import Client, partner_app, token
from tests.partner_world import published, release


def bearer(user: str = "ana", agreement: str = "ndex") -> Bearer:
    return Bearer(AgreementId(agreement), user, "7f", 0)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def allowances(**limits: Any) -> tuple[Allowances, Clock]:
    clock = Clock()
    return Allowances(Limits(**limits), clock), clock


def wait(some: Allowances, who: Bearer) -> int:
    """In how many seconds a request may begin; 0: it has."""
    try:
        some.begin(who)
    except TooMuch as too_much:
        return too_much.seconds
    return 0


def test_without_a_limit_nothing_is_refused() -> None:
    free, _ = allowances()
    assert {wait(free, bearer()) for _ in range(10_000)} == {0}


def test_a_minute_has_so_many_requests_and_they_come_back_with_time() -> None:
    some, clock = allowances(user_requests=60)
    assert [wait(some, bearer()) for _ in range(61)] == [*[0] * 60, 1]
    clock.now += 10
    assert [wait(some, bearer()) for _ in range(11)] == [*[0] * 10, 1]
    clock.now += 3600
    assert [wait(some, bearer()) for _ in range(61)] == [*[0] * 60, 1]


def test_each_user_has_an_allowance_and_all_of_an_agreement_share_one() -> None:
    some, _ = allowances(user_requests=2, agreement_requests=3)
    assert [wait(some, bearer(user)) > 0 for user in ("ana", "ana", "ana", "bob", "bob")] == [
        *(False, False, True, False, True)
    ]
    assert wait(some, bearer("ana", "county")) == 0


def test_a_refused_request_counts_for_nothing() -> None:
    some, clock = allowances(user_requests=60)
    for _ in range(1000):
        wait(some, bearer())
    clock.now += 1.5
    assert wait(some, bearer()) == 0


def test_a_costly_request_is_answered_once_and_paid_for_by_waiting() -> None:
    some, clock = allowances(user_cost=600)
    assert wait(some, bearer()) == 0
    some.pay(bearer(), 1200)
    assert wait(some, bearer()) == 61
    clock.now += 59
    assert wait(some, bearer()) == 2
    clock.now += 2
    assert wait(some, bearer()) == 0


def test_of_several_that_have_begun_one_is_answered_beyond_what_is_left() -> None:
    some, _ = allowances(user_cost=600, agreement_cost=1200)
    users = ("ana", "ana", "bob", "cy", "cy")
    assert [wait(some, bearer(user)) for user in users] == [0] * 5
    refused = []
    for user in users:
        try:
            some.pay(bearer(user), 900)
        except TooMuch as too_much:
            refused.append((user, too_much.seconds))
    assert refused == [("ana", 31), ("cy", 31), ("cy", 31)]


def test_only_so_many_users_are_remembered_and_of_them_those_who_asked_last() -> None:
    buckets = Buckets(1, most=100)
    for user in range(1000):
        buckets.take(user, 1, 0.0)
    assert len(buckets._levels) == 100
    assert (buckets.wait(999, 0.0) > 0, buckets.wait(900, 0.0) > 0, buckets.wait(0, 0.0) > 0) == (
        True,
        True,
        False,
    )


def test_a_clock_that_goes_back_gives_nothing() -> None:
    buckets = Buckets(60)
    buckets.take("ana", 60, 100.0)
    assert buckets.wait("ana", 50.0) > 0.9


@pytest.fixture(name="client")
def _client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(partner_app_module, "Allowances", partial(Allowances, clock=Clock()))
    return Client(published(release()), limits=Limits(user_requests=2))


def test_who_asks_too_often_is_told_when_to_come_back(client: Client) -> None:
    query, header = {"query": "{ agreement { id } }"}, release().header
    *answers, (status, headers, body) = client.all_seen([query] * 3)
    assert [answer[0] for answer in answers] == [200, 200]
    assert (status, headers.get("retry-after")) == (429, "30")
    assert orjson.loads(body) == {
        "errors": [
            {
                "message": "Too much was asked within a minute. Try again after the time in Retry-After.",
                "extensions": {"code": "TOO_MANY_REQUESTS"},
            }
        ],
        "extensions": {"release": {"agreement": "ndex", "version": header.version, "caveat": header.caveat}},
    }
    assert client.trail.lines[-1]["errors"] == ["TOO_MANY_REQUESTS"]


def test_who_asks_too_often_of_what_is_not_served_is_told_of_no_release() -> None:
    client = Client(published(), limits=Limits(user_requests=1))
    query = {"query": "{ agreement { id } }"}
    bodies = [orjson.loads(body) for _, _, body in client.all_seen([query] * 2)]
    assert [(sorted(body), body["errors"][0]["extensions"]["code"]) for body in bodies] == [
        (["errors"], "NOT_SERVED"),
        (["errors"], "TOO_MANY_REQUESTS"),
    ]


def test_what_a_request_costs_is_paid_for() -> None:
    client = Client(published(release()), limits=Limits(agreement_cost=100))
    assert client.post({"query": "{ cases(first: 100) { nodes { id } } }"}).status_code == 200
    assert client.post({"query": "{ agreement { id } }"}).status_code == 429


def test_what_is_refused_for_its_cost_is_not_paid_for() -> None:
    """One user's mistake would have kept all others of the agreement out for years."""
    client = Client(published(release()), limits=Limits(agreement_cost=100, cost=1000))
    pages = "cases(first: 100) { nodes { documents(first: 100) { nodes { " * 3
    costly = client.post(
        {"query": "{ node(id: 1) { ... on Document { " + pages + "id" + "} } } }" * 3 + "} } }"}
    )
    assert costly.json()["errors"][0]["extensions"]["code"] == "TOO_COSTLY"
    assert client.post({"query": "{ agreement { id } }"}).status_code == 200


def test_those_who_ask_at_once_have_no_more_than_those_who_wait() -> None:
    app = partner_app(published(release()), Limits(agreement_cost=100))
    headers = {"Authorization": f"Bearer {token()}"}

    async def statuses() -> list[int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://partner.test") as client:
            body = {"query": "{ cases(first: 100) { nodes { id } } }"}
            many = (client.post("/graphql", json=body, headers=headers) for _ in range(10))
            return sorted(answer.status_code for answer in await asyncio.gather(*many))

    assert asyncio.run(statuses()) == [200] + [429] * 9


def test_it_is_one_answer_whatever_is_asked(client: Client) -> None:
    for _ in range(2):
        client.post(b"42")
    bodies = {client.post(body).content for body in (b"42", b"x" * 100_000, {"query": "{ secret }"})}
    assert len(bodies) == 1
