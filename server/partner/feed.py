"""Which View answers: the current one, as far as this process knows, while its lease lasts (`server.partner.lease`).

A View is served if its release was read whole: it is this agreement's, and its content gives the total and the version
that its header states. In every other case, a store that fails included, nothing is served: NotServed, which a client
meets as 503. Loads of one agreement wait for each other and for nobody else; store calls run in threads. While the
process lives, `follow` asks the store several times in each lease and has every View opened
(server/partner/opening.py), so that a request hardly ever waits for either.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final, TypeVar

from anyio.to_thread import run_sync

from graph import keys
from graph.errors import StoreError
from graph.model import AgreementId
from graph.readers import LEASE_SECONDS
from graph.release import Header, Release
from graph.release_store import ReleaseReader
from graph.revocations import Revocations
from graph.search_index import SearchIndex
from graph.view import View
from server.collecting import uncollected
from server.indexing import Indexing
from server.partner.lease import Lease, NotServed, StoreFailed
from server.partner.opening import Opening, apart
from server.partner.seen_days import SeenDays, day_in

T = TypeVar("T")

POLL_SECONDS: Final = LEASE_SECONDS / 8
"""How long a publisher waits at most for a process that is well."""

PATIENCE_SECONDS: Final = 2 * LEASE_SECONDS
"""How long a request waits to hear what is current, before it is told to come back later."""

_TRIES: Final = 5

logger = logging.getLogger(__name__)


class Feed:
    """The current View of each agreement. reader: called from several threads. day: today's ordinal in a time zone."""

    def __init__(
        self,
        reader: ReleaseReader,
        version_key: bytes,
        day: Callable[[str], int] = day_in,
        lease: Lease | None = None,
    ) -> None:
        self._reader = reader
        self._version_key = version_key
        self._days = SeenDays(day)
        self._lease = lease or Lease(reader)
        self._headers: Mapping[AgreementId, Header] | None = None
        self._revocations = Revocations()
        self._names: frozenset[str] = frozenset()
        self._held: dict[AgreementId, View] = {}
        self._indices: dict[AgreementId, SearchIndex] = {}
        self._indexing = Indexing(self._is_indexed)
        self._loading: dict[AgreementId, asyncio.Lock] = {}
        self._hearing = asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None
        self._fails = False
        self._unfit: set[str] = set()
        self._opening = Opening(self.view, self._hear)

    async def view(self, agreement: AgreementId) -> View:
        """The View to answer from now. Raises NotServed."""
        for _ in range(_TRIES):
            header = await self._current(agreement)
            held = self._held.get(agreement)
            if held is not None and held.header == header:
                return held
            await self._load(agreement, header)
        raise NotServed

    def header(self, agreement: AgreementId) -> Header | None:
        """What an answer would be from, as far as was heard: nothing is asked or read. None where nothing is served."""
        if self._headers is None or not self._lease.holds():
            return None
        header = self._headers.get(agreement)
        return header if header is not None and self._is_in_time(header) else None

    def has_revoked(self, token: str, agreement: AgreementId, issued: int) -> bool:
        """Whether a token was taken back, as far as was heard: to be asked once its View is there."""
        return self._revocations.has(token, agreement, issued)

    def is_look_alike(self, agreement: AgreementId) -> bool:
        """Whether, but for the case of its letters, this is the name of an agreement that has a release."""
        return agreement.casefold() in self._names and agreement not in (self._headers or {agreement})

    async def is_ready(self) -> bool:
        """Whether the store has answered within this lease or answers now, nothing is due, and all is open.

        What is published later, or has to be read anew, does not count: whoever asks for that waits for it.
        """
        try:
            headers = await self._heard()
        except NotServed:
            return False
        return await self._opening.is_done(headers)

    async def follow(self) -> None:
        """Go on asking what is current, and have it opened. Until it is cancelled."""
        while True:
            with suppress(NotServed):  # the log says why; a request meets it as 503
                await self._hear()
                if self._headers is not None:
                    self._opening.soon(self._headers)
            await asyncio.sleep(POLL_SECONDS)

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """While this lasts, follow; after it answer nothing any more, and let no publisher wait for this process."""
        task = asyncio.create_task(self.follow())
        try:
            yield
        finally:
            async with self._hearing:  # who is cancelled while it asks goes on asking in its thread
                task.cancel()
                self._opening.stop()
                await self._leave()
            await asyncio.gather(task, return_exceptions=True)
            await run_sync(self._indexing.end)

    async def _leave(self) -> None:
        try:
            await self._ask(self._lease.end)
        except NotServed:
            logger.warning("the release store was not told that this process has ended")

    async def _current(self, agreement: AgreementId) -> Header:
        """The header as far as was heard, if it may be served today. What may not be is let go of."""
        headers = self._headers
        if headers is None or not self._lease.holds():
            headers = await self._heard()
        header = headers.get(agreement)
        if header is None or not self._is_in_time(header):
            self._held.pop(agreement, None)
            self._indices.pop(agreement, None)
            raise NotServed
        return header

    async def _heard(self) -> Mapping[AgreementId, Header]:
        """What was heard once the lease is renewed. Those who come at the same time wait for one question."""
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._hear_if_needed())
        await asyncio.wait([self._renewing], timeout=PATIENCE_SECONDS)
        headers = self._headers
        if headers is None or not self._lease.holds():
            raise NotServed
        return headers

    async def _hear_if_needed(self) -> None:
        async with self._hearing:
            if self._headers is None or not self._lease.holds():
                with suppress(NotServed):  # whoever waits sees that there is no lease
                    await self._ask(self._renew)

    async def _hear(self) -> None:
        """Renew the lease, whatever is left of it."""
        async with self._hearing:
            await self._ask(self._renew)

    def _renew(self) -> None:
        self._lease.renew(self._days, self._let_go)
        if self._headers is None:
            headers, self._revocations = self._reader.headers(), self._reader.revocations()
            self._see_days(headers)
            self._names = frozenset(id.casefold() for id in headers)
            self._outdate(headers)
            self._headers = headers

    def _outdate(self, headers: Mapping[AgreementId, Header]) -> None:
        """Let go of what is taken away. What is no longer current stays, to go on from; nobody is answered from it.

        Others put what they have read into it meanwhile, so it is not made anew: that would be lost.
        """
        for id in self._held.copy().keys() - headers.keys():
            self._held.pop(id, None)
        for id in self._loading.copy().keys() - headers.keys():
            self._indices.pop(id, None)
            self._indexing.let_go(id)

    def _see_days(self, headers: Mapping[AgreementId, Header]) -> None:
        """Have the days kept by which these will be judged, before the first of them is."""
        self._days.look_at(
            {header.timezone for header in headers.values() if header.serves_until is not None}
        )
        if self._days.unkept():
            self._lease.enrol(self._days)

    def _let_go(self) -> None:
        """From here on no answer begins from what was heard before; what is still current is kept for after."""
        self._headers = None

    async def _load(self, agreement: AgreementId, header: Header) -> None:
        """Read the View anew, unless one that waited before has done so."""
        async with self._loading.setdefault(agreement, asyncio.Lock()):
            held = self._held.get(agreement)
            if held is not None and held.header == header:
                return
            view = await self._ask(lambda: self._read(agreement), apart)
            self._held[agreement] = view
            self._indexing.begin(agreement, view)
        if view.header != header:  # the store has gone on meanwhile
            await self._hear()

    def _read(self, agreement: AgreementId) -> View:
        with uncollected():
            view = self._followed(agreement)
            if view is not None:
                return view
            release = self._reader.read(agreement)
            if release is None:
                raise NotServed
            if not self._is_whole(release, agreement):
                self._indices.pop(agreement, None)
                self._say_unfit(release.header)
                raise NotServed
            return View(release, self._indices.get(agreement))

    def _followed(self, agreement: AgreementId) -> View | None:
        """The View that was read last, brought up to what is current; None where it has to be read anew."""
        before = self._held.pop(agreement, None)
        if before is None:
            return None
        try:
            later = self._reader.later(agreement, before.place, before.header.version)
        except StoreError:
            self._held[agreement] = before  # to go on from, once the store answers again
            raise
        if later is None:
            return None
        rest = keys.taken_away(
            int(before.header.total, 16), keys.total(before.removed(later), self._version_key)
        )
        total = keys.added_up(rest, keys.total(later.content, self._version_key))
        if not self._fits(later.header, agreement, total):
            return None
        return before.following(later, self._indices.get(agreement))

    def _is_indexed(self, agreement: AgreementId, view: View, index: SearchIndex) -> None:
        if self._held.get(agreement) is view:
            self._indices[agreement] = index

    def _say_unfit(self, header: Header) -> None:
        """Once for each version: what the operator has to do about it."""
        if header.version not in self._unfit:
            self._unfit.add(header.version)
            logger.error(
                "the release of %s does not fit its checksum: the keys were changed (copy them here and start this"
                " process anew), or it is damaged (run: caselink verify)",
                header.agreement,
            )

    def _is_whole(self, release: Release, agreement: AgreementId) -> bool:
        return self._fits(release.header, agreement, keys.total(release.content, self._version_key))

    def _fits(self, header: Header, agreement: AgreementId, total: int) -> bool:
        return (
            header.agreement == agreement
            and int(header.total, 16) == total
            and header.version == keys.version(agreement, total, header.supporting, self._version_key)
        )

    def _is_in_time(self, header: Header) -> bool:
        """Time alone may change a release."""
        return header.serves_until is None or self._days.is_before(header.serves_until, header.timezone)

    async def _ask(
        self, question: Callable[[], T], thread: Callable[[Callable[[], T]], Awaitable[T]] = run_sync
    ) -> T:
        """The store's answer. Closed by default: whatever goes wrong, nothing is served."""
        try:
            answer = await thread(question)
        except NotServed:
            raise
        except Exception as error:
            if not self._fails:  # once, not with each question until it is mended
                logger.error("the release store did not answer", exc_info=error)
            self._fails = True
            raise StoreFailed from None
        self._fails = False
        return answer
