"""Which View answers: before every answer the store is asked what is current, and only that is served.

A View is served if its release was read whole: it is this agreement's, and its content gives the total and the version
that its header states; and if no restriction is due, for until that is done, any release may have what is withheld. In
every other case, a store that fails included, nothing is served: NotServed, which a client meets as 503. Loads of one
agreement wait for each other and for nobody else; store calls run in threads.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from anyio.to_thread import run_sync

from graph import keys
from graph.model import AgreementId
from graph.release import Header, Release
from graph.store import ReleaseReader
from graph.view import View

T = TypeVar("T")

logger = logging.getLogger(__name__)


class NotServed(Exception):
    """There is nothing that may be served under this agreement now."""


def day_in(timezone: str) -> int:
    """Today's ordinal in a time zone."""
    return datetime.now(ZoneInfo(timezone)).toordinal()


class Feed:
    """The current View of each agreement. reader: called from several threads. day: today's ordinal in a time zone."""

    def __init__(self, reader: ReleaseReader, version_key: bytes, day: Callable[[str], int] = day_in) -> None:
        self._reader = reader
        self._version_key = version_key
        self._day = day
        self._latest: dict[str, int] = {}
        self._held: dict[AgreementId, View] = {}
        self._loading: dict[AgreementId, asyncio.Lock] = {}

    async def view(self, agreement: AgreementId) -> View:
        """The View to answer from now. Raises NotServed."""
        return self._held_for(await self._current(agreement)) or await self._renewed(agreement)

    async def is_ready(self) -> bool:
        """Whether the store answers."""
        try:
            await self._ask(self._reader.headers)
        except NotServed:
            return False
        return True

    async def _current(self, agreement: AgreementId) -> Header:
        """The header as it is now, if it may be served today. What may not be is let go of."""
        header = await self._ask(lambda: self._header(agreement))
        if header is None or header.agreement != agreement or not self._is_in_time(header):
            self._held.pop(agreement, None)
            raise NotServed
        return header

    def _header(self, agreement: AgreementId) -> Header | None:
        """The header, asked for after it is known that it may be told: one that is older may not be told any more."""
        self._check_nothing_is_due()
        return self._reader.header(agreement)

    def _check_nothing_is_due(self) -> None:
        """While a restriction is due, any release may have what is withheld by now."""
        if self._reader.restriction_due():
            raise NotServed

    def _held_for(self, header: Header) -> View | None:
        held = self._held.get(header.agreement)
        return held if held is not None and held.header == header else None

    async def _renewed(self, agreement: AgreementId) -> View:
        """The View read anew, unless one that waited before has done so. The store is asked again: it took a while."""
        async with self._loading.setdefault(agreement, asyncio.Lock()):
            held = self._held_for(await self._current(agreement))
            if held is None:
                self._held.pop(agreement, None)
                held = await self._ask(lambda: self._load(agreement))
                if not self._is_in_time(held.header):
                    raise NotServed
                self._held[agreement] = held
            return held

    def _load(self, agreement: AgreementId) -> View:
        release = self._reader.read(agreement)
        if release is None or not self._is_whole(release, agreement):
            raise NotServed
        view = View(release)
        self._check_nothing_is_due()  # reading took a while
        return view

    def _is_whole(self, release: Release, agreement: AgreementId) -> bool:
        total = keys.total(release.content, self._version_key)
        header = release.header
        return (
            header.agreement == agreement
            and int(header.total, 16) == total
            and header.version == keys.version(agreement, total, header.supporting, self._version_key)
        )

    def _is_in_time(self, header: Header) -> bool:
        """Time alone may change a release. A clock that went back cannot tell whether it has."""
        if header.serves_until is None:
            return True
        try:
            today = self._day(header.timezone)
        except (KeyError, ValueError, OSError) as error:
            logger.error("no day is known in the time zone %s", header.timezone, exc_info=error)
            return False
        latest = self._latest[header.timezone] = max(today, self._latest.get(header.timezone, today))
        return today == latest < header.serves_until

    async def _ask(self, question: Callable[[], T]) -> T:
        """The store's answer. Closed by default: whatever goes wrong, nothing is served."""
        try:
            return await run_sync(question)
        except NotServed:
            raise
        except Exception as error:
            logger.error("the release store did not answer", exc_info=error)
            raise NotServed from None
