"""Releases in a Neo4j of their own: opaque ids and shown fields, and never anything of the holdings.

A record is a node `(:Released {agreement, id, body})` with its kind as a label, a link is a relationship of its type
with the same properties, and a release's header is a node `(:Release {agreement, header})`. Neo4j finds a relationship
by a property only within one type, and a link that goes is known by its id alone; so each link has a small node that
says where it is, `(:ReleasedLink {agreement, id, head, tail})`. One look-up there and one between the two ends finds
it, whatever its type, however many links a record has, and nothing is scanned.

Neo4j's reads are read-committed: a reader can meet a transaction half-way, while Neo4j writes it to its store. So each
change is said to begin before its transaction and to have ended after it, and `read` asks again until it has read while
none was under way. Of a change that was killed the end is never said: what is there is whole then, for the transaction
was written or it was not; `read` waits a little, reads, and leaves it to the checksum (DESIGN 4, View).

Withdrawn bytes: Neo4j frees them and writes over them in time, and keeps them in its transaction log as long as
`db.tx_log.rotation.retention_policy` says. What its operator has to set is for the operations manual.
"""

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4

from graph.errors import StoreError
from graph.history import History, Mark, Past
from graph.later import Later, touched
from graph.model import AgreementId, OpaqueId
from graph.readers import Reader, Standing
from graph.release import (
    KIND_OF,
    Content,
    Header,
    Release,
    ReleasedLink,
    ReleasedRecord,
    decode_header,
    encode,
)
from graph.revocations import Revocations, as_rows, of_rows
from graph.sharing import Sharing
from graph.store import Change
from graph.stores.bolt import Bolt, Row, Transaction, open_bolt
from graph.stores.bolt_apart import refuse_holdings
from graph.stores.bolt_history import (
    put_past,
    read_history,
    read_names,
    read_past,
    read_touches,
    write_version,
)
from graph.stores.bolt_turn import BoltTurns, TurnStatements
from graph.stores.bolt_type import relationship_type
from graph.stores.statements import Statement, schema, statement

_ANNOUNCE = statement("releases_announce")
_RESTRICTION_DONE = statement("releases_restriction_done")
_ENROL = statement("releases_enrol")
_LEAVE = statement("releases_leave")
_ENROLLED = statement("releases_enrolled")
_STRIKE_OFF = statement("releases_strike_off")
_RAISE = statement("releases_raise")
_STANDING = statement("releases_standing")
_REVOKED = statement("releases_revoked")
_REVOKE = statement("releases_revoke")
_HEADERS = statement("releases_headers")
_HEADER = statement("releases_header")
_RECORDS = statement("releases_records")
_LINKS = statement("releases_links")
_SOME_RECORDS = statement("releases_some_records")
_SOME_LINKS = statement("releases_some_links")
_LINKS_AMONG = statement("releases_links_among")
_STATE = statement("releases_state")
_BEGIN = statement("releases_begin")
_END = statement("releases_end")
_PUT_HEADER = statement("releases_put_header")
_PUT_RECORDS = statement("releases_put_records")
_PUT_LINKS = statement("releases_put_links")
_DELETE_LINKS = statement("releases_delete_links")
_DELETE_RECORDS = statement("releases_delete_records")
_DELETE_HEADER = statement("releases_delete_header")
_TURN = TurnStatements(
    now=statement("releases_turn_now"),
    take=statement("releases_turn_take"),
    sign=statement("releases_turn"),
    end=statement("releases_turn_end"),
)
_SWEEPING = (
    statement("releases_sweep_records"),
    statement("releases_sweep_places"),
    statement("releases_sweep_touches"),
    statement("releases_sweep_versions"),
)

_SWEPT_AT_ONCE: Final = 10_000
_WAIT_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.02


def open_releases(url: str, user: str, password: str, mark: Mark) -> "BoltReleases":
    """The releases on this server, to be written. mark: of what changes, for its history. Raises as `open_reader`."""
    bolt = _open_apart(url, user, password)
    try:
        for made in schema("releases"):
            bolt.transact(partial(Transaction.run, statement=made))
    except BaseException:
        bolt.close()
        raise
    return BoltReleases(bolt, mark)


def open_reader(url: str, user: str, password: str) -> "BoltReader":
    """The releases on this server, to be read and never written: what a partner process holds.

    Raises StoreUnreachable, StoreError, and StoreRefused also where this user can read holdings.
    """
    return BoltReader(_open_apart(url, user, password))


