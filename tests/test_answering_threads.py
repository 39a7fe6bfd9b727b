"""One partner's slow questions keep nobody else waiting, and do not keep the process from asking what is current."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from anyio import CapacityLimiter
from starlette.applications import Starlette

from graph.model import AgreementId
from graph.readers import LEASE_SECONDS
from graph.revocations import Revocations
from graph.view import View
from schema.execute import Answer, Answering, Question
from server.auth import Tokens
from server.partner import answering_threads
from server.partner.answering_threads import EACH, AnsweringThreads
from tests.feeding import LESS, WHOLE, store
from tests.memory_releases import MemoryReleases
from tests.memory_trail import MemoryTrail
from tests.partner_client import HandClock, partner_app, token
from tests.partner_world import COUNTY, NDEX, publish, release

MANY = 60


QUERY = {"query": "{ agreement { release { version } } }"}


class Slow(threading.Event):
    """While it is not set, no question of NDEX's is answered. begun: one would be. number: so many would be."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Event()
        self.number = 0


@pytest.fixture(name="slow")
def _slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    ready, answer, counting = Slow(), Answering.answer, threading.Lock()

    def slowly(self: Answering, view: View, question: Question, *paying: Any) -> Answer:
        if view.header.agreement == NDEX:
            with counting:
                ready.number += 1
            ready.begun.set()
            assert ready.wait(60)
        return answer(self, view, question, *paying)

    monkeypatch.setattr(Answering, "answer", slowly)
    yield ready
    ready.set()


@asynccontextmanager
async def asking(app: Starlette) -> AsyncIterator[Callable[[AgreementId], Awaitable[httpx.Response]]]:
    """Asks under an agreement."""
    tokens = {agreement: token(agreement) for agreement in (NDEX, COUNTY)}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://partner.test"
    ) as client:

        async def ask(agreement: AgreementId) -> httpx.Response:
            headers = {"Authorization": f"Bearer {tokens[agreement]}"}
            return await client.post("/graphql", json=QUERY, headers=headers)

        yield ask


def test_slow_questions_of_one_agreement_keep_no_other_waiting_nor_the_lease(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, turns, taken = HandClock(), set[CapacityLimiter](), answering_threads._taken

    def taking(turn: CapacityLimiter) -> Awaitable[bool]:
        turns.add(turn)
        return taken(turn)

    def are_there() -> bool:
        """So many are being answered, and all others wait for their turn: none asks what is current."""
        waiting = sum(turn.statistics().tasks_waiting for turn in turns)
        return (slow.number, waiting) == (EACH, MANY - EACH)

    monkeypatch.setattr(answering_threads, "_taken", taking)
    app = partner_app(store(WHOLE, release(agreement=COUNTY)), now=clock)

    async def asked() -> tuple[list[int], list[int]]:
        async with asking(app) as ask:
            waiting = [asyncio.ensure_future(ask(NDEX)) for _ in range(MANY)]
            while not are_there():
                await asyncio.sleep(0.001)
            others = []
            for _ in range(3):
                clock.seconds += 2 * LEASE_SECONDS
                others.append((await asyncio.wait_for(ask(COUNTY), 60)).status_code)
            slow.set()
            return others, [(await each).status_code for each in waiting]

    assert asyncio.run(asked()) == ([200] * 3, [200] * MANY)


def answered_after(change: Callable[[MemoryReleases], None], slow: Slow) -> list[Any]:
    """What two are told, the second of whom waits for the first, where this happens meanwhile: versions or codes."""
    clock, releases = HandClock(), store(WHOLE)
    app = partner_app(releases, now=clock)

    async def asked() -> list[httpx.Response]:
        async with asking(app) as ask:
            waiting = [asyncio.ensure_future(ask(NDEX)) for _ in range(2)]
            await asyncio.to_thread(slow.begun.wait, 60)
            change(releases)
            clock.seconds += 2 * LEASE_SECONDS
            slow.set()
            return [await each for each in waiting]

    bodies = [answer.json() for answer in asyncio.run(asked())]
    return [
        body["data"]["agreement"]["release"]["version"]
        if "data" in body
        else body["errors"][0]["extensions"]["code"]
        for body in bodies
    ]


def test_who_waited_for_a_turn_is_answered_from_what_is_current_then(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The withdrawal was acknowledged meanwhile: no answer begins from what was before."""
    monkeypatch.setattr(answering_threads, "EACH", 1)
    told = answered_after(lambda releases: publish(releases, LESS), slow)
    assert told == [WHOLE.header.version, LESS.header.version]


def test_who_waited_for_a_turn_has_a_token_that_is_good_then(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering_threads, "EACH", 1)
    taken_back = Revocations(agreements={NDEX: 2**40})
    told = answered_after(lambda releases: releases.revoke(taken_back), slow)
    assert told == [WHOLE.header.version, "UNAUTHENTICATED"]


def test_who_waited_for_a_turn_has_a_token_that_has_not_ended_then(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering_threads, "EACH", 1)
    told = answered_after(lambda _: monkeypatch.setattr(Tokens, "read", lambda *_: None), slow)
    assert told == [WHOLE.header.version, "UNAUTHENTICATED"]


def test_a_question_of_a_client_that_has_gone_by_its_turn_is_not_answered(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering_threads, "EACH", 1)
    trail = MemoryTrail()
    app = partner_app(store(WHOLE), trail=trail, now=HandClock())

    async def asked() -> None:
        async with asking(app) as ask:
            first = asyncio.ensure_future(ask(NDEX))
            await asyncio.to_thread(slow.begun.wait, 60)
            waiting = asyncio.ensure_future(ask_and_go(app))
            for _ in range(5):  # nothing is to be waited for before its turn
                await asyncio.sleep(0)
            slow.set()
            await asyncio.gather(first, waiting)

    asyncio.run(asked())
    assert [(line["event"], line.get("errors")) for line in trail.lines] == [
        ("answered", None),
        ("refused", ["NOT_SERVED"]),
    ]


async def ask_and_go(app: Starlette) -> None:
    """Ask under NDEX as a client does that has gone as soon as its question is there."""
    headers = {"authorization": f"Bearer {token(NDEX)}", "content-type": "application/json"}
    scope = {
        **{"type": "http", "method": "POST", "path": "/graphql", "query_string": b""},
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    messages = [{"type": "http.request", "body": json.dumps(QUERY).encode()}]

    async def receive() -> Any:
        return messages.pop() if messages else {"type": "http.disconnect"}

    async def send(_message: Any) -> None:
        pass

    await app(scope, receive, send)


def test_so_many_of_one_agreement_are_answered_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering_threads, "EACH", 2)
    threads, ready, begun = AnsweringThreads(), threading.Event(), threading.Semaphore(0)

    def work() -> bool:
        begun.release()
        return ready.wait(60)

    async def one() -> bool:
        async with threads.turn(NDEX):
            return await threads.run(work)

    async def working() -> tuple[list[bool], list[bool]]:
        tasks = [asyncio.create_task(one()) for _ in range(5)]
        both = [await asyncio.to_thread(begun.acquire, timeout=60) for _ in range(2)]
        third = await asyncio.to_thread(begun.acquire, timeout=0.1)
        ready.set()
        return [*both, third], await asyncio.gather(*tasks)

    assert asyncio.run(working()) == ([True, True, False], [True] * 5)
