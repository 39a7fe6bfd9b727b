"""What following costs a partner process: it opens a release and its search index, and goes on from there.

It is a process of its own, with the feed by which `caselink serve` answers, and it enrols as a reader does: so whoever
publishes waits for it. It tells what opening has cost, and then what each version has cost it that came after.
"""

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

import msgspec
from anyio.to_thread import run_sync

from graph.late_index import IndexLate
from graph.release import Header
from graph.stores.bolt_reader import open_reader
from graph.view import View
from server.one_arena import use_one_arena
from server.partner.feed import Feed
from server.partner.lease import NotServed
from tests.bench.bench_size import Cost
from tests.building import KEYS, NDEX, TODAY
from tests.neighbours import HOME

_LOOKS_SECONDS: Final = 0.1


class FollowingPartner:
    """Such a process, from the outside. access: url, user and password of the server of releases, as JSON."""

    def __init__(self, access: str, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "tests.bench.following_partner", access]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)

    def told(self) -> Cost:
        """What opening has cost; asked again, what the next version has. It is waited for."""
        assert self._process.stdout is not None
        return msgspec.json.decode(self._process.stdout.readline(), type=Cost)

    def __enter__(self) -> Self:
        """It has begun already."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        with self._process:
            self._process.terminate()


async def _follow(url: str, user: str, password: str) -> None:
    use_one_arena()
    feed, header = (
        Feed(open_reader(url, user, password, HOME), KEYS.version, lambda _: TODAY.toordinal()),
        None,
    )
    async with feed.following():
        while True:
            wall, start = time.perf_counter(), time.process_time()
            header, records = await _indexed(feed, header)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            cost = Cost(time.process_time() - start, time.perf_counter() - wall, peak, records)
            print(msgspec.json.encode(cost).decode(), flush=True)


async def _indexed(feed: Feed, before: Header | None) -> tuple[Header, int]:
    """The version that answers next and has its index, and how many records it has. One that is overtaken gets none.

    Who answers nothing holds no View, so that the next one finds this one held by the feed alone.
    """
    while True:
        view = await _next(feed, before)
        with suppress(IndexLate):
            await run_sync(view.searchable)
            return view.header, view.record_count
        del view
        await asyncio.sleep(_LOOKS_SECONDS)


async def _next(feed: Feed, before: Header | None) -> View:
    """The View that answers next, once it is another one than that of this header."""
    while True:
        with suppress(NotServed):
            view = await feed.view(NDEX)
            if view.header != before:
                return view
            del view
        await asyncio.sleep(_LOOKS_SECONDS)


if __name__ == "__main__":
    asyncio.run(_follow(*msgspec.json.decode(sys.argv[1], type=tuple[str, str, str])))
