"""The files whose last load leaves something open: lines that were rejected, or an end that never came.

While one is open, publishing withdraws but adds nothing (DESIGN 3, rejects fail closed). It is closed by a load of the
same path without rejects, or by a person who accepts going on without those lines.
"""

import msgspec

from graph.errors import StoreError
from graph.store import Batch, Holdings

_MEMORY = "open_sources"
_DUE = "restriction_due"

RESTRICTION_DUE = {_DUE: "yes"}
"""What a load remembers with each batch: the releases have yet to lose what it withholds."""


class Source(msgspec.Struct, frozen=True):
    """A file by its path. rejected: lines of its last load. finished: whether that load came to its end."""

    rejected: int
    finished: bool

    @property
    def open(self) -> bool:
        """Whether it holds back what publishing would add."""
        return self.rejected > 0 or not self.finished


Sources = dict[str, Source]


def open_sources(holdings: Holdings) -> Sources:
    """The files that are open, by path."""
    text = holdings.recall(_MEMORY)
    try:
        return {} if text is None else msgspec.json.decode(text, type=Sources)
    except msgspec.MsgspecError as error:
        raise StoreError(
            "what the holdings remember of their files is damaged; restore them from a backup"
        ) from error


def is_restriction_due(holdings: Holdings) -> bool:
    """Whether a load was stopped before the releases had lost what it withholds."""
    return holdings.recall(_DUE) == "yes"


def restricted(holdings: Holdings) -> None:
    """Every release has lost what the holdings withhold."""
    if is_restriction_due(holdings):
        holdings.remember(_DUE, "no")


def with_source(sources: Sources, path: str, source: Source) -> dict[str, str]:
    """What to remember when this file's load has come so far."""
    others = {other: known for other, known in sources.items() if other != path}
    return _memory(others | ({path: source} if source.open else {}))


def accept(holdings: Holdings) -> Sources:
    """Close every file that is open, and say which. What their lines named by an id of their own stays withheld."""
    closed = open_sources(holdings)
    holdings.take(Batch(lifted=[nameless(path) for path in closed], memory=_memory({})))
    return closed


def nameless(path: str) -> str:
    """Who withholds what a rejected line without a readable id named: the file itself."""
    return f"file:{path}"


def _memory(sources: Sources) -> dict[str, str]:
    return {_MEMORY: msgspec.json.encode(sources, order="deterministic").decode()}
