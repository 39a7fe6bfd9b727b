"""The partner process cannot read holdings, even if its code were made to try (DESIGN 4).

After its start it may open none of the files that hold or open the way to the holdings, and start no other program. An
audit hook cannot be taken away again (PEP 578). This is a second fence: the first is that nothing which this process
holds knows holdings; the third, for an agency, is a user without rights to them (docs/operations.md).
"""

import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from server.home import Home
from server.settings import PASSWORD, USER

_STARTS_PROGRAMS: Final = frozenset(
    (
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "os.fork",
        "os.forkpty",
        "pty.spawn",
    )
)
_OPENS: Final = frozenset(
    ("open", "sqlite3.connect", "os.rename", "os.link", "os.symlink", "shutil.copyfile")
)


def confine(home: Home) -> None:
    """Shut the way to the home's holdings, for good. Call it once the release store is open."""
    os.environ.pop(USER, None)
    os.environ.pop(PASSWORD, None)
    names = {
        real + end for real in map(os.path.realpath, _ways(home)) for end in ("", "-wal", "-shm", "-journal")
    }

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in _STARTS_PROGRAMS:
            raise PermissionError(f"a partner process starts no program ({event})")
        if event in _OPENS and any(_leads_to(argument, names) for argument in arguments[:2]):
            raise PermissionError("a partner process does not open the holdings")

    sys.addaudithook(refuse)


def _ways(home: Home) -> list[Path]:
    """The files that hold the holdings, or what opens them or names their records."""
    ways = [home.holdings_file, home.key_file("naming")]
    server = home.settings.holdings
    if server is not None and server.password_file is not None:
        ways.append(server.password_file)
    return ways


def _leads_to(argument: object, names: Collection[str]) -> bool:
    if isinstance(argument, bytes):
        argument = os.fsdecode(argument)
    if not isinstance(argument, str | os.PathLike):
        return False
    path = unquote(os.fspath(argument).removeprefix("file:").split("?")[0])
    return os.path.realpath(path) in names
