"""Which day it is. The latest day seen is kept, and an earlier one refused: a clock that goes back brings nothing back.

A home made by `init --test` can set its day; a load there judges by the latest day set. Partner processes keep the days
that they have seen in the release store (server/partner/seen_days.py). Where a clock was once wrong, a person sets the
latest day back, there too (`caselink clock set-back`).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from graph.days import nearest_date
from graph.draft import Moment
from graph.errors import ClockError
from graph.readers import Days
from graph.release_store import Releases
from graph.store import Holdings
from server.settings import Settings

_LATEST = "latest_day"


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one home. now: UTC."""

    settings: Settings
    now: datetime

    def moment(self, holdings: Holdings, as_of: date | None = None) -> Moment:
        """The moment to judge by. Raises ClockError on a day that is earlier than the latest one seen."""
        today = self.today()
        latest = _latest(holdings)
        day = self._day(today, latest, as_of)
        if latest is not None and day < latest:
            raise ClockError(
                f"The day is {day}, but this home has seen {latest}; set the clock right."
                f" Going back would show again what has ended since.{_mending(day, latest, today)}"
            )
        return self.at(day, clock_is_set=self.settings.test and (as_of is not None or latest is not None))

    def keep(self, moment: Moment, holdings: Holdings) -> None:
        """Keep the day as the latest one seen; of a test home only a day that was set."""
        if moment.clock_is_set or not self.settings.test:
            holdings.remember(_LATEST, date.fromordinal(moment.day).isoformat())

    def see(self, holdings: Holdings) -> None:
        """Keep today as a day seen: what was seen since a backup is not known. A test home's day is set by hand."""
        latest = _latest(holdings)
        if not self.settings.test and (latest is None or latest < self.today()):
            holdings.remember(_LATEST, self.today().isoformat())

    def to_come(self, seen: Days) -> dict[str, date]:
        """Of the days that partner processes have seen, those that have not come in their time zone."""
        dates = {zone: nearest_date(day) for zone, day in sorted(seen.items())}
        return {zone: day for zone, day in dates.items() if day > self.now.astimezone(ZoneInfo(zone)).date()}

    def latest_after(self, day: date, holdings: Holdings, releases: Releases) -> date:
        """The latest day seen, if it may be set back to this one. Raises ClockError."""
        today, own, others = self.today(), _latest(holdings), map(nearest_date, releases.seen().values())
        latest = max([*others] if own is None else [own, *others], default=None)
        if day > today:
            raise ClockError(f"{day} is after today, {today}; name a day that has come")
        if latest is None or latest <= day:
            seen = "no day yet" if latest is None else f"{latest} as its latest day"
            raise ClockError(f"This home has seen {seen}; there is nothing to set back to {day}")
        return latest

    def set_back(self, day: date, holdings: Holdings, releases: Releases) -> None:
        """Make this the latest day seen, where a later one is. Ask `latest_after` first."""
        own = _latest(holdings)
        if own is not None and day < own:
            holdings.remember(_LATEST, day.isoformat())
        releases.set_back(day.toordinal())

    def at(self, day: date, *, clock_is_set: bool = False) -> Moment:
        """A moment on some day, which is not kept: for a look at what would be."""
        minute = self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:00Z")
        return Moment(day.toordinal(), minute, str(self.settings.timezone), clock_is_set)

    def today(self) -> date:
        """The day in the home's time zone, whatever was seen or set."""
        return self.now.astimezone(self.settings.timezone).date()

    def _day(self, today: date, latest: date | None, as_of: date | None) -> date:
        if as_of is not None and not self.settings.test:
            raise ClockError("--as-of: only with --dry-run, or in a home made by `caselink init --test`")
        if as_of is not None:
            return as_of
        return latest if self.settings.test and latest is not None else today


def _mending(day: date, latest: date, today: date) -> str:
    """How to go on where the day seen is the wrong one. A day to come, as a test home may name it, is no way back."""
    if day > today:
        return ""
    return f" If {latest} was wrong, run: caselink clock set-back {day} --reason TEXT"


def _latest(holdings: Holdings) -> date | None:
    text = holdings.recall(_LATEST)
    return None if text is None else date.fromisoformat(text)
