"""`[audit]` of caselink.toml: when a line is on the disk, where the partners' log is, and who is told of its head."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import msgspec

from graph.strict import read_table
from server.audit.log import Sync
from server.home import Home
from server.settings import unfit

PARTNER: Final = "audit/partner"
HEADS: Final = "audit/heads"
READS: Final = "audit/reads"
"""What officers were told, by the office app."""


class AuditTable(msgspec.Struct, frozen=True):
    """`[audit]`, as it is written. file_bytes: of a file of the log, after which the next one is begun."""

    sync: Sync = Sync.SOON
    folder: str = PARTNER
    file_bytes: Annotated[int, msgspec.Meta(ge=4096)] = 268_435_456
    office: str | None = None


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """What it says. folder: of the logs of the partner processes. office: the office app's address."""

    sync: Sync
    folder: Path
    file_bytes: int
    office: str | None


def read_audit_settings(home: Home) -> AuditSettings:
    """What caselink.toml says. Raises HomeError with every mistake."""
    mistakes: list[str] = []
    table = read_table(AuditTable, home.settings.audit, "audit", mistakes)
    if table is not None and table.office is not None and not _is_address(table.office):
        mistakes.append("audit.office: no address of an office app; write one like http://127.0.0.1:8001")
    if table is None or mistakes:
        raise unfit(home.folder / "caselink.toml", mistakes)
    return AuditSettings(table.sync, home.folder / table.folder, table.file_bytes, table.office)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
