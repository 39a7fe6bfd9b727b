"""The rejects file of one loaded file: HOME/rejects/NAME-HASH.jsonl, an object for each line not stored.

Each has the file and line, a JSON path, a sentence, and the line's text, to be mended and loaded again. The file
is made anew by each load that can read the same path, and there is none where nothing was rejected.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from graph.errors import StoreLocked, Unreadable
from loaders.drawn import Rejected

_STEM_BYTES: Final = 100
"""Of the loaded file's name; a file's name has 255 bytes at most, and the hash tells one file from another."""
_KEYS: Final = {"file", "line", "path", "sentence", "text"}


class Rejects:
    """Writes the rejects file of one load. That of an earlier load stays until the first `write`."""

    def __init__(self, folder: Path, loaded: str) -> None:
        name = hashlib.blake2b(loaded.encode(errors="surrogateescape"), digest_size=4).hexdigest()
        self.path = folder / f"{_stem(loaded)}-{name}.jsonl"
        self._begun = False

    def write(self, rejected: Sequence[Rejected]) -> None:
        """Append them, on the disk before this returns; the first call puts them in the place of earlier ones."""
        try:
            if self._begun:
                self._append(rejected)
            else:
                self._begin(rejected)
                self._begun = True
        except OSError as error:
            raise StoreLocked(
                f"{self.path}: cannot be written ({error.strerror}); make room or mend its rights"
            ) from error

    def _begin(self, rejected: Sequence[Rejected]) -> None:
        if rejected:
            self._replace(rejected)
        else:
            self.path.unlink(missing_ok=True)

    def _replace(self, rejected: Sequence[Rejected]) -> None:
        """At once: until the new file is whole the old one is there."""
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        part = self.path.with_suffix(".part")
        try:
            _write(part, os.O_TRUNC, rejected)
            part.replace(self.path)
        except OSError:
            part.unlink(missing_ok=True)
            raise

    def _append(self, rejected: Sequence[Rejected]) -> None:
        if rejected:
            _write(self.path, os.O_APPEND, rejected)


def _write(path: Path, how: int, rejected: Sequence[Rejected]) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb") as file:
        file.writelines(orjson.dumps(_told(line), option=orjson.OPT_APPEND_NEWLINE) for line in rejected)
        file.flush()
        os.fsync(file.fileno())


def _stem(loaded: str) -> str:
    """The name of the loaded file, cut between two characters."""
    name = Path(loaded).name.encode(errors="backslashreplace")
    return name[:_STEM_BYTES].decode(errors="ignore")


def rejected_lines(folder: Path) -> Iterator[dict[str, Any]]:
    """Every rejected line of the last load of each file. Raises Unreadable where one of the files was damaged."""
    for path in sorted(folder.glob("*.jsonl")):
        # What follows the last line break is a line that a kill has cut; its load did not end, so it is open.
        for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], start=1):
            yield _read(path, number, line)


def _read(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        told = orjson.loads(line)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict) or set(told) != _KEYS:
        raise Unreadable(f"{path} line {number}: was damaged; load its file again, or remove this one")
    return told


def _told(rejected: Rejected) -> dict[str, object]:
    return {
        "file": rejected.place.file,
        "line": rejected.place.line,
        "path": rejected.path,
        "sentence": rejected.sentence,
        "text": rejected.text.decode(errors="replace"),
    }
