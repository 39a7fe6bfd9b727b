"""The files of an audit log: a folder of numbered files, written one after the other, that hold one chain.

Only the last is written to, and only at its end; a file that is full is followed by the next number. Whoever writes
holds the folder's lock, so that a log has one writer.
"""

import fcntl
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import StoreLocked
from server.audit.chain import Head, head_after
from server.audit.chain_check import Placed

FOR_OWNER: Final = 0o600
_FOLDER_FOR_OWNER: Final = 0o700
_NAME: Final = re.compile(r"([0-9]{6,})\.jsonl")
_TAIL: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Tail:
    """Where a log ends. head: to go on from. cut: a crash has cut its last line short. size: of the last file."""

    head: Head
    cut: bool
    file: int
    size: int


@dataclass(frozen=True, slots=True)
class AuditFiles:
    """The files in one folder."""

    folder: Path

    def path(self, number: int) -> Path:
        """The file of this number."""
        return self.folder / f"{number:06}.jsonl"

    def numbers(self) -> list[int]:
        """The numbers of the files that are there."""
        found = (_NAME.fullmatch(path.name) for path in self.folder.glob("*.jsonl"))
        return sorted(int(match[1]) for match in found if match is not None)

    def sizes(self) -> dict[int, int]:
        """How long each file is now, by its number."""
        return {number: self.path(number).stat().st_size for number in self.numbers()}

    def lines(self, sizes: Mapping[int, int] | None = None) -> Iterator[Placed]:
        """Every line, and where it stands. sizes: what has been written since these were taken is left out."""
        for number in self.numbers() if sizes is None else sizes:
            yield from lines_of(self.path(number), None if sizes is None else sizes[number])

    def lines_back(self) -> Iterator[bytes]:
        """Every line, the last first."""
        for number in reversed(self.numbers()):
            yield from lines_back(self.path(number))

    def tail(self) -> Tail:
        """Where the log ends. Of a folder without files: before its first line."""
        numbers = self.numbers()
        last: list[bytes] = []
        for number in reversed(
            numbers[-2:]
        ):  # a file that a crash left empty is not the one with the last line
            last = last or last_lines(self.path(number))
        head, cut = head_after([line.rstrip(b"\n") for line in last])
        file = numbers[-1] if numbers else 1
        return Tail(head, cut, file, self.path(file).stat().st_size if numbers else 0)

    def lock(self) -> int | None:
        """Hold the folder until this descriptor is closed; None: somebody else does. Makes the folder."""
        try:
            self.folder.mkdir(mode=_FOLDER_FOR_OWNER, parents=True, exist_ok=True)
            descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FOR_OWNER)
        except OSError as error:
            raise unwritable(self.folder, error) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return descriptor


def unwritable(path: Path, error: OSError) -> StoreLocked:
    """What is said of a log that cannot be written."""
    return StoreLocked(f"{path}: cannot be written ({error.strerror}); make room or mend its rights")


def lines_of(path: Path, size: int | None = None) -> Iterator[Placed]:
    """The lines of one file, and where each stands. size: those that begin within so many bytes."""
    begun = 0
    with path.open("rb") as file:
        for row, line in enumerate(file, start=1):
            if size is not None and begun >= size:
                return
            begun += len(line)
            yield Placed(line.rstrip(b"\n"), f"{path.name}:{row}", line.endswith(b"\n"), path)


def lines_from(path: Path, begin: int) -> Iterator[tuple[bytes, int]]:
    """The whole lines of one file from a place on, without their line breaks, and where each ends."""
    with path.open("rb") as file:
        file.seek(begin)
        for line in file:
            if not line.endswith(b"\n"):  # it is being written
                return
            begin += len(line)
            yield line[:-1], begin


def lines_back(path: Path) -> Iterator[bytes]:
    """The lines of one file without their line breaks, the last first. Read from its end, as far as somebody asks."""
    rest = b""
    with path.open("rb") as file:
        begin = file.seek(0, os.SEEK_END)
        while begin:
            end, begin = begin, max(0, begin - _TAIL)
            file.seek(begin)
            rest, *lines = (file.read(end - begin) + rest).split(b"\n")
            yield from filter(None, reversed(lines))
    if rest:
        yield rest


def last_lines(path: Path) -> list[bytes]:
    """The last two lines of a file, or the one that it has, with their line breaks; none where there is no file."""
    if not path.exists():
        return []
    size, read = path.stat().st_size, _TAIL
    with path.open("rb") as file:
        while True:
            file.seek(max(0, size - read))
            lines = file.read().splitlines(keepends=True)
            if len(lines) > 2 or read >= size:
                return lines[-2:]
            read *= 16
