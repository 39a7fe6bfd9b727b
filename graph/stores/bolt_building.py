"""How a change of a release is written to Neo4j: in one transaction, or beside what is served if it is too large.

A change of one part (`bolt_parts`) is made in one transaction, said to begin before and to have ended after.

A larger one of a release that is served is kept beside it first, part by part, where nobody sees it; so are its
touches, at a place of the history that is not there yet. One small transaction then **switches**: the header and the
version are the new ones, and the release says which change is unwritten. From there on it is the changed one for
whoever reads: what is there, with all parts laid over it. At last each part is written out, a transaction each, and is
kept until a later one: so whoever does not find a part finds what it says. A first release is not served until it has a
header; so its parts are written in place, and the header comes last.

The next change sees first to what a kill has left: before the switch it takes it away, after the switch it writes it
out. What is written is a few times the change, however large the release. (A redo log: Mohan et al., "ARIES", 1992.)
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Final
from uuid import uuid4

from graph.errors import StoreError
from graph.history import Mark, Touch
from graph.model import AgreementId
from graph.release import Header, encode
from graph.release_store import Change
from graph.stores.bolt import Bolt, Row, Transaction
from graph.stores.bolt_history import Noted, forget, forget_unseen, in_parts, note, put_touches, put_version
from graph.stores.bolt_parts import Part, decode_part, parts, write_part
from graph.stores.bolt_turn import BoltTurns
from graph.stores.statements import statement

_LEFT = statement("releases_left")
_BEGIN = statement("releases_begin")
_END = statement("releases_end")
_PUT_HEADER = statement("releases_put_header")
_PUT_PART = statement("releases_put_part")
_NEXT_PART = statement("releases_next_part")
_DELETE_PART = statement("releases_delete_part")
_SWITCH = statement("releases_switch")
_WRITTEN = statement("releases_written")
_SWEEP_PARTS = statement("releases_sweep_parts")
SWEEPING: Final = (
    _SWEEP_PARTS,
    statement("releases_sweep_records"),
    statement("releases_sweep_places"),
    statement("releases_sweep_touches"),
    statement("releases_sweep_versions"),
)
_DELETE = statement("releases_delete")

_SWEPT_AT_ONCE: Final = 10_000


def sweep(turns: BoltTurns, agreement: AgreementId) -> None:
    """Take away all that a release had that is no more, or was never served."""
    for some in SWEEPING:
        turns.run_out(some, agreement=agreement, most=_SWEPT_AT_ONCE)
    turns.run(_DELETE, agreement=agreement)


@dataclass(frozen=True, slots=True)
class Building:
    """One change of one release. raising: readers ask what is current from then on."""

    bolt: Bolt
    turns: BoltTurns
    header: Header
    mark: Mark
    raising: Callable[[], None]

    @property
    def agreement(self) -> AgreementId:
        """Of which release."""
        return self.header.agreement

    def build(self, change: Change) -> None:
        """Make the change, and nothing of another one."""
        name = uuid4().hex
        served = self._see_to_what_is_left()
        cut = parts(change)
        one, another = next(cut, Part()), next(cut, None)
        if another is None:
            self._shown(name, partial(self._at_once, change=change, part=one, first=not served))
        elif not served:
            # So that what a kill leaves is known.
            self.turns.run(_BEGIN, agreement=self.agreement, change=name)
            self._in_place(chain((one, another), cut))
            self._shown(name, partial(self._head, noted=self._noted(Change())))
        else:
            self._beside(name, change, chain((one, another), cut))

    def _see_to_what_is_left(self) -> bool:
        """Finish or undo what a kill left. Whether there is a release that is served."""
        [(served, unwritten, left)] = self.bolt.ask(_LEFT, agreement=self.agreement)
        if not served:
            sweep(self.turns, self.agreement)
        elif unwritten is not None:
            self._write_out(unwritten)
        elif left:
            forget_unseen(self.turns, self.agreement)
            self.turns.run_out(_SWEEP_PARTS, agreement=self.agreement, most=_SWEPT_AT_ONCE)
        return bool(served)

    def _shown(self, name: str, work: Callable[[Transaction, Row], Noted | None]) -> None:
        """Do what readers see, and let them know."""
        self.turns.run(_BEGIN, agreement=self.agreement, change=name)
        noted = self.turns.transact(work)
        self.turns.run(_END, agreement=self.agreement, change=name)
        self.raising()
        if noted is not None:
            forget(self.turns, self.agreement, noted)

    def _at_once(
        self, transaction: Transaction, signed: Row, change: Change, part: Part, first: bool
    ) -> Noted | None:
        noted = note(transaction, self.header, change, self.mark)
        if noted is not None:
            put_touches(transaction, self.agreement, noted.touches)
        self._head(transaction, signed, noted)
        if write_part(transaction, self.agreement, part, first=first) != len(part.links):
            raise self._without_an_end()
        return noted

    def _head(self, transaction: Transaction, _: Row, noted: Noted | None) -> Noted | None:
        transaction.run(_PUT_HEADER, agreement=self.agreement, header=encode(self.header).decode())
        if noted is not None:
            put_version(transaction, self.agreement, noted)
        return noted

    def _in_place(self, cut: Iterator[Part]) -> None:
        for part in cut:
            if self.turns.transact(partial(self._put, part=part)) != len(part.links):
                raise self._without_an_end()

    def _put(self, transaction: Transaction, _: Row, part: Part) -> int:
        return write_part(transaction, self.agreement, part, first=True)

    def _beside(self, name: str, change: Change, cut: Iterator[Part]) -> None:
        for place, part in enumerate(cut):
            self.turns.transact(partial(self._keep, change=name, place=place, body=part.encode()))
        noted = self._noted(change)
        if noted is not None:
            for some in in_parts(noted.touches):
                self.turns.transact(partial(self._touch, touches=some))
        self._shown(name, partial(self._switch, name=name, noted=noted))
        self._write_out(name)

    def _keep(self, transaction: Transaction, _: Row, change: str, place: int, body: bytes) -> None:
        rows = [{"place": place, "body": body}]
        transaction.run_rows(_PUT_PART, rows, agreement=self.agreement, change=change)

    def _touch(self, transaction: Transaction, _: Row, touches: Sequence[Touch]) -> None:
        put_touches(transaction, self.agreement, touches)

    def _noted(self, change: Change) -> Noted | None:
        return self.bolt.transact(partial(note, header=self.header, change=change, mark=self.mark))

    def _switch(self, transaction: Transaction, signed: Row, name: str, noted: Noted | None) -> Noted | None:
        transaction.run(_SWITCH, agreement=self.agreement, change=name)
        return self._head(transaction, signed, noted)

    def _write_out(self, change: str) -> None:
        """Write the parts of a change that the release is switched to, from where this was left."""
        place = -1
        while row := self._next(change, place):
            self.turns.transact(partial(self._out, change=change, before=place, body=row[1]))
            place = row[0]
        self.turns.transact(partial(self._is_written, change=change, last=place))

    def _next(self, change: str, place: int) -> Row | None:
        rows = self.bolt.ask(_NEXT_PART, agreement=self.agreement, change=change, place=place)
        return next(iter(rows), None)

    def _out(self, transaction: Transaction, _: Row, change: str, before: int, body: bytes) -> None:
        """Write a part out, and take the one before it away."""
        transaction.run(_DELETE_PART, agreement=self.agreement, change=change, place=before)
        write_part(transaction, self.agreement, decode_part(body))

    def _is_written(self, transaction: Transaction, _: Row, change: str, last: int) -> None:
        transaction.run(_DELETE_PART, agreement=self.agreement, change=change, place=last)
        transaction.run(_WRITTEN, agreement=self.agreement)

    def _without_an_end(self) -> StoreError:
        return StoreError(
            f"the release of {self.agreement} has links without a record at an end; nothing was changed"
        )
