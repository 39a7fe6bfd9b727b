"""Search indices of what is served are built beforehand, by threads that nothing waits for, so that no search has to.

They end before the process does: a thread that is at work while the interpreter goes away may take the process with it.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final

from graph.late_index import IndexLate
from graph.model import AgreementId
from graph.search_index import SearchIndex
from graph.view import View

_ENDS_SECONDS: Final = 5.0
"""How long is waited for a thread: it stops at the next record, or once what is done with all of them is done."""

logger = logging.getLogger(__name__)


class _Ended(Exception):
    """Nothing is served any more, so nothing needs an index."""


class Indexing:
    """The threads that build. made: is told of each index, by its thread."""

    def __init__(self, made: Callable[[AgreementId, View, SearchIndex], None]) -> None:
        self._made = made
        self._threads: list[threading.Thread] = []
        self._ended = threading.Event()

    def begin(self, agreement: AgreementId, view: View) -> None:
        """Have this View's index built."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._index, args=(agreement, view), daemon=True)
        self._threads.append(thread)
        thread.start()

    def end(self) -> None:
        """Have no index built any more, and wait until none is."""
        self._ended.set()
        for thread in self._threads:
            thread.join(_ENDS_SECONDS)

    def _index(self, agreement: AgreementId, view: View) -> None:
        try:
            self._made(agreement, view, view.searchable(self._check))
        except (IndexLate, _Ended):
            pass  # a search came first and is building it, or nobody will search any more
        except Exception as error:
            logger.error("the search index was not built", exc_info=error)

    def _check(self) -> None:
        if self._ended.is_set():
            raise _Ended
