"""The office's survey of the holdings, kept up to date: read once, and again when something was written.

Whatever writes to a store's holdings moves its turn (`graph.turn`), which costs one small look before each answer. Then
entries are read again, and of those that changed alone is anything made anew. A writer of this process calls `renew`
before it acknowledges, so that whoever asks after it sees what was written.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from graph.draft import Rules
from graph.held_search import HeldIndex
from graph.store import StoredHoldings
from graph.survey import Survey
from graph.turn import Turn
from graph.withdrawals import withdrawals


@dataclass(frozen=True, slots=True)
class _Moment:
    """What a survey was made of: it need not be made anew while this stays as it is."""

    turn: Turn
    day: int
    rules: Rules

    def is_still(self, later: "_Moment") -> bool:
        """Whether nothing was written since, and all is judged alike. Who only took the turn has yet to write."""
        before, now = self.turn, later.turn
        taken = before.number + 1, before.sign + 1
        unwritten = (now.number, now.sign) in ((before.number, before.sign), taken)
        return unwritten and (self.day, self.rules) == (later.day, later.rules)


class Surveying:
    """rules: as they are on file now; raises PolicyError. day: the ordinal to judge by. Both are asked at each look."""

    def __init__(self, holdings: StoredHoldings, rules: Callable[[], Rules], day: Callable[[], int]) -> None:
        self._holdings = holdings
        self._rules = rules
        self._day = day
        self._lock = threading.Lock()
        self._at: _Moment | None = None
        self._survey: Survey | None = None
        self._indexing = threading.Lock()
        self._indexes: WeakKeyDictionary[Survey, HeldIndex] = WeakKeyDictionary()
        self._last_index: HeldIndex | None = None

    def current(self) -> Survey:
        """What is held now. Raises StoreError and PolicyError."""
        with self._lock:
            at = self._moment()
            if self._survey is None or self._at is None or not self._at.is_still(at):
                self._survey = self._read()
            self._at = at
            return self._survey

    def renew(self) -> Survey:
        """What is held now, read anew whatever the turn says."""
        with self._lock:
            self._at = None
        return self.current()

    def index(self, survey: Survey) -> HeldIndex:
        """The index of a survey, or of a part of it that some reader may know of."""
        with self._indexing:
            if survey not in self._indexes:
                self._last_index = self._indexes[survey] = HeldIndex(survey, self._last_index)
            return self._indexes[survey]

    def warm(self) -> None:
        """Read and judge everything, so that the first who asks does not wait for it. Raises as `current` does."""
        self.index(self.current())

    def _moment(self) -> "_Moment":
        return _Moment(self._holdings.turns.now(), self._day(), self._rules())

    def _read(self) -> Survey:
        before = self._survey
        read = Survey.of(
            self._rules(), self._day(), self._holdings.entries(), withdrawals(self._holdings), before
        )
        # Who writes gives a sign each second, also while he has nothing to write.
        return before if before is not None and read.is_as(before) else read.judged()
