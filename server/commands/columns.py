"""Rows of words as an aligned table of plain text. The last column is wrapped to the width of what it is printed on."""

import shutil
import sys
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from graph.printable import printable

WIDTH: Final = 120
"""Of what is no terminal: a file, a pipe."""

_GAP: Final = "  "
_LEAST: Final = 24


def width_of_output() -> int:
    """How many characters a line of stdout has."""
    return shutil.get_terminal_size((WIDTH, 0)).columns if sys.stdout.isatty() else WIDTH


def aligned(
    header: Sequence[str], rows: Iterable[Sequence[str]], width: int = WIDTH, numbers: Collection[int] = ()
) -> Iterator[str]:
    """The lines of a table, under its header. numbers: the columns, counted from 0, that are set to the right.

    >>> list(aligned(("code", "held", "means"), [("T3", "12", "title_iii")], numbers=[1]))
    ['  code  held  means', '  T3      12  title_iii']
    """
    cells = [[printable(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    indent = sum(widths[:-1]) + len(_GAP) * len(widths)
    for row in cells:
        *before, last = (
            cell.rjust(wide) if place in numbers else cell.ljust(wide)
            for place, (cell, wide) in enumerate(zip(row, widths, strict=True))
        )
        first, *more = textwrap.wrap(last, max(_LEAST, width - indent)) or [""]
        yield _GAP.join(["", *before, first]).rstrip()
        yield from (" " * indent + line for line in more)
