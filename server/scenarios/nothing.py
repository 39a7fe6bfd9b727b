"""Holdings that hold nothing: what a scenario's own lie over, in memory."""

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from graph.model import Entry, EntryId, Kind
from graph.store import Batch, Paper, Taint


class Nothing:
    """No entry, no taint, no memory; an `Overlay` over it is holdings in memory, and writes nothing through."""

    def held(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """None of them."""
        return {}

    def take(self, batch: Batch) -> None:
        """Nothing is written beneath an overlay."""
        raise NotImplementedError

    def entries(self) -> Iterator[Entry]:
        """None."""
        return iter(())

    def all_but_links(self) -> Iterator[Entry]:
        """None."""
        return iter(())

    def taints(self) -> set[Taint]:
        """None."""
        return set()

    def counts(self) -> dict[Kind, int]:
        """None of any kind."""
        return {}

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

    def remember(self, name: str, text: str) -> None:
        """Nothing is written beneath an overlay."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> Self:
        """Nothing itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to close."""
