"""Which key of a TOML text is stated twice, by its path: the parser tells only that one is, and roughly where.

It is asked after the parser has refused the text, and finds nothing rather than something wrong where a text is written
unusually: a key inside braces, or one that is dotted in one place and a table in another.
"""

import re
from collections.abc import Iterator
from typing import Final

_TABLE: Final = re.compile(r"\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?")
_KEY: Final = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_.-]+)\s*=""")
_SEVERAL_LINES: Final = ('"""', "'''")


def stated_twice(text: str) -> tuple[str, int] | None:
    """The path of the first key or table that is stated a second time, and the line (from 1) where it is.

    >>> stated_twice('[codes]\\nT3 = "a"\\nREL = "b"\\nT3 = "c"')
    ('codes.T3', 4)
    """
    met = set()
    for path, place, line in _stated(text):
        if (path, place) in met:
            return path, line
        met.add((path, place))
    return None


def _stated(text: str) -> Iterator[tuple[str, int, int]]:
    """Each table and key: its path, which of the tables with that path in double brackets it is in, and its line."""
    table, place, within = "", 0, None
    for number, line in enumerate(text.splitlines(), start=1):
        if within is not None:
            within = None if within in line else within
            continue
        if heading := _TABLE.fullmatch(line):
            table = heading[2]
            place += len(heading[1]) - 1
            if heading[1] == "[":
                yield table, place, number
        elif key := _KEY.match(line):
            yield f"{table}.{key[1]}" if table else key[1], place, number
        within = next((quotes for quotes in _SEVERAL_LINES if line.count(quotes) == 1), None)
