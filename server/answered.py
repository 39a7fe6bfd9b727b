"""An answer, and its way to the client: in one piece where what serves the app takes it so (`server.listening`).

ASGI tells the head of a response apart from its body, each middleware passes both on, and the server looks every header
over. The head of an answer is made beforehand: where the scope has the extension WHOLE it goes out with the body, past
all of them, and elsewhere as that of any other response. Both ways a client is sent the same bytes.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.answer_headers import ALWAYS, numbered
from server.problems import GRAPHQL_RESPONSE, JSON

WHOLE: Final = "caselink.whole"
"""The name of the extension: a Whole, as the scope of a request may have it."""

Whole = Callable[[int, bytes, bytes], Awaitable[None]]
"""Sends a response that is whole: its status, its headers as HTTP/1.1 has them, and its body."""

_TYPES: Final = {media: f"{media}; charset=utf-8".encode() for media in (GRAPHQL_RESPONSE, JSON)}


def _lines(*headers: tuple[bytes, bytes]) -> bytes:
    return b"".join(b"%b: %b\r\n" % header for header in headers)


_HEADS: Final = {media: _lines((b"content-type", type), *ALWAYS) for media, type in _TYPES.items()}


class Answered(Response):
    """An answer. Its headers are those that any response with this body would have."""

    def __init__(self, body: bytes, media: str, status: int) -> None:
        self.status_code, self.body, self.background, self._media = status, body, None, media

    @property
    def raw_headers(self) -> list[tuple[bytes, bytes]]:  # type: ignore[override]
        """As ASGI has them."""
        return [(b"content-length", b"%d" % len(self.body)), (b"content-type", _TYPES[self._media])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        extensions: dict[str, Any] = scope.get("extensions", {})
        whole: Whole | None = extensions.get(WHOLE)
        if whole is None:
            await super().__call__(scope, receive, send)
        else:
            length = b"content-length: %d\r\n" % len(self.body)
            number = _lines(numbered(scope["state"]["request_id"]))
            await whole(self.status_code, b"".join((length, _HEADS[self._media], number)), bytes(self.body))
