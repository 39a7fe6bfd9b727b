"""The threads by which questions are answered: so many of each agreement's at a time, and the others wait for these.

So a partner that asks for much keeps itself waiting. With all in one they would wait for each other, and with them the
question to the store of what is current: it has the threads that anybody else uses, and where it comes too late nothing
is served to anyone (`server.partner.lease`).

Whose turn it is has a thread at once. So what is asked within the turn, which View is current say, is so when the
answer begins: what was asked before may have been withdrawn since, and the withdrawal acknowledged.
"""

import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final, TypeVar

from anyio import CapacityLimiter, WouldBlock
from anyio.to_thread import run_sync

from graph.model import AgreementId

T = TypeVar("T")

EACH: Final = 8
"""How many of one agreement's questions are answered at a time."""


class AnsweringThreads:
    """Those of one process. It is asked for agreements that have a View, so it does not grow without end."""

    def __init__(self) -> None:
        self._turns: dict[AgreementId, CapacityLimiter] = {}
        self._threads = CapacityLimiter(math.inf)

    @asynccontextmanager
    async def turn(self, agreement: AgreementId) -> AsyncIterator[bool]:
        """A turn of this agreement's, to be held; and whether it had to be waited for."""
        turns = self._turns.get(agreement)
        if turns is None:
            turns = self._turns[agreement] = CapacityLimiter(EACH)
        waited = await _taken(turns)
        try:
            yield waited
        finally:
            turns.release()

    async def run(self, work: Callable[[], T]) -> T:
        """What the work gives, done in a thread, which begins now. Hold a turn."""
        return await run_sync(work, limiter=self._threads)


async def _taken(turns: CapacityLimiter) -> bool:
    """Take one of them; whether it had to be waited for."""
    try:
        turns.acquire_nowait()
    except WouldBlock:
        await turns.acquire()
        return True
    return False
