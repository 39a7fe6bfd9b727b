"""Headers that every answer has: nobody keeps it, and it has a number that stands in the log and never in the body."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.request_ids import request_ids

ALWAYS: Final = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))


def numbered(request_id: str) -> tuple[bytes, bytes]:
    """The header with the number of an answer."""
    return b"x-request-id", request_id.encode()


class AnswerHeaders:
    """ASGI middleware. The request's id is `request.state.request_id`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._ids = request_ids()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer, with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = next(self._ids)
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *ALWAYS, numbered(request_id)]
            await send(message)

        await self._app(scope, receive, send_with_headers)
