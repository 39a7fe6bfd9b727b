"""The short way to the endpoint answers as the long one does."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.partner.straight_to import StraightTo
from tests.partner_client import Client
from tests.partner_world import published, release


async def short(_request: Request) -> Response:
    return PlainTextResponse("short")


async def long(_request: Request) -> Response:
    return PlainTextResponse("long")


def told(method: str, path: str) -> str:
    app = Starlette(routes=[Route(known, long, methods=["POST", "PUT"]) for known in ("/a", "/b")])
    transport = httpx.ASGITransport(StraightTo(app, "POST", "/a", short))

    async def ask() -> str:
        async with httpx.AsyncClient(transport=transport, base_url="http://partner.test") as client:
            return (await client.request(method, path)).text

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/a", "short"),
        ("POST", "/a?b=c", "short"),
        ("PUT", "/a", "long"),
        ("POST", "/b", "long"),
        ("GET", "/a", "Method Not Allowed"),
    ],
)
def test_one_method_of_one_path_goes_the_short_way(method: str, path: str, expected: str) -> None:
    assert told(method, path) == expected


def test_an_answer_by_the_short_way_has_the_headers_of_every_answer() -> None:
    response = Client(published(release())).post({"query": "{ __typename }"})
    always: dict[str, Any] = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    assert {name: response.headers[name] for name in always} == always
    assert len(response.headers["x-request-id"]) == 32