def _open_apart(url: str, user: str, password: str) -> Bolt:
    bolt = open_bolt(url, user, password)
    try:
        refuse_holdings(bolt)
    except BaseException:
        bolt.close()
        raise
    return bolt


class BoltReader:
    """`graph.store.ReleaseReader` over one Neo4j."""

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
            read = self._bolt.transact(partial(_read, agreement=agreement))
            if read.is_settled or (read.is_same and time.monotonic() > end):
                return read.release
            time.sleep(_PAUSE_SECONDS)

    def later(self, agreement: AgreementId, place: int, version: str) -> Later | None:
        """What the release has become since a version; None also where a change is under way."""
        return self._bolt.transact(partial(_later, agreement=agreement, place=place, version=version))

    def enrol(self, reader: Reader) -> None:
        """This reader is here, or still here."""
        put = partial(Transaction.run, statement=_ENROL, name=reader.name, confirmed=reader.confirmed)
        self._bolt.transact(partial(put, lease_seconds=reader.lease_seconds))

    def leave(self, name: str) -> None:
        """This reader begins no answer any more."""
        self._bolt.transact(partial(Transaction.run, statement=_LEAVE, name=name))

    def standing(self) -> Standing:
        """What is current."""
        ((revision, due),) = self._bolt.ask(_STANDING)
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


