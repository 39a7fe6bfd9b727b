"""What is served is what the store says is current, read whole; in every other case nothing is (DESIGN 4, View)."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import msgspec
import pytest

from graph.errors import StoreUnreachable
from graph.later import Later
from graph.model import AgreementId
from graph.readers import LEASE_SECONDS, Reader, Standing, await_readers
from graph.release import Content, Header, Release
from graph.search_index import SearchIndex
from graph.store import Change
from graph.view import View
from server.feed import Feed, day_in
from server.lease import Lease, NotServed
from tests.memory_releases import MemoryReleases
from tests.partner_client import Client, HandClock
from tests.partner_world import (
    CASES,
    COUNTY,
    LINKS,
    NDEX,
    RECORDS,
    VERSION_KEY,
    content,
    publish,
    published,
    release,
)

T = TypeVar("T")

WHOLE = release()
LESS = release(content(RECORDS[1:], ()))


class Counting(MemoryReleases):
    """Counts what it is asked, and may be made to fail or to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.fails = False
        self.waits: dict[AgreementId, threading.Event] = {}
        self.begun = threading.Event()

    def standing(self) -> Standing:
        self.asked.append("standing")
        self._fail()
        return super().standing()

    def headers(self) -> dict[AgreementId, Header]:
        self.asked.append("headers")
        self._fail()
        return super().headers()

    def read(self, agreement: AgreementId) -> Release | None:
        self.asked.append(f"read {agreement}")
        self.begun.set()
        if agreement in self.waits:
            assert self.waits[agreement].wait(10)
        return super().read(agreement)

    def later(self, agreement: AgreementId, place: int, version: str) -> Later | None:
        """Nothing, so that it is read whole."""
        return None

    def _fail(self) -> None:
        if self.fails:
            raise StoreUnreachable("bolt://10.0.0.7:7687: nobody answers")


def store(*releases: Release) -> Counting:
    counting = Counting()
    for each in releases:
        publish(counting, each)
    return counting


def run(work: Callable[[], Awaitable[T]]) -> T:
    """What the work comes to, within ten seconds."""

    async def limited() -> T:
        return await asyncio.wait_for(work(), 10)

    return asyncio.run(limited())


CLOCK = HandClock()


def feed_of(releases: MemoryReleases, key: bytes = VERSION_KEY, day: Callable[[str], int] = day_in) -> Feed:
    """A feed whose lease lasts as long as no test moves the clock."""
    return Feed(releases, key, day, Lease(releases, now=CLOCK))


def version(feed: Feed, agreement: AgreementId = NDEX) -> str | None:
    """The version that is served once the lease is over, or None."""
    CLOCK.seconds += 2 * LEASE_SECONDS
    return version_now(feed, agreement)


def version_now(feed: Feed, agreement: AgreementId = NDEX) -> str | None:
    """The version that is served, or None."""
    try:
        return run(lambda: feed.view(agreement)).header.version
    except NotServed:
        return None


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
            assert answers.wait(10)
            return super().standing()

    monkeypatch.setattr("server.feed.PATIENCE_SECONDS", 0.05)
    questions, answers = list[str](), threading.Event()
    silent = Silent()
    publish(silent, WHOLE)
    feed = feed_of(silent)

    async def asked() -> list[object]:
        told = await asyncio.gather(*(feed.view(NDEX) for _ in range(20)), return_exceptions=True)
        async with asyncio.timeout(10):
            while (
                not questions
            ):  # on a busy machine the question may begin after everybody's patience has ended
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

        def enrol(self, reader: Reader) -> None:
            super().enrol(reader)
            served.append((reader.confirmed, feed._headers is not None))

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


def test_a_feed_that_follows_has_the_new_version_before_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.feed.POLL_SECONDS", 0.001)
    releases = store(WHOLE, release(agreement=COUNTY))
    feed = feed_of(releases)

    async def followed() -> None:
        await feed.view(NDEX)
        following = asyncio.create_task(feed.follow())
        publish(releases, LESS)
        while getattr(feed._held.get(NDEX), "header", None) != LESS.header:
            await asyncio.sleep(0.001)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)

    run(followed)
    releases.asked.clear()
    assert (version_now(feed), releases.asked) == (LESS.header.version, [])


