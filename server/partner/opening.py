"""What a process opens before anybody asks for it, and whether it has been through all of it once: then it is ready.

The View of each agreement that has a release is opened, one after the other, from the start on and again whenever it
has changed. One that cannot be opened (damaged, of other keys, of a day that has passed) is answered with 503 and keeps
no other one waiting: it counts as done, and is tried again when the store says something else of it. One that the store
failed to read, and answers again, counts as well, and is tried again a minute later: that may have been a moment.
Where the store itself does not answer, nothing counts. Whether it is ready tells nobody which agreements there are, or
how many.
"""

import asyncio
import math
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from typing import Final, TypeVar

from graph.model import AgreementId
from graph.release import Header
from server.partner.lease import NotServed, StoreFailed

T = TypeVar("T")

_PATIENCE_SECONDS: Final = 0.5
"""How long a question whether all is open waits for it; those who probe give up after a second."""

_AGAIN_SECONDS: Final = 60.0
"""After how long one is tried again that the store failed to read: it may be large, and be damaged for good."""


class Opening:
    """Opens the Views of a feed. view: opens that of an agreement. ask: asks the store anew. Both raise NotServed.

    now: seconds of a clock that is never set.
    """

    def __init__(
        self,
        view: Callable[[AgreementId], Awaitable[object]],
        ask: Callable[[], Awaitable[None]],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._view = view
        self._ask = ask
        self._task: asyncio.Task[None] | None = None
        self._now = now
        self._given_up: dict[AgreementId, tuple[Header, float]] = {}
        self._done = False

    async def is_done(self, headers: Mapping[AgreementId, Header]) -> bool:
        """Whether all that there was has been gone through once. What comes later changes nothing about it."""
        if not self._done:
            await asyncio.wait([self.soon(headers)], timeout=_PATIENCE_SECONDS)
        return self._done

    def soon(self, headers: Mapping[AgreementId, Header]) -> "asyncio.Task[None]":
        """Open what is not open of these, beside everything else, unless that is being done."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._open(headers))
        return self._task

    def stop(self) -> None:
        """Open nothing more."""
        if self._task is not None:
            self._task.cancel()

    async def _open(self, headers: Mapping[AgreementId, Header]) -> None:
        for agreement, header in headers.items():
            if self._is_given_up(agreement, header):
                continue
            try:
                await self._view(agreement)
            except NotServed as why:
                if not await self._answers():
                    return
                wait = _AGAIN_SECONDS if isinstance(why, StoreFailed) else math.inf
                self._given_up[agreement] = header, self._now() + wait
        self._done = True

    def _is_given_up(self, agreement: AgreementId, header: Header) -> bool:
        """Whether nothing but what was tried is to be tried now."""
        tried, until = self._given_up.get(agreement, (None, -math.inf))
        return tried == header and self._now() < until

    async def _answers(self) -> bool:
        try:
            await self._ask()
        except NotServed:
            return False
        return True


async def apart(work: Callable[[], T]) -> T:
    """What the work gives, done in a thread that no stop of the process waits for: a large release takes a minute."""
    told: Future[T] = Future()
    told.set_running_or_notify_cancel()

    def do() -> None:
        try:
            told.set_result(work())
        except BaseException as error:
            told.set_exception(error)

    threading.Thread(target=do, name="opening", daemon=True).start()
    return await asyncio.wrap_future(told)
