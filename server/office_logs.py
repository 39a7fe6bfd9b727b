"""The logs of a home as the office app tells of them: to whom a record was given, and what the office did and was told.

All lines are read at each question. Of what the office has done and was told the latest are told, LATEST of each log at
most: who wants all of them has the files.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from graph.model import EntryId
from server.audit_files import AuditFiles, lines_of
from server.audit_logs import AuditLogs
from server.audit_settings import HEADS, READS, read_audit_settings
from server.chain_check import Placed
from server.disclosures import Names, disclosures
from server.home import Home
from server.journal import OFFICE_FILE

LATEST: Final = 5_000

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OfficeLogs:
    """Of one home."""

    home: Home

    def disclosures(self, id: EntryId) -> Sequence[Line]:
        """Each line that tells of an answer to a partner with this record."""
        folder, partners = self.home.folder, read_audit_settings(self.home).folder
        logs = AuditLogs(folder / "audit" / OFFICE_FILE, folder / READS, folder / HEADS, (partners,))
        return list(disclosures(logs.lines(), id, Names(self.home.naming_keys())))

    def done(self, shown: Callable[[Line], bool]) -> Sequence[Line]:
        """The latest of the lines that are shown: of what the office has done, and of what its officers were told.

        What is not shown is left out first, so that it pushes nothing else out.
        """
        journal = self.home.folder / "audit" / OFFICE_FILE
        logs: dict[str, Iterable[Placed]] = {journal.name: lines_of(journal)} if journal.exists() else {}
        logs |= {f"reads/{files.folder.name}": files.lines() for files in _logs_in(self.home.folder / READS)}
        return [
            {**told, "log": name}
            for name, lines in logs.items()
            for told in deque(filter(shown, _read(lines)), maxlen=LATEST)
        ]


def _logs_in(base: Path) -> list[AuditFiles]:
    folders = sorted(path for path in base.iterdir() if path.is_dir()) if base.exists() else []
    return [AuditFiles(folder) for folder in folders]


def _read(lines: Iterable[Placed]) -> Iterator[dict[str, Any]]:
    """The lines that are whole; what is wrong with the others `caselink audit verify` tells."""
    for placed in lines:
        try:
            told = orjson.loads(placed.line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(told, dict) and {"at", "n"} <= told.keys():
            yield told
