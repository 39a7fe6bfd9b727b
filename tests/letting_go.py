"""A client that asks for much and is let go: what it sends, and when the server has done with it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch

from server.prompt_clients import PromptClients

LARGE_ASKED: Final = b"POST /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"
"""Nothing of it is answered before its last byte is there."""


@contextmanager
def letting_go_of(client: socket.socket) -> Iterator[threading.Event]:
    """Is set once the server, which is in this process, has let this client go."""
    gone, lost, name = threading.Event(), PromptClients.connection_lost, client.getsockname()[:2]

    def noted(self: PromptClients, error: Exception | None) -> None:
        lost(self, error)
        if self.client == name:
            gone.set()

    with patch.object(PromptClients, "connection_lost", noted):
        yield gone
