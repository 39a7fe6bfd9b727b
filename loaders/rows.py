"""CSV as rows, one after the other: a row that cannot be read is told with its place, and the reading goes on after it.

A quote that is opened and never closed would swallow the rows after it, and a row that is not read withholds nothing.
So only the line on which such a row begins is broken, and the next line begins a row. A row that is too long is
different: its lines may be one long text that is quoted as it should be, and nothing of a text may pass for a row; its
lines are broken up to the closing quote.
"""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Final

from loaders.lines import LONGEST

MOST_KEPT: Final = 64 * 1024
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. line: where it begins, from 1. text: as it stands. whole: all of it is UTF-8.

    Bytes that are not UTF-8 stand in the cells as lone surrogates.
    """

    line: int
    cells: list[str]
    text: bytes
    whole: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no row, nor begins one. readings: its cells, in each way in which it may have been meant."""

    line: int
    readings: tuple[list[str], ...]
    text: bytes
    sentence: str


def rows(file: BinaryIO, tell: Callable[[int], None]) -> Iterator[Row | Broken]:
    """The rows of a file, without those that are empty. tell: is told how many bytes were read."""
    # One setting for the whole process, and Python's default cuts fields that a row may have.
    csv.field_size_limit(LONGEST)
    lines = _Lines(file, tell)
    while not lines.ended:
        try:
            for cells in csv.reader(lines, strict=True):
                row = lines.row(cells)
                if cells:
                    yield row
        except csv.Error as error:
            yield lines.broken(
                f"The row does not read as CSV ({error}); quote a field whole, and double each quote in it."
            )
        except _TooLong:
            yield from lines.too_long()


class _TooLong(Exception):
    """The row is longer than LONGEST."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the file. quotes: how many it has, also in what was cut off. cut: it is longer than LONGEST."""

    number: int
    text: bytes
    quotes: int
    cut: bool


class _Lines:
    """Lines for csv.reader, which remembers those of the row that is being read, so that they can be read again."""

    def __init__(self, file: BinaryIO, tell: Callable[[int], None]) -> None:
        self.ended = False
        self._file = file
        self._tell = tell
        self._number = 0
        self._again: deque[_Line] = deque()
        self._taken: list[_Line] = []
        self._length = 0
        self._whole = True

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._next()
        if line is None:
            self.ended = not self._taken
            raise StopIteration
        self._taken.append(line)
        self._length += len(line.text)
        if line.cut or self._length > LONGEST:
            raise _TooLong
        try:
            return line.text.decode()
        except UnicodeDecodeError:
            self._whole = False
            return _lenient(line.text)

    def row(self, cells: list[str]) -> Row:
        """The row that the lines taken so far are."""
        first, *others = self._taken
        text = b"".join((first.text, *(line.text for line in others))) if others else first.text
        row = Row(first.number, cells, text, self._whole)
        self._begin()
        return row

    def broken(self, sentence: str) -> Broken:
        """The first of the lines taken so far; the others are read again."""
        first, *others = self._taken
        self._again.extendleft(reversed(others))
        self._begin()
        return _broken(first, sentence)

    def too_long(self) -> Iterator[Broken]:
        """The lines of the row, up to the one where its quotes close."""
        first = self._taken[0].number
        sentence = (
            f"The row that begins in line {first} is longer than {LONGEST // 2**20} MiB;"
            " shorten it, or close its quotes."
        )
        quotes = 0
        for line in chain(self._taken, iter(self._next, None)):
            quotes += line.quotes
            yield _broken(line, sentence)
            if quotes % 2 == 0 and line.number >= self._taken[-1].number:
                break
        self._begin()

    def _begin(self) -> None:
        self._taken.clear()
        self._length = 0
        self._whole = True

    def _next(self) -> _Line | None:
        if self._again:
            return self._again.popleft()
        text = self._file.readline(LONGEST + 1)
        if not text:
            return None
        self._number += 1
        self._tell(len(text))
        if self._number == 1:
            text = text.removeprefix(_BOM)
        cut = len(text) > LONGEST and not text.endswith(b"\n")
        quotes = text.count(b'"') + (self._skip() if cut else 0)
        return _Line(self._number, text[:MOST_KEPT] if cut else text, quotes, cut)

    def _skip(self) -> int:
        """Pass over the rest of a line; the number of quotes in it."""
        quotes = 0
        while rest := self._file.readline(LONGEST):
            self._tell(len(rest))
            quotes += rest.count(b'"')
            if rest.endswith(b"\n"):
                break
        return quotes


def _broken(line: _Line, sentence: str) -> Broken:
    text = line.text[:MOST_KEPT]
    plain = [cell.strip('" \r\n') for cell in _lenient(text).split(",")]
    try:
        quoted = next(csv.reader([_lenient(text)]), [])
    except csv.Error:
        quoted = []
    return Broken(line.number, (quoted, plain), text, sentence)


def _lenient(text: bytes) -> str:
    return text.decode(errors="surrogateescape")
