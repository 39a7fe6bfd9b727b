"""What has ended stays so: for a partner process that is started anew, with its clock put back (issue 6, Time)."""

import logging
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Final

import pytest

from graph.errors import StoreLocked
from graph.readers import NO_DAYS, Days, Reader
from graph.release import Content, Header
from graph.release_store import Change, ReleaseReader
from graph.stores.sqlite_releases import open_reader, open_releases
from server.partner.feed import Feed
from server.partner.lease import Lease
from server.partner.seen_days import SeenDays
from tests.feeding import CLOCK, altered, feed_of, store, version
from tests.memory_releases import MARK, MemoryReleases
from tests.partner_client import Client
from tests.partner_world import COUNTY, NDEX, VERSION_KEY, publish, release

ENDS: Final = 100


class Calendar:
    """A clock that a test sets, the same in all time zones."""

    def __init__(self, today: int = 0) -> None:
        self.today = today

    def __call__(self, _zone: str) -> int:
        return self.today


class Process:
    """A partner process with a clock of its own. Started anew, it has forgotten all."""

    def __init__(self, releases: ReleaseReader) -> None:
        self.releases, self.calendar = releases, Calendar()
        self.start()

    def start(self) -> None:
        self.feed = Feed(self.releases, VERSION_KEY, self.calendar, Lease(self.releases, now=CLOCK))

    def serves(self, day: int) -> bool:
        """Whether it serves, on this day by its clock."""
        self.calendar.today = day
        return version(self.feed) is not None

    def started_anew(self, day: int) -> bool:
        """The same, of one that is started then."""
        self.start()
        return self.serves(day)


def ending(day: int = ENDS) -> MemoryReleases:
    return store(release(serves_until=day))


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    """A file with one release that ends."""
    ends, path = release(serves_until=ENDS), tmp_path / "releases.sqlite"
    with closing(open_releases(path, MARK)) as releases:
        releases.apply(ends.header, Change.between(Content(), ends.content))
    return path


def answered(file: Path, *days: int) -> list[int]:
    """By which status a process that is started now answers on these days by its clock, over HTTP."""
    calendar = Calendar()
    with closing(open_reader(file)) as reader:
        client = Client(reader, day=calendar)

        def status(day: int) -> int:
            calendar.today = day
            return client.post({"query": "{ agreement { id } }"}).status_code

        return list(map(status, days))


def test_a_process_that_is_started_anew_with_its_clock_put_back_answers_nothing_that_had_ended(
    file: Path,
) -> None:
    assert answered(file, 98, 99) == [200, 200]
    assert answered(file, 99, 100) == [200, 503]
    assert [answered(file, day) for day in (99, 98, 50, 100, 101)] == [[503]] * 5
    with closing(open_releases(file, MARK)) as office:
        office.set_back(99)
    assert answered(file, 99, 100) == [200, 503]


def test_what_has_not_ended_is_served_by_the_day_that_another_process_has_seen() -> None:
    releases = store(release(serves_until=ENDS), release(agreement=COUNTY, serves_until=ENDS + 1))
    Process(releases).serves(ENDS)
    behind = Process(releases)
    assert behind.serves(ENDS - 1) is False
    assert version(behind.feed, COUNTY) is not None


def test_a_clock_that_is_more_than_a_day_behind_serves_nothing_that_ends_and_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    releases = ending()
    Process(releases).serves(80)
    behind = Process(releases)
    assert [behind.serves(day) for day in (78, 78, 79, 80)] == [False, False, True, True]
    [said] = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert said == (
        "the clock says 0001-03-19 in America/New_York, but a partner process of this home has seen 0001-03-21: set the"
        " clock right; or, if that day was wrong, run for the office: caselink clock set-back DATE --reason TEXT"
    )


def test_a_release_without_an_end_is_served_by_any_clock() -> None:
    releases = store(release())
    assert [Process(releases).serves(day) for day in (ENDS, 1)] == [True, True]
    assert releases.seen() == {}


def test_what_is_published_after_it_had_ended_is_served_again() -> None:
    releases = ending()
    process = Process(releases)
    told = [process.serves(ENDS)]
    publish(releases, release(serves_until=ENDS + 9))
    told += [process.serves(ENDS), process.started_anew(ENDS), process.started_anew(ENDS - 1)]
    assert told == [False, True, True, True]


