"""What a store of releases promises, to who publishes and to who reads. SQLite and Neo4j keep it alike.

A store keeps and finds; it judges nothing. One contract suite runs against every store (tests/stores/).
Failures are `StoreError`s whose text says where and how to mend it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph import drawn_records
from graph.history import Past
from graph.later import Later
from graph.model import AgreementId, OpaqueId
from graph.readers import NO_DAYS, Days, Reader, Register, Standing
from graph.release import Content, Header, Release, ReleasedLink, ReleasedRecord
from graph.revocations import Revocations
from graph.turn import Turns


def nothing() -> None:
    """Where nobody asks to be called."""


RecordRow = drawn_records.Row
"""A record of a release as a store keeps it: its id, its bytes."""

LinkRow = tuple[OpaqueId, OpaqueId, bytes]
"""A link of a release: its head, its id, its bytes."""


@dataclass(frozen=True, slots=True)
class Change:
    """The difference from one release to the next. records, links: they may be made each time they are gone through."""

    records: Collection[ReleasedRecord] = ()
    links: Collection[ReleasedLink] = ()
    gone_records: Sequence[OpaqueId] = ()
    gone_links: Sequence[OpaqueId] = ()

    @property
    def is_none(self) -> bool:
        """Whether nothing changes."""
        return not (self.records or self.links or self.gone_records or self.gone_links)

    @classmethod
    def between(cls, old: Content, new: Content) -> "Change":
        """What turns the old content into the new one; an element that stays as it is, is not in it."""
        if old is new:
            return cls([], [], [], [])
        if not old.records and not old.links:
            return cls(list(new.records.values()), list(new.links.values()), [], [])
        return cls(
            records=[record for id, record in new.records.items() if old.records.get(id) != record],
            links=[link for id, link in new.links.items() if old.links.get(id) != link],
            gone_records=[id for id in old.records if id not in new.records],
            gone_links=[id for id in old.links if id not in new.links],
        )


class ReleaseReader(Protocol):
    """What a partner process opens: releases, and no way to write them or to reach the holdings."""

    def headers(self) -> dict[AgreementId, Header]:
        """The header of every release."""

    def header(self, agreement: AgreementId) -> Header | None:
        """One release's header as it is now; cheap enough to be asked before every answer."""

    def read(self, agreement: AgreementId) -> Release | None:
        """One release, whole: header, content and history of the same version."""

    def later(self, agreement: AgreementId, place: int, version: str) -> Later | None:
        """What the release has become since the version of that name at a place of its history.

        None where that is not known, or too much has changed, or there is no release: then `read` it.
        """

    def enrol(self, reader: Reader, seen: Days = NO_DAYS) -> Days:
        """This reader is here, or still here; the publisher knows before this returns.

        seen: days that it has seen. The latest that any reader has seen are kept, whatever becomes of the readers, and
        given back.
        """

    def leave(self, name: str) -> None:
        """This reader begins no answer any more. One that is not enrolled is no error."""

    def standing(self) -> Standing:
        """What is current, by the store's own clock; cheap enough to be asked several times a second."""

    def revocations(self) -> Revocations:
        """Every token that was taken back; asked again when the revision has risen."""

    def close(self) -> None:
        """Let go of the store. Closing twice is allowed."""


class Releases(ReleaseReader, Register, Protocol):
    """The releases of all agreements, as the publisher keeps them.

    `apply`, `drop` and `revoke` raise the revision: a reader that sees it risen finds what they wrote. Whatever writes
    fails, as a whole, where another has taken the turn (`graph.turn`); readers enrol, leave and are struck off freely,
    and days that they have seen are set back freely.
    """

    @property
    def turns(self) -> Turns:
        """Whose turn it is to write."""

    def elements(self, agreement: AgreementId, ids: Iterable[OpaqueId]) -> Content:
        """Those of one release's records and links that have one of these ids."""

    def record_rows(self, agreement: AgreementId) -> Iterator[RecordRow]:
        """One release's records as they are kept, by id, streamed. Of what is written meanwhile some may be there."""

    def link_rows(self, agreement: AgreementId) -> Iterator[LinkRow]:
        """One release's links as they are kept, by head, then id, streamed likewise."""

    def last_version(self, agreement: AgreementId) -> str | None:
        """The name of the last version in one release's history."""

    def apply(self, header: Header, change: Change, handed_over: Callable[[], None] = nothing) -> None:
        """Make the header's release the changed one, all at once for who reads, on disk before this returns.

        handed_over: is called once, when the store does the rest, or most of it, without Python: from then on another
        thread hardly gets in the way.
        What a change that was killed has left is finished or undone first. What is written, and how much of it is in
        memory at a time beside the change, is in proportion to the change.
        A link is in `gone_links` if one of its ends is in `gone_records`. Withdrawn bytes leave the store's files.
        Where the header's version is another one than before, it enters the release's history, with the records that
        the change touches (`graph.touching`), at the same moment. The first version of a release, and marks of another
        key, begin the history; what is too old by `graph.history` is forgotten.
        """

    def past(self, agreement: AgreementId) -> Past:
        """One release's history, as another store can put it."""

    def put_past(self, agreement: AgreementId, past: Past) -> None:
        """Give a release this history in place of its own. Its last version is the release's.

        Killed half-way it leaves the old history, the new one, or none.
        """

    def drop(self, agreement: AgreementId) -> None:
        """Take a release away whole, header and history included; one that is not there is no error."""

    def half_way(self) -> Mapping[AgreementId, bool]:
        """Releases in which a kill has left something, and whether each is served.

        The next change of one that is ends that. Of one that is not, drop what is there: it was being dropped, or made.
        """

    def owner(self) -> str | None:
        """Whose the releases are; None: nobody has said it."""

    def own(self, name: str) -> None:
        """Say whose they are from now on."""

    def revoke(self, revocations: Revocations) -> None:
        """Take these tokens back too, on disk before this returns. Of two moments for an agreement the later counts."""

    def seen(self) -> Days:
        """The latest days that readers have seen, unless they were set back since."""

    def set_back(self, day: int) -> None:
        """Of the days that readers have seen, let this one be the latest; a zone's earlier one stays."""

    def announce_restriction(self, seconds: int) -> None:
        """From so many seconds from now on a restriction is due, unless this is called again; 0: whatever the clock.

        seconds: up to MOST_ANNOUNCED_SECONDS. Where the clock goes back so far that more are left, it is due at once.
        """

    def restriction_done(self) -> None:
        """What was announced is done."""
