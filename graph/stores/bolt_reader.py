"""Releases in a Neo4j as a partner process opens them: to be read, and never written.

A record is a node `(:Released {agreement, id, body})` with its kind as a label, a link is a relationship of its type
with the same properties, and a release's header is a node `(:Release {agreement, header})`. Neo4j finds a relationship
by a property only within one type, and a link that goes is known by its id alone; so each link has a small node that
says where it is, `(:ReleasedLink {agreement, id, head, tail})`. One look-up there and one between the two ends finds
it, whatever its type, however many links a record has, and nothing is scanned. Where a home has an id, these labels
end with it (`home_labels`).
"""

import time
from functools import partial
from types import TracebackType
from typing import Final, Self

from graph.later import Later
from graph.model import AgreementId
from graph.readers import MOST_ANNOUNCED_SECONDS, NO_DAYS, Days, Reader, Standing
from graph.release import Header, Release, decode_header
from graph.revocations import Revocations, of_rows
from graph.stores.bolt import Bolt, Transaction, open_bolt
from graph.stores.bolt_apart import refuse_holdings
from graph.stores.bolt_reading import read, read_later
from graph.stores.home_labels import HomeId
from graph.stores.statements import statement

_HEADERS = statement("releases_headers")
_HEADER = statement("releases_header")
_ENROL = statement("releases_enrol")
_SEE = statement("releases_see")
_LEAVE = statement("releases_leave")
_STANDING = statement("releases_standing")
_REVOKED = statement("releases_revoked")

_WAIT_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.02


def open_apart(url: str, user: str, password: str, home: HomeId | None) -> Bolt:
    """A connection to a server of releases. Raises as `open_bolt`, and StoreRefused where holdings can be read."""
    bolt = open_bolt(url, user, password, home)
    try:
        refuse_holdings(bolt)
    except BaseException:
        bolt.close()
        raise
    return bolt


def open_reader(url: str, user: str, password: str, home: HomeId | None = None) -> "BoltReader":
    """A home's releases on this server, to be read and never written: what a partner process holds.

    Raises StoreUnreachable, StoreError, and StoreRefused also where this user can read holdings.
    """
    return BoltReader(open_apart(url, user, password, home))


class BoltReader:
    """`graph.release_store.ReleaseReader` over one Neo4j."""

    def __init__(self, bolt: Bolt) -> None:
        self._bolt = bolt

    def headers(self) -> dict[AgreementId, Header]:
        """The header of every release."""
        headers = (decode_header(text) for (text,) in self._bolt.ask(_HEADERS))
        return {header.agreement: header for header in headers}

    def header(self, agreement: AgreementId) -> Header | None:
        """One release's header as it is now: one look-up, one round trip."""
        rows = self._bolt.ask(_HEADER, agreement=agreement)
        return next((decode_header(text) for (text,) in rows), None)

    def read(self, agreement: AgreementId) -> Release | None:
        """One release, whole."""
        end = time.monotonic() + _WAIT_SECONDS
        while True:
            reading = self._bolt.transact(partial(read, agreement=agreement))
            if reading.is_settled or (reading.is_same and time.monotonic() > end):
                return reading.release
            time.sleep(_PAUSE_SECONDS)

    def later(self, agreement: AgreementId, place: int, version: str) -> Later | None:
        """What the release has become since a version. A change that is under way is waited for a little.

        To read all anew because of it would take minutes where there are millions of elements.
        """
        asked = partial(read_later, agreement=agreement, place=place, version=version)
        end = time.monotonic() + _WAIT_SECONDS
        while True:
            later, is_settled = self._bolt.transact(asked)
            if is_settled or time.monotonic() > end:
                return later
            time.sleep(_PAUSE_SECONDS)

    def enrol(self, reader: Reader, seen: Days = NO_DAYS) -> Days:
        """This reader is here, or still here, and has seen these days: one round trip, where none is new."""
        rows = [{"zone": zone, "day": day} for zone, day in sorted(seen.items())]
        name, confirmed, seconds = reader.name, reader.confirmed, reader.lease_seconds

        def enrolled(transaction: Transaction) -> Days:
            transaction.run_rows(_SEE, rows)
            told = transaction.run(_ENROL, name=name, confirmed=confirmed, lease_seconds=seconds)
            return dict(told)

        return self._bolt.transact(enrolled)

    def leave(self, name: str) -> None:
        """This reader begins no answer any more."""
        self._bolt.transact(partial(Transaction.run, statement=_LEAVE, name=name))

    def standing(self) -> Standing:
        """What is current."""
        ((revision, due),) = self._bolt.ask(_STANDING, ahead=MOST_ANNOUNCED_SECONDS)
        return Standing(revision, due)

    def revocations(self) -> Revocations:
        """Every token that was taken back."""
        return of_rows(self._bolt.ask(_REVOKED))

    def close(self) -> None:
        """Let go of the server."""
        self._bolt.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
