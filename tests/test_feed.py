"""What is served is what the store says is current, read whole; in every other case nothing is (DESIGN 4, View)."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.errors import StoreUnreachable
from graph.later import Later
from graph.model import AgreementId
from graph.readers import LEASE_SECONDS
from graph.release import Content
from server.partner.feed import Feed
from tests.feeding import CLOCK, LESS, WHOLE, Counting, feed_of, run, store, version, version_now
from tests.memory_releases import MemoryReleases
from tests.partner_world import COUNTY, LINKS, NDEX, RECORDS, content, publish, release


def test_a_feed_that_follows_has_the_new_version_before_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.partner.feed.POLL_SECONDS", 0.001)
    releases = store(WHOLE, release(agreement=COUNTY))
    feed = feed_of(releases)

    async def followed() -> None:
        await feed.view(NDEX)
        following = asyncio.create_task(feed.follow())
        publish(releases, LESS)
        while getattr(feed._held.get(NDEX), "header", None) != LESS.header:
            await asyncio.sleep(0.001)
        async with feed._hearing:  # cancelled while it asks, its question would go on in a thread
            following.cancel()
        await asyncio.gather(following, return_exceptions=True)

    run(followed)
    releases.asked.clear()
    assert (version_now(feed), releases.asked) == (LESS.header.version, [])


def test_a_feed_that_follows_goes_on_when_the_store_fails_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("server.partner.feed.POLL_SECONDS", 0.001)
    releases = store(WHOLE)
    feed = feed_of(releases)
    releases.fails = True

    async def followed() -> None:
        following = asyncio.create_task(feed.follow())
        while releases.asked.count("standing") < 5:
            await asyncio.sleep(0.001)
        releases.fails = False
        while releases.asked.count("headers") < 1:
            await asyncio.sleep(0.001)
        following.cancel()

    with caplog.at_level(logging.ERROR):
        run(followed)
    assert [record.message for record in caplog.records] == ["the release store did not answer"]


def test_a_new_version_is_served_from_the_next_answer_on() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    told = [version(feed)]
    publish(releases, LESS)
    told.append(version(feed))
    publish(releases, WHOLE)
    told.append(version(feed))
    assert told == [WHOLE.header.version, LESS.header.version, WHOLE.header.version]


def test_a_view_stays_as_it_was_while_the_store_goes_on() -> None:
    releases = store(WHOLE)
    before = run(lambda: feed_of(releases).view(NDEX))
    publish(releases, LESS)
    assert (before.record_count, before.link_count) == (len(RECORDS), len(LINKS))


def test_an_agreement_without_a_release_is_not_served() -> None:
    assert version(feed_of(store(WHOLE)), COUNTY) is None


def test_a_release_that_is_taken_away_is_not_served_any_more() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    told = [version(feed)]
    releases.drop(NDEX)
    told.append(version(feed))
    assert told == [WHOLE.header.version, None]


class Following(Counting):
    """Tells what a release has become; `wrong` leaves something out."""

    wrong = False

    def later(self, agreement: AgreementId, place: int, version: str) -> Later | None:
        self.asked.append("later")
        found = MemoryReleases.later(self, agreement, place, version)
        return replace(found, content=Content()) if found is not None and self.wrong else found


@pytest.mark.parametrize("wrong", [False, True])
def test_a_release_that_has_changed_is_followed_and_read_whole_only_where_that_does_not_fit(
    wrong: bool,
) -> None:
    releases = Following()
    publish(releases, LESS)
    feed = feed_of(releases)
    before = run(lambda: feed.view(NDEX))
    releases.wrong = wrong
    releases.asked.clear()
    publish(releases, WHOLE)
    CLOCK.seconds += LEASE_SECONDS
    after = run(lambda: feed.view(NDEX))
    assert after.header == WHOLE.header
    assert asked_to_read(releases) == ["later", *(["read ndex"] if wrong else [])]
    same = {id for id, record in before._records.items() if after.record(id) is record}
    assert (same == {record.id for record in RECORDS[1:]}) is True


LEAST = release(content(RECORDS[2:], ()))


def asked_to_read(releases: Counting) -> list[str]:
    """What was asked of a release's content."""
    return [asked for asked in releases.asked if asked.startswith(("later", "read"))]


class Overtaken(Following):
    """meanwhile: happens while it is told for the first time what a release has become, after that was looked up."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        super().__init__()
        self._meanwhile = [meanwhile]

    def later(self, agreement: AgreementId, place: int, version: str) -> Later | None:
        found = super().later(agreement, place, version)
        if self._meanwhile:
            self._meanwhile.pop()()
        return found


def opened_and_changed(meanwhile: Callable[[], None]) -> tuple[Overtaken, Feed]:
    """Releases one of which is less than it was when the feed opened it."""
    releases = Overtaken(meanwhile)
    publish(releases, WHOLE)
    feed = feed_of(releases)
    run(lambda: feed.view(NDEX))
    releases.asked.clear()
    publish(releases, LESS)
    return releases, feed


def test_a_version_that_is_heard_of_while_the_one_before_is_followed_is_followed_too() -> None:
    """A large release takes seconds to follow, and a restriction is followed by an addition at once."""

    def meanwhile() -> None:
        publish(releases, LEAST)
        CLOCK.seconds += LEASE_SECONDS
        feed._renew()

    releases, feed = opened_and_changed(meanwhile)
    CLOCK.seconds += LEASE_SECONDS
    after = run(lambda: feed.view(NDEX))
    assert (after.header, after.record_count) == (LEAST.header, len(LEAST.content.records))
    assert asked_to_read(releases) == ["later", "later"]


def test_a_view_that_could_not_be_followed_for_a_moment_is_gone_on_from_afterwards() -> None:
    def meanwhile() -> None:
        raise StoreUnreachable("bolt://10.0.0.7:7687: nobody answers")

    releases, feed = opened_and_changed(meanwhile)
    assert (version(feed), version(feed)) == (None, LESS.header.version)
    assert asked_to_read(releases) == ["later", "later"]
