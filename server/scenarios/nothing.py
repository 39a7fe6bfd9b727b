"""Holdings that hold nothing: what a scenario's own lie over, in memory."""

from collections.abc import Iterable, Iterator

from graph.model import Entry, EntryId
from graph.store import Paper, Taint


class Nothing:
    """No entry, no taint, no memory: `graph.store.ReadableHoldings`, over which an `Overlay` is holdings in memory."""

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """None of them."""
        return {}

    def entries(self) -> Iterator[Entry]:
        """None."""
        return iter(())

    def all_but_links(self) -> Iterator[Entry]:
        """None."""
        return iter(())

    def taints(self) -> set[Taint]:
        """None."""
        return set()

    def papers(self, drawer: str, ids: Iterable[EntryId]) -> dict[EntryId, Paper]:
        """None of any id."""
        return {}

    def waiting(self, drawer: str) -> dict[EntryId, Paper]:
        """None waits."""
        return {}

    def every_paper(self) -> Iterator[Paper]:
        """None."""
        return iter(())

    def recall(self, name: str) -> str | None:
        """Nothing was remembered."""
        return None
