"""Days: real ones, written `YYYY-MM-DD`. A malformed date is absent (R14), and a record without its date is out (R5).

Inside, a day is its proleptic ordinal (an int), so that arrays can compare it; 0 stands for no day.
"""

import re
from datetime import date
from functools import lru_cache

NO_DAY = 0

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def ordinal(text: str | None) -> int:
    """The day's ordinal, or NO_DAY where the text is no real day.

    >>> ordinal("2000-01-01"), ordinal("2003-02-30"), ordinal("20000101"), ordinal(None)
    (730120, 0, 0, 0)
    """
    return NO_DAY if text is None or not _DAY.fullmatch(text) else _ordinal(text)


@lru_cache(maxsize=65_536)
def _ordinal(day: str) -> int:
    """Of ten characters in the shape of a day: whatever else a line says is not kept."""
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return NO_DAY


def real_period(text: str | None) -> str | None:
    """A link's `since` or `until`: a real year, month or day, or None.

    >>> real_period("2003"), real_period("2003-01"), real_period("2003-13"), real_period("soon")
    ('2003', '2003-01', None, None)
    """
    if text is None or not _PERIOD.fullmatch(text):
        return None
    return text if ordinal((text + "-01-01")[:10]) else None


def real_day(text: str | None) -> str | None:
    """The text itself where it is a real day, else None."""
    return text if ordinal(text) else None


def nearest_date(day: int) -> date:
    """The date of an ordinal; of a number that is no day, whoever wrote it, the nearest one that is.

    >>> nearest_date(730120).isoformat(), nearest_date(10**9).isoformat()
    ('2000-01-01', '9999-12-31')
    """
    return date.fromordinal(min(max(day, date.min.toordinal()), date.max.toordinal()))


def in_period(day: int, start: int, end: int) -> bool:
    """Whether the period holds the day: it includes its start and excludes its end (R5)."""
    return NO_DAY < start <= day < end