def test_a_feed_that_follows_goes_on_when_the_store_fails_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("server.feed.POLL_SECONDS", 0.001)
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


def altered(**header: object) -> Release:
    """A release whose header says something else."""
    return Release(msgspec.structs.replace(WHOLE.header, **header), WHOLE.content)


@pytest.mark.parametrize(
    "torn",
    [
        Release(WHOLE.header, LESS.content),
        Release(WHOLE.header, Content()),
        Release(LESS.header, WHOLE.content),
        altered(version=LESS.header.version),
        altered(total=LESS.header.total),
        altered(total="no number"),
        altered(timezone="Nowhere/At_All", serves_until=10**6),
    ],
    ids=["too little", "nothing", "too much", "another version", "another total", "no total", "no time zone"],
)
def test_a_release_that_is_not_what_its_header_states_is_not_served(torn: Release) -> None:
    releases = MemoryReleases()
    releases.apply(torn.header, _everything(torn))
    assert version(feed_of(releases)) is None


def _everything(of: Release) -> Change:
    return Change.between(Content(), of.content)


def test_a_release_made_with_another_key_is_not_served() -> None:
    assert version(feed_of(store(WHOLE), b"x" * 32)) is None


class MixedUp(MemoryReleases):
    """Gives another agreement's header, or another agreement's release."""

    def __init__(self, *, header: bool) -> None:
        super().__init__()
        publish(self, WHOLE)
        publish(self, release(agreement=COUNTY))
        self._mixes_header = header

    def header(self, agreement: AgreementId) -> Header | None:
        return super().header(NDEX if self._mixes_header else agreement)

    def read(self, agreement: AgreementId) -> Release | None:
        return super().read(NDEX)


@pytest.mark.parametrize("header", [True, False])
def test_a_store_that_mixes_agreements_up_is_not_believed(header: bool) -> None:
    feed = feed_of(MixedUp(header=header))
    assert [version(feed, NDEX), version(feed, COUNTY)] == [WHOLE.header.version, None]


def test_a_store_that_fails_serves_nothing_and_is_believed_again_when_it_answers(
    caplog: pytest.LogCaptureFixture,
) -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    told = [version(feed)]
    releases.fails = True
    with caplog.at_level(logging.ERROR):
        told += [version(feed), version(feed)]
    releases.fails = False
    told.append(version(feed))
    assert told == [WHOLE.header.version, None, None, WHOLE.header.version]
    assert releases.asked.count("read ndex") == 1
    assert "nobody answers" in caplog.text


def test_while_a_restriction_is_due_no_agreement_is_served() -> None:
    releases = store(WHOLE, release(agreement=COUNTY))
    feed = feed_of(releases)

    def told() -> list[bool]:
        return [version(feed, agreement) is not None for agreement in (NDEX, COUNTY)]

    before = told()
    releases.announce_restriction(0)
    meanwhile = told()
    releases.restriction_done()
    assert [before, meanwhile, told()] == [[True, True], [False, False], [True, True]]
    assert [asked for asked in releases.asked if asked.startswith("read")] == ["read ndex", "read county"]


def test_a_release_that_took_long_to_read_while_a_restriction_became_due_is_not_served() -> None:
    class Loaded(MemoryReleases):
        """While a release is read, a load begins and is killed."""

        def read(self, agreement: AgreementId) -> Release | None:
            self.announce_restriction(0)
            CLOCK.seconds += LEASE_SECONDS
            return super().read(agreement)

    loaded = Loaded()
    publish(loaded, WHOLE)
    assert version(feed_of(loaded)) is None


def test_a_store_that_cannot_tell_whether_a_restriction_is_due_serves_nothing() -> None:
    class Mute(MemoryReleases):
        def standing(self) -> Standing:
            raise StoreUnreachable("bolt://10.0.0.7:7687: nobody answers")

    mute = Mute()
    publish(mute, WHOLE)
    assert version(feed_of(mute)) is None


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


def test_many_who_wait_for_one_release_read_it_once() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)

    async def many() -> list[View]:
        return await asyncio.gather(*(feed.view(NDEX) for _ in range(30)))

    assert len({id(view) for view in run(many)}) == 1
    assert releases.asked.count("read ndex") == 1


