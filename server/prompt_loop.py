"""The event loop of the apps: a TLS handshake has to be done as soon as a request has to be there.

Before it is done there is no connection that uvicorn, or `server.prompt_clients`, knows of, and uvicorn has no setting
for how long it may take.
"""

from asyncio import AbstractServer
from ssl import SSLContext
from typing import Any, Final

import uvloop

from server.prompt_clients import SECONDS

HANDSHAKE_SECONDS: Final = SECONDS


class PromptLoop(uvloop.Loop):
    """uvloop's."""

    async def create_server(  # type: ignore[override]  # of its settings one is looked at
        self, *arguments: Any, ssl: SSLContext | None = None, **settings: Any
    ) -> AbstractServer:
        """As uvloop's."""
        if ssl is not None:
            settings["ssl_handshake_timeout"] = HANDSHAKE_SECONDS
        return await super().create_server(*arguments, ssl=ssl, **settings)
