"""What a mapping makes of the cells of one row: a text, a day, or a list of codes.

Each is read once from the mapping, and bound once to the columns of a file. Nothing is guessed: a text that finds
nothing in its columns is absent, a date in another format stands as it came, so that it is loaded and withheld (R5).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

Cells = Sequence[str]
Places = Mapping[str, int]
"""Columns of a file by name, and where they stand in a row, from 0."""

_PIECE: Final = re.compile(r"\{\{|\}\}|\{([^{}]+)\}|[{}]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text with columns in braces, such as "{name} {surname}". pieces: what stands between, and columns, in turn."""

    pieces: tuple[str, ...]

    @classmethod
    def read(cls, template: str, path: str, mistakes: list[str]) -> "Text":
        """The template. A brace that encloses no column is a mistake; `{{` and `}}` are braces of the text.

        >>> Text.read("{name} {{{age}}}", "", []).pieces
        ('', 'name', ' {', 'age', '}')
        """
        pieces, place = [""], 0
        for match in _PIECE.finditer(template):
            pieces[-1] += template[place : match.start()]
            place = match.end()
            if match[1] is not None:
                pieces += [match[1], ""]
            elif len(match[0]) == 2:
                pieces[-1] += match[0][0]
            else:
                mistakes.append(
                    f"{path}: a brace stands alone; write {{column}}, or {{{{ and }}}} for braces"
                )
        pieces[-1] += template[place:]
        return cls(tuple(pieces))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return self.pieces[1::2]

    def at(self, places: Places) -> Callable[[Cells], str | None]:
        """How it is made of a row. A lone column stands as it is; what is put together loses the spaces at its ends."""
        first, *rest = self.pieces
        if not rest:
            return lambda cells: first
        columns = [places[column] for column in self.columns]
        if len(columns) == 1 and not any(self.pieces[::2]):
            only = columns[0]
            return lambda cells: cells[only] or None
        pairs = list(zip(columns, rest[1::2], strict=True))

        def made(cells: Cells) -> str | None:
            if not any(cells[column] for column in columns):
                return None
            return (first + "".join(cells[column] + after for column, after in pairs)).strip()

        return made


@dataclass(frozen=True, slots=True)
class Day:
    """A column of dates in one format, in the words of `strptime`."""

    column: str
    format: str

    def at(self, places: Places) -> Callable[[Cells], str | None]:
        """How it is made of a row: a real day as `YYYY-MM-DD`, anything else as it stands, nothing if it is empty."""
        column, format = places[self.column], self.format
        return lambda cells: _iso(cells[column], format) or None


def is_format(format: str) -> bool:
    """Whether a format states day, month and year, the century included.

    >>> is_format("%d/%m/%Y"), is_format("%d/%m/%y"), is_format("%m/%Y"), is_format("%d %Q")
    (True, False, False, False)
    """
    probes = (date(1917, 8, 25), date(2017, 12, 31))
    return all(_iso(probe.strftime(format), format) == probe.isoformat() for probe in probes)


@lru_cache(maxsize=4096)
def _iso(text: str, format: str) -> str:
    try:
        return datetime.strptime(text, format).date().isoformat()
    except ValueError:
        return text


@dataclass(frozen=True, slots=True)
class Rule:
    """Codes for the rows of which every condition holds. Letter case and spaces count.

    There is no "unless": a rule that gave `release` to what it does not know would not be closed by default.
    equals: columns whose cell is one of the texts. contains: columns whose cell has one of them in it.
    """

    codes: tuple[str, ...]
    equals: Mapping[str, frozenset[str]]
    contains: Mapping[str, frozenset[str]]

    def at(self, places: Places) -> Callable[[Cells], bool]:
        """Whether a row meets it."""
        equals = [(places[column], texts) for column, texts in self.equals.items()]
        contains = [(places[column], texts) for column, texts in self.contains.items()]
        return lambda cells: (
            all(cells[column] in texts for column, texts in equals)
            and all(any(text in cells[column] for text in texts) for column, texts in contains)
        )


@dataclass(frozen=True, slots=True)
class Coding:
    """The access control codes of a row: those that every row has, then those of each rule that it meets."""

    always: tuple[str, ...]
    rules: tuple[Rule, ...]

    def at(self, places: Places) -> Callable[[Cells], list[str]]:
        """How they are found, each code once."""
        rules = [(rule.at(places), rule.codes) for rule in self.rules]

        def found(cells: Cells) -> list[str]:
            codes = dict.fromkeys(self.always)
            for meets, given in rules:
                if meets(cells):
                    codes.update(dict.fromkeys(given))
            return list(codes)

        return found
