"""Asking the office app over HTTP, without a port: over an agency in memory, or over a home."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from graph.model import EntryId
from graph.review.standing_against import standing_against
from schema.execute import Answering as PartnerAnswering
from schema.limits import Limits
from schema.office.answering import Answering
from server import stores
from server.answer_headers import AnswerHeaders
from server.audit.unknown_users import UnknownUsers
from server.auth import Tokens
from server.home import Home, open_home
from server.office.archive import OfficeArchive
from server.office.asking import OfficeAsking
from server.office.endpoint import OfficeEndpoint
from server.office.previews import Previews
from server.office.process import PREVIEW, office_app
from server.office.replies import OfficeReplies, PreviewReplies
from server.office.surveying import Surveying
from server.office.tokens import OfficeTokens
from server.token_keys import TokenKey, token_key
from tests.at_the_desk import desk_over, reviews_over
from tests.building import Agency
from tests.memory_trail import MemoryTrail
from tests.partner_client import GRAPHQL_RESPONSE, TOKEN_KEY, Seen, as_json, seen
from tests.partner_world import CURSOR_KEY, VERSION_KEY

KEY = TokenKey.shared(TOKEN_KEY)


@dataclass(frozen=True)
class Who:
    """An officer. roles: with spaces between them."""

    user: str = "sup.ortiz"
    office: str = "SAC-NY"
    roles: str = "supervisor"

    def token(self, key: TokenKey = KEY) -> str:
        """A token that will do, from now on."""
        return Tokens(key).office(self.office, self.roles, self.user, 1, datetime.now(UTC))


SUPERVISOR = Who()


@dataclass(frozen=True)
class LogsKept:
    """Logs in memory."""

    given: Sequence[Mapping[str, Any]] = ()
    lines: Sequence[Mapping[str, Any]] = ()

    def disclosures(self, _id: EntryId) -> Sequence[Mapping[str, Any]]:
        return self.given

    def done(self, shown: Callable[[Mapping[str, Any]], bool]) -> Sequence[Mapping[str, Any]]:
        return list(filter(shown, self.lines))


NO_LOGS = LogsKept()
USUAL = Limits(seconds=600)
"""The usual ones, but that a slow machine has time to answer."""


def app_over(
    agency: Agency,
    trail: MemoryTrail,
    revoked: frozenset[str] = frozenset(),
    logs: LogsKept = NO_LOGS,
    limits: Limits = USUAL,
) -> Starlette:
    """The office's endpoint over an agency in memory, whose store tells nobody that it was written to."""
    archive = OfficeArchive(agency.publisher, logs, lambda: agency.rules, lambda: agency.now)
    surveying = Surveying(agency.holdings, lambda: agency.rules, lambda: agency.now.day)

    desk = desk_over(agency, lambda *asked: standing_against(surveying.current(), *asked))
    reviews = reviews_over(agency, desk)

    def asking(*asked: Any) -> Any:
        surveying.renew()
        return OfficeAsking(surveying, archive, CURSOR_KEY, limits, desk, reviews)(*asked)

    who, unknown = OfficeTokens(KEY, lambda: revoked), UnknownUsers(trail)
    own = OfficeReplies(asking, Answering(limits).answer, limits.answer_bytes)
    previews = Previews(agency.releases, archive, VERSION_KEY)
    looking = PreviewReplies(
        surveying.renew, archive, previews, PartnerAnswering(CURSOR_KEY, limits), limits.answer_bytes
    )
    routes = [
        Route("/graphql", OfficeEndpoint(who, own, trail, unknown, limits.bytes).post, methods=["POST"]),
        Route(PREVIEW, OfficeEndpoint(who, looking, trail, unknown, limits.bytes).post, methods=["POST"]),
    ]
    return Starlette(routes=routes, middleware=[Middleware(AnswerHeaders)])


@contextmanager
def stores_closed() -> Iterator[None]:
    """Whatever stores an office app opens meanwhile are closed after it: no server does that here."""
    with ExitStack() as stack:
        for name, opening in (("holdings", stores.open_holdings), ("releases", stores.open_releases)):

            def opened(home: Home, opening: Any = opening) -> Any:
                return stack.enter_context(closing(opening(home)))

            stack.enter_context(patch(f"server.office.process.open_{name}", opened))
        yield


class OfficeClient:
    """A user of an office."""

    def __init__(self, app: Starlette, token: str, trail: MemoryTrail | None = None) -> None:
        self._app = app
        self._token = token
        self.trail = trail or MemoryTrail()

    @classmethod
    def over(
        cls,
        agency: Agency,
        who: Who = SUPERVISOR,
        logs: LogsKept = NO_LOGS,
        limits: Limits = USUAL,
    ) -> "OfficeClient":
        """Of an agency in memory."""
        trail = MemoryTrail()
        return cls(app_over(agency, trail, logs=logs, limits=limits), who.token(), trail)

    @classmethod
    def at(cls, home: Path, who: Who = SUPERVISOR) -> "OfficeClient":
        """Of a home, by its own office app."""
        opened = open_home(home, {})
        return cls(office_app(opened), who.token(token_key(opened)))

    def post(
        self, body: Any, headers: Mapping[str, str] | None = None, path: str = "/graphql"
    ) -> httpx.Response:
        """The response to a body (bytes as they are, all else as JSON) with a token; headers are added or replaced."""
        sent = {
            "Content-Type": "application/json",
            "Accept": GRAPHQL_RESPONSE,
            "Authorization": f"Bearer {self._token}",
            **(headers or {}),
        }
        return asyncio.run(self._send(partial(_posted, path, as_json(body), sent)))

    def all_seen(self, bodies: Iterable[object]) -> list[Seen]:
        """What is seen of the responses to many bodies, one after the other."""
        return asyncio.run(self._all_seen(bodies))

    async def _all_seen(self, bodies: Iterable[object]) -> list[Seen]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        async with self._asking() as client:
            return [
                seen(await client.post("/graphql", content=as_json(body), headers=headers)) for body in bodies
            ]

    def _asking(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://office.test")

    def told(self, query: str, **variables: Any) -> Any:
        """The JSON of the answer, errors included."""
        return self.post({"query": query, "variables": variables}).json()

    def ask(self, query: str, **variables: Any) -> Any:
        """The data that a query gives, without any error."""
        told = self.told(query, **variables)
        assert "errors" not in told, told
        return told["data"]

    def refused(self, query: str, **variables: Any) -> list[str]:
        """The codes of the errors that a query meets."""
        return [error["extensions"]["code"] for error in self.told(query, **variables)["errors"]]

    async def _send(self, sending: Any) -> httpx.Response:
        async with self._asking() as client:
            response: httpx.Response = await sending(client)
            return response


async def _posted(
    path: str, body: bytes, headers: Mapping[str, str], client: httpx.AsyncClient
) -> httpx.Response:
    return await client.post(path, content=body, headers=headers)
