"""Asking the partner app over HTTP, without a port."""

import asyncio
import json
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.applications import Starlette

from graph.model import AgreementId
from graph.readers import LEASE_SECONDS
from graph.release_store import ReleaseReader
from schema.limits import Limits
from server.audit.log import Trail
from server.auth import Tokens
from server.issuers import Who
from server.partner.app import create_partner_app
from server.partner.feed import Feed
from server.partner.lease import Lease
from server.partner.seen_days import day_in
from server.token_keys import TokenKey
from tests.memory_trail import MemoryTrail
from tests.partner_world import CURSOR_KEY, NDEX, VERSION_KEY

Seen = tuple[int, dict[str, str], bytes]
"""What a partner sees of a response: status, headers, body."""

TOKEN_KEY = b"t" * 32
TOKENS = Tokens(TokenKey.shared(TOKEN_KEY))
GRAPHQL_RESPONSE = "application/graphql-response+json; charset=utf-8"


def token(agreement: AgreementId = NDEX, user: str = "analyst", hours: float = 1) -> str:
    """A token that will do, from now on."""
    return TOKENS.partner(agreement, user, hours, datetime.now(UTC))


class HandClock:
    """A clock that moves when a test moves it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def still() -> float:
    """A clock that does not move: a lease that was taken lasts, however slow the machine is."""
    return 0.0


def partner_app(
    reader: ReleaseReader,
    limits: Limits | None = None,
    trail: Trail | None = None,
    now: Callable[[], float] = still,
    *,
    graphiql: bool = False,
    introspection: Collection[str] | None = None,
    day: Callable[[str], int] = day_in,
) -> Starlette:
    """The partner app over a store. now: the clock of its lease. day: today's ordinal in a time zone."""
    feed, who = Feed(reader, VERSION_KEY, day, Lease(reader, now=now)), Who(TOKENS)
    kept, allowed = trail or MemoryTrail(), limits or Limits(seconds=600)
    return create_partner_app(
        feed, who, CURSOR_KEY, allowed, kept, graphiql=graphiql, introspection=introspection
    )


def seen(response: httpx.Response) -> Seen:
    """Everything of a response but the number that each has for itself."""
    headers = {name: value for name, value in response.headers.items() if name != "x-request-id"}
    return response.status_code, headers, response.content


class Client:
    """A user of a partner. Each request is answered before the next. day: today's ordinal in a time zone."""

    def __init__(
        self,
        reader: ReleaseReader,
        agreement: AgreementId = NDEX,
        limits: Limits | None = None,
        *,
        graphiql: bool = False,
        introspection: Collection[str] | None = None,
        day: Callable[[str], int] = day_in,
    ) -> None:
        self._clock, self.trail = HandClock(), MemoryTrail()
        self._app = partner_app(
            reader,
            limits,
            self.trail,
            self._clock,
            graphiql=graphiql,
            introspection=introspection,
            day=day,
        )
        self._headers = {"Authorization": f"Bearer {token(agreement)}"}

    def all_seen(self, bodies: Iterable[object]) -> list[Seen]:
        """What is seen of the responses to many bodies, one after the other."""
        return asyncio.run(self._all_seen(bodies))

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """The response to a request as it is given, without a token."""
        return asyncio.run(self._send(method, path, request))

    def post(self, body: Any, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """The response to a body (bytes as they are, all else as JSON) with a token; headers are added or replaced."""
        sent = {
            "Content-Type": "application/json",
            "Accept": GRAPHQL_RESPONSE,
            **self._headers,
            **(headers or {}),
        }
        if isinstance(body, bytes):
            return self.send("POST", "/graphql", content=body, headers=sent)
        return self.send("POST", "/graphql", json=body, headers=sent)

    def ask(self, query: str, **variables: Any) -> Any:
        """The data that a query gives, without any error."""
        told = self.post({"query": query, "variables": variables}).json()
        assert "errors" not in told, told
        return told["data"]

    def all_timed(self, bodies: Iterable[object]) -> list[int]:
        """How many nanoseconds the response to each of many bodies took, one after the other."""
        return asyncio.run(self._all_timed(bodies))

    async def _all_seen(self, bodies: Iterable[object]) -> list[Seen]:
        self._clock.seconds += 2 * LEASE_SECONDS
        async with self._asking() as client:
            return [seen(await self._posted(client, body)) for body in bodies]

    async def _all_timed(self, bodies: Iterable[object]) -> list[int]:
        taken: list[int] = []
        async with self._asking() as client:
            for body in bodies:
                began = time.perf_counter_ns()
                await self._posted(client, body)
                taken.append(time.perf_counter_ns() - began)
        return taken

    async def _posted(self, client: httpx.AsyncClient, body: object) -> httpx.Response:
        headers = {"Content-Type": "application/json", **self._headers}
        return await client.post("/graphql", content=as_json(body), headers=headers)

    async def _send(self, method: str, path: str, request: dict[str, Any]) -> httpx.Response:
        self._clock.seconds += 2 * LEASE_SECONDS  # so that each answer follows the store at once
        async with self._asking() as client:
            return await client.request(method, path, **request)

    def _asking(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://partner.test")


def as_json(body: object) -> bytes:
    """A body as it is sent: bytes as they are, all else as JSON, of which Python's own is the most lenient."""
    return body if isinstance(body, bytes) else json.dumps(body).encode()
