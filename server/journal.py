"""The office's audit log: append-only and hash-chained, one JSON object a line (DESIGN 7).

Each line has the hash of the line before it, so that a changed, dropped or reordered line shows. A line is on the disk
before what it tells is done.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import orjson

from graph.errors import StoreLocked

BEGINNING: Final = "0" * 64
_TAIL: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Journal:
    """One log file. Writers hold the home's lock, so there is one at a time."""

    path: Path

    def append(self, event: str, **told: object) -> None:
        """Write one line. Raises StoreLocked where it cannot be written; what it tells may not be done then."""
        try:
            # A folder that was cleared away is made again: the chain then begins anew, which shows.
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            last = self._last_line()
            line = {"at": datetime.now(UTC).isoformat(), "event": event, **told, "previous": _hash(last)}
            # A line that a kill has cut stays a line of its own, so that the chain shows it.
            ending = b"" if last.endswith(b"\n") or not last else b"\n"
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with open(descriptor, "ab") as file:
                file.write(ending + orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StoreLocked(
                f"{self.path}: cannot be written ({error.strerror}); make room or mend its rights"
            ) from error

    def _last_line(self) -> bytes:
        """With its line break, if it has one; nothing where there is no line."""
        if not self.path.exists():
            return b""
        size, read = self.path.stat().st_size, _TAIL
        with self.path.open("rb") as file:
            while True:
                file.seek(max(0, size - read))
                lines = file.read().splitlines(keepends=True)
                if len(lines) > 1 or read >= size:
                    return lines[-1] if lines else b""
                read *= 16


def _hash(line: bytes) -> str:
    return hashlib.sha256(line.rstrip(b"\n")).hexdigest() if line else BEGINNING


def broken_at(path: Path) -> int | None:
    """The number of the first line that does not follow from the one before it, counted from 1; None: all do."""
    previous = BEGINNING
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], start=1):
        try:
            stated = orjson.loads(line)["previous"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return number
        if stated != previous:
            return number
        previous = _hash(line)
    return None