def test_a_zone_s_day_says_nothing_of_another_zone() -> None:
    here, there = altered(serves_until=ENDS), altered(serves_until=ENDS, timezone="Pacific/Kiritimati")
    releases = MemoryReleases()
    publish(releases, there)
    Process(releases).serves(ENDS)
    publish(releases, here)
    told = [Process(releases).serves(ENDS - 1)]
    publish(releases, there)
    told.append(Process(releases).serves(ENDS - 1))
    assert (told, releases.seen()) == ([True, False], {"America/New_York": 99, "Pacific/Kiritimati": 100})


def test_a_day_is_said_once_and_with_the_next_renewal() -> None:
    class Told(MemoryReleases):
        def enrol(self, reader: Reader, seen: Days = NO_DAYS) -> Days:
            said.append(seen)
            return super().enrol(reader, seen)

    said: list[Days] = []
    told = Told()
    publish(told, release(serves_until=ENDS))
    process = Process(told)
    for day in (90, 90, 91):
        process.serves(day)
    zone = "America/New_York"
    assert said == [{}, {}, {zone: 90}, {}, {zone: 91}]


def test_one_that_cannot_say_its_day_serves_nothing_once_its_lease_is_over() -> None:
    class Full(MemoryReleases):
        def enrol(self, reader: Reader, seen: Days = NO_DAYS) -> Days:
            if seen:
                raise StoreLocked("the disk is full")
            return super().enrol(reader, seen)

    full = Full()
    publish(full, release(serves_until=ENDS))
    assert [Process(full).serves(day) for day in (98, 99)] == [False, False]
    publish(full, release())
    assert Process(full).serves(98) is True


@pytest.mark.parametrize("wrong", [ENDS, ENDS + 5, 10**9])
def test_a_day_to_come_stops_every_process_until_it_is_set_back(wrong: int) -> None:
    releases = ending()
    releases.enrol(Reader("wrong", 0), {"America/New_York": wrong})
    runs = Process(releases)
    told = [runs.serves(90), Process(releases).serves(90)]
    releases.set_back(90)
    told += [runs.serves(90), Process(releases).serves(90), runs.serves(ENDS), runs.started_anew(90)]
    assert told == [False, False, True, True, False, False]


def test_a_process_that_was_wrong_itself_goes_back_without_being_started_anew() -> None:
    releases = ending()
    process = Process(releases)
    told = [process.serves(day) for day in (90, 5_000, 90)]
    releases.set_back(90)
    told += [process.serves(day) for day in (90, 91, 90)]
    assert told == [True, False, False, True, True, False]


def test_one_whose_clock_is_still_wrong_says_so_again() -> None:
    releases = ending()
    process = Process(releases)
    process.serves(5_000)
    releases.set_back(90)
    told = [process.serves(5_000), process.serves(5_000), Process(releases).serves(90)]
    assert (told, releases.seen()) == ([False] * 3, {"America/New_York": 5_000})


def test_a_zone_that_is_unknown_stops_no_other_release() -> None:
    def day(zone: str) -> int:
        if zone == "Nowhere/At_All":
            raise KeyError(zone)
        return 90

    nowhere = altered(timezone="Nowhere/At_All", serves_until=ENDS)
    feed = feed_of(store(nowhere, release(agreement=COUNTY, serves_until=ENDS)), day=day)
    assert [version(feed, agreement) is not None for agreement in (NDEX, COUNTY)] == [False, True]


def test_in_no_order_of_days_and_starts_of_two_processes_is_anything_served_that_was_seen_to_end() -> None:
    """Each of two processes is asked on a day by its clock, or is started anew before it is."""
    header = release(serves_until=ENDS).header
    steps = list(product((0, 1), (False, True), (98, 99, 100)))
    ended = 0
    for order in product(steps, repeat=3):
        served = list(_asked(MemoryReleases(), header, order))
        past = [seen >= ENDS for seen in _latest(order)]
        assert [one for one, over in zip(served, past, strict=True) if over and one] == []
        ended += any(past)
    assert ended > 1_000


Step = tuple[int, bool, int]


def _asked(releases: MemoryReleases, header: Header, order: tuple[Step, ...]) -> Iterator[bool]:
    """What is told after each step, by what every process does in it: see, say, judge."""
    calendars = [Calendar(), Calendar()]
    running = [SeenDays(calendar) for calendar in calendars]
    for one, anew, day in order:
        calendars[one].today = day
        days = running[one] = SeenDays(calendars[one]) if anew else running[one]
        days.look_at([header.timezone])
        told = days.unkept()
        days.hear(told, releases.enrol(Reader(str(one), 0), told))
        yield days.is_before(ENDS, header.timezone)


def _latest(order: tuple[Step, ...]) -> list[int]:
    return [max(day for _, _, day in order[: place + 1]) for place in range(len(order))]
