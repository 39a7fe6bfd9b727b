"""Whether what is kept beside the entries is what a judgement of everything would keep (graph/keeping.py).

A change is judged by its region from this, so a difference here may one day be one of a release. What is kept and
cannot be relied on is never read, and is no difference.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from graph.draft import Draft, Rules
from graph.keeping import JudgedWhole
from graph.model import AgreementId, EntryId
from graph.standing import Account
from graph.store import KeptHoldings
from graph.terms import end_terms, terms_of
from graph.verifying import Finding, What

_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class KeptBeside:
    """account: what is kept, and can be relied on."""

    holdings: KeptHoldings
    account: Account

    def findings(
        self, rules: Rules, judged: JudgedWhole, drafts: Mapping[AgreementId, Draft]
    ) -> Iterator[Finding]:
        """Every difference. judged, drafts: of the whole, on the account's day."""
        standings = self._standings(judged.standings())
        terms = self._terms(rules)
        counts = [kept.id for kept in self.account.agreements if kept.withheld != _withheld(drafts, kept.id)]
        if standings:
            yield Finding(None, What.STANDINGS, tuple(sorted(standings)))
        if terms:
            yield Finding(None, What.TERMS, tuple(sorted(terms)))
        yield from (Finding(AgreementId(id), What.COUNTS) for id in counts)

    def _standings(self, standings: Iterator[tuple[EntryId, bytes]]) -> set[EntryId]:
        differing: set[EntryId] = set()
        while some := dict(islice(standings, _AT_ONCE)):
            kept = self.holdings.standings(some)
            differing |= {id for id, standing in some.items() if kept.get(id) != standing}
        return differing

    def _terms(self, rules: Rules) -> set[EntryId]:
        """Entries that would not be found by something by which they are to be."""
        pairs = (
            (term, entry.id)
            for entry in self.holdings.entries()
            for term in terms_of(entry, rules.policy, self.account.day) | end_terms(entry)
        )
        missing: set[EntryId] = set()
        while some := list(islice(pairs, _AT_ONCE)):
            found = self.holdings.found({term for term, _ in some})
            missing |= {id for term, id in some if id not in found.get(term, ())}
        return missing


def _withheld(drafts: Mapping[AgreementId, Draft], id: str) -> Mapping[str, int]:
    return dict(drafts[AgreementId(id)].withheld)
