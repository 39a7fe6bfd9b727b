"""Clients that keep a connection and do not get on with it are let go, known or not: connections are not endless.

A request has to be there SECONDS after its connection, or the answer before it. An answer has to be taken: where
nothing of it was in SECONDS, the client is let go. What comes before a request's body, or after it, has at most
HEAD_BYTES and what came with its beginning.

What is answered is asked by a head and a body. Fields after the body (RFC 9110, 6.5) are not read: a token or a purpose
among them would have passed by whatever looks at heads on the way. Nor is another protocol, to which the connection
would be upgraded: what a client sends after such a request is not read, so it is let go with its answer.
"""

import logging
from asyncio import TimerHandle
from typing import Final, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS: Final = 20.0
HEAD_BYTES: Final = 65_536

logger = logging.getLogger(__name__)
logger.setLevel(logging.ERROR)
"""Of what uvicorn warns, everybody can bring about as often as he likes, and fill the disk on which the log is."""


class Abortable(Protocol):
    """What is asked of a client's transport beside what uvicorn asks."""

    def abort(self) -> None:
        """Let the client go at once."""

    def get_write_buffer_size(self) -> int:
        """How many bytes the client has not taken, nor its operating system for it."""


class PromptClients(HttpToolsProtocol):
    """uvicorn's protocol of one connection, that waits for nobody without end."""

    _client: Abortable
    _late: TimerHandle | None = None
    _stuck: TimerHandle | None = None
    _is_there = False
    _gets_on = False
    _beside = 0
    """How many bytes came since a head or some of a body was there."""

    def await_request(self, client: Abortable) -> None:
        """To be called when the connection is made."""
        self._client, self.logger = client, logger
        self._late = self.loop.call_later(SECONDS, client.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; nothing is waited for any more."""
        self._request_came()
        self._taken()
        super().connection_lost(exc)

    # --- requests that do not come ---

    def data_received(self, data: bytes) -> None:
        """As uvicorn's, and wait for what is missing."""
        self._gets_on = False
        super().data_received(data)
        self._beside = 0 if self._gets_on else self._beside + len(data)
        if self._beside > HEAD_BYTES:
            self._client.abort()
        if self._late is None and not self._is_being_answered():
            self._late = self.loop.call_later(SECONDS, self._client.abort)

    def _is_being_answered(self) -> bool:
        """Its answer has limits of its own, and after it uvicorn waits a few seconds for the next request."""
        return self._is_there and not self.cycle.response_complete

    def on_message_begin(self) -> None:
        """As uvicorn's: a request begins."""
        super().on_message_begin()
        self._is_there, self._gets_on = False, True

    def on_headers_complete(self) -> None:
        """As uvicorn's: the request has the headers that were there by now."""
        self._gets_on = True
        super().on_headers_complete()
        self.headers = []

    def on_body(self, body: bytes) -> None:
        """As uvicorn's: it is counted by whoever reads it."""
        self._gets_on = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        """As uvicorn's: a request is there."""
        self._is_there = self._gets_on = True
        self._request_came()
        super().on_message_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """Where uvicorn would say so; the connection is of no more use."""
        self.cycle.keep_alive = False

    def _request_came(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    # --- answers that are not taken ---

    def pause_writing(self) -> None:
        """As uvicorn's: there is something that the client has not taken."""
        super().pause_writing()
        self._watch(self._client.get_write_buffer_size())

    def resume_writing(self) -> None:
        """As uvicorn's: it has taken all."""
        self._taken()
        super().resume_writing()

    def _watch(self, left: int) -> None:
        self._stuck = self.loop.call_later(SECONDS, self._look_again, left)

    def _look_again(self, left: int) -> None:
        now = self._client.get_write_buffer_size()
        if now < left:
            self._watch(now)
        else:
            self._client.abort()

    def _taken(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
