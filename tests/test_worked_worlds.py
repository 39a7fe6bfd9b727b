"""The worked example twice: whole, in memory; and cut down to what `ndex` may see, in SQLite files, for `ndex` alone.

No request tells them apart, however it is made: method, path, headers, token, media types, sizes.
"""

import gzip
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.stores.sqlite_holdings import open_holdings
from graph.stores.sqlite_releases import open_releases
from schema.partner import PARTNER_SCHEMA
from tests import two_worlds, worked_example
from tests.building import COUNTY
from tests.holdings_strategy import World
from tests.memory_releases import MARK
from tests.partner_client import seen, token
from tests.two_worlds import Pair

WORLD = World(
    lines=worked_example.lines(),
    policy=worked_example.policy(),
    agreements=(worked_example.agreement("ndex"), worked_example.agreement("county")),
    today=worked_example.TODAY,
    tainted=frozenset(),
)
MINE = {"Authorization": f"Bearer {token()}"}
JSON = {"Content-Type": "application/json"}
QUESTION = b'{"query": "{ cases { totalCount nodes { number title } } }"}'


@pytest.fixture(name="pair", scope="module")
def _pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder: Path = tmp_path_factory.mktemp("worlds")
    with (
        open_holdings(folder / "holdings.sqlite") as holdings,
        open_releases(folder / "releases.sqlite", MARK) as releases,
    ):
        other = two_worlds.empty(WORLD, alone=True, holdings=holdings, releases=releases)
        lines = two_worlds.cut(WORLD)
        other.load(*random.Random(3).sample(lines, len(lines)))
        other.publish()
        yield Pair(two_worlds.made(WORLD, WORLD.lines), other, WORLD.today.toordinal())


def asked(**headers: str) -> dict[str, Any]:
    """A question with these headers besides those that it needs."""
    return {
        "content": QUESTION,
        "headers": {**JSON, **MINE, **{k.replace("_", "-"): v for k, v in headers.items()}},
    }


REQUESTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a question": ("POST", "/graphql", asked()),
    "plain JSON": ("POST", "/graphql", asked(Accept="application/json")),
    "HTML": ("POST", "/graphql", asked(Accept="text/html")),
    "a purpose": ("POST", "/graphql", asked(X_Purpose="Freight", X_Case_Number="1")),
    "a purpose that is none": ("POST", "/graphql", asked(X_Purpose=" ", X_Case_Number="x" * 300)),
    "another type": ("POST", "/graphql", asked(Content_Type="text/plain")),
    "another charset": ("POST", "/graphql", asked(Content_Type="application/json; charset=utf-16")),
    "a condition": ("POST", "/graphql", asked(If_None_Match="*", Range="bytes=0-3")),
    "another origin": ("POST", "/graphql", asked(Origin="http://elsewhere.test")),
    "a cookie": ("POST", "/graphql", asked(Cookie="withheld=C-3")),
    "compressed": (
        *("POST", "/graphql"),
        asked(Content_Encoding="gzip") | {"content": gzip.compress(QUESTION)},
    ),
    "too much": ("POST", "/graphql", asked() | {"content": b" " * 70_000}),
    "nothing": ("POST", "/graphql", asked() | {"content": b""}),
    "no token": ("POST", "/graphql", {"content": QUESTION, "headers": JSON}),
    "a token that is none": ("POST", "/graphql", asked(Authorization="Bearer a.b.c")),
    "a token that has ended": ("POST", "/graphql", asked(Authorization=f"Bearer {token(hours=-1)}")),
    "by GET": ("GET", "/graphql?query={cases{totalCount}}", {"headers": MINE}),
    "by PUT": ("PUT", "/graphql", asked()),
    "OPTIONS": ("OPTIONS", "/graphql", {"headers": MINE}),
    "HEAD": ("HEAD", "/", {"headers": MINE}),
    "the front page": ("GET", "/", {"headers": MINE}),
    "the schema": ("GET", "/schema.graphql", {}),
    "health": ("GET", "/healthz", {}),
    "readiness": ("GET", "/readyz", {}),
    "a path that is none": ("GET", "/C-3", {"headers": MINE}),
    "a path beside": ("POST", "/graphql/", asked()),
    "no agreement": ("POST", "/graphql", asked(Authorization=f"Bearer {token(COUNTY)}x")),
}


def test_the_two_hold_different_things_and_have_released_the_same(pair: Pair) -> None:
    one, other = pair.contents()
    assert one == other
    assert pair.one.holdings.counts() != pair.other.holdings.counts()


@pytest.mark.parametrize(("method", "path", "request_"), REQUESTS.values(), ids=REQUESTS.keys())
def test_a_request_is_answered_alike(pair: Pair, method: str, path: str, request_: dict[str, Any]) -> None:
    clients = [pair.client(agency) for agency in (pair.one, pair.other)]
    one, other = (seen(client.send(method, path, **request_)) for client in clients)
    assert one == other


@pytest.mark.parametrize("plans", [True, False])
def test_random_questions_are_answered_alike(pair: Pair, plans: bool) -> None:
    questions = pair.questions(PARTNER_SCHEMA, random.Random(7))
    bodies = [questions.any() for _ in range(40)]
    with two_worlds.executed(plans=plans):
        one, other = (pair.client(agency).all_seen(bodies) for agency in (pair.one, pair.other))
    assert [body for body, *answers in zip(bodies, one, other, strict=True) if answers[0] != answers[1]] == []
