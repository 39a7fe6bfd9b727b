"""Connections: a page of records as the schema shows it. Cursors are sealed only where they are asked for."""

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

import strawberry

from schema.paging import Page

N = TypeVar("N")


@strawberry.type
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None

    @classmethod
    def of(cls, page: Page[Any]) -> "PageInfo":
        """Of this page."""
        return cls(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursor(page.shown[0]) if page.shown else None,
            end_cursor=page.cursor(page.shown[-1]) if page.shown else None,
        )


@strawberry.type
class Edge(Generic[N]):
    """A record in a list, and its place there."""

    node: N
    sealed: strawberry.Private[Callable[[], str]]

    @strawberry.field
    def cursor(self) -> str:
        return self.sealed()


@strawberry.type
class Connection(Generic[N]):
    """A page of records. nodes: what the page shows, in its order."""

    nodes: list[N]
    page: strawberry.Private[Page[Any]]

    @strawberry.field
    def edges(self) -> list[Edge[N]]:
        places = zip(self.nodes, self.page.shown, strict=True)
        return [Edge(node=node, sealed=partial(self.page.cursor, record)) for node, record in places]

    @strawberry.field
    def page_info(self) -> PageInfo:
        return PageInfo.of(self.page)

    @strawberry.field
    def total_count(self) -> int:
        return self.page.total
