"""A feed over a store in memory that counts what it is asked, and a clock that tests move."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec

from graph.errors import StoreUnreachable
from graph.later import Later
from graph.model import AgreementId
from graph.readers import LEASE_SECONDS, Standing
from graph.release import Header, Release
from server.partner.feed import Feed
from server.partner.lease import Lease, NotServed
from server.partner.seen_days import day_in
from tests.memory_releases import MemoryReleases
from tests.partner_client import HandClock
from tests.partner_world import NDEX, RECORDS, VERSION_KEY, content, publish, release

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
            assert self.waits[agreement].wait(60)
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
    """What the work comes to, within a minute."""

    async def limited() -> T:
        return await asyncio.wait_for(work(), 60)

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


def altered(**header: object) -> Release:
    """A release whose header says something else."""
    return Release(msgspec.structs.replace(WHOLE.header, **header), WHOLE.content)
