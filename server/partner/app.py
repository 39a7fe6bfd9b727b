"""The partner app: every route and every middleware, on one screen. It reaches releases by a Feed, and no holdings."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from schema.execute import Answering
from schema.limits import Limits
from server.answer_headers import AnswerHeaders
from server.audit.log import Trail
from server.audit.unknown_users import UnknownUsers
from server.chores import Chore, each_second
from server.issuers import Who
from server.pages import page_routes
from server.partner.allowances import Allowances
from server.partner.endpoint import GraphQLEndpoint
from server.partner.feed import Feed
from server.partner.straight_to import StraightTo
from server.problems import BAD_REQUEST, METHOD_NOT_ALLOWED, NOT_FOUND, refused


def create_partner_app(
    feed: Feed,
    who: Who,
    cursor_key: bytes,
    limits: Limits,
    trail: Trail,
    *chores: Chore,
    graphiql: bool = False,
    introspection: Collection[str] | None = None,
) -> Starlette:
    """The app. cursor_key: 32 bytes. chores: done each second while it is served. graphiql: whether it has that page.
    introspection: as `schema.execute` has it.

    It opens nothing of the home, and closes the trail alone: the reader within the feed is its maker's.
    """
    unknown = UnknownUsers(trail)
    allowances, answering = Allowances(limits), Answering(cursor_key, limits, introspection)
    graphql = GraphQLEndpoint(feed, who, allowances, answering, trail, unknown, limits)

    @asynccontextmanager
    async def serving(_app: Starlette) -> AsyncIterator[None]:
        async with feed.following(), each_second(unknown.write, *chores):
            yield
        await unknown.write(all_of_them=True)
        await trail.close()
        for chore in chores:  # once more: the office is told where the log ends
            await chore()

    async def readyz(_request: Request) -> Response:
        """Whether the store answers and what it has is open, so that queries may be sent here."""
        ready = await feed.is_ready()
        return PlainTextResponse("ready" if ready else "not ready", 200 if ready else 503)

    app = Starlette(
        routes=[
            Route("/graphql", graphql.post, methods=["POST"]),
            Route("/healthz", healthz, methods=["GET"]),
            Route("/readyz", readyz, methods=["GET"]),
            *page_routes(graphiql=graphiql),
        ],
        middleware=[Middleware(AnswerHeaders), Middleware(StraightTo, "POST", "/graphql", graphql.post)],
        exception_handlers={HTTPException: not_routed},
        lifespan=serving,
    )
    app.router.redirect_slashes = False  # a redirect would repeat what the client says this host is called
    return app


async def healthz(_request: Request) -> Response:
    """Whether the process runs."""
    return PlainTextResponse("ok")


async def not_routed(_request: Request, error: Exception) -> Response:
    """What is told where no route answers, in the same form as other problems."""
    status = error.status_code if isinstance(error, HTTPException) else BAD_REQUEST.status
    response = refused({404: NOT_FOUND, 405: METHOD_NOT_ALLOWED}.get(status, BAD_REQUEST))
    if isinstance(error, HTTPException) and error.headers and "Allow" in error.headers:
        response.headers["Allow"] = ", ".join(sorted(error.headers["Allow"].split(", ")))
    return response
