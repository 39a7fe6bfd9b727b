"""The timer begins a publication on each new day, and again a minute after one that failed (issue 6, time)."""

import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from server.timer import AGAIN_SECONDS, Timer, beginning


class Clocks:
    """What a test sets, and the publications that were begun."""

    def __init__(self) -> None:
        self.day, self.seconds = date(2027, 1, 31), 0.0
        self.begun: list[tuple[date, Given]] = []
        self.told: list[str] = []
        self.timer = Timer(lambda: self.day, self._begin, self.told.append, lambda: self.seconds)

    def _begin(self) -> "Given":
        self.begun.append((self.day, Given()))
        return self.begun[-1][1]

    def end(self, code: int, *said: str) -> None:
        self.begun[-1][1].code, self.begun[-1][1].lines = code, said
        self.timer.tick()

    def days(self) -> list[int]:
        self.timer.tick()
        return [day.day for day, _ in self.begun]


class Given:
    """A publication that ends as a test says."""

    def __init__(self) -> None:
        self.code: int | None = None
        self.lines: tuple[str, ...] = ()
        self.stopped: list[float] = []

    def ended(self) -> int | None:
        return self.code

    def said(self) -> Iterator[str]:
        return iter(self.lines)

    def stop(self, seconds: float) -> None:
        self.stopped.append(seconds)


@pytest.mark.parametrize("code", [0, 4])
def test_one_is_begun_at_the_start_and_on_each_new_day(code: int) -> None:
    clocks = Clocks()
    assert clocks.days() == [31]
    clocks.end(code)
    assert clocks.days() == [31]
    clocks.day = date(2027, 2, 1)
    assert clocks.days() == [31, 1]


def test_none_is_begun_while_one_runs_and_a_day_that_came_meanwhile_has_its_own() -> None:
    clocks = Clocks()
    clocks.days()
    clocks.day = date(2027, 2, 1)
    assert clocks.days() == [31]
    clocks.end(0)
    assert clocks.days() == [31, 1]


def test_one_that_failed_is_begun_again_a_minute_later_and_what_it_said_is_told() -> None:
    clocks = Clocks()
    clocks.days()
    clocks.end(2, "caselink: the disk is full", "more")
    assert (clocks.days(), clocks.told) == ([31], ["caselink: the disk is full", "more"])
    clocks.seconds = AGAIN_SECONDS - 1
    assert clocks.days() == [31]
    clocks.seconds = AGAIN_SECONDS
    assert clocks.days() == [31, 31]


def test_one_that_runs_has_some_seconds_when_the_timer_is_stopped() -> None:
    clocks = Clocks()
    clocks.timer.stop(5)
    clocks.days()
    clocks.timer.stop(7)
    assert clocks.begun[-1][1].stopped == [7]


def test_what_is_begun_is_a_process_whose_words_are_read_once_it_has_ended() -> None:
    words = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    running = beginning([sys.executable, "-c", words], {})()
    while running.ended() is None:
        time.sleep(0.01)
    assert (running.ended(), sorted(running.said())) == (3, ["err", "out"])


def test_a_process_that_does_not_end_in_time_is_killed(tmp_path: Path) -> None:
    running = beginning([sys.executable, "-c", "import time; time.sleep(60)"], {})()
    running.stop(0.05)
    while running.ended() is None:
        time.sleep(0.01)
    assert running.ended() == -9
