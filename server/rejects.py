"""The rejects file of one loaded file: HOME/rejects/NAME-HASH.jsonl, an object for each line not stored.

Each has the file and line, a JSON path, a sentence, and the line's text, to be mended and loaded again. The file
is made anew by each load of the same path, and there is none where nothing was rejected.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from graph.errors import StoreLocked
from loaders.drawn import Rejected


class Rejects:
    """Writes the rejects file of one load."""

    def __init__(self, folder: Path, loaded: str) -> None:
        name = hashlib.blake2b(loaded.encode(errors="surrogateescape"), digest_size=4).hexdigest()
        self.path = folder / f"{Path(loaded).name}-{name}.jsonl"
        self._begun = False

    def write(self, rejected: Sequence[Rejected]) -> None:
        """Append them, on the disk before this returns."""
        try:
            self._begin()
            if rejected:
                self._append(rejected)
        except OSError as error:
            raise StoreLocked(
                f"{self.path}: cannot be written ({error.strerror}); nothing was taken"
            ) from error

    def _begin(self) -> None:
        if not self._begun:
            self.path.unlink(missing_ok=True)
            self._begun = True

    def _append(self, rejected: Sequence[Rejected]) -> None:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "ab") as file:
            file.writelines(orjson.dumps(_told(line), option=orjson.OPT_APPEND_NEWLINE) for line in rejected)
            file.flush()
            os.fsync(file.fileno())


def rejected_lines(folder: Path) -> Iterator[dict[str, Any]]:
    """Every rejected line of the last load of each file."""
    for path in sorted(folder.glob("*.jsonl")):
        # What follows the last line break is a line that a kill has cut; its load did not end, so it is open.
        yield from map(orjson.loads, path.read_bytes().split(b"\n")[:-1])


def _told(rejected: Rejected) -> dict[str, object]:
    return {
        "file": rejected.place.file,
        "line": rejected.place.line,
        "path": rejected.path,
        "sentence": rejected.sentence,
        "text": rejected.text.decode(errors="replace"),
    }
