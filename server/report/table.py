"""Tables of a report's page: cells of text, of numbers, and with a plot in them; and what the plots' colours mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.markup import Markup, tag

_UNSEEN: Final = tag("span", "plot", class_="unseen")
"""The header of a column of plots: heard, not seen."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell. sort: the class of it; None for plain text."""

    inside: str | Markup
    sort: str | None = None


def text(inside: str) -> Cell:
    """A cell of plain text."""
    return Cell(inside)


def words(inside: str) -> Cell:
    """A cell that says more of its row."""
    return Cell(inside, "what")


def plot(inside: Markup) -> Cell:
    """A cell with a plot."""
    return Cell(inside, "plot")


def table(header: Sequence[str], rows: Sequence[Sequence[Cell]], shape: str | None = None) -> Markup:
    """A table; the first cell of each row names it, and a column of numbers has its header set to the right.

    shape: a class of the whole, such as `wide` where the first cells say much.
    """
    sorts = (
        [cell.sort if cell.sort == "number" else None for cell in rows[0]] if rows else [None] * len(header)
    )
    head = [
        tag("th", name or _UNSEEN, scope="col", class_=sort) for name, sort in zip(header, sorts, strict=True)
    ]
    return tag(
        "div",
        tag("table", tag("thead", tag("tr", *head)), tag("tbody", *map(_row, rows)), class_=shape),
        class_="scroll",
    )


def _row(cells: Sequence[Cell]) -> Markup:
    first, *rest = cells
    return tag(
        "tr",
        tag("th", first.inside, scope="row"),
        *(tag("td", cell.inside, class_=cell.sort) for cell in rest),
    )


def key(*shades: tuple[str, str]) -> Markup:
    """What colours mean: pairs of a class and a word."""
    square = {"viewBox": "0 0 10 10", "aria_hidden": "true"}
    return tag(
        "div",
        *(
            tag("span", tag("svg", tag("rect", width=10, height=10, class_=shade), **square), told)
            for shade, told in shades
        ),
        class_="key",
    )
