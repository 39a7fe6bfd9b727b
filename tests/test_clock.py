"""The latest day seen is kept and an earlier one refused; only a test home's day can be set (DESIGN 4, 5)."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from graph.draft import Moment
from graph.errors import ClockError
from graph.readers import Days, Reader
from graph.store import Holdings
from server.clock import Clock
from server.settings import Settings
from tests.memory_holdings import MemoryHoldings
from tests.memory_releases import MemoryReleases

NOON = datetime(2026, 11, 24, 12, 34, 56, tzinfo=UTC)
TODAY = NOON.toordinal()


def clock(now: datetime = NOON, *, test: bool = False, zone: str = "UTC") -> Clock:
    return Clock(Settings(ZoneInfo(zone), test, None, None, {}), now)


def kept(made: Clock, holdings: Holdings, as_of: date | None = None) -> Moment:
    """The moment to judge by, its day kept."""
    moment = made.moment(holdings, as_of)
    made.keep(moment, holdings)
    return moment


def day(moment: Moment) -> str:
    return date.fromordinal(moment.day).isoformat()


def test_a_moment_is_today_and_this_minute_in_utc() -> None:
    now = NOON.astimezone(timezone(timedelta(hours=-5)))
    assert clock(now).moment(MemoryHoldings()) == Moment(
        date(2026, 11, 24).toordinal(), "2026-11-24T12:34:00Z", "UTC", clock_is_set=False
    )


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("UTC", datetime(2026, 11, 25, 0, 0, tzinfo=UTC), "2026-11-25"),
        ("America/New_York", datetime(2026, 11, 25, 4, 59, tzinfo=UTC), "2026-11-24"),
        ("America/New_York", datetime(2026, 11, 25, 5, 0, tzinfo=UTC), "2026-11-25"),
        ("Pacific/Kiritimati", datetime(2026, 11, 24, 10, 0, tzinfo=UTC), "2026-11-25"),
    ],
)
def test_r5_days_are_those_of_the_homes_time_zone(zone: str, now: datetime, today: str) -> None:
    moment = clock(now, zone=zone).moment(MemoryHoldings())
    assert (day(moment), moment.timezone) == (today, zone)


def test_a_day_before_the_latest_one_seen_is_refused() -> None:
    holdings = MemoryHoldings()
    kept(clock(), holdings)
    with pytest.raises(ClockError) as refused:
        clock(NOON - timedelta(days=1)).moment(holdings)
    assert str(refused.value) == (
        "The day is 2026-11-23, but this home has seen 2026-11-24; set the clock right."
        " Going back would show again what has ended since."
        " If 2026-11-24 was wrong, run: caselink clock set-back 2026-11-23 --reason TEXT"
    )
    assert day(clock(NOON - timedelta(hours=12)).moment(holdings)) == "2026-11-24"
    assert day(kept(clock(NOON + timedelta(days=1)), holdings)) == "2026-11-25"


def test_a_day_that_was_only_looked_at_is_not_kept() -> None:
    holdings = MemoryHoldings()
    clock(NOON + timedelta(days=9)).moment(holdings)
    clock().at(date(2030, 1, 1))
    assert day(clock().moment(holdings)) == "2026-11-24"


@pytest.mark.parametrize("as_of", [date(2026, 11, 24), date(2020, 1, 1), date(2030, 1, 1)])
def test_only_a_test_homes_day_can_be_set(as_of: date) -> None:
    with pytest.raises(ClockError) as refused:
        clock().moment(MemoryHoldings(), as_of)
    assert str(refused.value) == ("--as-of: only with --dry-run, or in a home made by `caselink init --test`")


def test_a_test_home_judges_by_the_latest_day_set() -> None:
    holdings, made = MemoryHoldings(), clock(test=True)
    assert kept(made, holdings, date(2010, 1, 1)).clock_is_set is True
    assert [day(kept(made, holdings)), day(kept(made, holdings, date(2011, 1, 1)))] == [
        "2010-01-01",
        "2011-01-01",
    ]
    assert (day(made.moment(holdings)), made.moment(holdings).clock_is_set) == ("2011-01-01", True)
    with pytest.raises(ClockError):
        made.moment(holdings, date(2010, 12, 31))


def test_a_day_to_come_is_no_way_back() -> None:
    holdings, made = MemoryHoldings(), clock(test=True)
    kept(made, holdings, date(2031, 1, 1))
    with pytest.raises(ClockError) as refused:
        made.moment(holdings, date(2030, 1, 1))
    assert str(refused.value).endswith("Going back would show again what has ended since.")


def test_the_latest_day_is_set_back_by_the_homes_time_zone() -> None:
    holdings, releases = MemoryHoldings(), MemoryReleases()
    kept(clock(NOON + timedelta(days=9)), holdings)
    made = clock(datetime(2026, 11, 25, 4, 59, tzinfo=UTC), zone="America/New_York")
    with pytest.raises(ClockError) as refused:
        made.latest_after(date(2026, 11, 25), holdings, releases)
    assert str(refused.value) == "2026-11-25 is after today, 2026-11-24; name a day that has come"
    assert made.latest_after(date(2026, 11, 24), holdings, releases) == date(2026, 12, 3)
    made.set_back(date(2026, 11, 24), holdings, releases)
    assert day(made.moment(holdings)) == "2026-11-24"


@pytest.mark.parametrize(
    ("own", "others", "latest", "after"),
    [
        (None, {"UTC": TODAY + 9}, "2026-12-03", (None, {"UTC": TODAY})),
        (TODAY - 3, {"UTC": TODAY + 9}, "2026-12-03", ("2026-11-21", {"UTC": TODAY})),
        (TODAY + 5, {"UTC": TODAY - 1}, "2026-11-29", ("2026-11-24", {"UTC": TODAY - 1})),
        (
            TODAY,
            {"UTC": 10**9, "Asia/Tokyo": TODAY + 1},
            "9999-12-31",
            ("2026-11-24", {"UTC": TODAY, "Asia/Tokyo": TODAY}),
        ),
    ],
)
def test_every_day_that_is_later_is_set_back_and_no_other(
    own: int | None, others: Days, latest: str, after: tuple[str | None, Days]
) -> None:
    holdings, releases = MemoryHoldings(), MemoryReleases()
    if own is not None:
        kept(clock(NOON + timedelta(days=own - TODAY)), holdings)
    releases.enrol(Reader("one", 0), others)
    assert clock().latest_after(date(2026, 11, 24), holdings, releases) == date.fromisoformat(latest)
    clock().set_back(date(2026, 11, 24), holdings, releases)
    assert (holdings.recall("latest_day"), releases.seen()) == after


def test_a_day_has_come_or_not_in_its_own_time_zone() -> None:
    seen = dict.fromkeys(("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"), TODAY + 1)
    tomorrow = date(2026, 11, 25)
    assert clock().to_come(seen) == {"Pacific/Pago_Pago": tomorrow, "UTC": tomorrow}
    assert clock().to_come({"UTC": TODAY}) == {}


def test_a_test_home_whose_day_was_never_set_judges_by_today() -> None:
    holdings, made = MemoryHoldings(), clock(test=True)
    moment = kept(made, holdings)
    assert (day(moment), moment.clock_is_set) == ("2026-11-24", False)
    assert day(kept(clock(NOON + timedelta(days=1), test=True), holdings)) == "2026-11-25"


def test_a_look_at_another_day_is_by_no_set_clock() -> None:
    moment = clock().at(date(2031, 1, 1))
    assert (day(moment), moment.clock_is_set, moment.minute) == ("2031-01-01", False, "2026-11-24T12:34:00Z")
