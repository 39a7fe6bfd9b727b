"""Until when this process may answer from what it has heard of the release store (DESIGN 4, View).

It enrols, asks what is current, and holds a lease from before it enrolled: while the lease lasts, no restriction is
acknowledged that it has not confirmed (graph/readers.py). What it confirms it has let go of before. Without a lease
nothing may be answered. With each enrolment it has the days kept that it has seen (server/partner/seen_days.py).
"""

import time
from collections.abc import Callable
from typing import Final
from uuid import uuid4

from graph.readers import LEASE_SECONDS, Reader
from graph.release_store import ReleaseReader
from server.partner.seen_days import SeenDays

_TRIES: Final = 5
"""How often the store may change while it is asked, before one who waits is told to come back later."""


_CLOCK: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""It is never set, and goes on while the machine sleeps; `time.monotonic` does not. macOS calls that one monotonic.

A publisher on another machine has not slept: it has waited for a lease, and gone on. It may wait by any clock that is
never set itself: where that stands still, it waits longer.
"""


def seconds_asleep_too() -> float:
    """Seconds of that clock."""
    return time.clock_gettime(_CLOCK)


class NotServed(Exception):
    """There is nothing that may be served now."""


class StoreFailed(NotServed):
    """Because the store did not answer what it was asked; the next time it may."""


class Lease:
    """One process's lease. now: seconds of a clock that is never set, and goes on while the machine sleeps."""

    def __init__(
        self,
        reader: ReleaseReader,
        seconds: float = LEASE_SECONDS,
        now: Callable[[], float] = seconds_asleep_too,
    ) -> None:
        self._reader = reader
        self._seconds = seconds
        self._now = now
        self._name = uuid4().hex
        self._confirmed = -1
        self._ends = float("-inf")
        self._has_left = False

    def holds(self) -> bool:
        """Whether an answer may be begun now."""
        return self._now() < self._ends

    def renew(self, days: SeenDays, let_go: Callable[[], None]) -> None:
        """Ask the store. let_go: called before a new revision is confirmed; nothing older may be served after it.

        Raises NotServed while a restriction is due, and whatever the store raises; the lease that was held goes on.
        After the end there is none to renew: NotServed.
        """
        for _ in range(_TRIES):
            begun = self._now()
            self.enrol(days)
            standing = self._reader.standing()
            if standing.restriction_due:
                self._ends = float("-inf")
                raise NotServed
            if standing.revision == self._confirmed:
                self._ends = begun + self._seconds
                return
            let_go()
            self._confirmed = standing.revision
        raise NotServed

    def enrol(self, days: SeenDays) -> None:
        """Be here, and have those days kept that are not; hear which are. Raises NotServed after the end."""
        if self._has_left:
            raise NotServed
        told = days.unkept()
        reader = Reader(self._name, self._confirmed, self._seconds)
        days.hear(told, self._reader.enrol(reader, told))

    def end(self) -> None:
        """Answer nothing any more, and let no publisher wait for this process."""
        self._has_left = True
        self._ends = float("-inf")
        self._reader.leave(self._name)
