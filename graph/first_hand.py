"""What a change does at first hand: the records at which it has changed something, and the categories they may lose.

It may tell of more than is lost, and never of less: what remains after all is found by judging anew. How far it goes
from there is not looked at here.
"""

from collections.abc import Iterable, Mapping

from graph.excerpt import Excerpt, Ids, Look, Part
from graph.hop import Bits, owned, passing
from graph.model import Entry, EntryId, Kind
from graph.policy import Policy
from graph.reading import read_clearance, read_consent
from graph.terms import DECIDED, ends_of, named_by, number_of


class FirstHand:
    """touched: the ids of entries that have changed, or mean something else now."""

    def __init__(self, excerpt: Excerpt, policy: Policy, touched: frozenset[EntryId]) -> None:
        self.excerpt = excerpt
        self.policy = policy
        self.touched = touched
        self.looks: tuple[Look, Look] = (excerpt.then, excerpt.now)
        excerpt.read(touched)

    def entries(self, *kinds: Kind) -> Iterable[tuple[EntryId, Entry]]:
        """The touched entries of these kinds, as they were and as they are."""
        for id in self.touched:
            for look in self.looks:
                entry = look(id)
                if entry is not None and entry.kind in kinds:
                    yield id, entry

    def seeds(self) -> Ids:
        """The records at which something has changed: they, their links, decisions about these, or what they cite."""
        seeds = {id for id, _ in self.entries(Kind.CASE, Kind.DOCUMENT, Kind.SUBJECT)}
        for _, link in self.entries(Kind.LINK):
            seeds.update(ends_of(link))
        named = {
            id for _, decision in self.entries(Kind.CLEARANCE, Kind.CONSENT) for id in named_by(decision)
        }
        self.excerpt.read(named)
        for id in named:
            for look in self.looks:
                entry = look(id)
                seeds.update({id} if entry is None or entry.kind is not Kind.LINK else ends_of(entry))
        return seeds | self.excerpt.cites(self._changed_numbers())

    def _changed_numbers(self) -> set[str]:
        """Numbers that a record has no more, or has now."""
        numbers: set[str] = set()
        for id in self.touched:
            was, is_now = (number_of(look(id)) for look in self.looks)
            numbers |= {number for number in (was, is_now) if number is not None and was != is_now}
        return numbers

    def lost(self, then: Part, now: Part) -> Bits:
        """The categories that records may have lost at first hand: own ones, and along links that let less pass."""
        lost: Bits = {}
        self._lose(lost, owned(then.linkage, self.policy), owned(now.linkage, self.policy))
        stood = self.excerpt.stood(then.linkage.nodes.ids)
        passes = passing(now.linkage, self.policy)
        gone: Bits = {}
        for way, word in passing(then.linkage, self.policy).items():
            _, giver, taker = way
            was = stood[giver]
            if was is not None and (less := word & ~passes.get(way, 0) & was.any):
                gone[taker] = gone.get(taker, 0) | less
        self._lose(lost, gone, {})
        self._lose(lost, self._decided(), {})
        return lost

    def _lose(self, lost: Bits, had: Mapping[EntryId, int], has: Mapping[EntryId, int]) -> None:
        stood = self.excerpt.stood(had)
        for id, word in had.items():
            was = stood[id]
            if was is not None and (less := word & ~has.get(id, 0) & was.any):
                lost[id] = lost.get(id, 0) | less

    def _decisions(self) -> Iterable[Entry]:
        """The touched decisions, and those about touched links: one that did not fit a link may fit it now (R4)."""
        links = {id for id, _ in self.entries(Kind.LINK)}
        about = self.excerpt.found(DECIDED + id for id in links)
        self.excerpt.read(about)
        yield from (entry for _, entry in self.entries(Kind.CLEARANCE, Kind.CONSENT))
        yield from (entry for id in about if (entry := self.excerpt.now(id)) is not None)

    def _decided(self) -> Bits:
        """What such decisions may take, from the records that they name and the ends of the links that they name."""
        decided: Bits = {}
        for entry in self._decisions():
            decision = read_clearance(entry) if entry.kind is Kind.CLEARANCE else read_consent(entry)
            if decision is None or decision.category not in self.policy.categories:
                continue
            bit = self.policy.bit(decision.category)
            for id in named_by(entry):
                ends = [end for look in self.looks for end in ends_of(look(id))]
                for record in (id, *ends):
                    decided[record] = decided.get(record, 0) | bit
        return decided
