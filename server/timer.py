"""The timer of `caselink serve`: on each new day it begins a publication of what that day has changed.

It decides nothing of what is released. What it begins is `caselink publish --due`, in a process of its own, so that a
long publication keeps nobody from stopping; one that fails is begun again a minute later, and what it said is told. A
clock that goes back is a new day too: that publication refuses it (server/clock.py), and nothing comes back.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import IO, Final, Protocol

from graph.errors import NeedsAnswer

AGAIN_SECONDS: Final = 60.0
_DONE: Final = (0, NeedsAnswer.exit_code)
"""A question that waits for a person is no failure: asking it again each minute would change nothing."""


class Running(Protocol):
    """A publication that was begun."""

    def ended(self) -> int | None:
        """Its exit code; None while it runs."""

    def said(self) -> Iterator[str]:
        """What it said, by lines, once it has ended."""

    def stop(self, seconds: float) -> None:
        """Let it come to its end for so long, and then kill it: a publication can be killed at any step."""


class Timer:
    """today: the home's day. begin: begins a publication. say: is told what one has said. now: of a clock never set."""

    def __init__(
        self,
        today: Callable[[], date],
        begin: Callable[[], Running],
        say: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._today, self._begin, self._say, self._now = today, begin, say, now
        self._running: Running | None = None
        self._begun = date.min
        self._done = date.min
        self._not_before = float("-inf")

    def tick(self) -> None:
        """Begin or end what is to be begun or has ended. Cheap: to be called several times a second."""
        if self._running is not None:
            self._look_after(self._running)
        elif self._today() != self._done and self._now() >= self._not_before:
            self._begun = self._today()
            self._running = self._begin()

    def stop(self, seconds: float) -> None:
        """Begin nothing more; a publication that runs has so many seconds."""
        if self._running is not None:
            self._running.stop(seconds)

    def _look_after(self, running: Running) -> None:
        code = running.ended()
        if code is None:
            return
        self._running = None
        for line in running.said():
            self._say(line)
        if code in _DONE:
            self._done = self._begun
        else:
            self._not_before = self._now() + AGAIN_SECONDS


@dataclass(frozen=True, slots=True)
class Publishing:
    """`Running` as a process. output: where it writes."""

    process: "subprocess.Popen[bytes]"
    output: IO[bytes]

    def ended(self) -> int | None:
        """Its exit code; None while it runs."""
        return self.process.poll()

    def said(self) -> Iterator[str]:
        """What it said, by lines."""
        with self.output:
            self.output.seek(0)
            yield from self.output.read().decode(errors="replace").splitlines()

    def stop(self, seconds: float) -> None:
        """Wait for it, and then kill it."""
        with self.output, suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.process.kill()


def beginning(command: list[str], environment: dict[str, str]) -> Callable[[], Running]:
    """How a publication is begun by this command, in a session of its own: Ctrl-C is for its parent alone."""

    def begin() -> Running:
        output = tempfile.TemporaryFile()  # noqa: SIM115  # closed once it was read
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        return Publishing(process, output)

    return begin
