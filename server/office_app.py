"""The office app: whether it is up, and whether its holdings answer. No partner route is here, no partner token good.

What the office reads and writes over HTTP comes with the office schema; until then its work is done by the commands.
"""

from collections.abc import Callable

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graph.errors import StoreError
from server.answer_headers import AnswerHeaders


def create_office_app(ask_holdings: Callable[[], object]) -> Starlette:
    """The app. ask_holdings: raises StoreError where the holdings do not answer; called in a thread."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        try:
            await run_sync(ask_holdings)
        except StoreError:
            return PlainTextResponse("not ready", 503)
        return PlainTextResponse("ready")

    return Starlette(
        routes=[Route("/healthz", healthz, methods=["GET"]), Route("/readyz", readyz, methods=["GET"])],
        middleware=[Middleware(AnswerHeaders)],
    )
