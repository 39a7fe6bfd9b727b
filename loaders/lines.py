"""JSON Lines: one object a line (DESIGN 3). Drawn as they stand; nothing is checked here but that a line has an end.

A line longer than LONGEST is rejected without being held in memory.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from graph.errors import Unreadable
from loaders.check import LONGEST_ID, salvage
from loaders.drawn import Drawn, Place, Rejected, told

LONGEST: Final = 16 * 1024 * 1024
_PIECE: Final = 1024 * 1024
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
                f"{told(self._path)}: cannot be read ({reason}); check the path and its rights"
            ) from error

    def size(self) -> int:
        """The file's length in bytes."""
        return self._path.stat().st_size if self._path.is_file() else 0

    def position(self) -> int:
        """How many bytes have been drawn."""
        return self._position

    def _lines(self, file: BinaryIO) -> Iterator[Drawn | Rejected]:
        number, name = 0, told(self._path)
        while line := file.readline(LONGEST + 1):
            number += 1
            place = Place(name, number)
            self._position += len(line)
            if len(line) > LONGEST and not line.endswith(b"\n"):
                yield self._too_long(file, place, line)
            elif text := line.removeprefix(_BOM if number == 1 else b"").strip():
                yield Drawn(place, text)

    def _too_long(self, file: BinaryIO, place: Place, line: bytes) -> Rejected:
        """The rejection of a line that goes on; it is read to its end, piece by piece, for the ids that it names."""
        sentence = (
            f"The line is longer than {LONGEST // 2**20} MiB; split it, or leave out what no field needs."
        )
        begun = [line[start : start + _PIECE] for start in range(0, len(line), _PIECE)]
        rejected, piece = salvage(Drawn(place, begun[0]), "$", sentence), begun[0]
        for rest in chain(begun[1:], self._rest(file)):
            piece = piece[-LONGEST_ID * 2 :] + rest
            rejected = _joined(rejected, salvage(Drawn(place, piece), "$", sentence))
        return rejected

    def _rest(self, file: BinaryIO) -> Iterator[bytes]:
        while rest := file.readline(_PIECE):
            self._position += len(rest)
            yield rest
            if rest.endswith(b"\n"):
                return


def _joined(one: Rejected, other: Rejected) -> Rejected:
    """What both name."""
    named = tuple(dict.fromkeys((*one.named, *other.named)))
    own = tuple(dict.fromkeys((*one.own, *other.own)))
    return replace(one, named=named, own=own, by=own[0] if len(own) == 1 else None)
