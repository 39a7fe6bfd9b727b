"""What a format draws from a file: JSON lines as DESIGN 3 states them, and what could not be drawn, with its place.

Every format ends here, so that taking, rejecting and withholding are the same for all of them.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from graph.model import EntryId


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where something stands: the file (inside a zip: its name there) and the line, counted from 1."""

    file: str
    line: int


class Drawn(msgspec.Struct, frozen=True, gc=False):
    """One JSON object as text, not yet checked."""

    place: Place
    text: bytes


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could not be stored, and why. path: a JSON path (`$.from`). sentence: what is wrong and how to mend it.

    named: the ids that it names. by: its own id, or None where there is not one that can be read; own: those that may
    be. Each of its own is withheld until a good line for it is taken; another id that it names, until one for `by` is,
    or the whole file loads without rejects.
    """

    place: Place
    path: str
    sentence: str
    text: bytes
    by: EntryId | None = None
    named: tuple[EntryId, ...] = ()
    own: tuple[EntryId, ...] = ()


def told(path: Path) -> str:
    """A path as people and JSON read it, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class Format(Protocol):
    """A way to read a file; it streams, and its memory does not grow with the file."""

    def draw(self) -> Iterator[Drawn | Rejected]:
        """The lines in the file's order. Raises Unreadable where the file cannot be read."""

    def size(self) -> int:
        """How many bytes there are to read, for the progress bar; 0 where that cannot be told."""

    def position(self) -> int:
        """How many of them have been read."""
