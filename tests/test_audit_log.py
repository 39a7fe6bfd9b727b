"""What partners were told is on record before it is sent, whatever happens to the process or the disk (DESIGN 7)."""

import asyncio
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.errors import StoreLocked
from server.audit.chain import encoded
from server.audit.chain_check import What, check
from server.audit.files import AuditFiles
from server.audit.log import AuditLog, Sync, Unwritten, open_log
from tests.audit_lines import written_together

MUCH = 1 << 28


def opened(base: Path, sync: Sync = Sync.SOON, most_bytes: int = MUCH) -> AuditLog:
    return open_log(base, sync, most_bytes)


async def put(log: AuditLog, *texts: str) -> None:
    """Write lines that come together."""
    await asyncio.gather(*(log.write(encoded({"event": text})) for text in texts))


def kept(base: Path, *texts: str, sync: Sync = Sync.SOON, most_bytes: int = MUCH) -> AuditFiles:
    """A log in which these were written one after the other, closed."""

    async def work() -> AuditFiles:
        log = opened(base, sync, most_bytes)
        for text in texts:
            await put(log, text)
        await log.close()
        return AuditFiles(log.files.folder)

    return asyncio.run(work())


def events(files: AuditFiles) -> list[str]:
    return [orjson.loads(placed.line)["event"] for placed in files.lines()]


def found(files: AuditFiles) -> list[tuple[What, int]]:
    return [(finding.what, finding.first) for finding in check(files.lines()).findings]


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file can be longer than this: a disk that is full, for whoever is not root too."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("sync", Sync)
def test_what_is_written_stands_in_one_chain(tmp_path: Path, sync: Sync) -> None:
    files = kept(tmp_path, "a", "b", "c", sync=sync)
    assert (events(files), found(files)) == (["a", "b", "c"], [])


def test_lines_that_wait_for_the_disk_together_are_written_by_one_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = written_together(monkeypatch)

    async def work() -> None:
        log = opened(tmp_path, Sync.ALWAYS)
        await put(log, *"abcdefgh")
        await put(log, "i")
        ours = calls.copy()
        await log.close()
        assert ours == [8, 1]

    asyncio.run(work())


@pytest.mark.parametrize(("first", "written"), [("a", [2]), ("ab", [3]), ("abc", [3, 1])])
def test_few_lines_are_written_with_those_of_the_next_turn_of_the_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, written: list[int]
) -> None:
    calls = written_together(monkeypatch)

    async def work() -> list[int]:
        log = opened(tmp_path)

        async def next_turn() -> None:
            await asyncio.sleep(0)
            await log.write(encoded({"event": "next"}))

        lines = [log.write(encoded({"event": text})) for text in first]
        await asyncio.gather(*lines, next_turn())
        ours = calls.copy()
        await log.close()
        return ours

    assert asyncio.run(work()) == written


