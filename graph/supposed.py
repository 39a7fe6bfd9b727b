"""Holdings as they would be after an act, with all that a publisher keeps of them: to be planned from, never written.

A plan made from them draws the region that the act reaches, as the plan after the act would; so it says in a moment,
and truly, what the act would do.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.model import Entry, EntryId
from graph.overlay import Overlay
from graph.policy import Policy
from graph.store import Batch, KeptHoldings


@dataclass(slots=True)
class Supposed(Overlay):
    """`graph.store.KeptHoldings` in thought, over those that are held."""

    beneath: KeptHoldings

    @classmethod
    def after(cls, beneath: KeptHoldings, batch: Batch) -> "Supposed":
        """The holdings as they would be once the batch is taken."""
        then = cls(beneath)
        then.take(batch)
        return then

    def two_readers(self, policy: Policy, day: int) -> None:
        """What is supposed is little beside what is held, and stands in no store."""

    def account(self) -> str | None:
        """The account beneath."""
        return self.beneath.account()

    def changed(self) -> dict[EntryId, Entry | None]:
        """What each id that was written since the account had before; here the ids of the batch too."""
        ids = self._puts.keys() | {taint.id for taint in self._taints ^ self.beneath.taints()}
        held = self.beneath.held(ids)
        return {id: held.get(id) for id in ids} | self.beneath.changed()

    def standings(self, ids: Iterable[EntryId]) -> dict[EntryId, bytes]:
        """What is kept beneath."""
        return self.beneath.standings(ids)

    def found(self, terms: Iterable[str]) -> dict[str, set[EntryId]]:
        """What is kept beneath."""
        return self.beneath.found(terms)

    def found_from(self, beginnings: Iterable[str]) -> dict[str, set[EntryId]]:
        """What is kept beneath."""
        return self.beneath.found_from(beginnings)
