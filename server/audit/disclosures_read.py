"""To whom records were given, as the partners' logs told when they were last read: only what was added is read again.

A log is only added to. Where a file has gone or is shorter than it was, all is read anew for every record; so too when
the keys that name records are others.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph.model import EntryId
from server.audit.chain_check import Placed
from server.audit.disclosures import Disclosures, Line, Names
from server.audit.files import AuditFiles, lines_from

_RECORDS: Final = 64
"""Of so many records it is remembered."""

_LINES: Final = 10_000
"""And of a record that was given more often it is not."""


@dataclass(slots=True)
class _Read:
    """Of one record. ends: how far each file was read."""

    disclosures: Disclosures
    ends: dict[Path, int] = field(default_factory=dict)
    found: list[Line] = field(default_factory=list)

    def fits(self, sizes: Mapping[Path, int]) -> bool:
        """Whether the files are those that were read, and perhaps longer."""
        return all(end <= sizes.get(path, -1) for path, end in self.ends.items())

    def added(self, sizes: Mapping[Path, int]) -> Iterator[Placed]:
        """The whole lines that were not read yet."""
        for path in sizes:
            for line, end in lines_from(path, self.ends.get(path, 0)):
                self.ends[path] = end
                yield Placed(line, path.name, file=path)


class DisclosuresRead:
    """May be asked from several threads; one reads at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: Sequence[bytes] = ()
        self._read: dict[EntryId, _Read] = {}

    def of(self, id: EntryId, logs: Sequence[AuditFiles], keys: Sequence[bytes]) -> list[Line]:
        """Each line that tells of an answer with this record. keys: the naming keys, the current one first."""
        with self._lock:
            sizes = {files.path(number): size for files in logs for number, size in files.sizes().items()}
            if self._keys != keys:
                self._keys, self._read = keys, {}
            anew = _Read(Disclosures(id, Names(keys)))
            read = self._read.pop(id, anew)
            if not read.fits(sizes):
                read, self._read = anew, {}
            read.found += read.disclosures.among(read.added(sizes))
            if len(read.found) <= _LINES:
                self._read[id] = read
            while len(self._read) > _RECORDS:
                del self._read[next(iter(self._read))]
            return list(read.found)
