"""Which days have come, as far as any partner process of this home has seen: what has ended stays so (DESIGN 4, Time).

Time alone may change a release, and a clock that went back cannot tell whether it has. The store keeps the latest day
that a process has seen (graph/readers.py): one that is started anew, with its clock put back meanwhile, goes by that
day. Where a person sets the kept day back, those that run go back with it.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from graph.days import NO_DAY, nearest_date
from graph.readers import NO_DAYS, Days

_APART: Final = 1
"""Days that a clock may be behind the latest day seen: of two that are right, one has midnight first."""

logger = logging.getLogger(__name__)


def day_in(timezone: str) -> int:
    """Today's ordinal in a time zone."""
    return datetime.now(ZoneInfo(timezone)).toordinal()


class SeenDays:
    """The days seen by this process, and those kept by the store. day: today's ordinal in a time zone.

    Asked by the thread that answers, and by those that ask the store.
    """

    def __init__(self, day: Callable[[str], int]) -> None:
        self._day = day
        self._lock = Lock()
        self._own: dict[str, int] = {}
        self._kept: Days = NO_DAYS
        self._said: dict[str, int] = {}

    def is_before(self, end: int, timezone: str) -> bool:
        """Whether that day has not come there. Closed by default: not, where the clock cannot tell."""
        try:
            with self._lock:
                today = self._look(timezone)
                own, kept = self._own[timezone], self._kept.get(timezone, NO_DAY)
        except (KeyError, ValueError, OSError) as error:
            logger.error("no day is known in the time zone %s", timezone, exc_info=error)
            return False
        if today < own or today < kept - _APART:
            self._say_behind(timezone, today, max(own, kept))
            return False
        return max(own, kept) < end

    def look_at(self, timezones: Iterable[str]) -> None:
        """See which day it is there, and go on seeing it with each `unkept`."""
        with self._lock:
            for timezone in timezones:
                with suppress(KeyError, ValueError, OSError):  # told once a release is judged by it
                    self._look(timezone)

    def unkept(self) -> Days:
        """The days that this process has seen by now and the store is not known to keep."""
        with self._lock:
            for timezone in self._own:
                self._look(timezone)
            return {zone: day for zone, day in self._own.items() if day > self._kept.get(zone, NO_DAY)}

    def hear(self, told: Days, kept: Days) -> None:
        """What the store keeps, once it was told of some days. A zone's earlier day than was known was set back."""
        with self._lock:
            for zone, day in {**self._kept, **told}.items():
                if zone in self._own and kept.get(zone, NO_DAY) < day:
                    self._own[zone] = kept.get(zone, NO_DAY)
            self._kept = kept

    def _look(self, timezone: str) -> int:
        today = self._day(timezone)
        self._own[timezone] = max(today, self._own.get(timezone, today))
        return today

    def _say_behind(self, timezone: str, today: int, latest: int) -> None:
        """Once for each latest day: what the operator has to do about it."""
        if self._said.get(timezone) != latest:
            self._said[timezone] = latest
            logger.error(
                "the clock says %s in %s, but a partner process of this home has seen %s: set the clock right; or, if"
                " that day was wrong, run for the office: caselink clock set-back DATE --reason TEXT",
                nearest_date(today),
                timezone,
                nearest_date(latest),
            )
