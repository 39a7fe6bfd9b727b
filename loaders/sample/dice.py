"""Chance that falls the same way every time.

Everything in the demo holdings that is drawn is drawn here, from `random.Random.random()` alone: it is the
one method whose sequence Python promises to keep for a seed, so the holdings stay the same under later
Pythons too. It never asks a clock and never the system's own randomness.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Choice = TypeVar("Choice")


class Odds(Generic[Choice]):
    """Choices with weights; the weights need not add up to anything. There is at least one."""

    __slots__ = ("choices", "heaped", "total")

    def __init__(self, weights: Mapping[Choice, float]) -> None:
        self.choices = tuple(weights)
        self.heaped = tuple(accumulate(weights.values()))
        self.total = self.heaped[-1]


class Dice:
    """One seeded sequence of draws."""

    __slots__ = ("_random",)

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random

    def share(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._random()

    def chance(self, share: float) -> bool:
        """True in this share (0 to 1) of all draws."""
        return self._random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """One of the choices, each as likely as the next."""
        return choices[int(self._random() * len(choices))]

    def draw(self, odds: Odds[Choice]) -> Choice:
        """One of the choices, each as likely as its weight."""
        return odds.choices[bisect(odds.heaped, self._random() * odds.total)]
