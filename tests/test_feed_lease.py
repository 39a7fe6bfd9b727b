"""A feed answers while its lease lasts and no longer, and a publisher waits for it (DESIGN 4, View)."""

import asyncio
import threading
import time

import pytest

from graph.readers import LEASE_SECONDS, NO_DAYS, Days, Reader, Standing, await_readers
from server.partner.lease import Lease, NotServed
from server.partner.seen_days import SeenDays, day_in
from tests.feeding import CLOCK, LESS, WHOLE, feed_of, run, store, version, version_now
from tests.memory_releases import MemoryReleases
from tests.partner_world import NDEX, publish, release


def test_the_store_is_asked_in_each_lease_and_read_once_for_each_version() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    assert [version(feed), version_now(feed), version(feed), version_now(feed)] == [WHOLE.header.version] * 4
    assert releases.asked == ["standing", "standing", "headers", "read ndex", "standing"]


def test_while_its_lease_lasts_it_answers_from_what_it_heard_and_then_no_more() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    told = [version(feed)]
    releases.fails = True
    CLOCK.seconds += LEASE_SECONDS - 0.001
    told.append(version_now(feed))
    CLOCK.seconds += 0.001
    told.append(version_now(feed))
    assert told == [WHOLE.header.version, WHOLE.header.version, None]


def test_a_store_that_does_not_answer_keeps_nobody_waiting_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(MemoryReleases):
        """It is asked, and does not answer before the test lets it."""

        def standing(self) -> Standing:
            questions.append("standing")
            assert answers.wait(60)
            return super().standing()

    monkeypatch.setattr("server.partner.feed.PATIENCE_SECONDS", 0.05)
    questions, answers = list[str](), threading.Event()
    silent = Silent()
    publish(silent, WHOLE)
    feed = feed_of(silent)

    async def asked() -> list[object]:
        told = await asyncio.gather(*(feed.view(NDEX) for _ in range(20)), return_exceptions=True)
        while not questions:  # on a busy machine it may begin after everybody's patience has ended
            await asyncio.sleep(0.01)
        waited_for = list(questions)
        answers.set()
        return [*map(type, told), waited_for]

    assert run(asked) == [NotServed] * 20 + [["standing"]]


def test_a_lease_counts_from_before_the_question() -> None:
    class Slow(MemoryReleases):
        """Its answer is on its way for as long as a lease lasts."""

        def standing(self) -> Standing:
            standing = super().standing()
            CLOCK.seconds += LEASE_SECONDS
            return standing

    slow = Slow()
    publish(slow, WHOLE)
    assert version(feed_of(slow)) is None


def test_it_confirms_a_revision_only_when_it_has_let_go_of_what_was_before() -> None:
    class Watched(MemoryReleases):
        """Notes what could still be answered at each enrolment."""

        def enrol(self, reader: Reader, seen: Days = NO_DAYS) -> Days:
            served.append((reader.confirmed, feed._headers is not None))
            return super().enrol(reader, seen)

    served: list[tuple[int, bool]] = []
    watched = Watched()
    publish(watched, WHOLE)
    feed = feed_of(watched)
    version(feed)
    publish(watched, LESS)
    version(feed)
    assert served == [(-1, False), (1, False), (1, True), (2, False)]


def test_a_publisher_waits_for_a_feed_until_it_has_asked_again() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    version(feed)
    publish(releases, LESS)
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            version(feed)

    await_readers(releases, CLOCK, sleep)
    assert (len(waited), version_now(feed)) == (3, LESS.header.version)


def test_a_feed_that_leaves_answers_nothing_and_keeps_no_publisher_waiting() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    version(feed)

    async def followed() -> None:
        async with feed.following():
            await feed.view(NDEX)

    run(followed)
    assert releases.enrolled() == []
    assert not feed._lease.holds()


def test_a_feed_that_leaves_while_it_asks_holds_no_lease_once_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(MemoryReleases):
        """It tells how it stands when the test lets it."""

        def standing(self) -> Standing:
            if not told.is_set():
                asked.set()
            assert told.wait(60)
            return super().standing()

    monkeypatch.setattr("server.partner.feed.POLL_SECONDS", 0.001)
    asked, told = threading.Event(), threading.Event()
    told.set()
    slow = Slow()
    publish(slow, WHOLE)
    feed = feed_of(slow)

    async def followed() -> None:
        async with feed.following():
            await feed.view(NDEX)
            told.clear()
            await asyncio.to_thread(asked.wait, 60)
            asyncio.get_running_loop().call_later(0.05, told.set)

    run(followed)
    told.set()
    for thread in threading.enumerate():
        if thread.name == "AnyIO worker thread":
            thread.join(60)
    assert (slow.enrolled(), feed._lease.holds(), version_now(feed)) == ([], False, None)


def test_what_an_answer_would_be_from_is_told_while_the_lease_lasts_and_in_its_time_alone() -> None:
    today = 99
    feed = feed_of(store(release(serves_until=100)), day=lambda _zone: today)
    told = [feed.header(NDEX)]
    version(feed)
    told.append(feed.header(NDEX))
    today = 100
    told.append(feed.header(NDEX))
    today = 99  # which is no way back
    told.append(feed.header(NDEX))
    ends = feed_of(store(WHOLE))
    version(ends)
    told.append(ends.header(NDEX))
    CLOCK.seconds += 2 * LEASE_SECONDS
    told.append(ends.header(NDEX))
    assert [header is not None for header in told] == [False, True, False, False, True, False]


def test_a_lease_ends_while_the_machine_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = set[int]()

    def an_hour_later(clock: int) -> float:
        asked.add(clock)
        return now(clock) + 3_600

    now, lease = time.clock_gettime, Lease(store(WHOLE), seconds=60.0)
    lease.renew(SeenDays(day_in), lambda: None)
    told = [lease.holds()]
    monkeypatch.setattr(
        "time.clock_gettime", an_hour_later
    )  # and what time.monotonic tells has hardly changed
    told.append(lease.holds())
    assert (told, asked) == ([True, False], {getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)})


def test_it_is_enrolled_before_it_asks_what_is_current() -> None:
    class Ordered(MemoryReleases):
        def enrol(self, reader: Reader, seen: Days = NO_DAYS) -> Days:
            asked.append("enrols")
            return super().enrol(reader, seen)

        def standing(self) -> Standing:
            asked.append("asks")
            return super().standing()

    asked: list[str] = []
    ordered = Ordered()
    publish(ordered, WHOLE)
    version(feed_of(ordered))
    assert asked == ["enrols", "asks"] * 2


def test_one_that_hears_that_a_restriction_is_due_serves_nothing_though_its_lease_would_last() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    told = [version(feed)]
    releases.announce_restriction(0)
    told.append(version_now(feed))  # it has not heard of it
    with pytest.raises(NotServed):
        run(feed._hear)
    told.append(version_now(feed))
    assert told == [WHOLE.header.version, WHOLE.header.version, None]
