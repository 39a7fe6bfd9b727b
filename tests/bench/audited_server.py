"""Serves many cases with an audit log or without. Run it with a port, a folder, and `soon`, `always` or `none`.

With `afresh` after these it keeps nothing of what it has told, and answers as who asks for each page once is answered.
"""

import sys
from pathlib import Path

from schema.limits import Limits
from schema.told import Room
from server.audit.entry import Asking
from server.audit.log import Records, Sync, Trail, open_log
from server.issuers import Who
from server.listening import listen
from server.partner.app import create_partner_app
from server.partner.feed import Feed
from tests.bench.many_cases import many_cases
from tests.partner_client import TOKENS
from tests.partner_world import CURSOR_KEY, VERSION_KEY, published, release


class NoTrail:
    """Keeps nothing: what the log costs is measured against it."""

    async def write(self, told: bytes, records: Records = None) -> None:
        """Nowhere."""

    async def close(self) -> None:
        """Nothing is open."""


def _nothing(*_told: object) -> bytes:
    return b""


def main() -> None:
    """Serve until told to stop."""
    port, folder, kept, *afresh = int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]
    if afresh:
        Room.take = lambda *_: False  # type: ignore[method-assign]  # there is no room
    trail: Trail = NoTrail()
    if kept == "none":
        Asking.answered = _nothing  # type: ignore[method-assign, assignment]  # nor is the line made, which costs too
    else:
        trail = open_log(folder / kept, Sync(kept), 1 << 28)
    store = published(release(many_cases(500)))
    app = create_partner_app(Feed(store, VERSION_KEY), Who(TOKENS), CURSOR_KEY, Limits(), trail)
    listen(app, "127.0.0.1", port, lambda: None)


if __name__ == "__main__":
    main()
