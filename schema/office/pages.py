"""Pages of the office's lists: a total, nodes, and where the page ends. A list has what its reader may see."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

import strawberry

from schema.cursors import Belonging, Cursors, Position
from schema.paging import Cut, Page, cut_page

N = TypeVar("N")
T = TypeVar("T")


@strawberry.type(name="PageInfo")
class PageEnd:
    """Where a page ends, and whether there is more."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Connection(Generic[N]):
    """A page of a list."""

    total_count: int
    nodes: list[N]
    page_info: PageEnd


def page_of(
    whole: Sequence[T],
    position: Callable[[T], Position],
    belonging: Belonging,
    cursors: Cursors,
    first: int | None,
    after: str | None,
) -> Page[T]:
    """The page that `first` and `after` ask for. The list is in the order of its positions. Raises Refusal."""
    return cut_page(whole, position, Cut.of(first, after), cursors, belonging)


def connection_of(page: Page[T], nodes: Iterable[N]) -> Connection[N]:
    """A page as it is told. nodes: what is told of the elements that it shows, which may be of fewer."""
    end = page.cursor(page.shown[-1]) if page.shown else None
    return Connection(
        total_count=page.total,
        nodes=list(nodes),
        page_info=PageEnd(has_next_page=page.has_next, end_cursor=end),
    )
