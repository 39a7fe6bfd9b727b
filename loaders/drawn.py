"""What a format draws from a file: JSON lines as DESIGN 3 states them, and what could not be drawn, with its place.

Every format ends here, so that taking, rejecting and withholding are the same for all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from graph.model import EntryId


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file (inside a zip: its name there) and the line, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """One JSON object as text, not yet checked."""

    place: Place
    text: bytes


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could not be stored, and why. path: a JSON path (`$.from`). sentence: what is wrong and how to mend it.

    named: the ids that it names, each of which is withheld until a good line for `by` is taken.
    by: its own id, or None where it has none that can be read.
    """

    place: Place
    path: str
    sentence: str
    text: bytes
    by: EntryId | None = None
    named: tuple[EntryId, ...] = ()


class Format(Protocol):
    """A way to read a file; it streams, and its memory does not grow with the file."""

    def draw(self) -> Iterator[Drawn | Rejected]:
        """The lines in the file's order. Raises Unreadable where the file cannot be read."""

    def size(self) -> int:
        """How many bytes there are to read, for the progress bar; 0 where that cannot be told."""

    def position(self) -> int:
        """How many of them have been read."""
