"""The partner process's audit log: what is told of an answer is written before that answer is sent (DESIGN 7).

A line that was handed to the operating system outlives a kill. It is on the disk within 100 ms, or before the answer
where `audit.sync` is "always"; the disk is asked once for all lines of that time, in a thread. What cannot be written
is raised as Unwritten, and then nothing may be sent. What a failed write has left is taken away again, so that a line
is whole or not there. One event loop writes: all lines that come in one turn of it by one call, which the first of them
makes in the next turn, or in the one after where they are few. No future is made for it where a line need not wait for
the disk: that cost the loop more than the calls that it saved (tests/bench/bench_audit.py).
"""

import asyncio
import logging
import os
import re
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import Final, Protocol

from graph.errors import StoreLocked
from graph.model import OpaqueId
from server.audit.chain import Head, chained
from server.audit.files import FOR_OWNER, AuditFiles, unwritable
from server.audit.lists_on_file import ListsOnFile

FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
"""How a file of the log is opened: to add to its end, and for nothing else."""

_SOON_SECONDS: Final = 0.05
_FEW: Final = 3
"""Of fewer lines the first waits for one more turn of the event loop. The loop does not stand still for that."""

logger = logging.getLogger(__name__)


class Unwritten(Exception):
    """The log could not be written; the answer may not be sent."""


class Sync(StrEnum):
    """When a line is on the disk: within 100 ms, or before its answer."""

    SOON = "soon"
    ALWAYS = "always"


Records = tuple[OpaqueId, ...] | None
"""The ids that an answer discloses; None: a line of something else."""

_Line = tuple[bytes, Records]


class Trail(Protocol):
    """Where what partners are told is written."""

    async def write(self, told: bytes, records: Records = None) -> None:
        """Write one line, by `server.audit.chain.encoded`. Raises Unwritten."""

    async def close(self) -> None:
        """Nothing more will be written."""


@dataclass(slots=True)
class _Waiting:
    line: _Line
    written: "asyncio.Future[None]"


@dataclass(slots=True)
class _Turn:
    """The lines of one turn of the event loop, or of two. refused: none of them could be written."""

    lines: list[_Line] = field(default_factory=list)
    refused: bool = False


