"""The days of the demo holdings.

A day is held as its ordinal (`datetime.date.toordinal`), so that days are added and compared as whole
numbers. Cases are opened from 1996 to 2024, fewer of them before 2000, in the order in which they are
written. No day is after the last one, 30 June 2025, whatever the clock says when the holdings are made.
"""

from datetime import date
from functools import lru_cache

Day = int
"""A day as its ordinal."""

FIRST: Day = date(1996, 1, 1).toordinal()
FLOOR: Day = date(2000, 1, 1).toordinal()
LAST_OPENING: Day = date(2024, 12, 31).toordinal()
LAST: Day = date(2025, 6, 30).toordinal()

OLD_SHARE = 0.07
"""The share of cases that were opened before 2000, the policy's floor."""


def opening_day(position: float) -> Day:
    """The day on which the case that stands at this share (0 up to 1) of all cases was opened."""
    if position < OLD_SHARE:
        return FIRST + int(position / OLD_SHARE * (FLOOR - FIRST))
    since_floor = (position - OLD_SHARE) / (1 - OLD_SHARE)
    return FLOOR + int(since_floor * (LAST_OPENING + 1 - FLOOR))


def year(day: Day) -> int:
    """The calendar year of a day."""
    return date.fromordinal(day).year


# Cases come in the order of their opening, so a few days at a time are all that is asked for.
@lru_cache(1_024)
def written(day: Day) -> str:
    """The day as a field has it: `2003-04-05`."""
    return date.fromordinal(day).isoformat()


@lru_cache(1_024)
def spoken(day: Day) -> str:
    """The day as a narrative has it: `April 5, 2003`."""
    when = date.fromordinal(day)
    return f"{MONTHS[when.month - 1]} {when.day}, {when.year}"


# Not strftime("%B"): that follows the machine's language.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
