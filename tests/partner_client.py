"""Asking the partner app over HTTP, without a port."""

import asyncio
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from graph.model import AgreementId
from graph.readers import LEASE_SECONDS
from graph.store import ReleaseReader
from schema.limits import Limits
from server.auth import Tokens
from server.feed import Feed
from server.lease import Lease
from server.partner_app import create_partner_app
from tests.memory_trail import MemoryTrail
from tests.partner_world import CURSOR_KEY, NDEX, VERSION_KEY

TOKEN_KEY = b"t" * 32
GRAPHQL_RESPONSE = "application/graphql-response+json; charset=utf-8"


def token(agreement: AgreementId = NDEX, user: str = "analyst", hours: float = 1) -> str:
    """A token that will do, from now on."""
    return Tokens(TOKEN_KEY).partner(agreement, user, hours, datetime.now(UTC))


class HandClock:
    """A clock that moves when a test moves it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Client:
    """A user of a partner. Each request is answered before the next."""

    def __init__(
        self,
        reader: ReleaseReader,
        agreement: AgreementId = NDEX,
        limits: Limits | None = None,
        *,
        graphiql: bool = False,
        introspection: Collection[str] | None = None,
    ) -> None:
        self._clock = HandClock()
        feed = Feed(reader, VERSION_KEY, lease=Lease(reader, now=self._clock))
        tokens, allowed = Tokens(TOKEN_KEY), limits or Limits()
        self.trail = MemoryTrail()
        self._app = create_partner_app(
            feed,
            tokens,
            CURSOR_KEY,
            allowed,
            self.trail,
            graphiql=graphiql,
            introspection=introspection,
        )
        self._headers = {"Authorization": f"Bearer {token(agreement)}"}

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """The response to a request as it is given, without a token."""
        return asyncio.run(self._send(method, path, request))

    def post(self, body: Any, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """The response to a body (bytes as they are, all else as JSON) with a token; headers are added or replaced."""
        sent = {"Content-Type": "application/json", **self._headers, **(headers or {})}
        if isinstance(body, bytes):
            return self.send("POST", "/graphql", content=body, headers=sent)
        return self.send("POST", "/graphql", json=body, headers=sent)

    def ask(self, query: str, **variables: Any) -> Any:
        """The data that a query gives, without any error."""
        told = self.post({"query": query, "variables": variables}).json()
        assert "errors" not in told, told
        return told["data"]

    async def _send(self, method: str, path: str, request: dict[str, Any]) -> httpx.Response:
        self._clock.seconds += 2 * LEASE_SECONDS  # so that each answer follows the store at once
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://partner.test") as client:
            return await client.request(method, path, **request)
