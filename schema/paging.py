"""Pages: which part of an ordered list is shown. `first` is 20 unless asked; 0 to 100; `first` and `last` exclude.

A page, its flags and its total are made from the list that is given, and from nothing else.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from schema.cursors import Belonging, Cursors, Position
from schema.errors import Code, Refusal
from schema.filters import given

PAGE_DEFAULT: Final = 20
PAGE_MAX: Final = 100

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cut:
    """Which page is asked for: so many from the start, or from the end, of what lies between two cursors.

    plain: from the start of the list, without any cursor.
    """

    size: int
    from_end: bool
    after: str | None
    before: str | None
    plain: bool

    @classmethod
    def of(
        cls, first: int | None, after: str | None, last: int | None = None, before: str | None = None
    ) -> "Cut":
        """The cut that the arguments of a field ask for. Raises Refusal BAD_PAGE."""
        head, tail = given(first), given(last)
        if head is not None and tail is not None:
            raise Refusal(Code.BAD_PAGE)
        size = PAGE_DEFAULT if head is None else head
        if tail is not None:
            size = tail
        if not 0 <= size <= PAGE_MAX:
            raise Refusal(Code.BAD_PAGE)
        start, end = given(after), given(before)
        return cls(size, tail is not None, start, end, plain=tail is None and start is None and end is None)

    def bounds(
        self, whole: Sequence[T], position: Callable[[T], Position], cursors: Cursors, belonging: Belonging
    ) -> tuple[int, int]:
        """Where the page starts and ends in a list that is in the order of its positions. Raises Refusal BAD_CURSOR."""
        start, end = 0, len(whole)
        if self.after is not None:
            start = bisect_right(whole, cursors.open(belonging, self.after), key=position)
        if self.before is not None:
            end = max(start, bisect_left(whole, cursors.open(belonging, self.before), key=position))
        if self.from_end:
            return max(start, end - self.size), end
        return start, min(end, start + self.size)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list. total: of the whole list. cursor: of one of its elements."""

    shown: Sequence[T]
    has_next: bool
    has_previous: bool
    total: int
    cursor: Callable[[T], str]


def cut_page(
    whole: Sequence[T], position: Callable[[T], Position], cut: Cut, cursors: Cursors, belonging: Belonging
) -> Page[T]:
    """A page of a list that is in the order of its positions. Raises Refusal BAD_CURSOR."""
    start, end = cut.bounds(whole, position, cursors, belonging)
    return Page(
        shown=whole[start:end],
        has_next=end < len(whole),
        has_previous=start > 0,
        total=len(whole),
        cursor=lambda element: cursors.seal(belonging, position(element)),
    )
