"""The soak in small, and that it would notice (tests/soak.py)."""

from pathlib import Path

import pytest

from tests.killing import Answer
from tests.soak import State, run, wrong

STATES = (
    State({"ndex": "a"}, 0.0, 1.0, withdraws=False),
    State({"ndex": "b"}, 2.0, 3.0, withdraws=True),
    State({"ndex": "c"}, 9.0, 10.0, withdraws=False),
)


@pytest.mark.parametrize(
    ("version", "begun", "told", "is_wrong"),
    [
        ("a", 2.9, 2.9, False),
        ("a", 2.9, 9.0, False),
        ("a", 3.1, 3.1, True),  # b withdrew it
        ("b", 1.9, 1.9, True),  # it was not there yet
        ("b", 1.9, 2.1, False),  # it was when the reader went on that had stood still
        ("b", 2.1, 2.1, False),
        ("b", 13.9, 13.9, False),  # c added, and may come late
        ("b", 14.1, 14.1, True),
        ("c", 99.0, 99.0, False),
        ("d", 5.0, 5.0, True),
        (None, 5.0, 5.0, False),
    ],
)
def test_an_answer_from_no_state_of_its_time_is_wrong(
    version: str | None, begun: float, told: float, is_wrong: bool
) -> None:
    answer = Answer(begun, "ndex", version, told)
    assert wrong(STATES, [answer]) == [answer] * is_wrong


@pytest.mark.long
def test_a_short_soak_finds_nothing_wrong(tmp_path: Path) -> None:
    told: list[str] = []
    assert run(tmp_path, 20.0, 7, told.append) == 0
