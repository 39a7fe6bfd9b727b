"""HTML and SVG that are built, never pasted: every text in them is escaped, because nothing else can get in.

Control and direction characters of a text are replaced too, so that no title turns a line around.
"""

import html
from typing import Final

from graph.printable import printable

_EMPTY: Final = frozenset(("meta", "rect", "line", "path", "circle"))
"""Elements that are written without an end."""


class Markup(str):
    """Text that is markup already. Only `tag` and `together` make it, and `style` of a file that we ship."""

    __slots__ = ()


def tag(element: str, /, *inside: "str | Markup", **attributes: object) -> Markup:
    """An element. An attribute that is None is left out; `_` in a name is `-`, and one at its end goes.

    >>> tag("p", "1 < 2", class_="note")
    '<p class="note">1 &lt; 2</p>'
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if element in _EMPTY:
        return Markup(f"<{element}{said}/>")
    return Markup(f"<{element}{said}>{together(*inside)}</{element}>")


def together(*parts: "str | Markup") -> Markup:
    """Parts in a row; those that are no markup are escaped."""
    return Markup("".join(part if isinstance(part, Markup) else _escaped(part) for part in parts))


def style(sheet: str) -> Markup:
    """A style sheet of ours. Raises ValueError on one that would end the element."""
    if "<" in sheet:
        raise ValueError("a style sheet with a <")
    return Markup(f"<style>{sheet}</style>")


def page(title: str, head: Markup, *body: Markup) -> str:
    """A whole document, in English."""
    meta = together(tag("meta", charset="utf-8"), tag("meta", name="viewport", content="width=device-width"))
    whole = together(
        tag("head", meta, tag("title", title), head),
        tag("body", *body),
    )
    return f"<!DOCTYPE html>\n{tag('html', whole, lang='en')}\n"


def _escaped(text: str) -> str:
    return html.escape(printable(text))
