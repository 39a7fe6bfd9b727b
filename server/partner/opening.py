"""What a process opens before anybody asks for it, and whether it has been through all of it once: then it is ready.

The View of each agreement that has a release is opened, one after the other, from the start on and again whenever it
has changed. One that cannot be opened (damaged, of other keys, of a day that has passed) is answered with 503 and keeps
no other one waiting: it counts as done, and is tried again when the store says something else of it. Where the store
itself does not answer, nothing counts. Whether it is ready tells nobody which agreements there are, or how many.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from typing import Final, TypeVar

from graph.model import AgreementId
from graph.release import Header
from server.partner.lease import NotServed

T = TypeVar("T")

_PATIENCE_SECONDS: Final = 0.5
"""How long a question whether all is open waits for it; those who probe give up after a second."""


class Opening:
    """Opens the Views of a feed. view: opens that of an agreement. ask: asks the store anew. Both raise NotServed."""

    def __init__(
        self, view: Callable[[AgreementId], Awaitable[object]], ask: Callable[[], Awaitable[None]]
    ) -> None:
        self._view = view
        self._ask = ask
        self._task: asyncio.Task[None] | None = None
        self._given_up: dict[AgreementId, Header] = {}
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
            if self._given_up.get(agreement) == header:
                continue
            try:
                await self._view(agreement)
            except NotServed:
                if not await self._answers():
                    return
                self._given_up[agreement] = header
        self._done = True

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
