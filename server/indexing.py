"""Search indices of what is served are built beforehand, by threads that nothing waits for, so that no search has to.

Of each agreement one is built, that of the View which was opened last; that of one which is served no more is given up.
Else a large release that changes often would have many built at once, each with all that has been withdrawn meanwhile.
They end before the process does: a thread that is at work while the interpreter goes away may take the process with it.
"""

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from graph.late_index import GivenUp, IndexLate
from graph.model import AgreementId
from graph.search_index import SearchIndex
from graph.view import View

_ENDS_SECONDS: Final = 5.0
"""How long is waited for a thread: it stops at the next record, or once what is done with all of them is done."""

logger = logging.getLogger(__name__)


class Indexing:
    """The threads that build. made: is told of each index, by its thread."""

    def __init__(self, made: Callable[[AgreementId, View, SearchIndex], None]) -> None:
        self._made = made
        self._threads: list[threading.Thread] = []
        self._wanted: dict[AgreementId, View] = {}
        self._ended = threading.Event()

    def begin(self, agreement: AgreementId, view: View) -> None:
        """Have this View's index built, and no other one of this agreement's any further."""
        self._wanted[agreement] = view
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._index, args=(agreement, view), daemon=True)
        self._threads.append(thread)
        thread.start()

    def let_go(self, agreement: AgreementId) -> None:
        """Have none built of an agreement that is served no more."""
        self._wanted.pop(agreement, None)

    def end(self) -> None:
        """Have no index built any more, and wait until none is."""
        self._ended.set()
        for thread in self._threads:
            thread.join(_ENDS_SECONDS)

    def _index(self, agreement: AgreementId, view: View) -> None:
        try:
            self._made(agreement, view, view.searchable(partial(self._check, agreement, view)))
        except (IndexLate, GivenUp):
            pass  # a search came first and is building it, or nobody will search it any more
        except Exception as error:
            logger.error("the search index was not built", exc_info=error)

    def _check(self, agreement: AgreementId, view: View) -> None:
        if self._ended.is_set() or self._wanted.get(agreement) is not view:
            raise GivenUp
