"""A partner process is ready once all releases are open, and one that cannot be opened keeps it from nothing."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable

import pytest

from graph.errors import StoreUnreachable
from graph.model import AgreementId
from graph.release import Release
from server.partner.feed import Feed
from server.partner.opening import apart
from tests.feeding import CLOCK, WHOLE, Counting, altered, feed_of, run, store
from tests.partner_world import COUNTY, NDEX, publish, release

COUNTYS = release(agreement=COUNTY)


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.partner.opening._PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr("server.partner.feed.POLL_SECONDS", 0.001)


def followed(feed: Feed, watching: Callable[[], Awaitable[None]]) -> None:
    """Watch a feed that follows."""

    async def both() -> None:
        async with feed.following():
            await watching()

    run(both)


async def until(true: Callable[[], object]) -> None:
    while not true():
        await asyncio.sleep(0.001)


async def until_ready(feed: Feed) -> None:
    while not await feed.is_ready():
        await asyncio.sleep(0.001)


def has_been_through(feed: Feed) -> bool:
    """Whether nothing is being opened now."""
    return feed._opening._task is not None and feed._opening._task.done()


def test_it_is_ready_once_the_releases_of_all_agreements_are_open_and_nobody_has_to_ask_first() -> None:
    releases = store(WHOLE, COUNTYS)
    slow = releases.waits[NDEX] = threading.Event()
    feed = feed_of(releases)
    told: list[bool] = []

    async def watching() -> None:
        await until(lambda: "read ndex" in releases.asked)
        told.append(await feed.is_ready())
        slow.set()
        await until_ready(feed)
        told.append(set(feed._held) == {NDEX, COUNTY})

    followed(feed, watching)
    assert told == [False, True]


def test_where_nothing_is_published_it_is_ready_at_once() -> None:
    feed = feed_of(store())
    assert run(feed.is_ready) is True


@pytest.mark.parametrize(
    "broken", [altered(total="0"), release(serves_until=1)], ids=["does not fit", "its day has passed"]
)
def test_a_release_that_may_not_be_served_keeps_it_from_nothing_and_is_not_read_again_and_again(
    broken: Release, caplog: pytest.LogCaptureFixture
) -> None:
    releases = store(broken, COUNTYS)
    feed = feed_of(releases)

    async def watching() -> None:
        await until_ready(feed)
        releases.asked.clear()
        await until(lambda: releases.asked.count("standing") > 5)

    with caplog.at_level(logging.ERROR):
        followed(feed, watching)
    assert (set(feed._held), set(releases.asked)) == ({COUNTY}, {"standing"})


class Torn(Counting):
    """One release cannot be read; where it `stops`, nothing else can be asked either from then on."""

    torn = True
    stops = False

    def read(self, agreement: AgreementId) -> Release | None:
        self.asked.append(f"read {agreement}")
        if self.torn and agreement == COUNTY:
            self.fails = self.stops
            raise StoreUnreachable("the page is torn")
        return super().read(agreement)


def torn() -> Torn:
    releases = Torn()
    for each in (WHOLE, COUNTYS):
        publish(releases, each)
    return releases


def test_a_release_that_its_store_cannot_read_keeps_it_from_nothing() -> None:
    releases = torn()
    feed = feed_of(releases)
    followed(feed, lambda: until_ready(feed))
    assert (set(feed._held), releases.asked.count("read county")) == ({NDEX}, 1)


def test_a_release_that_its_store_failed_to_read_for_a_moment_is_opened_though_nobody_asks_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.partner.opening._AGAIN_SECONDS", 0.05)
    releases = torn()
    feed = feed_of(releases)
    told: list[set[AgreementId]] = []

    async def watching() -> None:
        await until_ready(feed)
        told.append(set(feed._held))
        releases.torn = False
        await until(lambda: COUNTY in feed._held)

    followed(feed, watching)
    assert told == [{NDEX}]


def test_where_the_store_stops_meanwhile_it_is_ready_when_all_is_open_after_all() -> None:
    releases = torn()
    releases.stops = True
    feed = feed_of(releases)
    told: list[bool] = []

    async def watching() -> None:
        await until(lambda: releases.fails)
        told.append(await feed.is_ready())
        await until(lambda: has_been_through(feed))  # mended sooner, the store might answer when it is asked
        releases.torn = releases.fails = False
        await until_ready(feed)
        told.append(set(feed._held) == {NDEX, COUNTY})

    followed(feed, watching)
    assert told == [False, True]


def test_once_ready_it_stays_so_while_another_agreement_is_published_and_opened() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    told: list[bool] = []

    async def watching() -> None:
        await until_ready(feed)
        slow = releases.waits[COUNTY] = threading.Event()
        publish(releases, COUNTYS)
        await until(lambda: "read county" in releases.asked)
        CLOCK.seconds += 1
        told.append(await feed.is_ready())
        slow.set()
        await until(lambda: COUNTY in feed._held)

    followed(feed, watching)
    assert told == [True]


def test_a_stop_does_not_wait_for_a_release_that_is_being_read() -> None:
    ended, begun = threading.Event(), threading.Event()

    def reading() -> None:
        begun.set()
        ended.wait(60)

    async def stopped() -> bool:
        task = asyncio.create_task(apart(reading))
        await until(begun.is_set)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return ended.is_set()

    assert run(stopped) is False
    ended.set()
