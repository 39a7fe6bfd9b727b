"""The plots of a report, as SVG that we draw: a gauge, a bar in a row of a table, columns by year.

Colours are classes that the page's style sheet knows, so that light, dark and paper each have theirs. Each number that
a plot shows stands beside it or in a table too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Final

from server.markup import Markup, tag, together
from server.report.figures import count, percent


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar. shade: the class of its colour. told: what it is, for who points at it or listens."""

    shade: str
    size: int
    told: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column. below stands on the axis, above on it."""

    name: str
    below: int
    above: int


def gauge(part: int, whole: int, told: str) -> Markup:
    """Half a ring, filled by the share of a whole."""
    arc = {"d": "M 12 100 A 88 88 0 0 1 188 100", "pathLength": 100, "fill": "none", "stroke_width": 22}
    filled = 100 * part / whole if whole else 0
    return tag(
        "svg",
        tag("path", class_="ring", **arc),
        tag("path", class_="ring filled", stroke_dasharray=f"{filled:.2f} 200", **arc) if part else "",
        tag("text", percent(part, whole), x=100, y=92, class_="share"),
        viewBox="0 0 200 108",
        class_="gauge",
        role="img",
        aria_label=told,
    )


def bar(parts: Sequence[Part], most: int) -> Markup:
    """Parts in a row, as long as their sizes are of the most that any bar of the table has."""
    drawn, place = [], 0.0
    for part in parts:
        width = 100 * part.size / most if most else 0.0
        if part.size:
            drawn.append(_rectangle(part, place, max(width, 0.3)))
        place += width
    return tag(
        "svg",
        *drawn,
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        class_="bar",
        role="img",
        aria_label="; ".join(part.told for part in parts),
    )


def _rectangle(part: Part, place: float, width: float) -> Markup:
    inside = tag("title", part.told)
    return tag(
        "g", inside, tag("rect", x=f"{place:.2f}", y=0, width=f"{width:.2f}", height=10, class_=part.shade)
    )


_WIDTH: Final = 720
_HEIGHT: Final = 190
_LEFT: Final = 56
_TOP: Final = 10
_WIDEST: Final = 46
_LABEL: Final = 40
"""How wide a label is, so that as many are written as have room."""


def columns(shown: Sequence[Column], told: str) -> Markup:
    """Columns over an axis, with lines to read them by."""
    most = max((column.below + column.above for column in shown), default=0)
    step = nice_step(most)
    top = step * max(1, ceil(most / step))
    room = (_WIDTH - _LEFT) / max(1, len(shown))
    every = max(1, ceil(_LABEL / room))
    lines = [_line(value, top) for value in range(0, top + 1, step)]
    drawn = [
        _column(column, _LEFT + place * room, room, top, named=place % every == 0)
        for place, column in enumerate(shown)
    ]
    return tag(
        "svg",
        *lines,
        *drawn,
        viewBox=f"0 0 {_WIDTH} {_TOP + _HEIGHT + 24}",
        class_="columns",
        role="img",
        aria_label=told,
    )


def nice_step(most: int) -> int:
    """The distance of the lines: 1, 2 or 5 times a power of ten, so that there are at most five.

    >>> [nice_step(most) for most in (0, 3, 7, 48, 619)]
    [1, 1, 2, 10, 200]
    """
    if most <= 5:
        return 1
    power = int(10 ** int(log10(most / 5)))
    return next(step for step in (power, 2 * power, 5 * power, 10 * power) if most <= 5 * step)


def _line(value: int, top: int) -> Markup:
    y = _TOP + _HEIGHT * (1 - value / top)
    return together(
        tag("line", x1=_LEFT, x2=_WIDTH, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="grid"),
        tag("text", count(value), x=_LEFT - 8, y=f"{y + 4:.1f}", class_="tick end"),
    )


def _column(column: Column, left: float, room: float, top: int, *, named: bool) -> Markup:
    width = min(_WIDEST, room * 0.76)
    x = left + (room - width) / 2
    below, above = (_HEIGHT * size / top for size in (column.below, column.above))
    base = _TOP + _HEIGHT
    shape = {"x": f"{x:.1f}", "width": f"{width:.1f}"}
    middle = f"{x + width / 2:.1f}"
    return tag(
        "g",
        tag("title", f"{column.name}: {count(column.below)} released, {count(column.above)} withheld"),
        tag("rect", y=f"{base - below:.1f}", height=f"{below:.1f}", class_="given", **shape),
        tag("rect", y=f"{base - below - above:.1f}", height=f"{above:.1f}", class_="kept", **shape),
        tag("text", column.name, x=middle, y=base + 17, class_="tick middle") if named else "",
    )
