"""One partner's slow questions keep nobody else waiting, and do not keep the process from asking what is current."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from graph.model import AgreementId
from graph.readers import LEASE_SECONDS
from graph.view import View
from schema.execute import Answer, Answering, Question
from server import answering_threads
from server.answering_threads import AnsweringThreads
from tests.feeding import WHOLE, store
from tests.partner_client import HandClock, partner_app, token
from tests.partner_world import COUNTY, NDEX, release

MANY = 60


@pytest.fixture(name="slow")
def _slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """While it is not set, no question of NDEX's is answered."""
    ready, answer = threading.Event(), Answering.answer

    def slowly(self: Answering, view: View, question: Question, *paying: Any) -> Answer:
        if view.header.agreement == NDEX:
            assert ready.wait(30)
        return answer(self, view, question, *paying)

    monkeypatch.setattr(Answering, "answer", slowly)
    yield ready
    ready.set()


def test_slow_questions_of_one_agreement_keep_no_other_waiting_nor_the_lease(slow: threading.Event) -> None:
    clock = HandClock()
    app = partner_app(store(WHOLE, release(agreement=COUNTY)), now=clock)

    async def asked() -> tuple[list[int], list[int]]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://partner.test") as client:

            async def status(agreement: AgreementId) -> int:
                headers = {"Authorization": f"Bearer {token(agreement)}"}
                answer = await client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
                return answer.status_code

            waiting = [asyncio.create_task(status(NDEX)) for _ in range(MANY)]
            others = []
            for _ in range(3):
                clock.seconds += 2 * LEASE_SECONDS
                others.append(await asyncio.wait_for(status(COUNTY), 20))
            slow.set()
            return others, await asyncio.gather(*waiting)

    assert asyncio.run(asked()) == ([200] * 3, [200] * MANY)


def test_so_many_of_one_agreement_are_answered_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering_threads, "EACH", 2)
    threads, ready, begun = AnsweringThreads(), threading.Event(), threading.Semaphore(0)

    def work() -> bool:
        begun.release()
        return ready.wait(20)

    async def working() -> tuple[list[bool], list[bool]]:
        tasks = [asyncio.create_task(threads.run(NDEX, work)) for _ in range(5)]
        both = [await asyncio.to_thread(begun.acquire, timeout=20) for _ in range(2)]
        third = await asyncio.to_thread(begun.acquire, timeout=0.1)
        ready.set()
        return [*both, third], await asyncio.gather(*tasks)

    assert asyncio.run(working()) == ([True, True, False], [True] * 5)
