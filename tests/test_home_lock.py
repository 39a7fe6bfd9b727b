"""Commands of one home wait for each other as long as there are signs of life, and withdrawals go first (DESIGN 4)."""

import fcntl
import os
import platform
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.errors import StoreLocked
from server import home_lock
from server.home import Home, make_home, open_home
from server.home_lock import _SILENT_SECONDS, _TELL_SECONDS, holder, locked
from tests.command_line import Desk
from tests.commands.test_command_line import failed
from tests.plain_lines import case

WHO = f"caselink publish (process {os.getpid()} on {platform.node()})"


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Home:
    make_home(tmp_path / "home", neo4j=None, test=False, seed=None)
    return open_home(tmp_path / "home", {})


@contextmanager
def publishing(home: Home) -> Iterator[Callable[[], None]]:
    """Another command holds the lock, as long as this lasts or until it is told to end."""
    held, end = threading.Event(), threading.Event()

    def hold() -> None:
        with home.alone("caselink publish"):
            held.set()
            assert end.wait(60)

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(60)
    try:
        yield end.set
    finally:
        end.set()
        other.join()


class Clock:
    """The clock of those who wait. It goes on by what a pause of theirs is told, and not by what the machine takes."""

    def __init__(self, paused: Callable[[float], float]) -> None:
        self._paused = paused
        self._seconds = 0.0

    def monotonic(self) -> float:
        return self._seconds

    def sleep(self, seconds: float) -> None:
        self._seconds += self._paused(self._seconds)
        time.sleep(seconds)


def busy(home: Home) -> str:
    return f"{home.folder}: {WHO} is writing to it"


def test_who_can_tell_nobody_that_he_waits_gives_up_with_a_sentence(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.home_lock._BUSY_SECONDS", 0.1)
    with publishing(home), pytest.raises(StoreLocked) as refused, home.alone():
        pass
    assert str(refused.value) == f"{busy(home)}; wait for it to end"
    with home.alone():
        pass


def test_a_command_waits_as_long_as_the_other_gives_signs_and_says_once_for_whom(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.turn._SIGN_SECONDS", 0.01)
    told: list[str] = []
    with publishing(home) as end:

        def until_the_next_sign(now: float) -> float:
            if now > 3 * _SILENT_SECONDS:
                end()
                return 0.0
            before = os.stat(home.folder / "lock").st_mtime_ns
            while os.stat(home.folder / "lock").st_mtime_ns == before:
                time.sleep(0.001)
            return _SILENT_SECONDS / 3

        monkeypatch.setattr("server.home_lock.time", Clock(until_the_next_sign))
        with home.alone("caselink load", told.append):
            told.append(str(holder(home.folder)))
    assert told == [
        f"{busy(home)}; waiting for it to end; nothing more is done until then.",
        WHO.replace("publish", "load"),
    ]


def test_a_command_gives_up_where_the_other_stands_still(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.turn._SIGN_SECONDS", 60.0)
    monkeypatch.setattr("server.home_lock._SILENT_SECONDS", 0.2)
    with publishing(home) as end:
        with pytest.raises(StoreLocked) as refused, home.alone("caselink load", lambda told: None):
            pass
        monkeypatch.undo()
        end()
    silent = f"{busy(home)} and has given no sign of life for N seconds; nothing was done."
    assert re.sub(r"\d+ seconds", "N seconds", str(refused.value)) == (
        f"{silent} Let it go on or end it, and run this again"
    )


def test_a_command_does_not_give_up_because_all_stood_still_together(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    with publishing(home) as end:

        def all_stood_still_once(now: float) -> float:
            if now > 0.0:
                end()
                return 0.0
            return 3 * _SILENT_SECONDS

        monkeypatch.setattr("graph.turn._SIGN_SECONDS", 60.0)
        monkeypatch.setattr("server.home_lock.time", Clock(all_stood_still_once))
        with home.alone("caselink load", told.append):
            pass
    assert told == [f"{busy(home)}; waiting for it to end; nothing more is done until then."]


def test_a_short_wait_is_not_told_of(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    with publishing(home) as end:

        def two_seconds_in_all(now: float) -> float:
            if now >= 2.0:
                end()
                return 0.0
            return 1.0

        monkeypatch.setattr("server.home_lock.time", Clock(two_seconds_in_all))
        with home.alone("caselink load", told.append):
            pass
    assert told == []


def test_who_withdraws_goes_before_all_who_wait_already(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    loads, ahead = threading.Semaphore(0), threading.Event()

    def wait(doing: str, *, first: bool) -> None:
        with locked(home.folder, doing, lambda _: None, first=first):
            order.append(doing)

    def tried(descriptor: int, how: int) -> bool:
        taken = trying(descriptor, how)
        if how == fcntl.LOCK_SH and taken:
            ahead.set()
        if how == fcntl.LOCK_EX and not taken:
            loads.release()
        return taken

    trying = home_lock._try
    monkeypatch.setattr(home_lock, "_try", tried)
    with publishing(home) as end:
        waiting = [threading.Thread(target=wait, args=("load",), kwargs={"first": False}) for _ in range(4)]
        for each in waiting:
            each.start()
            assert loads.acquire(timeout=60)
        withdrawing = threading.Thread(target=wait, args=("withdraw",), kwargs={"first": True})
        withdrawing.start()
        assert ahead.wait(60)
        end()
        for each in (*waiting, withdrawing):
            each.join()
    assert order == ["withdraw", *["load"] * 4]


def test_nobody_holds_a_lock_after_it_was_given_back(home: Home) -> None:
    with publishing(home):
        told = [holder(home.folder)]
    assert [*told, holder(home.folder)] == [WHO, None]


def test_a_lock_of_which_nothing_is_said_is_another_command_s(home: Home) -> None:
    with publishing(home):
        (home.folder / "lock").write_bytes(b"a line\nof another\x1b")
        assert holder(home.folder) == "another caselink command"


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.load(case("C-1", "NY03-0001"))
    return desk


@pytest.mark.parametrize(
    "command",
    [
        ("load", "lines.jsonl"),
        ("publish", "--yes"),
        ("publish", "--dry-run"),
        ("withdraw", "C-1", "--reason", "a source"),
        ("withdraw", "C-1", "--lift", "--reason", "a mistake"),
        ("rejects", "accept", "--reason", "known"),
        ("backup", "copy"),
        ("keys", "rotate"),
        ("token", "revoke", "abc", "--reason", "lost"),
    ],
    ids=" ".join,
)
def test_each_command_that_writes_waits_for_another_one(
    desk: Desk, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder)
    monkeypatch.setattr("server.home_lock._BUSY_SECONDS", 0.0)
    (desk.folder / "lines.jsonl").write_bytes(b"")
    if "--lift" in command:
        desk.done("withdraw", "C-1", "--reason", "a source")
    home = open_home(desk.home, {})
    with publishing(home) as end:

        def until_it_was_told(now: float) -> float:
            if now > _TELL_SECONDS:
                end()
            return 3.0

        monkeypatch.setattr("server.home_lock.time", Clock(until_it_was_told))
        ran = desk.done(*command)
    assert ran.err.splitlines()[0] == f"{busy(home)}; waiting for it to end; nothing more is done until then."


def test_a_command_of_a_home_where_another_stands_still_ends_with_a_sentence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.home_lock._SILENT_SECONDS", 0.2)
    with publishing(open_home(desk.home, {})):
        told = failed(desk.run("publish"))
    assert "has given no sign of life" in told
