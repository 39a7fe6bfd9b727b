"""Clients that keep a connection and do not get on with it are let go, known or not: connections are not endless.

A request has to be there SECONDS after its connection, or the answer before it. An answer has to be taken: where
nothing of it was in SECONDS, the client is let go. What comes before a request's body has at most HEAD_BYTES and what
came with its beginning. It decides nothing of what is answered.
"""

from asyncio import TimerHandle
from typing import Final, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS: Final = 20.0
HEAD_BYTES: Final = 65_536


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
    _in_head = False
    _head = 0

    def await_request(self, client: Abortable) -> None:
        """To be called when the connection is made."""
        self._client = client
        self._late = self.loop.call_later(SECONDS, client.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's; nothing is waited for any more."""
        self._request_came()
        self._taken()
        super().connection_lost(exc)

    # --- requests that do not come ---

    def data_received(self, data: bytes) -> None:
        """As uvicorn's, and wait for what is missing."""
        was_in_head = self._in_head
        super().data_received(data)
        if was_in_head and self._in_head:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self._client.abort()
        if self._late is None and not self._is_being_answered():
            self._late = self.loop.call_later(SECONDS, self._client.abort)

    def _is_being_answered(self) -> bool:
        """Its answer has limits of its own, and after it uvicorn waits a few seconds for the next request."""
        return self._is_there and not self.cycle.response_complete

    def on_message_begin(self) -> None:
        """As uvicorn's: a request begins."""
        super().on_message_begin()
        self._is_there, self._in_head, self._head = False, True, 0

    def on_headers_complete(self) -> None:
        """As uvicorn's: from here on the body is counted by whoever reads it."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """As uvicorn's: a request is there."""
        self._is_there = True
        self._request_came()
        super().on_message_complete()

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
