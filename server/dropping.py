"""All that a home has in its stores, taken away for good: what is released first, then what is held.

From the first step on no command goes on with this home (server/dropped.py), nor with a copy of it where a store is a
Neo4j (`owner.give_up`): who judged what is left would find nothing of what withholds. The readers are awaited before
the rest of the releases goes, and one that runs on stops it: it would write where nothing of this home is to be.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from graph.errors import StoreLocked
from graph.model import AgreementId
from graph.readers import await_readers
from graph.release_store import Releases
from graph.revocations import Revocations
from graph.store import Holdings
from server.dropped import DropMark, Dropped
from server.home import Home
from server.owner import give_up, give_up_releases
from server.stores import holdings_on, open_holdings, open_releases, releases_on
from server.turns import turn
from server.withdrawals import Record

_ENDS: Final = (
    "",
    "-wal",
    "-shm",
    "-journal",
    ".readers",
    ".readers-wal",
    ".readers-shm",
    ".readers-journal",
)
_TELL_EVERY: Final = 100_000
"""Nodes and relationships."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What went: the agreements whose releases they were, and how many entries of each kind."""

    agreements: Sequence[AgreementId]
    held: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Dropping:
    """The dropping of one home. who: has it done. record: writes to the audit log. tell: is told how it goes."""

    home: Home
    who: str
    record: Record
    tell: Callable[[str], None]

    def run(self) -> Taken:
        """Drop it, or end what was begun. Hold the home's lock. Raises StoreError."""
        mark = DropMark(self.home.folder)
        known = mark.read()
        if known is None:
            with closing(open_releases(self.home)), open_holdings(self.home):
                pass  # what is another home's, or does not answer, is refused before anything is done
        begun = known or Dropped(_now(), self.who)
        self.record("dropping the home", begun=begun.begun)
        mark.write(Dropped(begun.begun, begun.who))
        taken = Taken(self._releases(), self._holdings())
        self.record("home dropped", agreements=taken.agreements, held=taken.held)
        mark.write(Dropped(begun.begun, begun.who, _now()))
        return taken

    def _releases(self) -> Sequence[AgreementId]:
        home, server = self.home, self.home.settings.releases
        if server is None:
            with closing(open_releases(home)) as filed, turn(home, filed.turns, self.tell):
                gone = self._withdraw(filed)
            _delete(home.releases_file)
            return gone
        with closing(releases_on(home, server, dropping=True)) as releases:
            with turn(home, releases.turns, self.tell):
                give_up_releases(releases)
                gone = self._withdraw(releases)
                releases.take_away(self._progress("the releases"))
            releases.end()
        return gone

    def _holdings(self) -> Mapping[str, int]:
        home, server = self.home, self.home.settings.holdings
        if server is None:
            with open_holdings(home) as filed:
                gone = _counted(filed)
            _delete(home.holdings_file)
            return gone
        with holdings_on(home, server, dropping=True) as holdings:
            with turn(home, holdings.turns, self.tell):
                give_up(holdings)
                gone = _counted(holdings)
                holdings.take_away(self._progress("the holdings"))
            holdings.end()
        return gone

    def _withdraw(self, releases: Releases) -> Sequence[AgreementId]:
        """No partner of these agreements is answered from now on. Raises StoreLocked where a partner process runs."""
        agreements = list(releases.headers())
        for agreement in agreements:
            releases.drop(agreement)
        releases.revoke(Revocations(agreements=dict.fromkeys(agreements, int(time.time()))))
        await_readers(releases, time.monotonic, time.sleep)
        running = len(releases.enrolled())
        if running:
            raise StoreLocked(
                f"partner processes of this home still run: {running}. They refuse everybody, for nothing is released"
                " any more; stop them, and run this again to take the rest away"
            )
        return agreements

    def _progress(self, what: str) -> Callable[[int], None]:
        told = 0

        def tell(gone: int) -> None:
            nonlocal told
            if gone - told >= _TELL_EVERY:
                told = gone
                self.tell(f"{gone:,} nodes and relationships of {what} are gone")

        return tell


def _counted(holdings: Holdings) -> dict[str, int]:
    return {kind.value: count for kind, count in sorted(holdings.counts().items())}


def _delete(file: Path) -> None:
    """Delete the files of a store, and what SQLite has beside them; a link, and what it leads to."""
    for base in dict.fromkeys((file.resolve(), file)):
        for end in _ENDS:
            path = base.with_name(f"{base.name}{end}")
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise StoreLocked(
                    f"{path}: cannot be deleted ({error.strerror}); check its rights, and run this again"
                ) from error


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
