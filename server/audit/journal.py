"""The office's audit log: one file, append-only and hash-chained (`server.audit.chain`).

A line is on the disk before what it tells is done.
"""

import fcntl
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from server.audit.chain import chained, encoded, head_after
from server.audit.files import FOR_OWNER, last_lines, unwritable

OFFICE_FILE: Final = "office.jsonl"


def written(home: Path) -> int:
    """How much the log of a home has: whoever writes to its holdings writes there first."""
    log = home / "audit" / OFFICE_FILE
    return log.stat().st_size if log.exists() else 0


@dataclass(frozen=True, slots=True)
class Journal:
    """One log file. Writers wait for each other, for as long as it takes to write a line."""

    path: Path

    def append(self, event: str, **told: object) -> None:
        """Write one line. Raises StoreLocked where it cannot be written; what it tells may not be done then."""
        try:
            # A folder that was cleared away is made again: the chain then begins anew, which shows.
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FOR_OWNER)
            with open(descriptor, "ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.write(
                    self._following(encoded({"at": datetime.now(UTC).isoformat(), "event": event, **told}))
                )
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise unwritable(self.path, error) from error

    def _following(self, told: bytes) -> bytes:
        """What is written after the lines that are there."""
        last = last_lines(self.path)
        head, cut = head_after([line.rstrip(b"\n") for line in last])
        line, _ = chained(head, told, after_cut=cut)
        # A line that a kill has cut stays a line of its own, so that the chain shows it.
        return line if not last or last[-1].endswith(b"\n") else b"\n" + line
