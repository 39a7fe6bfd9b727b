"""JSON Lines: one object a line (DESIGN 3). Drawn as they stand; nothing is checked here but that a line has an end.

A line longer than LONGEST is rejected without being held in memory.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from graph.errors import Unreadable
from loaders.check import salvage
from loaders.drawn import Drawn, Place, Rejected

LONGEST: Final = 16 * 1024 * 1024
_BOM: Final = b"\xef\xbb\xbf"


class LinesFormat:
    """A file of JSON Lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._position = 0

    def draw(self) -> Iterator[Drawn | Rejected]:
        """The lines in order; those of white space alone are passed over."""
        try:
            with self._path.open("rb") as file:
                yield from self._lines(file)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise Unreadable(
                f"{self._path}: cannot be read ({reason}); check the path and its rights"
            ) from error

    def size(self) -> int:
        """The file's length in bytes."""
        return self._path.stat().st_size if self._path.is_file() else 0

    def position(self) -> int:
        """How many bytes have been drawn."""
        return self._position

    def _lines(self, file: BinaryIO) -> Iterator[Drawn | Rejected]:
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            place = Place(str(self._path), number)
            self._position += len(line)
            if len(line) > LONGEST and not line.endswith(b"\n"):
                self._skip(file)
                yield _too_long(place, line)
            elif text := line.removeprefix(_BOM if number == 1 else b"").strip():
                yield Drawn(place, text)

    def _skip(self, file: BinaryIO) -> None:
        while rest := file.readline(LONGEST):
            self._position += len(rest)
            if rest.endswith(b"\n"):
                return


def _too_long(place: Place, line: bytes) -> Rejected:
    sentence = f"The line is longer than {LONGEST // 2**20} MiB; split it, or leave out what no field needs."
    return salvage(Drawn(place, line[: 64 * 1024]), "$", sentence)
