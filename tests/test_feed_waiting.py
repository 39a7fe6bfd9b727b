"""Those who wait for one release read it once, and keep nobody else waiting."""

import asyncio
import threading

from graph.model import AgreementId
from graph.view import View
from tests.feeding import LESS, WHOLE, feed_of, run, store
from tests.partner_world import COUNTY, NDEX, publish, release


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
        await asyncio.to_thread(releases.begun.wait, 60)
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
        await asyncio.to_thread(releases.begun.wait, 60)
        publish(releases, LESS)
        slow.set()
        return [(await task).header.version for task in (first, second)]

    assert run(two) == [LESS.header.version] * 2
