"""The logs of a home as the office app tells of them: to whom a record was given, and what the office did and was told.

Of what the office has done and was told the latest are told, LATEST of each log at most, and a log is read from its end
as far as that takes: who wants all of them has the files. To whom a record was given the whole of the partners' logs
tells; what was read for it once is not read again (server/audit/disclosures_read.py).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson

from graph.model import EntryId
from server.audit.disclosures_read import DisclosuresRead
from server.audit.files import AuditFiles, lines_back
from server.audit.journal import OFFICE_FILE
from server.audit.logs import AuditLogs
from server.audit.settings import HEADS, READS, read_audit_settings
from server.home import Home

LATEST: Final = 5_000

Line = Mapping[str, Any]


class OfficeLogs:
    """Of one home."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._read = DisclosuresRead()

    def disclosures(self, id: EntryId) -> Sequence[Line]:
        """Each line that tells of an answer to a partner with this record."""
        folder, partners = self._home.folder, read_audit_settings(self._home).folder
        logs = AuditLogs(folder / "audit" / OFFICE_FILE, folder / READS, folder / HEADS, (partners,))
        return self._read.of(id, logs.partner_logs(), self._home.naming_keys())

    def done(self, shown: Callable[[Line], bool]) -> Sequence[Line]:
        """The latest of the lines that are shown: of what the office has done, and of what its officers were told.

        What is not shown is left out first, so that it pushes nothing else out.
        """
        journal = self._home.folder / "audit" / OFFICE_FILE
        logs: dict[str, Iterable[bytes]] = {journal.name: lines_back(journal)} if journal.exists() else {}
        for files in _logs_in(self._home.folder / READS):
            logs[f"reads/{files.folder.name}"] = files.lines_back()
        return [
            {**told, "log": name}
            for name, lines in logs.items()
            for told in islice(filter(shown, _whole(lines)), LATEST)
        ]


def _logs_in(base: Path) -> list[AuditFiles]:
    folders = sorted(path for path in base.iterdir() if path.is_dir()) if base.exists() else []
    return [AuditFiles(folder) for folder in folders]


def _whole(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The lines that are whole; what is wrong with the others `caselink audit verify` tells."""
    for line in lines:
        try:
            told = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(told, dict) and {"at", "n"} <= told.keys():
            yield told
