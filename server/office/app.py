"""The office app: what officers ask and do, whether it is up, and whether its holdings answer.

No partner route is here, and no partner token good. It answers with no page of another host, in no frame, to no other
site: there is no cookie and no CORS.
"""

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graph.errors import StoreError
from server.answer_headers import AnswerHeaders
from server.audit.heads import MOST_BYTES, PATH, SIGNATURE, HeadKey, HeadTaker
from server.audit.log import Trail
from server.chores import Chore, each_second
from server.question import read_body


def create_office_app(
    ask_holdings: Callable[[], object],
    heads: Trail,
    head_key: HeadKey,
    *routes: Route,
    chores: Sequence[Chore] = (),
    warming: Callable[[], None] = lambda: None,
    closing: Sequence[Callable[[], Awaitable[None]]] = (),
) -> Starlette:
    """The app. ask_holdings: raises StoreError where the holdings do not answer; called in a thread.

    heads: where the heads of the partners' audit logs are written. It is closed with the app.
    routes: what it answers besides. chores: done each second while it is served. warming: done in a thread of its
    own once it is served. closing: what else is closed with it.
    """
    taker = HeadTaker(heads, head_key)

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        try:
            await run_sync(ask_holdings)
        except StoreError:
            return PlainTextResponse("not ready", 503)
        return PlainTextResponse("ready")

    async def head(request: Request) -> Response:
        body = await read_body(request, MOST_BYTES)
        signature = request.headers.get(SIGNATURE, "")
        return Response(status_code=400 if body is None else await taker.take(body, signature))

    @asynccontextmanager
    async def serving(_app: Starlette) -> AsyncIterator[None]:
        threading.Thread(target=warming, name="warming", daemon=True).start()
        async with each_second(*chores):
            yield
        await heads.close()
        for close in closing:
            await close()

    return Starlette(
        routes=[
            Route("/healthz", healthz, methods=["GET"]),
            Route("/readyz", readyz, methods=["GET"]),
            Route(PATH, head, methods=["POST"]),
            *routes,
        ],
        middleware=[Middleware(AnswerHeaders)],
        lifespan=serving,
    )