def test_one_release_that_takes_long_keeps_no_other_agreement_waiting() -> None:
    releases = store(WHOLE, release(agreement=COUNTY))
    slow = releases.waits[COUNTY] = threading.Event()
    feed = feed_of(releases)

    async def both() -> list[str]:
        order: list[str] = []

        async def answer(agreement: AgreementId) -> None:
            await feed.view(agreement)
            order.append(agreement)

        waiting = [asyncio.create_task(answer(COUNTY)) for _ in range(60)]
        await asyncio.to_thread(releases.begun.wait, 10)
        await answer(NDEX)
        slow.set()
        await asyncio.gather(*waiting)
        return order

    assert run(both) == [NDEX] + [COUNTY] * 60


def test_a_release_that_was_withdrawn_while_it_was_read_is_asked_for_again_by_those_who_waited() -> None:
    releases = store(WHOLE)
    slow = releases.waits[NDEX] = threading.Event()
    feed = feed_of(releases)

    async def two() -> list[str]:
        first = asyncio.create_task(feed.view(NDEX))
        second = asyncio.create_task(feed.view(NDEX))
        await asyncio.to_thread(releases.begun.wait, 10)
        publish(releases, LESS)
        slow.set()
        return [(await task).header.version for task in (first, second)]

    assert run(two) == [LESS.header.version] * 2


def test_what_is_not_served_is_503_with_a_time_to_come_back(caplog: pytest.LogCaptureFixture) -> None:
    failing = store(WHOLE)
    failing.fails = True
    told = []
    for client in (
        Client(failing),
        Client(published(), NDEX),
        Client(published(WHOLE), AgreementId("no-such-agreement")),
        Client(published(release(serves_until=1))),
        Client(published(altered(total="0"))),
    ):
        response = client.post({"query": "{ agreement { id } }"})
        told.append((response.status_code, response.headers["Retry-After"], response.content))
    assert (
        told
        == [
            (
                503,
                "5",
                b'{"errors":[{"message":"This agreement is not served at the moment. Try again later.",'
                b'"extensions":{"code":"NOT_SERVED"}}]}',
            )
        ]
        * 5
    )
    assert "nobody answers" in caplog.text


def test_a_store_that_does_not_answer_is_not_ready() -> None:
    failing = store(WHOLE)
    client = Client(failing)
    statuses = [client.send("GET", "/readyz").status_code]
    failing.fails = True
    statuses += [client.send("GET", path).status_code for path in ("/readyz", "/healthz")]
    assert statuses == [200, 503, 200]


def test_an_answer_over_http_follows_the_store_at_once() -> None:
    releases = published(WHOLE)
    client = Client(releases)
    counts = []
    for records in (CASES, CASES[:2], CASES[1:]):
        publish(releases, release(content(records, ())))
        counts.append(client.ask("{ cases { totalCount nodes { id } } }")["cases"])
    assert counts == [
        {"totalCount": len(expected), "nodes": [{"id": id} for id in expected]}
        for expected in (["c1", "c4", "c2", "c3"], ["c1", "c2"], ["c4", "c2", "c3"])
    ]


def indexed(feed: Feed, agreement: AgreementId = NDEX) -> SearchIndex:
    """The index that the feed keeps once it has been made."""
    current = run(lambda: feed.view(agreement))
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(10)
    assert feed._indices[agreement] is current.searchable()
    return current.searchable()


def test_the_search_index_of_a_view_is_made_beforehand_and_follows_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    version(feed)
    first = indexed(feed)
    monkeypatch.setattr(SearchIndex, "of", None)  # so that none can be built afresh
    publish(releases, LESS)
    assert version(feed) == LESS.header.version
    assert indexed(feed) is not first


def test_the_search_index_of_a_release_that_is_gone_is_let_go_of() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    version(feed)
    indexed(feed)
    releases.drop(NDEX)
    assert (version(feed), feed._indices) == (None, {})


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
    assert [asked for asked in releases.asked if asked.startswith(("later", "read"))] == [
        "later",
        *(["read ndex"] if wrong else []),
    ]
    same = {id for id, record in before._records.items() if after.record(id) is record}
    assert (same == {record.id for record in RECORDS[1:]}) is True