class AuditLog:
    """One log, open. most_bytes: of a file, after which the next one is begun."""

    def __init__(self, files: AuditFiles, lock: int, sync: Sync, most_bytes: int) -> None:
        self.name = files.folder.name
        self.files, self._lock, self._sync, self._most_bytes = files, lock, sync, most_bytes
        tail = files.tail()
        self._number, self._size, self._head, self._cut = tail.file, tail.size, tail.head, tail.cut
        self._file = _opened(files, tail.file)
        self._directory = os.open(files.folder, os.O_RDONLY | os.O_CLOEXEC)
        os.fsync(self._directory)
        self.on_disk = tail.head
        """The last line that is on the disk for certain: what is told to the office."""
        self._lists = ListsOnFile()
        self._turn = _Turn()
        self._waiting: list[_Waiting] = []
        self._unsynced: list[_Waiting] = []
        self._syncing = False
        self._broken = False
        self._closed = False
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="audit")
        self._begin_line()

    async def write(self, told: bytes, records: Records = None) -> None:
        """Write one line, and wait until it is where it has to be. Raises Unwritten."""
        if self._sync is Sync.SOON:
            await self._write_with_others((told, records))
            return
        loop = asyncio.get_running_loop()
        waiting = _Waiting((told, records), loop.create_future())
        if not self._waiting:
            loop.call_soon(self._write_waiting)
        self._waiting.append(waiting)
        await waiting.written

    async def _write_with_others(self, line: _Line) -> None:
        turn = self._turn
        turn.lines.append(line)
        await asyncio.sleep(0)
        if turn is self._turn and len(turn.lines) < _FEW:
            await asyncio.sleep(0)  # in the loop's next turn there are more, mostly
        if turn is self._turn:
            self._write_turn()
        if turn.refused:
            raise Unwritten

    def _write_turn(self) -> None:
        """Write every line that has come by now, by one call."""
        turn, self._turn = self._turn, _Turn()
        try:
            self._append(turn.lines)
        except Unwritten:
            turn.refused = True
        else:
            self._sync_later()

    async def close(self) -> None:
        """Put everything on the disk and let go of the log."""
        if self._waiting:
            self._write_waiting()
        if self._turn.lines:
            self._write_turn()
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._disk, self._to_disk, self._file)
        self._disk.shutdown()
        if not self._broken:
            self.on_disk = self._head
        for descriptor in (self._file, self._directory, self._lock):
            os.close(descriptor)

    def _begin_line(self) -> None:
        """A line that a crash has cut short, be it of its line break alone, is left as it is, and ended."""
        if self._size and not self._ends_with_break():
            os.write(self._file, b"\n")
            self._size += 1

    def _ends_with_break(self) -> bool:
        with self.files.path(self._number).open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"

    def _write_waiting(self) -> None:
        """Write every line that waits, by one call. Called by the event loop."""
        waiting, self._waiting = self._waiting, []
        try:
            self._append([each.line for each in waiting])
        except Unwritten as refused:
            _settle(waiting, refused)
            return
        self._unsynced += waiting
        self._sync_later()

    def _append(self, told: Sequence[_Line]) -> None:
        """Write all of these lines or none. Raises Unwritten."""
        try:
            self._put(told)
        except OSError as error:
            self._lists.forget()
            logger.error("the audit log %s cannot be written: %s", self.files.folder, error.strerror)
            raise Unwritten from None

    def _put(self, told: Sequence[_Line]) -> None:
        """All of these lines or none. Raises OSError."""
        if self._broken:
            raise OSError(0, "an earlier failure; see above, and start this process anew")
        if self._size >= self._most_bytes:
            self._begin_file()
        head, cut, lines = self._head, self._cut, []
        for text, records in told:
            member = b"" if records is None else self._lists.member(records, head.number + 1)
            line, head = chained(head, text, member, after_cut=cut)
            cut = False
            lines.append(line)
        text = b"".join(lines)
        try:
            written = os.write(self._file, text)
            if written < len(text):
                raise OSError(0, f"only {written} of {len(text)} bytes were taken; the disk is full")
        except OSError:
            self._take_back()
            raise
        self._head, self._cut, self._size = head, cut, self._size + len(text)

    def _take_back(self) -> None:
        """Cut off what a failed write has left: no answer was sent for it."""
        try:
            os.ftruncate(self._file, self._size)
        except OSError:
            self._broken = True  # what stands there is no whole line; nothing may follow it unseen

    def _begin_file(self) -> None:
        """Begin the next file. Where that fails this one goes on, while it can be written."""
        try:
            opened = _opened(self.files, self._number + 1)
        except Exception as error:
            logger.error("the audit log's next file cannot be begun", exc_info=error)
            return
        for work, file in (
            (self._to_disk, self._file),
            (os.close, self._file),
            (self._to_disk, self._directory),
        ):
            self._disk.submit(work, file)  # one after the other, and before what is asked of the next file
        self._file, self._number, self._size = opened, self._number + 1, 0
        self._lists.forget()

    def _sync_later(self) -> None:
        """See to it that what was written gets to the disk: one time for all that comes until then."""
        if self._syncing:
            return
        self._syncing = True
        loop = asyncio.get_running_loop()
        if self._sync is Sync.SOON:
            loop.call_later(_SOON_SECONDS, self._sync_now, loop)
        else:
            self._sync_now(loop)

    def _sync_now(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._closed:
            return
        head, unsynced, self._unsynced = self._head, self._unsynced, []
        done = loop.run_in_executor(self._disk, self._to_disk, self._file)
        done.add_done_callback(lambda _: self._synced(head, unsynced))

    def _to_disk(self, file: int) -> None:
        try:
            os.fdatasync(file)
        except OSError as error:
            # What the disk has now, nobody can say; asking it again would not tell either.
            self._broken = True
            logger.error("the audit log %s is not on the disk", self.files.folder, exc_info=error)

    def _synced(self, head: Head, unsynced: list[_Waiting]) -> None:
        self._syncing = False
        if self._broken:
            _settle([*unsynced, *self._unsynced], Unwritten())
            self._unsynced = []
            return
        self.on_disk = head
        _settle(unsynced)
        if self._head != head:
            self._sync_later()


def open_log(base: Path, sync: Sync, most_bytes: int) -> AuditLog:
    """A log for this process: the first in this folder that nobody writes, or a new one. Raises StoreLocked."""
    there = sorted(path.parent for path in base.glob("*/lock"))
    new = base / f"{_host()}-{token_hex(4)}"
    for folder in (*there, new):
        files = AuditFiles(folder)
        lock = files.lock()
        if lock is not None:
            try:
                return AuditLog(files, lock, sync, most_bytes)
            except OSError as error:
                raise unwritable(folder, error) from error
    raise StoreLocked(f"{new}: another process writes it; start this one again")


def _host() -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "-", socket.gethostname())[:60] or "host"


def _opened(files: AuditFiles, number: int) -> int:
    path = files.path(number)
    try:
        return os.open(path, FLAGS, FOR_OWNER)
    except OSError as error:
        raise unwritable(path, error) from error


def _settle(waiting: list[_Waiting], error: Exception | None = None) -> None:
    for each in waiting:
        if each.written.done():  # its request was given up meanwhile
            continue
        if error is None:
            each.written.set_result(None)
        else:
            each.written.set_exception(error)
