"""Readers that answer from a release for a while without asking, and when a publisher may go on in spite of them.

A reader enrols, asks what is current, and may begin answers from that until its lease ends, counted from before it
enrolled. A restriction is acknowledged once no reader can begin an answer from before it: each one that was enrolled
has confirmed it, or the lease of each has passed since it was written. Enrolling comes before the question; so a reader
is waited for, or it has asked after the restriction was written. The clocks of two machines are trusted to run about
equally fast, and with nothing else. (Gray and Cheriton, "Leases", 1989.)

With its enrolment a reader says which days it has seen. The latest of each time zone is kept beside the readers and
outlives them, so that who is started anew with a clock that was put back knows which releases have ended.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

LEASE_SECONDS: Final = 2.0
PAUSE_SECONDS: Final = 0.02

MOST_ANNOUNCED_SECONDS: Final = 60
"""No restriction is announced for longer ahead. One that is due later was announced before the clock went back."""

Days = Mapping[str, int]
"""The latest day that was seen, an ordinal, by time zone."""

NO_DAYS: Final[Days] = MappingProxyType({})

_DRIFT: Final = 1.05
"""A second here may be a little less than a second there."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One that is enrolled. confirmed: it begins no answer from a revision before this one."""

    name: str
    confirmed: int
    lease_seconds: float = LEASE_SECONDS


@dataclass(frozen=True, slots=True)
class Standing:
    """What a store of releases says of itself. revision: has risen whenever a change of a release has returned.

    restriction_due: a load said that it would withdraw, and has given no sign for as long as it had asked for; or the
    clock has gone back since, so that nobody knows for how long.
    """

    revision: int
    restriction_due: bool


class Register(Protocol):
    """The readers of a store, as its publisher sees them."""

    def standing(self) -> Standing:
        """What the store says of itself now."""

    def enrolled(self) -> Collection[Reader]:
        """Every reader that has enrolled and not left."""

    def strike_off(self, names: Collection[str], before: int) -> None:
        """Those readers are enrolled no more, unless they have confirmed this revision or a later one by now."""


def await_readers(register: Register, now: Callable[[], float], sleep: Callable[[float], None]) -> None:
    """Return once no reader can begin an answer from before the store's current revision.

    now: seconds of a clock that is never set. A reader that does not confirm is struck off; it has to enrol again
    before it answers. Without readers nothing is waited for.
    """
    begun, current = now(), register.standing().revision
    late = _late(register, current)
    longest = max((reader.lease_seconds for reader in late), default=0.0) * _DRIFT
    names = {reader.name for reader in late}
    while late and now() - begun <= longest:
        sleep(PAUSE_SECONDS)
        late = [reader for reader in _late(register, current) if reader.name in names]
    if late:
        register.strike_off([reader.name for reader in late], before=current)


def _late(register: Register, current: int) -> list[Reader]:
    return [reader for reader in register.enrolled() if reader.confirmed < current]
