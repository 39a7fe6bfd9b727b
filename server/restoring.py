"""A home made from a backup, and held: it serves nothing until a person accepts it (graph/restored.py).

The backup is checked whole before anything is written. caselink.toml comes last: what was restored half-way is no home.
Tokens that were made until now are void, since nobody knows which were taken back after the backup.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from graph.copying import copy_holdings, copy_releases
from graph.errors import HomeError, PolicyError
from graph.keys import marking
from graph.model import AgreementId
from graph.release_store import Releases
from graph.restored import hold
from graph.revocations import Revocations
from graph.store import StoredHoldings
from graph.stores import sqlite_holdings, sqlite_releases
from graph.take_back import take_back
from graph.turn import Turns
from server.backup import clear, unwritten
from server.clock import Clock
from server.home import Home
from server.manifest import HOLDINGS, HOME, RELEASES, Manifest, read_manifest
from server.settings import read_settings
from server.stores import open_holdings, open_releases

SETTINGS: Final = "caselink.toml"
_HOLDER: Final = "restoring"

S = TypeVar("S", Releases, StoredHoldings)


@dataclass(frozen=True, slots=True)
class Restoring:
    """From a backup's folder into a home's. settings: a caselink.toml in place of the one in the backup."""

    backup: Path
    folder: Path
    settings: Path | None
    environment: Mapping[str, str]
    tell: Callable[[str], None]

    def run(self) -> tuple[Home, Manifest]:
        """Restore it all, and hold it. Raises Unreadable, HomeError, StoreError."""
        manifest = read_manifest(self.backup)
        settings = self.settings or self.backup / HOME / SETTINGS
        home = Home(self.folder, read_settings(settings, self.environment))
        self._begin()
        try:
            self._fill(home, manifest, settings)
        except BaseException as error:
            clear(self.folder)  # it was empty, and there are keys in it
            if isinstance(error, OSError):
                raise unwritten(self.folder, error) from error
            raise
        return home, manifest

    def _fill(self, home: Home, manifest: Manifest, settings: Path) -> None:
        self._copy_files()
        with self._holdings(home, manifest.made) as holdings, closing(self._releases(home)) as releases:
            self._take_tokens_back(home, holdings, releases)
            Clock(home.settings, datetime.now(UTC)).see(holdings)
            releases.turns.end()
            holdings.turns.end()
        shutil.copyfile(settings, self.folder / SETTINGS)

    def _begin(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(self.folder.iterdir()):
                raise HomeError(
                    f"{self.folder}: is not empty, and nothing is restored over what is there; name a new folder"
                    " by --home, or move this one away"
                )
        except OSError as error:
            raise HomeError(f"{self.folder}: cannot be made ({error.strerror}); name another home") from error

    def _copy_files(self) -> None:
        for path in sorted((self.backup / HOME).rglob("*")):
            to = self.folder / path.relative_to(self.backup / HOME)
            if path.is_dir():
                to.mkdir(mode=0o700, exist_ok=True)
            elif path.name != SETTINGS or to.parent != self.folder:
                shutil.copyfile(path, to)
                to.chmod(0o600)

    def _holdings(self, home: Home, made: str) -> StoredHoldings:
        """The home's holdings, held from before the first entry is there."""
        if home.settings.holdings is None:
            part = home.holdings_file.with_name(f".{HOLDINGS}")
            shutil.copyfile(self.backup / HOLDINGS, part)
            with sqlite_holdings.open_holdings(part) as copied:
                _take_turn(copied)
                hold(copied, made)
            part.rename(home.holdings_file)
            return _take_turn(open_holdings(home))
        holdings = open_holdings(home)
        if next(iter(holdings.entries()), None) is not None or holdings.remembered():
            holdings.close()
            raise HomeError(
                f"{home.settings.holdings.url}: holdings of this home are there already, and nothing is restored"
                " over them; take them away first (caselink drop), or restore by --settings with a caselink.toml that"
                " names another server or another home_id"
            )
        _take_turn(holdings)
        with self._aside(HOLDINGS) as path, sqlite_holdings.open_holdings(path) as source:
            copy_holdings(source, holdings, lambda count: self.tell(f"{count:,} entries restored"))
        hold(holdings, made)
        return holdings

    def _releases(self, home: Home) -> Releases:
        """The home's releases, which no reader serves from before they are there."""
        if home.settings.releases is None:
            shutil.copyfile(self.backup / RELEASES, home.releases_file)
            releases = _take_turn(open_releases(home))
            releases.announce_restriction(0)
            return releases
        releases = open_releases(home)
        if releases.headers():
            releases.close()
            raise HomeError(
                f"{home.settings.releases.url}: releases of this home are there already, and nothing is restored"
                " over them; take them away first (caselink drop), or restore by --settings with a caselink.toml that"
                " names another server or another home_id"
            )
        _take_turn(releases).announce_restriction(0)
        mark = marking(home.release_keys())
        with self._aside(RELEASES) as path, closing(sqlite_releases.open_releases(path, mark)) as source:
            copy_releases(source, releases)
        return releases

    @contextmanager
    def _aside(self, name: str) -> Iterator[Path]:
        """A copy to be opened: opening a SQLite file may change it, and the backup stays as it is."""
        with TemporaryDirectory(dir=self.folder) as folder:
            shutil.copyfile(self.backup / name, Path(folder) / name)
            yield Path(folder) / name

    def _take_tokens_back(self, home: Home, holdings: StoredHoldings, releases: Releases) -> None:
        now = int(datetime.now(UTC).timestamp())
        agreements: set[AgreementId] = {*releases.headers(), *_on_file(home)}
        take_back(Revocations(agreements=dict.fromkeys(agreements, now)), holdings, releases)


def _take_turn(store: S) -> S:
    """The store, and the turn to write to it, whoever had it where the copy was made."""
    turns: Turns = store.turns
    if not turns.take(turns.now(), _HOLDER):
        raise HomeError("another caselink command writes to where this home is to be; wait for it to end")
    return store


def _on_file(home: Home) -> Iterable[AgreementId]:
    """Rules that do not parse are restored as well, to be mended; nothing is published by them until then."""
    try:
        return home.rules().agreements
    except PolicyError:
        return ()
