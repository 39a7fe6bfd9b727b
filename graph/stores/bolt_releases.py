"""Releases in a Neo4j of their own, as their publisher keeps them; how they look there is told in `bolt_reader`.

A change that one transaction can hold is one; a larger one is built beside what is served (`bolt_building`).

Withdrawn bytes: Neo4j frees them and writes over them in time, and keeps them in its transaction log as long as
`db.tx_log.rotation.retention_policy` says. What its operator has to set is for the operations manual.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from graph.history import Mark, Past
from graph.model import AgreementId, OpaqueId
from graph.readers import Days, Reader
from graph.release import Content, Header
from graph.release_store import Change, LinkRow, RecordRow, nothing
from graph.revocations import Revocations, as_rows
from graph.stores import bolt_dropping
from graph.stores.bolt import Bolt, Transaction
from graph.stores.bolt_building import Building, sweep
from graph.stores.bolt_history import put_past, read_names, read_past
from graph.stores.bolt_reader import BoltReader, open_apart
from graph.stores.bolt_reading import read_elements
from graph.stores.bolt_release_rows import link_rows, record_rows
from graph.stores.bolt_turn import BoltTurns, TurnStatements
from graph.stores.home_labels import HomeId
from graph.stores.statements import schema, statement

_ANNOUNCE = statement("releases_announce")
_RESTRICTION_DONE = statement("releases_restriction_done")
_ENROLLED = statement("releases_enrolled")
_STRIKE_OFF = statement("releases_strike_off")
_SEEN = statement("releases_seen")
_SET_BACK = statement("releases_set_back")
_RAISE = statement("releases_raise")
_REVOKE = statement("releases_revoke")
_OWNER = statement("releases_owner")
_OWN = statement("releases_own")
_EARLIER = statement("releases_earlier")
_DELETE_HEADER = statement("releases_delete_header")
_HALF_WAY = statement("releases_half_way")
_TURN = TurnStatements(
    now=statement("releases_turn_now"),
    take=statement("releases_turn_take"),
    sign=statement("releases_turn"),
    end=statement("releases_turn_end"),
)


def open_releases(
    url: str, user: str, password: str, mark: Mark, home: HomeId | None = None
) -> "BoltReleases":
    """A home's releases on this server, to be written. mark: of what changes, for its history.

    Raises as `open_reader`.
    """
    bolt = open_apart(url, user, password, home)
    try:
        for made in schema("releases"):
            bolt.make(made)
    except BaseException:
        bolt.close()
        raise
    return BoltReleases(bolt, mark)


class BoltReleases(BoltReader):
    """`graph.release_store.Releases` over one Neo4j."""

    def __init__(self, bolt: Bolt, mark: Mark) -> None:
        super().__init__(bolt)
        self._mark = mark
        self.turns = BoltTurns(bolt, _TURN)

    def elements(self, agreement: AgreementId, ids: Iterable[OpaqueId]) -> Content:
        """Some records and links of one release."""
        return self._bolt.transact(partial(read_elements, agreement=agreement, ids=list(ids)))

    def record_rows(self, agreement: AgreementId) -> Iterator[RecordRow]:
        """One release's records as they are kept."""
        return record_rows(self._bolt, agreement)

    def link_rows(self, agreement: AgreementId) -> Iterator[LinkRow]:
        """One release's links as they are kept."""
        return link_rows(self._bolt, agreement)

    def last_version(self, agreement: AgreementId) -> str | None:
        """The name of the last version in one release's history."""
        names = self._bolt.transact(partial(read_names, agreement=agreement))
        return next((name for _, name in names[-1:]), None)

    def apply(self, header: Header, change: Change, handed_over: Callable[[], None] = nothing) -> None:
        """Make the header's release the changed one; what a change that was killed has left is seen to first."""
        handed_over()  # most of the time the server is waited for
        building = Building(self._bolt, self.turns, header, self._mark, self._raise)
        building.build(change)

    def past(self, agreement: AgreementId) -> Past:
        """One release's history, as another store can put it."""
        return self._bolt.transact(partial(read_past, agreement=agreement))

    def put_past(self, agreement: AgreementId, past: Past) -> None:
        """Give a release this history in place of its own."""
        put_past(self.turns, agreement, past)
        self._raise()

    def drop(self, agreement: AgreementId) -> None:
        """Take a release away whole: its header at once, and then, in smaller transactions, all that it had.

        That it was there is known until nothing is left: the next one ends what was killed (`half_way`).
        """
        self.turns.run(_DELETE_HEADER, agreement=agreement)
        self._raise()
        sweep(self.turns, agreement)

    def half_way(self) -> dict[AgreementId, bool]:
        """Releases in which a kill has left something, and whether each is served."""
        return {AgreementId(agreement): served for agreement, served in self._bolt.ask(_HALF_WAY)}

    def enrolled(self) -> list[Reader]:
        """Every reader that has enrolled and not left."""
        return [Reader(*row) for row in self._bolt.ask(_ENROLLED)]

    def strike_off(self, names: Collection[str], before: int) -> None:
        """Those readers are enrolled no more, unless they have confirmed this revision."""
        self._bolt.transact(
            partial(Transaction.run_rows, statement=_STRIKE_OFF, rows=list(names), before=before)
        )

    def seen(self) -> Days:
        """The latest days that readers have seen."""
        return dict(self._bolt.ask(_SEEN))

    def set_back(self, day: int) -> None:
        """Of the days that readers have seen, let this one be the latest."""
        self._bolt.transact(partial(Transaction.run, statement=_SET_BACK, day=day))

    def owner(self) -> str | None:
        """Whose the releases are."""
        return next((name for (name,) in self._bolt.ask(_OWNER)), None)

    def earlier_owner(self) -> str | None:
        """Whose the releases here are that have the labels of no home."""
        return next((name for (name,) in self._bolt.ask(_EARLIER)), None)

    def own(self, name: str) -> None:
        """Say whose they are."""
        self.turns.run(_OWN, name=name)

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

    def take_away(self, tell: Callable[[int], None]) -> None:
        """Take all away that this home has here (`bolt_dropping`), but what `end` does."""
        bolt_dropping.take_away(self.turns, bolt_dropping.RELEASES, tell)

    def end(self) -> None:
        """Take the rest away, once the turn was given back. Nothing can be asked of these releases after that."""
        bolt_dropping.end(self._bolt, bolt_dropping.RELEASES)

    def _raise(self) -> None:
        """After the change, never with it: whoever sees the revision risen must find all of the change."""
        self.turns.run(_RAISE)
