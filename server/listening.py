"""The apps at a port: uvicorn with httptools, which says nothing of itself and believes no proxy.

What is written to a client in one turn of the event loop, the head of an answer and its body, goes to the operating
system in one call: two calls are two packets.
"""

import asyncio
import ssl
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class OneCall(asyncio.Transport):
    """A client's transport, of which uvicorn asks no more than stands here."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport
        self._waiting: list[bytes] = []

    def write(self, data: "bytes | bytearray | memoryview[Any]") -> None:
        """Write it at the end of this turn."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._flush)
        self._waiting.append(bytes(data))

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._transport.write(b"".join(waiting))

    def close(self) -> None:
        """Close it once all has been written."""
        self._flush()
        self._transport.close()

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Of the connection."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Take nothing more from the client."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Go on taking."""
        self._transport.resume_reading()


class HttpProtocol(HttpToolsProtocol):
    """uvicorn's, writing by OneCall."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As uvicorn's."""
        super().connection_made(OneCall(transport))


QUIET: Final[dict[str, Any]] = {
    "access_log": False,
    "date_header": False,
    "proxy_headers": False,
    "server_header": False,
}
"""Settings of uvicorn: it tells no client what answers, and when."""


def listen(
    app: Starlette,
    host: str,
    port: int,
    *,
    patience: int | None = None,
    log_config: dict[str, Any] | None = None,
    tls: ssl.SSLContext | None = None,
) -> None:
    """Serve until told to stop. patience: the seconds in which what was begun by then may end; None: without end."""
    uvicorn.run(
        app,
        host=host,
        port=port,
        http=HttpProtocol,
        ws="none",
        log_level="warning",
        log_config=log_config,
        timeout_graceful_shutdown=patience,
        ssl_context_factory=None if tls is None else lambda _config, _default: tls,
        **QUIET,
    )
