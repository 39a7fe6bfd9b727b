"""A consistent copy of a home, made while it runs: its files, its holdings, its releases and their history.

The home is kept to itself while its files and releases are copied, and until the holdings are looked at; they are
copied after that, so that a withdrawal need not wait. SQLite copies the moment at which it was asked. Neo4j cannot, so
the holdings are read anew where a command has written meanwhile. Both go into SQLite files: a backup of a home in Neo4j
can be restored into files, and the other way.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from graph.copying import copy_holdings, copy_releases
from graph.errors import HomeError, StoreLocked
from graph.keys import marking
from graph.stores import sqlite_holdings, sqlite_releases
from graph.stores.sqlite_copy import snapshot
from server.audit.journal import written
from server.home import Home
from server.home_lock import FIRST, LOCK
from server.manifest import HOLDINGS, HOME, RELEASES, Manifest, write_manifest
from server.manifest import NAME as MANIFEST
from server.stores import open_holdings, open_releases

_TRIES: Final = 3


def back_up(home: Home, folder: Path, made: str, tell: Callable[[str], None]) -> Manifest:
    """Write a backup into a folder that is not there yet or empty. made: now, UTC. Raises HomeError, StoreError.

    Where it fails or is stopped, what it has written is taken away again: there are keys in it.
    """
    _begin(home, folder)
    try:
        return _back_up(home, folder, made, tell)
    except BaseException as error:
        clear(folder)
        if isinstance(error, OSError):
            raise unwritten(folder, error) from error
        raise


def _back_up(home: Home, folder: Path, made: str, tell: Callable[[str], None]) -> Manifest:
    for store in (open_holdings(home), open_releases(home)):
        store.close()  # a home that has loaded nothing yet has no files of them
    for _ in range(_TRIES):
        with ExitStack() as stack:
            with home.alone("caselink backup", tell):
                clear(folder)
                _copy_files(home, folder / HOME)
                _copy_releases(home, folder / RELEASES)
                copying = stack.enter_context(_holdings(home, tell))
                before = written(home.folder)
            copying(folder / HOLDINGS)
        if home.settings.holdings is None or written(home.folder) == before:
            return write_manifest(folder, made)
        tell("A command has written to the holdings meanwhile; they are copied anew.")
    raise StoreLocked(f"{home.folder}: other commands wrote to it all the while; back it up when none does")


def _begin(home: Home, folder: Path) -> None:
    if folder.resolve().is_relative_to(home.folder.resolve()):
        raise HomeError(
            f"{folder}: is in the home, so that each backup would have those before it; name a folder elsewhere"
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / HOME).is_dir() and not (folder / MANIFEST).exists():
            raise HomeError(
                f"{folder}: has a backup that was killed, and keys in it; delete it, or name another folder"
            )
        if any(folder.iterdir()):
            raise HomeError(f"{folder}: is not empty; name a folder that is not there yet")
    except OSError as error:
        raise HomeError(f"{folder}: cannot be made ({error.strerror}); name another folder") from error


def unwritten(folder: Path, error: OSError) -> StoreLocked:
    """What is told where a folder could not be filled, of which nothing stays."""
    place = f"{error.filename}: " if error.filename else ""
    return StoreLocked(
        f"{folder}: cannot be written ({place}{error.strerror}), and nothing of it stays; check the disk and rights,"
        " and run this again"
    )


def clear(folder: Path) -> None:
    """Take away all that is in a folder."""
    for part in folder.iterdir():
        shutil.rmtree(part) if part.is_dir() else part.unlink()


def _copy_files(home: Home, to: Path) -> None:
    """All but the stores and the locks. Heads of audit logs go before the logs: a log may be longer than told."""
    for path in sorted(home.folder.rglob("*")):
        name = path.relative_to(home.folder)
        if path.is_file() and not _is_store(home, name):
            (to / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy_file(path, to / name)


def _is_store(home: Home, name: Path) -> bool:
    stores = (home.holdings_file.name, home.releases_file.name)
    return len(name.parts) == 1 and (name.name.startswith(stores) or name.name in (LOCK, FIRST))


def _copy_file(path: Path, to: Path) -> None:
    """A log that a partner process writes to is copied as far as its lines are whole."""
    if path.suffix == ".jsonl" and path.parent.name != "rejects":
        text = path.read_bytes()
        to.write_bytes(text[: text.rfind(b"\n") + 1])
    else:
        shutil.copyfile(path, to)
    os.chmod(to, 0o600)


def _copy_releases(home: Home, to: Path) -> None:
    if home.settings.releases is None:
        with snapshot(home.releases_file) as copy:
            copy(to)
        return
    with (
        closing(open_releases(home)) as source,
        closing(sqlite_releases.open_releases(to, marking(home.release_keys()))) as target,
    ):
        copy_releases(source, target)
    to.with_name(f"{to.name}.readers").unlink()  # nobody reads a backup


@contextmanager
def _holdings(home: Home, tell: Callable[[str], None]) -> Iterator[Callable[[Path], None]]:
    """How the holdings are copied, as they are now if that can be had."""
    if home.settings.holdings is None:
        with snapshot(home.holdings_file) as copy:
            yield copy
        return
    with open_holdings(home) as source:

        def stream(to: Path) -> None:
            with sqlite_holdings.open_holdings(to) as target:
                copy_holdings(source, target, lambda copied: tell(f"{copied:,} entries copied"))

        yield stream
