"""The apps at a port: uvicorn with httptools, which says nothing of itself and believes no proxy.

What is written to a client in one turn of the event loop, the head of an answer and its body, goes to the operating
system in one call: two calls are two packets. An answer comes whole (`server.answered`).
"""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from socket import socket
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from graph.errors import CaselinkError
from server.answered import WHOLE
from server.prompt_clients import PromptClients

PIECE_BYTES: Final = 262_144
"""Of a body."""


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

    def abort(self) -> None:
        """Let the client go at once."""
        self._transport.abort()

    def get_write_buffer_size(self) -> int:
        """How many bytes the client has not taken, nor its operating system for it."""
        return self._transport.get_write_buffer_size()

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


class HttpProtocol(PromptClients):
    """uvicorn's, writing by OneCall to clients that are prompt. The scope of each request has the extension WHOLE."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As uvicorn's."""
        one_call = OneCall(transport)
        super().connection_made(one_call)
        self.await_request(one_call)
        # So that what a client leaves is known, however little it is. With 0 TLS would wait while nothing is left.
        transport.set_write_buffer_limits(high=1, low=0)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        cycle.scope["extensions"] = {WHOLE: partial(send_whole, cycle)}  # type: ignore[dict-item]
        super()._start_asgi_task(cycle, app)


async def send_whole(cycle: RequestResponseCycle, status: int, headers: bytes, body: bytes) -> None:
    """A `server.answered.Whole`: what uvicorn does with the two messages of a response.

    A large body goes piece by piece, as the client takes it: TLS would take in all of it, and let go of a client that
    has not taken all of that half a minute later.
    """
    if not await _takes(cycle):
        return
    cycle.response_started = True
    last = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
    cycle.transport.write(b"".join((STATUS_LINE[status], headers, last, body[:PIECE_BYTES])))
    for start in range(PIECE_BYTES, len(body), PIECE_BYTES):
        await asyncio.sleep(0)  # so that what was written is on its way, and it is known whether it is taken
        if not await _takes(cycle):
            return
        cycle.transport.write(body[start : start + PIECE_BYTES])
    cycle.response_complete = True
    cycle.message_event.set()
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()


async def _takes(cycle: RequestResponseCycle) -> bool:
    """Whether the client is still there, once it has taken what was written."""
    if cycle.flow.write_paused and not cycle.disconnected:
        await cycle.flow.drain()
    return not cycle.disconnected


QUIET: Final[dict[str, Any]] = {
    "access_log": False,
    "date_header": False,
    "proxy_headers": False,
    "server_header": False,
}
"""Settings of uvicorn: it tells no client what answers, and when."""


class _Telling(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, config: uvicorn.Config, told: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """As uvicorn's."""
        await super().startup(sockets)
        if self.started:
            self._told()


def listen(
    app: Starlette,
    host: str,
    port: int,
    told: Callable[[], None],
    *,
    patience: int | None = None,
    log_config: dict[str, Any] | None = None,
    tls: ssl.SSLContext | None = None,
) -> None:
    """Serve until told to stop.

    told: is called once it listens. patience: the seconds in which what was begun by then may end; None: without end.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=HttpProtocol,
        loop="server.prompt_loop:PromptLoop",
        ws="none",
        log_level="warning",
        log_config=log_config,
        timeout_graceful_shutdown=patience,
        ssl_context_factory=None if tls is None else lambda _config, _default: tls,
        **QUIET,
    )
    server = _Telling(config, told)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise CaselinkError(f"{host}:{port}: the app did not start; its words are above")
