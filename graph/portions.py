"""Rows some at a time: many are written, sent or added up by few steps, and few are in memory."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def portions(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in their order, so many at a time; the last may be fewer.

    >>> list(portions("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    remaining = iter(rows)
    while some := list(islice(remaining, size)):
        yield some
