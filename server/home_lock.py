"""One command at a time writes to a home: who comes later waits for it, for as long as it gives signs of life.

The lock is the system's own, on the home's file `lock`: one that is killed holds it no more. Who holds it says in the
file what it is, so that others can tell for whom they wait, and touches it each second. One that has not done so for
SILENT_SECONDS, by the clock of the one who waits, stands still. Nobody can take its lock away, so a person is told.
One who stood still while he waited has not listened, and begins anew.

Who withdraws goes first: while one waits, as `lock.first` says, nobody else takes a lock that has become free.
"""

import fcntl
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from graph.errors import StoreLocked
from graph.turn import signs_given

LOCK: Final = "lock"
FIRST: Final = "lock.first"

_SILENT_SECONDS: Final = 30.0
"""How long one who holds the lock may give no sign: a busy machine, or a long step of its work, may delay one."""
_BUSY_SECONDS: Final = 10.0
"""After how long one gives up who has nobody to tell that it waits."""
_TELL_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 0.05
_MOST_BYTES: Final = 200


@contextmanager
def locked(folder: Path, doing: str, tell: Callable[[str], None] | None, *, first: bool) -> Iterator[None]:
    """Hold the lock of the home in this folder. doing: what others are told of who holds it. Raises StoreLocked.

    tell: is told, after a moment, for whom this waits. None: gives up after some seconds. first: goes before others.
    """
    with _opened(folder / LOCK) as file:
        with _opened(folder / FIRST) as ahead:
            _Waiting(folder, file, ahead, first).end(tell)
        _say(file, f"{doing} (process {os.getpid()} on {platform.node()})")
        with signs_given(partial(_touch, file)):
            yield


def is_free(folder: Path) -> bool:
    """Whether nobody holds the lock. Raises StoreLocked where this may not be looked at."""
    with _opened(folder / LOCK) as file:
        return _try(file, fcntl.LOCK_EX)


def holder(folder: Path) -> str | None:
    """What holds the lock, as it says itself; None where nobody does, or it may not be looked at."""
    try:
        with _opened(folder / LOCK) as file:
            return None if _try(file, fcntl.LOCK_SH) else _said(file)
    except StoreLocked:
        return None


class _Waiting:
    """One who waits for the lock, by a clock that is never set."""

    def __init__(self, folder: Path, file: int, ahead: int, first: bool) -> None:
        self._folder, self._file, self._ahead, self._first = folder, file, ahead, first
        self._heard = self._begun = time.monotonic()
        self._sign = self._last_sign()

    def end(self, tell: Callable[[str], None] | None) -> None:
        """Return with the lock. Raises StoreLocked."""
        told = False
        while not self._take():
            waited, silent = self._look()
            if tell is None and waited > _BUSY_SECONDS:
                raise StoreLocked(f"{self._busy()}; wait for it to end")
            if silent > _SILENT_SECONDS:
                raise StoreLocked(
                    f"{self._busy()} and has given no sign of life for {silent:.0f} seconds; nothing was done."
                    " Let it go on or end it, and run this again"
                )
            if tell is not None and not told and waited > _TELL_SECONDS:
                tell(f"{self._busy()}; waiting for it to end; nothing more is done until then.")
                told = True
            self._pause()

    def _pause(self) -> None:
        """Who stood still himself meanwhile may not have heard a sign."""
        begun = time.monotonic()
        time.sleep(_PAUSE_SECONDS)
        if time.monotonic() - begun > _SILENT_SECONDS / 2:
            self._heard = time.monotonic()

    def _take(self) -> bool:
        """Take the lock if it is free, and nobody is to go before."""
        if self._first:
            _try(self._ahead, fcntl.LOCK_SH)  # held until this no longer waits
            return _try(self._file, fcntl.LOCK_EX)
        if not _try(self._ahead, fcntl.LOCK_EX):
            return False
        taken = _try(self._file, fcntl.LOCK_EX)
        fcntl.flock(self._ahead, fcntl.LOCK_UN)
        return taken

    def _look(self) -> tuple[float, float]:
        """For how many seconds this has waited, and heard nothing."""
        sign, now = self._last_sign(), time.monotonic()
        if sign != self._sign:
            self._sign, self._heard = sign, now
        return now - self._begun, now - self._heard

    def _last_sign(self) -> int:
        return os.fstat(self._file).st_mtime_ns

    def _busy(self) -> str:
        return f"{self._folder}: {_said(self._file)} is writing to it"


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreLocked(f"{path.parent}: cannot be written ({error.strerror}); check its rights") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _try(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _say(descriptor: int, who: str) -> None:
    """A full disk keeps nobody from the lock."""
    text = who.encode()[:_MOST_BYTES]
    with suppress(OSError):
        os.pwrite(descriptor, text, 0)
        os.ftruncate(descriptor, len(text))


def _said(descriptor: int) -> str:
    text = os.pread(descriptor, _MOST_BYTES, 0).decode(errors="replace")
    return text if text.isprintable() and text else "another caselink command"


def _touch(descriptor: int) -> None:
    """Give a sign. A full disk keeps nobody from the lock."""
    with suppress(OSError):
        os.utime(descriptor)