def record_syncs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens, in its order: each time that something has got to the disk is told here."""
    happened: list[str] = []
    sync = os.fdatasync

    def slow(file: int) -> None:
        sync(file)
        happened.append("on disk")

    monkeypatch.setattr(os, "fdatasync", slow)
    return happened


def test_always_means_that_a_line_is_on_the_disk_before_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = record_syncs(monkeypatch)

    async def work() -> None:
        log = opened(tmp_path, Sync.ALWAYS)
        for _ in range(3):
            await put(log, "a", "b")
            happened.append("answered")
        assert log.on_disk.number == 6
        assert happened == ["on disk", "answered"] * 3
        await log.close()

    asyncio.run(work())


def test_soon_means_that_a_line_is_on_the_disk_within_a_tenth_of_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened, due = record_syncs(monkeypatch), list[tuple[float, Callable[[], object]]]()

    async def work() -> None:
        loop, log = asyncio.get_running_loop(), opened(tmp_path)
        with monkeypatch.context() as held:
            held.setattr(loop, "call_later", lambda after, do, *of: due.append((after, partial(do, *of))))
            for text in "abc":
                await put(log, text)
        assert (happened, log.on_disk.number) == ([], 0)
        [(seconds, sync)] = due
        sync()
        while log.on_disk.number == 0:
            await asyncio.sleep(0.001)
        assert (happened, log.on_disk.number, seconds < 0.1) == (["on disk"], 3, True)
        await log.close()

    asyncio.run(work())


def test_a_full_disk_refuses_and_leaves_whole_lines_until_there_is_room(tmp_path: Path) -> None:
    async def work() -> AuditFiles:
        log = opened(tmp_path)
        await put(log, "before")
        with room_for(200):
            with pytest.raises(Unwritten):
                await put(log, "x" * 500)
            with pytest.raises(Unwritten):
                await put(log, "y" * 500)
        await put(log, "after")
        await log.close()
        return AuditFiles(log.files.folder)

    files = asyncio.run(work())
    assert (events(files), found(files)) == (["before", "after"], [])


def test_a_disk_that_fails_refuses_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: int) -> None:
        raise OSError(5, "Input/output error")

    async def work() -> None:
        log = opened(tmp_path, Sync.ALWAYS)
        await put(log, "before")
        with monkeypatch.context() as broken:
            broken.setattr(os, "fdatasync", fail)
            with pytest.raises(Unwritten):
                await put(log, "lost")
        with pytest.raises(Unwritten):
            await put(log, "after")
        assert log.on_disk.number == 1
        await log.close()

    asyncio.run(work())


def test_a_file_that_is_full_is_followed_by_the_next_in_one_chain(tmp_path: Path) -> None:
    files = kept(tmp_path, *"abcdefgh", most_bytes=150)
    assert (files.numbers(), events(files), found(files)) == ([1, 2, 3, 4], list("abcdefgh"), [])


def test_a_process_goes_on_with_the_log_that_was_left(tmp_path: Path) -> None:
    first = kept(tmp_path, "a", "b", most_bytes=100)
    second = kept(tmp_path, "c", most_bytes=100)
    assert first == second
    assert (events(first), found(first)) == (["a", "b", "c"], [])


def test_two_processes_have_a_log_each(tmp_path: Path) -> None:
    async def work() -> list[AuditFiles]:
        one, other = opened(tmp_path), opened(tmp_path)
        await put(one, "a")
        await put(other, "b")
        await one.close()
        await other.close()
        return [AuditFiles(one.files.folder), AuditFiles(other.files.folder)]

    assert [(events(files), found(files)) for files in asyncio.run(work())] == [(["a"], []), (["b"], [])]


def test_a_line_that_a_crash_has_cut_short_stays_and_is_said_to_be_one(tmp_path: Path) -> None:
    files = kept(tmp_path, "a", "b")
    path = files.path(1)
    path.write_bytes(path.read_bytes()[:-30])
    assert found(files) == [(What.CUT_SHORT, 2)]
    kept(tmp_path, "c", "d")
    told: list[Any] = [orjson.loads(placed.line) for placed in files.lines() if placed.line.endswith(b"}")]
    assert [(line["n"], line["event"]) for line in told] == [(1, "a"), (3, "c"), (4, "d")]
    assert found(files) == [(What.CUT_SHORT, 2)]


def test_a_line_that_a_crash_has_cut_of_its_line_break_alone_is_whole(tmp_path: Path) -> None:
    files = kept(tmp_path, "a", "b")
    path = files.path(1)
    path.write_bytes(path.read_bytes()[:-1])
    assert events(kept(tmp_path, "c")) == ["a", "b", "c"]
    assert found(files) == []


def test_a_log_that_is_closed_is_on_the_disk_to_its_end(tmp_path: Path) -> None:
    async def work() -> int:
        log = opened(tmp_path)
        await put(log, "a")
        await put(log, "b")
        await log.close()
        await asyncio.sleep(0.1)  # what was to be done soon is not done any more
        return log.on_disk.number

    assert asyncio.run(work()) == 2


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "audit").touch()
    with pytest.raises(StoreLocked) as refused:
        opened(tmp_path / "audit")
    assert str(refused.value).endswith(": cannot be written (Not a directory); make room or mend its rights")


WRITER = """
import asyncio, sys
from pathlib import Path
from server.audit.log import Sync, open_log
from server.audit.chain import encoded

async def one(log, name):
    for number in range(10**9):
        await log.write(encoded({"event": f"{name}-{number}", "filling": "x" * 5000}))
        print(f"{name}-{number}", flush=True)

async def work():
    log = open_log(Path(sys.argv[1]), Sync(sys.argv[2]), 1 << 20)
    await asyncio.gather(*(one(log, name) for name in "abcdefgh"))

asyncio.run(work())
"""


@pytest.mark.parametrize("sync", Sync)
def test_what_was_answered_before_a_kill_is_in_the_log(tmp_path: Path, sync: Sync) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path), sync], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    answered = [writer.stdout.readline().strip() for _ in range(500)]
    writer.send_signal(signal.SIGKILL)
    answered += [
        line.strip() for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")
    ]
    writer.wait()
    writer.stdout.close()
    files = kept(tmp_path, "after the kill")
    assert {what for what, _ in found(files)} <= {What.CUT_SHORT}
    told = {orjson.loads(placed.line)["event"] for placed in files.lines() if placed.line.endswith(b"}")}
    assert (set(answered) - told, "after the kill" in told) == (set(), True)
