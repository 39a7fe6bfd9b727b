"""Days are real ones, written YYYY-MM-DD; a malformed date is absent (R14), and periods exclude their end (R5)."""

from datetime import date

import pytest

from graph import days
from graph.days import NO_DAY, in_period, ordinal, real_day, real_period

MALFORMED = [
    *("", " ", "2003", "2003-01", "2003-1-1", "03-01-01", "20030101", "2003/01/01", "00/00/2000"),
    *("2003-02-29", "2003-13-01", "2003-00-01", "2003-01-00", "2003-01-32", "0000-01-01", "12003-01-01"),
    *("2003-01-01 ", " 2003-01-01", "2003-01-01\n", "2003-01-01T00:00:00Z", "2003-W01-1", "2003-001"),
    *("２００３-01-01", "2003-٠١-01", "2003–01–01", "-003-01-01", "2003-01-01+01:00"),
]


@pytest.mark.parametrize("text", ["0001-01-01", "2000-02-29", "2003-12-31", "9999-12-31"])
def test_a_real_day_is_its_ordinal(text: str) -> None:
    assert (ordinal(text), real_day(text)) == (date.fromisoformat(text).toordinal(), text)


@pytest.mark.parametrize("text", [None, *MALFORMED])
def test_r14_what_is_no_real_day_is_no_day(text: str | None) -> None:
    assert (ordinal(text), real_day(text)) == (NO_DAY, None)


@pytest.mark.parametrize("text", ["0001", "2003", "2003-01", "2003-12", "2004-02-29"])
def test_a_period_may_be_a_year_a_month_or_a_day(text: str) -> None:
    assert real_period(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            None,
            "soon",
            "203",
            "20033",
            "0000",
            "2003-",
            "2003-1",
            "2003-13",
            "2003-00",
            "2003-01-",
            "2003-02-30",
        ),
        *("2003-01-01-01", "２００３", "2003 ", "2003-01\n", "c. 2003", "+2003"),
    ],
)
def test_r14_what_is_no_real_period_is_absent(text: str | None) -> None:
    assert real_period(text) is None


@pytest.mark.parametrize(
    ("day", "start", "end", "holds"),
    [
        (5, 5, 9, True),
        (8, 5, 9, True),
        (9, 5, 9, False),
        (4, 5, 9, False),
        (5, 5, 5, False),
        (5, NO_DAY, 9, False),
        (5, 5, NO_DAY, False),
        (NO_DAY, NO_DAY, 9, False),
    ],
)
def test_r5_a_period_includes_its_start_and_excludes_its_end(
    day: int, start: int, end: int, holds: bool
) -> None:
    assert in_period(day, start, end) is holds


def test_what_has_not_the_shape_of_a_day_is_not_kept() -> None:
    kept = days._ordinal.cache_info().currsize
    assert [ordinal(text) for text in ("a name", "2003-02-30 " * 1000, "20030201", "")] == [NO_DAY] * 4
    assert days._ordinal.cache_info().currsize == kept
