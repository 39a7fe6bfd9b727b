"""A home that was restored from a backup is older than what partners have seen: it is held until a person accepts it.

What was coded, deleted or suspended since the backup is released by what it holds. So nothing of it is served, and
nothing is added, until somebody says that what has come since is there again (decision 19).
"""

from typing import Final

from graph.sources import Source, open_sources, with_source
from graph.store import Batch, Holdings

_MEMORY: Final = "restored"
_SOURCE: Final = "what came after the backup of "


def hold(holdings: Holdings, made: str) -> None:
    """From here on nothing is served or added. made: when the backup was made."""
    source = with_source(open_sources(holdings), _SOURCE + made, Source(0, finished=False))
    holdings.take(Batch(memory={_MEMORY: made} | source))


def backup_held(holdings: Holdings) -> str | None:
    """When the backup was made that this home waits with; None where it waits for nobody."""
    return holdings.recall(_MEMORY) or None


def let_go(holdings: Holdings, made: str) -> None:
    """A person accepts it. What is served again is what the next publication makes of it."""
    source = with_source(open_sources(holdings), _SOURCE + made, Source(0, finished=True))
    holdings.take(Batch(memory={_MEMORY: ""} | source))
