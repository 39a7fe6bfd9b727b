"""Two streams of rows in one order, gone through beside each other: what is in both, and what in one of them alone.

Of each there is one row in memory at a time. A row is its key and, last, its body; neither stream has a key twice.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

R = TypeVar("R", bound=tuple[Any, ...])


def side_by_side(ones: Iterator[R], others: Iterator[R]) -> Iterator[tuple[R | None, R | None]]:
    """Each key's row of the one and of the other; where the two rows are equal, the same row twice.

    >>> list(side_by_side(iter([("a", 1), ("b", 2), ("d", 4)]), iter([("b", 2), ("c", 3), ("d", 5)])))
    [(('a', 1), None), (('b', 2), ('b', 2)), (None, ('c', 3)), (('d', 4), ('d', 5))]
    """
    one, other = next(ones, None), next(others, None)
    while one is not None and other is not None:
        if one == other:  # nearly all are
            yield one, one
            one, other = next(ones, None), next(others, None)
        elif one[:-1] == other[:-1]:
            yield one, other
            one, other = next(ones, None), next(others, None)
        elif one[:-1] < other[:-1]:
            yield one, None
            one = next(ones, None)
        else:
            yield None, other
            other = next(others, None)
    while one is not None:
        yield one, None
        one = next(ones, None)
    while other is not None:
        yield None, other
        other = next(others, None)
