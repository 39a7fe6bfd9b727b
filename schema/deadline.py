"""Until when an answer may take, as whoever makes it is to see: at each page and each object, and in long look-ups.

What has passed its deadline is given up whole. Only a question that takes very long is told so; by every other limit a
request is refused for what it says.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

T = TypeVar("T")

_STRETCH: Final = 10_000
"""How many records are looked at between two looks at the clock."""


class OutOfTime(Exception):
    """The deadline has passed."""


class Deadline:
    """clock: in seconds, from any start. passed: whether someone has seen that it has."""

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._end = clock() + seconds
        self.passed = False

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is done meanwhile is no fault of the question, and takes none of its time."""
        began = self._clock()
        yield
        self._end += self._clock() - began

    def check(self) -> None:
        """Raises OutOfTime."""
        if self._clock() > self._end:
            self.passed = True
            raise OutOfTime

    @property
    def half_over(self) -> bool:
        """Whether half of the time is gone: what can be left out is better left out from here on."""
        return self._clock() > self._end - self._seconds / 2

    def stretches(self, whole: Sequence[T]) -> Iterator[Sequence[T]]:
        """A list in parts, with a look at the clock before each. Raises OutOfTime."""
        for start in range(0, len(whole), _STRETCH):
            self.check()
            yield whole[start : start + _STRETCH]
