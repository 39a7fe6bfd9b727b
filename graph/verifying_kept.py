"""Whether what is kept beside the entries is what a judgement of everything would keep (graph/keeping.py).

A change is judged by its region from this, so a difference here may one day be one of a release. What is kept and
cannot be relied on is never read, and is no difference. What is kept is streamed once, and never there as a whole; of
terms and ends, of which there are many millions, both sides are added up, and the store is asked only for those among
which the sums differ (graph/tallies.py). What is kept beyond them finds too much, which is no difference.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.keeping import JudgedWhole
from graph.model import AgreementId, EntryId
from graph.portions import portions
from graph.standing import Account
from graph.store import StoredHoldings
from graph.tallies import Tally, share
from graph.terms import DAY, END, day_term
from graph.verifying import Finding, What

_AT_ONCE: Final = 5_000

Pair = tuple[str, EntryId]


@dataclass(frozen=True, slots=True)
class KeptBeside:
    """account: what is kept, and can be relied on."""

    holdings: StoredHoldings
    account: Account

    def findings(self, judged: JudgedWhole) -> Iterator[Finding]:
        """Every difference. judged: the whole, on the account's day."""
        standings = self._standings(judged)
        terms = self._not_found(lambda: judged.all_terms(self.holdings), self._kept_terms())
        terms |= self._not_found(judged.all_ends, self._kept_ends())
        withheld = judged.withheld()
        counts = [
            kept.id for kept in self.account.agreements if kept.withheld != withheld[AgreementId(kept.id)]
        ]
        if standings:
            yield Finding(None, What.STANDINGS, tuple(sorted(standings)))
        if terms:
            yield Finding(None, What.TERMS, tuple(sorted(terms)))
        yield from (Finding(AgreementId(id), What.COUNTS) for id in counts)

    def _standings(self, judged: JudgedWhole) -> set[EntryId]:
        """The ids of the nodes of which nothing is kept, or something else than how they stand."""
        linkage = judged.stated.linkage
        is_kept = np.zeros(len(linkage.nodes.ids), np.bool_)
        for some in portions(self.holdings.every_standing(), _AT_ONCE):
            kept = [(node, body) for id, body in some if (node := linkage.node_of.get(id)) is not None]
            stand = judged.standings_of([node for node, _ in kept])
            is_kept[[node for (node, body), so in zip(kept, stand, strict=True) if body == so]] = True
        return {linkage.nodes.ids[node] for node in np.flatnonzero(~is_kept).tolist()}

    def _kept_terms(self) -> Iterator[Pair]:
        """All but those of days that had come: they were kept before, and nobody asks for them any more."""
        last = day_term(self.account.day)
        return (pair for pair in self.holdings.every_term() if not DAY <= pair[0] <= last)

    def _kept_ends(self) -> Iterator[Pair]:
        for link, head, tail in self.holdings.every_tie():
            yield from ((END + end, link) for end in {head, tail})

    def _not_found(self, pairs: Callable[[], Iterator[Pair]], kept: Iterator[Pair]) -> set[EntryId]:
        """Entries that would not be found by something by which they are to be. pairs: a term and an entry, of all."""
        differing = Tally.of(pairs()).differing(Tally.of(kept))
        if not differing:
            return set()
        missing: set[EntryId] = set()
        wanted = (pair for pair in pairs() if share(pair) in differing)
        for some in portions(wanted, _AT_ONCE):
            found = self.holdings.found({term for term, _ in some})
            missing |= {id for term, id in some if id not in found.get(term, ())}
        return missing
