"""How much may be asked in a minute: requests and cost, of one agreement and of one user. None where nothing is set.

A token bucket for each (Turner, 1986): it holds a minute's worth, fills all the time, and a request may begin while
there is one in it. The cost of a request, told by the request alone, is taken when it is known, before it is answered,
and may leave the bucket in debt: so a request that costs more than is left is answered once, and paid for by waiting.
Of several that have begun at once the others find nothing left, and what is not answered is not paid for: what one user
asks keeps the others of the agreement waiting for no longer than one answer costs. At most MOST users are remembered,
those who asked last; the processes of one home count each for itself.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from schema.limits import Limits
from server.auth import Bearer

MOST: Final = 10_000
_MINUTE: Final = 60.0
_ROUNDING: Final = 1e-6


class TooMuch(Exception):
    """There is nothing left. seconds: until there is."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(slots=True)
class _Level:
    left: float
    at: float


class Buckets:
    """The buckets of one kind, by whom they are of. a_minute: what each is filled with; None: no limit."""

    def __init__(self, a_minute: int | None, most: int = MOST) -> None:
        self._a_minute = a_minute
        self._most = most
        self._levels: OrderedDict[Hashable, _Level] = OrderedDict()

    @property
    def are_endless(self) -> bool:
        """Whether there is no limit."""
        return self._a_minute is None

    def wait(self, whose: Hashable, now: float) -> float:
        """In how many seconds there is one in it; 0: now."""
        if self._a_minute is None:
            return 0.0
        left = self._level(whose, self._a_minute, now).left
        return max(0.0, (1 - left - _ROUNDING) * _MINUTE / self._a_minute)

    def take(self, whose: Hashable, amount: float, now: float) -> None:
        """Take so much out of it, be it more than it has."""
        if self._a_minute is not None:
            self._level(whose, self._a_minute, now).left -= amount

    def _level(self, whose: Hashable, full: int, now: float) -> _Level:
        level = self._levels.pop(whose, None) or _Level(full, now)
        level.left = min(full, level.left + max(0.0, now - level.at) * full / _MINUTE)
        level.at = now
        self._levels[whose] = level
        if len(self._levels) > self._most:
            self._levels.popitem(last=False)
        return level


class Allowances:
    """What agreements and users have left. May be asked from several threads. clock: in seconds, never back."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._requests = Buckets(limits.agreement_requests), Buckets(limits.user_requests)
        self._costs = Buckets(limits.agreement_cost), Buckets(limits.user_cost)
        self._none = all(buckets.are_endless for buckets in (*self._requests, *self._costs))

    def begin(self, bearer: Bearer) -> None:
        """Count a request, which may be answered. Raises TooMuch."""
        if self._none:
            return
        with self._lock:
            now = self._clock()
            _check([*_pairs(self._requests, bearer), *_pairs(self._costs, bearer)], now)
            for buckets, whose in _pairs(self._requests, bearer):
                buckets.take(whose, 1, now)

    def pay(self, bearer: Bearer, cost: int) -> None:
        """Take what a request costs that is about to be answered. Raises TooMuch where others were quicker."""
        if self._none:
            return
        with self._lock:
            now = self._clock()
            _check(_pairs(self._costs, bearer), now)
            for buckets, whose in _pairs(self._costs, bearer):
                buckets.take(whose, cost, now)


_Pairs = Sequence[tuple[Buckets, Hashable]]


def _pairs(kinds: tuple[Buckets, Buckets], bearer: Bearer) -> _Pairs:
    """The agreement's bucket, and the user's: a user of two agreements has two."""
    return list(zip(kinds, (bearer.agreement, (bearer.agreement, bearer.user)), strict=True))


def _check(pairs: _Pairs, now: float) -> None:
    wait = max(buckets.wait(whose, now) for buckets, whose in pairs)
    if wait > 0:
        raise TooMuch(math.ceil(wait))
