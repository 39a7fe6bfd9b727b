"""Who waits for the turn, who is given it, and what a command finds whose turn was taken (DESIGN 4)."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.errors import StoreLocked
from graph.turn import SILENT_SECONDS, Turn, signs_given, take_turn
from server.commands.session import publisher
from server.home import open_home
from server.stores import open_holdings, open_releases
from tests.command_line import Desk
from tests.memory_turns import MemoryTurns
from tests.plain_lines import case

LOST = (
    "another caselink command took over while this one stood still, or writes from another home;"
    " nothing of this write stays; run it again"
)


@dataclass
class Waiting:
    """A clock that goes on when somebody sleeps. signs: how many sleeps long the one who has the turn gives signs."""

    turns: MemoryTurns = field(default_factory=MemoryTurns)
    signs: int = 0
    passed: float = 0.0

    def now(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += seconds
        self.signs -= 1
        if self.signs >= 0:
            self.turns.give_sign()

    def take(self, holder: str, tell: Callable[[str], None] | None = None) -> Turn:
        take_turn(self.turns, holder, self.now, self.sleep, tell)
        return self.turns.now()


def test_a_turn_that_nobody_has_is_taken_at_once_and_has_a_number_more() -> None:
    waiting = Waiting()
    taken = [waiting.take("here").number]
    waiting.turns.end()
    assert ([*taken, waiting.take("there").number], waiting.passed) == ([1, 2], 0.0)


def test_a_command_that_was_killed_leaves_its_turn_to_the_next_of_its_home() -> None:
    waiting = Waiting()
    waiting.take("here")
    assert (waiting.take("here").number, waiting.passed) == (2, 0.0)


def test_the_turn_is_taken_from_one_of_whom_nothing_is_heard() -> None:
    waiting = Waiting(signs=20)
    waiting.take("here")
    taken = waiting.take("there")
    assert (taken.number, taken.holder) == (2, "there")
    assert SILENT_SECONDS < waiting.passed < SILENT_SECONDS + 1.5


class StandingStill(Waiting):
    """The machine stands still in the first sleep, and nobody can give a sign meanwhile."""

    def sleep(self, seconds: float) -> None:
        if self.passed == 0.0:
            self.passed = 6 * SILENT_SECONDS
        else:
            super().sleep(seconds)


def test_the_turn_is_not_taken_because_all_stood_still_together() -> None:
    waiting, told = StandingStill(signs=20), list[str]()
    waiting.take("here")
    taken = waiting.take("there", told.append)
    assert (taken.holder, len(told)) == ("there", 1)
    assert 7 * SILENT_SECONDS + 20 * 0.05 < waiting.passed < 7 * SILENT_SECONDS + 2.5


def test_nobody_takes_the_turn_of_one_who_gives_signs() -> None:
    waiting = Waiting(signs=10_000)
    waiting.take("here")
    with pytest.raises(StoreLocked) as refused:
        waiting.take("there")
    assert str(refused.value) == (
        "Another caselink command is writing to the same store, from another home or machine; wait for it to end"
    )
    assert waiting.turns.now().holder == "here"


def test_a_command_that_can_say_so_waits_for_the_end_of_one_who_gives_signs() -> None:
    waiting, told = Waiting(signs=10_000), list[str]()
    waiting.take("here")
    taken = waiting.take("there", told.append)
    assert (taken.holder, waiting.passed > 10_000 * 0.05) == ("there", True)
    assert told == [
        "Another caselink command is writing to the same store, from another home or machine; waiting for it to end;"
        " nothing more is done until then."
    ]


def test_of_two_who_wait_one_is_given_it() -> None:
    turns = MemoryTurns()
    seen = turns.now()
    assert (turns.take(seen, "here"), turns.take(seen, "there"), turns.now().holder) == (True, False, "here")


def test_signs_are_given_while_the_turn_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.turn._SIGN_SECONDS", 0.001)
    turns = MemoryTurns()
    with signs_given(turns.give_sign):
        while turns.now().sign < 3:
            pass
    given = turns.now().sign
    assert turns.now().sign == given


class Stuttering(MemoryTurns):
    """A store that does not answer now and then."""

    def give_sign(self) -> None:
        super().give_sign()
        raise StoreLocked("busy")


def test_a_sign_that_fails_is_followed_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.turn._SIGN_SECONDS", 0.001)
    turns, end = Stuttering(), time.monotonic() + 10
    with signs_given(turns.give_sign):
        while turns.now().sign < 3 and time.monotonic() < end:
            time.sleep(0.001)
    assert turns.now().sign >= 3


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    return desk


def test_each_command_leaves_the_turns_free_and_raises_their_numbers(desk: Desk) -> None:
    desk.load(case("C-1", "NY03-0001"))
    desk.done("publish", "--yes")
    home = open_home(desk.home, {})
    with open_holdings(home) as holdings:
        turn = holdings.turns.now()
    assert (turn.number, turn.holder) == (2, None)


def test_a_command_whose_turn_was_taken_writes_nothing_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "graph.turn._SIGN_SECONDS", 60.0
    )  # a sign between would keep the turn from being taken
    desk.load(case("C-1", "NY03-0001"))
    home = open_home(desk.home, {})
    with publisher(home) as publishing:
        another = open_releases(home)
        assert another.turns.take(another.turns.now(), "another home")
        with pytest.raises(StoreLocked) as refused:
            publishing.announce()
        assert (another.turns.now().holder, another.standing().restriction_due) == ("another home", False)
        another.close()
    assert str(refused.value) == f"{home.releases_file}: {LOST}"


def test_a_home_has_one_name_for_its_turns_and_a_copy_has_another(desk: Desk, tmp_path: Path) -> None:
    home = open_home(desk.home, {})
    names = []
    for _ in range(2):
        with home.alone():
            names.append(home.writer())
    os.rename(home.folder / "lock", home.folder / "lock of before")
    with home.alone():
        names.append(home.writer())
    assert (names[0] == names[1], names[0] == names[2]) == (True, False)
