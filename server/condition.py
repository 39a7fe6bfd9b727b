"""How a home is: what is held and published, what waits, who reads and who writes. For the office only.

Everything is asked of the stores; nothing is judged, and no release is read.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from graph.model import AgreementId
from graph.publish import Publisher
from graph.readers import Days
from graph.release import Header
from graph.restored import backup_held
from graph.sources import Sources, is_restriction_due, open_sources
from graph.standing import Account, Kept
from graph.store import Holdings

_TOOK: Final = "took:"


@dataclass(frozen=True, slots=True)
class ReleaseState:
    """One release. due: its day has come, and nobody is answered. serves_until: that day.

    records, links: how many; waiting: how many elements wait to be added or changed. None where that is not kept.
    """

    agreement: AgreementId
    version: str
    published_at: str
    serves_until: str | None
    due: bool
    records: int | None
    links: int | None
    waiting: int | None


@dataclass(frozen=True, slots=True)
class ReaderState:
    """A partner process. behind: by how many changes of releases."""

    name: str
    behind: int
    lease_seconds: float


@dataclass(frozen=True, slots=True)
class Condition:
    """restriction_due: a load was stopped before its withdrawals were done. refused: so that readers refuse everything.

    restored: when the backup was made from which this home was restored, as long as nobody has accepted it. seen: the
    latest day that partner processes have seen, by time zone. writer: who has the turn to write to the holdings. took:
    how many seconds the last load and the last publication took.
    """

    held: Mapping[str, int]
    releases: Sequence[ReleaseState]
    open_files: Sources
    restriction_due: bool
    refused: bool
    restored: str | None
    readers: Sequence[ReaderState]
    seen: Days
    writer: str | None
    took: Mapping[str, float]


def condition(publishing: Publisher, day: int, idle_writer: str | None) -> Condition:
    """How the home is. Raises StoreError.

    day: an ordinal, today's in its time zone. idle_writer: the name of a writer that has a turn at most because it was
    killed (`Home.idle_writer`).
    """
    holder = publishing.holdings.turns.now().holder
    holdings, releases = publishing.holdings, publishing.releases
    kept, standing = _kept(holdings.account()), releases.standing()
    return Condition(
        held={kind.value: count for kind, count in sorted(holdings.counts().items())},
        releases=[_state(header, kept.get(id), day) for id, header in releases.headers().items()],
        open_files=open_sources(holdings),
        restriction_due=is_restriction_due(holdings),
        refused=standing.restriction_due,
        restored=backup_held(holdings),
        readers=[
            ReaderState(reader.name, max(0, standing.revision - reader.confirmed), reader.lease_seconds)
            for reader in releases.enrolled()
        ],
        seen=releases.seen(),
        writer=None if holder == idle_writer else holder,
        took=durations(holdings),
    )


@contextmanager
def timed(holdings: Holdings, command: str) -> Iterator[None]:
    """Remember how long a command took that came to its end."""
    begun = time.monotonic()
    yield
    holdings.remember(f"{_TOOK}{command}", f"{time.monotonic() - begun:.3f}")


def durations(holdings: Holdings) -> dict[str, float]:
    """By command, the seconds that the last one took."""
    told = {command: holdings.recall(f"{_TOOK}{command}") for command in ("load", "publish")}
    return {command: float(seconds) for command, seconds in told.items() if seconds is not None}


def _kept(text: str | None) -> Mapping[str, Kept]:
    try:
        account = None if text is None else Account.decode(text)
    except msgspec.MsgspecError:  # of another version; the next publication makes it anew
        account = None
    return {} if account is None else {kept.id: kept for kept in account.agreements}


def _state(header: Header, kept: Kept | None, day: int) -> ReleaseState:
    until = header.serves_until
    fits = kept if kept is not None and kept.version == header.version else None
    return ReleaseState(
        agreement=header.agreement,
        version=header.version,
        published_at=header.published_at,
        serves_until=None if until is None else date.fromordinal(until).isoformat(),
        due=until is not None and until <= day,
        records=None if fits is None else fits.records,
        links=None if fits is None else fits.links,
        waiting=None if fits is None else len(fits.pending),
    )
