"""The partner process cannot read holdings, even if its code were made to try (DESIGN 4).

After its start it may open nothing in the home but the releases, and its own audit log to add to it; nothing elsewhere
that opens the way to the holdings; and start no other program. An audit hook cannot be taken away again (PEP 578). This
is a second fence: the first is that nothing which this process holds knows holdings; the third, for an agency, is a
user without rights to them (docs/operations.md). It does not stop native code.
"""

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from server.home import Home
from server.settings import PASSWORD, USER, place

_STARTS_PROGRAMS: Final = frozenset(
    (
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"),
        *("os.fork", "os.forkpty", "pty.spawn"),
    )
)
_TWO_PATHS: Final = frozenset(("os.rename", "os.link", "os.symlink"))
_MEMORY: Final = ":memory:"
"""What SQLite opens by this name is no file."""

_OPENS: Final = frozenset(
    ("open", "sqlite3.connect", "os.listdir", "os.scandir", "os.rename", "os.link", "os.symlink", "os.chdir")
)


def confine(home: Home, log: Path) -> None:
    """Shut the way to the home's holdings, for good. Call it once the release store and the audit log are open.

    log: the folder of this process's audit log.
    """
    os.environ.pop(USER, None)
    os.environ.pop(PASSWORD, None)
    ways = frozenset(map(_real, _ways(home)))
    fence = _Fence(_real(home.folder), home.releases_file.name, ways, _real(log), _addresses(home))

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in _STARTS_PROGRAMS:
            raise PermissionError(f"a partner process starts no program ({event})")
        if event == "socket.connect" and fence.is_holdings(arguments[1]):
            raise PermissionError("a partner process does not connect to the holdings")
        if (
            event in _OPENS
            and any(map(fence.shuts, _paths(event, arguments)))
            and not fence.adds(event, arguments)
        ):
            raise PermissionError("a partner process opens nothing of the home but its releases")

    sys.addaudithook(refuse)


def _paths(event: str, arguments: tuple[object, ...]) -> tuple[object, ...]:
    """What of an event's arguments are paths: of others the second one is a mode or a number."""
    return arguments[: 2 if event in _TWO_PATHS else 1]


@dataclass(frozen=True, slots=True)
class _Fence:
    """home: its real path. releases: the name of the one file in it that may be opened. ways: files elsewhere.

    log: the folder whose files may be added to. addresses: where the holdings answer, if that is a server.
    """

    home: Path
    releases: str
    ways: frozenset[Path]
    log: Path
    addresses: frozenset[tuple[str, int]]

    def is_holdings(self, address: object) -> bool:
        """Whether the holdings answer there."""
        return isinstance(address, tuple) and address[:2] in self.addresses

    def adds(self, event: str, arguments: tuple[object, ...]) -> bool:
        """Whether this only adds to the audit log. It may not be read: it has what other partners asked."""
        if event != "open" or len(arguments) < 3:
            return False
        path, _, flags = arguments[:3]
        if not isinstance(path, str | os.PathLike) or not isinstance(flags, int):
            return False
        only_adds = flags & (os.O_ACCMODE | os.O_APPEND | os.O_TRUNC) == os.O_WRONLY | os.O_APPEND
        return only_adds and _real(Path(path)).parent == self.log

    def shuts(self, argument: object) -> bool:
        """Whether what is to be opened lies behind the fence. A number is a file that is open already."""
        if isinstance(argument, bytes):
            argument = os.fsdecode(argument)
        if not isinstance(argument, str | os.PathLike) or argument == _MEMORY:
            return False
        named = Path(unquote(os.fspath(argument).removeprefix("file:").split("?")[0]))
        path = _real(named)
        # A relative name may be meant from another folder than this process's own.
        inside = path.is_relative_to(self.home) or (not named.is_absolute() and (self.home / named).exists())
        return path in self.ways or (inside and not named.name.startswith(self.releases))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _addresses(home: Home) -> frozenset[tuple[str, int]]:
    """Where the server of the holdings answers, if there is one: as it is written, and as it is found."""
    server = home.settings.holdings
    if server is None:
        return frozenset()
    host, port = place(server.url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        found = []  # who cannot be found cannot be reached
    return frozenset({(host or "", port), *((str(address[0]), int(address[1])) for *_, address in found)})


def _ways(home: Home) -> list[Path]:
    """Files, perhaps outside the home, that open the way to the holdings."""
    server = home.settings.holdings
    return [] if server is None or server.password_file is None else [server.password_file]
