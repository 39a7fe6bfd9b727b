"""Commands in processes of their own that the kernel kills at a chosen write, and a reader that looks all the while.

A point is the nth transaction that writes to a store, of holdings or releases, in the command's own thread: it is
killed just before that transaction is committed, or just after. Every write is at a point, whatever it is for: in files
all of a transaction that may write, in Neo4j each that ran a statement which says that it writes. What writes in any
other way is an error. The stores are wrapped in the child alone; nothing in caselink knows of it.
"""

import asyncio
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from graph.model import AgreementId
from graph.readers import LEASE_SECONDS
from graph.stores.bolt import Bolt, Transaction
from graph.stores.sqlite import Database
from graph.stores.statements import Mode, Statement
from server.home import open_home
from server.partner import feed
from server.partner.feed import Feed
from server.partner.lease import NotServed
from server.stores import open_reader
from tests.command_line import run

_LOOK_SECONDS = 0.005
SELDOM_SECONDS = 0.75 * LEASE_SECONDS
"""A reader that asks no oftener than this answers for a while from what has been withdrawn, if nobody waits for it."""


class When(Enum):
    """On which side of the commit."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Point:
    """Where a command is killed."""

    place: int
    when: When

    def __str__(self) -> str:
        return f"{self.when.value} write {self.place}"


@dataclass
class Points:
    """Counts the writes of this thread, and kills or stops this process at one of them."""

    point: Point | None
    by: signal.Signals = signal.SIGKILL
    place: int = 0
    _me: int = 0
    _writes: bool = False

    def wrap(self) -> None:
        """Wrap the stores of this process for good. What writes anywhere else than at a point is an error."""
        self._me = threading.get_ident()
        for owner, name, by in (
            (Database, "writing", self._in_files),
            (Database, "reading", _writing_nothing),
            (Bolt, "transact", self._in_neo4j),
            (Bolt, "_ask", _asking),
            (Transaction, "run", self._run),
        ):
            setattr(owner, name, by(getattr(owner, name)))

    def _in_files(self, writing: Callable[..., Any]) -> Callable[..., Any]:
        @contextmanager
        def wrapped(database: Database) -> Iterator[Any]:
            counts = threading.get_ident() == self._me
            self.place += counts
            with writing(database) as connection:
                yield connection
                self.reach(When.BEFORE, counts)
            self.reach(When.AFTER, counts)

        return wrapped

    def _in_neo4j(self, transact: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(bolt: Bolt, work: Callable[[Transaction], Any], *others: Any) -> Any:
            counts = threading.get_ident() == self._me
            place = self.place

            def worked(transaction: Transaction) -> Any:
                self._writes = False
                done = work(transaction)
                if counts and self._writes:
                    self.place = place + 1
                    self.reach(When.BEFORE, counts)
                return done

            told = transact(bolt, worked, *others)
            self.reach(When.AFTER, counts and self.place > place)
            return told

        return wrapped

    def _run(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(transaction: Transaction, statement: Statement, **parameters: Any) -> Any:
            if threading.get_ident() == self._me:
                self._writes |= statement.mode is not Mode.READ
            return run(transaction, statement, **parameters)

        return wrapped

    def reach(self, when: When, counts: bool) -> None:
        if counts and self.point == Point(self.place, when):
            os.kill(os.getpid(), self.by)


def _writing_nothing(reading: Callable[..., Any]) -> Callable[..., Any]:
    @contextmanager
    def wrapped(database: Database) -> Iterator[Any]:
        with reading(database) as connection:
            before = connection.total_changes
            yield connection
            assert connection.total_changes == before, (
                "a write at no point: it is in a transaction that reads"
            )

    return wrapped


def _asking(ask: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(bolt: Bolt, statement: Statement, *others: Any) -> Any:
        assert statement.mode is Mode.READ, f"a write at no point: {statement.name} is in no transaction"
        return ask(bolt, statement, *others)

    return wrapped


def in_child(work: Callable[[], int]) -> int:
    """Run it in a forked process; its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            code = work()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def command(home: Path, *arguments: str | Path, point: Point | None = None) -> int:
    """Run a command in a process of its own, which may be killed at a point."""

    def work() -> int:
        Points(point).wrap()
        ran = run("--home", home, *arguments)
        sys.stderr.write(ran.err if ran.code else "")
        return ran.code

    return in_child(work)


def writes(home: Path, *arguments: str | Path, code: int = 0) -> int:
    """How many points a command has. It is run for that, and ends with this code."""

    def work() -> int:
        points = Points(None)
        points.wrap()
        assert run("--home", home, *arguments).code == code
        return points.place

    return in_child(work)


@dataclass(frozen=True)
class Answer:
    """What a reader would answer from. version: None is a 503.

    begun, told: when, by the machine's clock that is never set. A reader that stood still was told long after.
    """

    begun: float
    agreement: str
    version: str | None
    told: float


@contextmanager
def looking(
    home: Path,
    agreements: Sequence[str],
    seen: Path,
    pause: float = _LOOK_SECONDS,
    poll: float = feed.POLL_SECONDS,
) -> Iterator[Callable[[], list[Answer]]]:
    """A reader in a process of its own, as a partner process reads; gives what it has answered by now.

    poll: after how many seconds it asks the store again. A command takes longer to end than one that asks often needs
    to hear of it; so only one that asks hardly within its lease shows whether it was waited for.
    """
    child = os.fork()
    if child == 0:
        try:
            feed.POLL_SECONDS = poll  # type: ignore[misc]  # of this process alone
            asyncio.run(_look(home, agreements, seen, pause))
        finally:
            os._exit(0)

    def answers() -> list[Answer]:
        """All until one of each agreement that was begun after this was asked."""
        asked = time.monotonic()
        while True:
            told = [Answer(*json.loads(line)) for line in _lines(seen)]
            if {answer.agreement for answer in told if answer.begun > asked} == set(agreements):
                return told
            time.sleep(_LOOK_SECONDS)

    try:
        answers()
        yield answers
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


async def _look(home: Path, agreements: Sequence[str], seen: Path, pause: float) -> None:
    made = open_home(home, dict(os.environ))
    served = Feed(open_reader(made), made.key("version"))
    async with served.following():
        with seen.open("a", encoding="utf-8") as file:
            while True:
                for agreement in agreements:
                    begun = time.monotonic()
                    try:
                        version = (await served.view(AgreementId(agreement))).header.version
                    except NotServed:
                        version = None
                    file.write(json.dumps([begun, agreement, version, time.monotonic()]) + "\n")
                file.flush()
                await asyncio.sleep(pause)


def _lines(seen: Path) -> list[str]:
    text = seen.read_text(encoding="utf-8") if seen.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()