class BoltReleases(BoltReader):
    """`graph.store.Releases` over one Neo4j."""

    def __init__(self, bolt: Bolt, mark: Mark) -> None:
        super().__init__(bolt)
        self._mark = mark
        self.turns = BoltTurns(bolt, _TURN)

    def elements(self, agreement: AgreementId, ids: Iterable[OpaqueId]) -> Content:
        """Some records and links of one release."""
        return self._bolt.transact(partial(_elements, agreement=agreement, ids=list(ids)))

    def apply(self, header: Header, change: Change) -> None:
        """Make the header's release the changed one, in one transaction."""
        agreement = header.agreement
        if self.header(agreement) is None:
            self._sweep(agreement)  # a `drop` that was killed may have left something
        name = uuid4().hex
        self._run(_BEGIN, agreement, change=name)
        self.turns.transact(partial(_apply, header=header, change=change, mark=self._mark))
        self._run(_END, agreement, change=name)
        self._raise()

    def past(self, agreement: AgreementId) -> Past:
        """One release's history, as another store can put it."""
        return self._bolt.transact(partial(read_past, agreement=agreement))

    def put_past(self, agreement: AgreementId, past: Past) -> None:
        """Give a release this history in place of its own."""
        self.turns.transact(lambda transaction, _: put_past(transaction, agreement, past))
        self._raise()

    def drop(self, agreement: AgreementId) -> None:
        """Take a release away whole: its header at once, and then, in smaller transactions, all that it had."""
        self._run(_DELETE_HEADER, agreement)
        self._raise()
        self._sweep(agreement)

    def enrolled(self) -> list[Reader]:
        """Every reader that has enrolled and not left."""
        return [Reader(*row) for row in self._bolt.ask(_ENROLLED)]

    def strike_off(self, names: Collection[str], before: int) -> None:
        """Those readers are enrolled no more, unless they have confirmed this revision."""
        self._bolt.transact(
            partial(Transaction.run_rows, statement=_STRIKE_OFF, rows=list(names), before=before)
        )

    def revoke(self, revocations: Revocations) -> None:
        """Take these tokens back too."""
        rows = [{"kind": kind, "name": name, "at": at} for kind, name, at in as_rows(revocations)]
        self.turns.transact(lambda transaction, _: transaction.run_rows(_REVOKE, rows))
        self._raise()

    def announce_restriction(self, seconds: int) -> None:
        """A restriction is on its way, and due in so many seconds."""
        self.turns.run(_ANNOUNCE, seconds=seconds)

    def restriction_done(self) -> None:
        """What was announced is done."""
        self.turns.run(_RESTRICTION_DONE)

    def _raise(self) -> None:
        """After the change, never with it: whoever sees the revision risen must find all of the change."""
        self.turns.run(_RAISE)

    def _sweep(self, agreement: AgreementId) -> None:
        for some in _SWEEPING:
            while self._run(some, agreement, most=_SWEPT_AT_ONCE) != [(0,)]:
                pass

    def _run(self, writing: Statement, agreement: AgreementId, **parameters: Any) -> list[Row]:
        return self.turns.run(writing, agreement=agreement, **parameters)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read, and what the release said of itself before and after: header, change begun, change ended."""

    before: Row | None
    bodies: tuple[list[Row], list[Row]]
    history: History
    after: Row | None

    @property
    def is_same(self) -> bool:
        """Whether nothing that could be seen has changed meanwhile. The body of what went meanwhile is None."""
        return self.before == self.after and all(body is not None for rows in self.bodies for (body,) in rows)

    @property
    def is_settled(self) -> bool:
        """Whether no change was under way."""
        return self.is_same and (self.after is None or self.after[1] == self.after[2])

    @property
    def release(self) -> Release | None:
        """The release that was read."""
        if self.after is None:
            return None
        return Release(decode_header(self.after[0]), _content(*self.bodies), self.history)


def _read(transaction: Transaction, agreement: AgreementId) -> _Reading:
    before = _state(transaction, agreement)
    bodies = transaction.run(_RECORDS, agreement=agreement), transaction.run(_LINKS, agreement=agreement)
    history = read_history(transaction, agreement)
    return _Reading(before, bodies, history, _state(transaction, agreement))


def _later(transaction: Transaction, agreement: AgreementId, place: int, version: str) -> Later | None:
    before, names = _state(transaction, agreement), read_names(transaction, agreement)
    if before is None or (place, version) not in names:
        return None
    touches = read_touches(transaction, agreement, place)
    ids = touched(touches)
    if ids is None:
        return None
    rows = list(ids)
    records = transaction.run_rows(_SOME_RECORDS, rows, agreement=agreement)
    links = transaction.run_rows(_LINKS_AMONG, rows, agreement=agreement, among=rows)
    reading = _Reading(before, (records, links), History(), _state(transaction, agreement))
    found = reading.release
    if found is None or not reading.is_settled:
        return None
    return Later(found.header, ids, found.content, names, touches)


def _elements(transaction: Transaction, agreement: AgreementId, ids: Sequence[OpaqueId]) -> Content:
    records = transaction.run_rows(_SOME_RECORDS, ids, agreement=agreement)
    links = transaction.run_rows(_SOME_LINKS, ids, agreement=agreement)
    return _content(records, links)


def _content(records: Iterable[Row], links: Iterable[Row]) -> Content:
    sharing = Sharing()
    shown = [sharing.record(body) for (body,) in records], [sharing.link(body) for (body,) in links]
    return Content({record.id: record for record in shown[0]}, {link.id: link for link in shown[1]})


def _state(transaction: Transaction, agreement: AgreementId) -> Row | None:
    return next(iter(transaction.run(_STATE, agreement=agreement)), None)


def _apply(transaction: Transaction, _: Row, header: Header, change: Change, mark: Mark) -> None:
    """Links go before their ends and come after them. One that changes may change its ends: it goes, and comes."""
    agreement = header.agreement
    transaction.run(_PUT_HEADER, agreement=agreement, header=encode(header).decode())
    write_version(transaction, header, change, mark)
    moved = [*change.gone_links, *(link.id for link in change.links)]
    transaction.run_rows(_DELETE_LINKS, moved, agreement=agreement)
    transaction.run_rows(_DELETE_RECORDS, change.gone_records, agreement=agreement)
    transaction.run_rows(_PUT_RECORDS, [_node(record) for record in change.records], agreement=agreement)
    put = transaction.run_rows(_PUT_LINKS, _relationships(change.links), agreement=agreement)
    if sum(count for (count,) in put) != len(change.links):
        raise StoreError(
            f"the release of {agreement} has links without a record at an end; nothing was changed"
        )


def _node(record: ReleasedRecord) -> dict[str, Any]:
    label = KIND_OF[type(record)].capitalize()
    return {"id": record.id, "label": label, "body": encode(record).decode()}


def _relationships(links: Sequence[ReleasedLink]) -> list[dict[str, Any]]:
    ordered = sorted(links, key=lambda link: (link.head, link.tail))
    return [_relationship(link) for link in ordered]


def _relationship(link: ReleasedLink) -> dict[str, Any]:
    type = relationship_type(link.type)
    return {"id": link.id, "type": type, "head": link.head, "tail": link.tail, "body": encode(link).decode()}
