"""A release is served on its own days alone, and a clock that goes back serves nothing."""

from graph.model import AgreementId
from graph.release import Release
from server.partner.seen_days import day_in
from tests.feeding import LESS, WHOLE, feed_of, store, version
from tests.memory_releases import MemoryReleases
from tests.partner_world import NDEX, publish, release


def on_days(releases: MemoryReleases, *days: int) -> list[bool]:
    """Whether the release is served on each of these days, one after the other."""
    told = iter(days)
    today = next(told)
    feed = feed_of(releases, day=lambda _zone: today)
    served = []
    for day in days:
        today = day
        served.append(version(feed) is not None)
    return served


def test_a_release_is_served_until_the_day_before_time_may_change_it() -> None:
    assert on_days(store(release(serves_until=100)), 98, 99, 100, 101) == [True, True, False, False]


def test_a_release_that_has_ended_is_let_go_of() -> None:
    today = 99
    feed = feed_of(store(release(serves_until=100)), day=lambda _zone: today)
    assert version(feed) is not None
    held = [dict(feed._held)]
    today = 100
    assert version(feed) is None
    assert [set(held[0]), feed._held] == [{NDEX}, {}]


def test_a_release_that_has_ended_is_not_read() -> None:
    releases = store(release(serves_until=100))
    assert on_days(releases, 100) == [False]
    assert releases.asked == ["standing", "standing", "headers"]


def test_a_release_that_took_the_place_of_the_one_asked_about_is_served_in_its_own_time_alone() -> None:
    class Replaced(MemoryReleases):
        """Between the question for the header and the reading, another release is published."""

        def read(self, agreement: AgreementId) -> Release | None:
            publish(self, release(LESS.content, serves_until=100))
            return super().read(agreement)

    replaced = Replaced()
    publish(replaced, release(serves_until=200))
    assert on_days(replaced, 150) == [False]


def test_a_clock_that_goes_back_serves_nothing_until_it_has_caught_up() -> None:
    assert on_days(store(release(serves_until=100)), 98, 97, 98, 99) == [True, False, True, True]


def test_a_release_without_an_end_is_served_on_any_day() -> None:
    assert on_days(store(WHOLE), 100, 1, 10**6) == [True, True, True]


def test_today_is_the_day_in_the_home_s_time_zone() -> None:
    zones: list[str] = []

    def day(zone: str) -> int:
        zones.append(zone)
        return 1

    version(feed_of(store(release(serves_until=100)), day=day))
    assert set(zones) == {"America/New_York"}
    assert day_in("Pacific/Kiritimati") - day_in("Pacific/Pago_Pago") in (1, 2)


def test_nothing_of_a_release_that_has_ended_is_kept() -> None:
    today = 99
    feed = feed_of(store(release(serves_until=100)), day=lambda _zone: today)
    assert version(feed) is not None
    today = 100
    assert (version(feed), feed._held, feed._indices) == (None, {}, {})
