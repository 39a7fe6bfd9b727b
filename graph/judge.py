"""What one agreement may have of the holdings, and why not the rest: R2–R8 put together, over arrays, without text.

A pure function of the linkage, the policy, the agreement and the day. It knows no other agreement.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from graph.agreement import Agreement
from graph.decisions import Cleared, clears, waives
from graph.linkage import NEVER_LOADED, Bools, Ints, Linkage, Links, Words, of_types
from graph.model import EntryId
from graph.policy import Policy
from graph.propagate import Passages, marked, passages
from graph.scope import Out, scope
from graph.shared import Shared
from graph.support import support


@dataclass(frozen=True, slots=True)
class Basis:
    """What is each record's and link's own for one agreement, and what passes; nothing has been carried yet (R2–R4).

    own: by node, as bits, with marks and less what consents took away. own_links: likewise by link. cleared: what the
    passages leave out. It is as large as the links and is made anew when asked for, so that no judgement keeps one.
    """

    own: Words
    own_links: Words
    cleared: Cleared
    passages: Passages


@dataclass(frozen=True, slots=True)
class Judgement:
    """categories: by node, own and carried, as bits. out: by node, bits of `Out`. released, links: what may be had.

    own_links: each link's own categories that no consent took away. open: links that lack nothing of their own (R8).
    """

    linkage: Linkage
    categories: Words
    own_links: Words
    out: Ints
    released: Bools
    open: Bools
    links: Bools

    def released_ids(self) -> frozenset[EntryId]:
        """The ids of the released records."""
        return frozenset(self.linkage.nodes.ids[node] for node in np.flatnonzero(self.released))

    def released_link_ids(self) -> frozenset[EntryId]:
        """The ids of the released links."""
        return frozenset(self.linkage.links.ids[link] for link in np.flatnonzero(self.links))

    def released_numbers(self) -> frozenset[str]:
        """The folded numbers of the released records, masked ones included."""
        return frozenset(number for node, number in self.linkage.nodes.numbers.items() if self.released[node])

    def withheld_by_reason(self, policy: Policy) -> dict[str, int]:
        """How many held records each reason withholds, in a fixed order; one record may have several reasons."""
        held = self.linkage.nodes.kind != NEVER_LOADED
        return counted(self.categories[held], self.out[held], policy)

    def reasons(self, node: int, policy: Policy) -> list[str]:
        """Why one record is withheld, in the same order; empty for a released one."""
        return policy.names_of(int(self.categories[node])) + [
            reason_of(way) for way in Out if self.out[node] & way
        ]


def counted(categories: Words, out: Ints, policy: Policy) -> dict[str, int]:
    """How many records each reason withholds, in a fixed order. categories, out: theirs, as a judgement has them."""
    counts: Counter[str] = Counter()
    for name in policy.categories:
        counts[name] = int(np.count_nonzero(categories & np.uint64(policy.bit(name))))
    for way in Out:
        counts[reason_of(way)] = int(np.count_nonzero(out & int(way)))
    return {reason: count for reason, count in counts.items() if count}


def all_reasons(policy: Policy) -> list[str]:
    """Every reason for which a record may be withheld, in that order."""
    return [*policy.categories, *map(reason_of, Out)]


def basis_of(
    linkage: Linkage, policy: Policy, agreement: Agreement, today: int, whole: Passages | None = None
) -> Basis:
    """The basis of one agreement's judgement on one day (an ordinal). whole: the linkage's passages, if at hand."""
    links = linkage.links
    cleared = [
        place
        for clearance in linkage.clearances
        for place in clears(clearance, linkage, policy, agreement, today)
    ]
    whole = whole or passages(links, policy)
    waived = [waives(consent, linkage, policy, agreement, today) for consent in linkage.consents]
    nodes = [(each.node, each.bit) for each in waived if each is not None and each.node is not None]
    ties = [(each.link, each.bit) for each in waived if each is not None and each.link is not None]
    return Basis(
        own=_less(marked(linkage.nodes.own, links, policy, cleared), nodes),
        own_links=_less(links.own, ties),
        cleared=cleared,
        passages=whole.without(cleared) if cleared else whole,
    )


def judge(
    linkage: Linkage, policy: Policy, agreement: Agreement, today: int, shared: Shared | None = None
) -> Judgement:
    """The judgement for one agreement on one day (an ordinal).

    shared: what the linkage's judgements for all agreements and days have in common; found here unless it is at hand.
    """
    links = linkage.links
    shared = shared or Shared.of(linkage, policy)
    categories, own_links = _carried(
        basis_of(linkage, policy, agreement, today, shared.closure.passages), shared
    )
    out = scope(linkage, policy, agreement, today)
    eligible = (categories == 0) & (out == 0) & (linkage.nodes.kind != NEVER_LOADED)
    may = may_open(links, policy, agreement, own_links)
    supported = support(linkage, shared.supporters, eligible, may)
    out = out | np.where(eligible & ~supported.released, int(Out.SUPPORT), 0)
    ends = supported.released[links.head] & supported.released[links.tail]
    return Judgement(
        linkage=linkage,
        categories=categories,
        own_links=own_links,
        out=out,
        released=supported.released,
        open=supported.open,
        links=supported.open & ends,
    )


def next_change(
    judgement: Judgement, policy: Policy, agreement: Agreement, today: int, shared: Shared | None = None
) -> int | None:
    """The next day on which time alone changes the release, or on which the agreement begins or ends.

    Another day is told only if the judgement of it differs: one on which nothing changes for this agreement would tell
    of what is withheld from it.
    """
    linkage = judgement.linkage
    shared = shared or Shared.of(linkage, policy)
    for day in _days_ahead(judgement, policy, agreement, today):
        if day in (agreement.effective, agreement.expires):
            return day
        then = judge(linkage, policy, agreement, day, shared)
        same = np.array_equal(then.released, judgement.released) and np.array_equal(
            then.links, judgement.links
        )
        if not same:
            return day
    return None


def _days_ahead(judgement: Judgement, policy: Policy, agreement: Agreement, today: int) -> list[int]:
    """Days on which something starts, ends, or comes of date, less those on which nothing can come of it."""
    linkage = judgement.linkage
    days = [agreement.effective, agreement.expires]
    for clearance in linkage.clearances:
        if clears(clearance, linkage, policy, agreement, clearance.effective):
            days += (clearance.effective, clearance.expires)
    for consent in linkage.consents:
        if waives(consent, linkage, policy, agreement, consent.effective) is not None:
            days += (consent.effective, consent.expires)
    may_come = (judgement.out == int(Out.DATE)) & ((linkage.nodes.own & ~np.uint64(policy.waivable)) == 0)
    days += linkage.nodes.day[may_come & (linkage.nodes.day > today)].tolist()
    return sorted({day for day in days if day > today})


def _carried(basis: Basis, shared: Shared) -> tuple[Words, Words]:
    """Categories by node and by link; the basis, which is large, is not kept while support is found."""
    return shared.closure.without(basis.own, basis.passages), basis.own_links


def may_open(links: Links, policy: Policy, agreement: Agreement, own_links: Words) -> Bools:
    """R8 but for the released source: type known and in the agreement, ends fit, nothing of its own."""
    types = policy.links.values()
    allowed = [agreement.link_types is None or t.name in agreement.link_types for t in types]
    needing = [t.needs_source for t in types]
    may: Bools = (
        links.sound
        & links.fits
        & of_types(links, allowed)
        & (own_links == 0)
        & (links.sourced | ~of_types(links, needing))
    )
    return may


def _less(own: Words, taken: list[tuple[int, int]]) -> Words:
    """R4: own categories without what consents take: places and bits."""
    words = own.copy() if taken else own
    for place, bit in taken:
        words[place] &= ~np.uint64(bit)
    return words


def reason_of(way: Out) -> str:
    """A way of being out of scope, or without support, as a reason is called."""
    return way.name.lower() if way.name else ""
