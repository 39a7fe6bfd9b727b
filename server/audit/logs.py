"""Every audit log that the office can read: its own, those of its reads and of heads, and the partner processes'."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import Unreadable
from server.audit.chain_check import Checked, Placed, check
from server.audit.files import AuditFiles, lines_of
from server.audit.heads import Heads


@dataclass(frozen=True, slots=True)
class AuditLogs:
    """office: of what the office has done. reads: the folder of what officers were told; heads: of the logs of heads.

    partners: folders of partners' logs.
    """

    office: Path
    reads: Path
    heads: Path
    partners: Sequence[Path]

    def partner_logs(self) -> list[AuditFiles]:
        """The logs of the partner processes, by name."""
        return [files for base in self.partners for files in _within(base)]

    def checked(self) -> Iterator[tuple[str, Checked]]:
        """Each log by its name, with what is wrong with it; also each that the office was told of and that is gone."""
        if self.office.exists():
            yield self.office.name, check(lines_of(self.office))
        for files in _within(self.reads):
            yield f"reads/{files.folder.name}", check(files.lines())
        logs_of_heads = _within(self.heads)
        heads = Heads.until_now(logs_of_heads)
        for files in logs_of_heads:
            yield f"heads/{files.folder.name}", check(files.lines())
        for files in self._told_of(heads):
            yield f"partner/{files.folder.name}", check(files.lines(), heads.of(files.folder.name))

    def lines(self) -> Iterator[Placed]:
        """Every line of the partners' logs."""
        for files in self.partner_logs():
            yield from files.lines()

    def _told_of(self, heads: Heads) -> list[AuditFiles]:
        """The partners' logs, and for each that the office was told of and that is not there one without lines."""
        there = {files.folder.name: files for files in self.partner_logs()}
        base = self.partners[0]
        gone = {name: AuditFiles(base / name) for name in heads.names() - set(there)}
        return [files for _, files in sorted((there | gone).items())]


def _within(base: Path) -> list[AuditFiles]:
    try:
        folders = sorted(path for path in base.iterdir() if path.is_dir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Unreadable(
            f"{base}: cannot be read ({error.strerror}); mend its rights, or be its owner"
        ) from error
    return [AuditFiles(folder) for folder in folders]
