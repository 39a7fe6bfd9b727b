"""The office's survey of the holdings, kept up to date: read once, and again when something was written.

Whatever writes to a store's holdings moves its turn (`graph.turn`), which costs one small look before each answer. Then
the entries that were written since are read again (`graph.written`), and what they touch alone is made anew; where it
is not known which, or it is much, everything is read. A writer of this process calls `renew` before it acknowledges, so
that whoever asks after it sees what was written.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Final
from weakref import WeakKeyDictionary

from graph.draft import Rules
from graph.office.held_search import HeldIndex
from graph.office.survey import Survey
from graph.store import StoredHoldings
from graph.withdrawals import withdrawals
from graph.written import latest, since

_KEPT: Final = 4
"""Indexes to go on from: there are few sorts of readers."""


class Surveying:
    """rules: as they are on file now; raises PolicyError. day: the ordinal to judge by. Both are asked at each look."""

    def __init__(self, holdings: StoredHoldings, rules: Callable[[], Rules], day: Callable[[], int]) -> None:
        self._holdings = holdings
        self._rules = rules
        self._day = day
        self._lock = threading.Lock()
        self._at: object = None
        self._survey: Survey | None = None
        self._written: str | None = None
        self._indexing = threading.Lock()
        self._indexes: WeakKeyDictionary[Survey, HeldIndex] = WeakKeyDictionary()
        self._last_indexes: deque[HeldIndex] = deque(maxlen=_KEPT)

    def current(self) -> Survey:
        """What is held now. Raises StoreError and PolicyError."""
        with self._lock:
            at = self._moment()
            if self._survey is None or at != self._at:
                self._survey, self._written = self._read()
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
            index = self._indexes.get(survey)
            if index is None:
                index = self._indexes[survey] = HeldIndex(survey, tuple(self._last_indexes))
                self._last_indexes.appendleft(index)
            return index

    def warm(self) -> None:
        """Read and judge everything, so that the first who asks does not wait for it. Raises as `current` does."""
        self.index(self.current())

    def _moment(self) -> tuple[object, ...]:
        turn = self._holdings.turns.now()
        return turn.number, turn.sign, self._day(), self._rules()

    def _read(self) -> tuple[Survey, str | None]:
        """A survey, with the name of the last write that is surely in it."""
        rules, day = self._rules(), self._day()
        written = self._holdings.written()
        survey = self._following(rules, day, written)
        if survey is None:
            survey = Survey.of(rules, day, self._holdings.entries(), withdrawals(self._holdings))
        return survey.judged(), latest(written)

    def _following(self, rules: Rules, day: int, written: str | None) -> Survey | None:
        """The last survey after what was written since; None where that is not known, or goes on meanwhile."""
        before, ids = self._survey, since(written, self._written)
        if before is None or ids is None or not before.is_followed_by(rules):
            return None
        held, withdrawn = self._holdings.held(ids), withdrawals(self._holdings)
        if self._holdings.written() != written:  # what was read may be of several moments
            return None
        anew = {id: before.reading(held[id]) if id in held else None for id in ids}
        return before.following(rules, day, anew, withdrawn)
