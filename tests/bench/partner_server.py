"""Serves a release of many cases as `caselink serve` does: tokens, audit log, lease.

Give it a port, a folder, and whether it keeps the JSON of what it told: `lists`, or `nothing`.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from graph.view import View
from schema.limits import Limits
from schema.told import Room
from server.audit.log import Sync, open_log
from server.auth import Tokens
from server.issuers import Who
from server.listening import listen
from server.partner.app import create_partner_app
from server.partner.feed import Feed
from server.token_keys import TokenKey
from tests.bench.many_cases import many_cases
from tests.partner_world import CURSOR_KEY, NDEX, VERSION_KEY, published, release

CASES: Final = 2_000

_TOKENS: Final = Tokens(TokenKey.shared(b"t" * 32))


def token() -> str:
    """Of a user who may ask for an hour."""
    return _TOKENS.partner(NDEX, "analyst", 1, datetime.now(UTC))


def view() -> View:
    """The View of what is served."""
    return View(release(many_cases(CASES)))


def main() -> None:
    """Serve until told to stop."""
    port, folder, keeps = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    if keeps == "nothing":
        Room.take = lambda *_: False  # type: ignore[method-assign]  # there is no room
    store = published(release(many_cases(CASES)))
    log = open_log(folder / "audit", Sync.SOON, 64 * 1024 * 1024)
    app = create_partner_app(Feed(store, VERSION_KEY), Who(_TOKENS), CURSOR_KEY, Limits(), log)
    listen(app, "127.0.0.1", port, lambda: None)


if __name__ == "__main__":
    main()
