"""A View's search index: built once, beforehand or when it is first asked for; who asks meanwhile waits a little."""

import threading
from collections.abc import Callable, Mapping
from typing import ClassVar

from graph.model import OpaqueId
from graph.release import ReleasedRecord
from graph.search_index import SearchIndex


class IndexLate(Exception):
    """The index is being built, which takes longer than anybody should wait."""


class GivenUp(Exception):
    """The View is served no more, so nothing needs its index."""


class LateIndex:
    """The index of some records. before: that of what most of them were before, to be followed."""

    wait_seconds: ClassVar = 5.0

    def __init__(self, records: Mapping[OpaqueId, ReleasedRecord], before: SearchIndex | None) -> None:
        self._records = records
        self._before = before
        self._built: SearchIndex | None = None
        self._is_given_up = False
        self._building = threading.Lock()

    def get(self, check: Callable[[], None] = lambda: None) -> SearchIndex:
        """The index. Raises IndexLate.

        check: called while it is built; what it raises ends that, and after GivenUp nobody builds it any more.
        """
        if self._built is not None:
            return self._built
        if not self._building.acquire(timeout=self.wait_seconds):
            raise IndexLate
        try:
            if self._is_given_up:
                raise IndexLate
            if self._built is None:
                before, records = self._before, self._records
                made = SearchIndex.of if before is None else before.following
                self._built = made(records, check)
                self._before = None
            return self._built
        except GivenUp:
            self._is_given_up = True
            raise
        finally:
            self._building.release()
