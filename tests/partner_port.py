"""An app served on a port of loopback while a test runs, by the server that serves it in earnest."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from schema.limits import Limits
from server.auth import Tokens
from server.home import open_home
from server.issuers import Who
from server.listening import QUIET, HttpProtocol
from server.partner.app import create_partner_app
from server.partner.feed import Feed
from server.stores import open_reader
from server.token_keys import TokenKey
from tests.agency import free_port
from tests.memory_trail import MemoryTrail


@contextmanager
def home_on_a_port(home: Path) -> Iterator[str]:
    """The address of a home's partner app, while it is served."""
    opened = open_home(home, {})
    version, cursor, token = (opened.key(name) for name in ("version", "cursor", "token"))
    reader = open_reader(opened)
    try:
        who = Who(Tokens(TokenKey.shared(token)))
        app = create_partner_app(Feed(reader, version), who, cursor, Limits(seconds=600), MemoryTrail())
        with on_a_port(app) as address:
            yield address
    finally:
        reader.close()


@contextmanager
def on_a_port(app: ASGIApp) -> Iterator[str]:
    """Its address, while it is served."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            app, port=port, http=HttpProtocol, ws="none", log_level="warning", lifespan="off", **QUIET
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert thread.is_alive(), "the app was not served"
        assert time.monotonic() < deadline, "the app was not served in time"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(60)
