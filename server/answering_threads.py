"""The threads by which questions are answered: so many of each agreement's at a time, and the others wait for these.

So a partner that asks for much keeps itself waiting. With all in one they would wait for each other, and with them the
question to the store of what is current: it has the threads that anybody else uses, and where it comes too late nothing
is served to anyone (`server.lease`).
"""

from collections.abc import Callable
from typing import Final, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from graph.model import AgreementId

T = TypeVar("T")

EACH: Final = 8
"""How many of one agreement's questions are answered at a time."""


class AnsweringThreads:
    """Those of one process. It is asked for agreements that have a View, so it does not grow without end."""

    def __init__(self) -> None:
        self._of: dict[AgreementId, CapacityLimiter] = {}

    async def run(self, agreement: AgreementId, work: Callable[[], T]) -> T:
        """What the work gives, done in a thread."""
        limiter = self._of.get(agreement)
        if limiter is None:
            limiter = self._of[agreement] = CapacityLimiter(EACH)
        return await run_sync(work, limiter=limiter)
