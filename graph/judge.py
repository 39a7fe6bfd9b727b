"""What one agreement may have of the holdings, and why not the rest: R2–R8 put together, over arrays, without text.

A pure function of the linkage, the policy, the agreement and the day. It knows no other agreement.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graph.agreement import Agreement
from graph.days import in_period
from graph.linkage import NEVER_LOADED, UNKNOWN_TYPE, Bools, Ints, Linkage, Links, Words
from graph.model import Clearance, Consent, EntryId
from graph.policy import Policy
from graph.propagate import Passages, carried, marked, passages
from graph.scope import Out, scope
from graph.support import support


@dataclass(frozen=True, slots=True)
class Judgement:
    """categories: by node, own and carried, as bits. out: by node, bits of `Out`. released, links: what may be had.

    own_links: each link's own categories that no consent took away.
    """

    linkage: Linkage
    categories: Words
    own_links: Words
    out: Ints
    released: Bools
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
        counts: Counter[str] = Counter()
        for name in policy.categories:
            counts[name] = int(np.count_nonzero(held & (self.categories & np.uint64(policy.bit(name)) != 0)))
        for way in Out:
            counts[_reason(way)] = int(np.count_nonzero(held & (self.out & int(way) != 0)))
        return {reason: count for reason, count in counts.items() if count}


def judge(linkage: Linkage, policy: Policy, agreement: Agreement, today: int) -> Judgement:
    """The judgement for one agreement on one day (an ordinal)."""
    links = linkage.links
    cleared = _stopped(linkage, policy, agreement, today)
    waived_nodes, waived_links = _waived(linkage, policy, agreement, today)
    own = marked(linkage.nodes.own, links, policy, cleared) & ~waived_nodes
    own_links = links.own & ~waived_links
    categories = carried(own, _passages(links, policy, cleared))
    out = scope(linkage, policy, agreement, today)
    eligible = (categories == 0) & (out == 0) & (linkage.nodes.kind != NEVER_LOADED)
    supported = support(linkage, policy, eligible, _may_open(links, policy, agreement, own_links))
    out = out | np.where(eligible & ~supported.released, int(Out.SUPPORT), 0)
    ends = supported.released[links.head] & supported.released[links.tail]
    return Judgement(linkage, categories, own_links, out, supported.released, supported.open & ends)


def next_boundary(linkage: Linkage, agreement: Agreement, today: int) -> int | None:
    """The next day on which time alone may change the release: something starts, ends, or comes of date."""
    decisions: Iterable[Clearance | Consent] = (
        *(clearance for clearance in linkage.clearances if agreement.id in clearance.agreements),
        *(consent for consent in linkage.consents if consent.agreement == agreement.id),
    )
    days = [agreement.effective, agreement.expires]
    days += [day for decision in decisions for day in (decision.effective, decision.expires)]
    postdated = linkage.nodes.day[linkage.nodes.day > today]
    if len(postdated):
        days.append(int(postdated.min()))
    return min((day for day in days if day > today), default=None)


def _passages(links: Links, policy: Policy, cleared: list[tuple[int, int]]) -> Passages:
    whole = passages(links, policy)
    return whole.without(cleared) if cleared else whole


def _may_open(links: Links, policy: Policy, agreement: Agreement, own_links: Words) -> Bools:
    """R8 but for the released source: type known and in the agreement, ends fit, nothing of its own."""
    types = policy.links.values()
    allowed = [t.number for t in types if agreement.link_types is None or t.name in agreement.link_types]
    needing = [t.number for t in types if t.needs_source]
    may_open: Bools = (
        links.sound
        & links.fits
        & np.isin(links.type, allowed)
        & (own_links == 0)
        & (links.sourced | ~np.isin(links.type, needing))
    )
    return may_open


def _stopped(linkage: Linkage, policy: Policy, agreement: Agreement, today: int) -> list[tuple[int, int]]:
    """R4: links along which a category does not pass, with its bit: the link as approved, and the implied citations."""
    stopped: list[tuple[int, int]] = []
    for clearance in linkage.clearances:
        in_time = in_period(today, clearance.effective, clearance.expires)
        if in_time and agreement.id in clearance.agreements and clearance.category in policy.categories:
            bit = policy.bit(clearance.category)
            stopped += ((link, bit) for link in _cleared_links(linkage, policy, clearance))
    return stopped


def _cleared_links(linkage: Linkage, policy: Policy, clearance: Clearance) -> list[int]:
    links = linkage.links
    head, tail = linkage.node_of.get(clearance.head), linkage.node_of.get(clearance.tail)
    if head is None or tail is None:
        return []
    implied_heads, implied_tails = links.head[links.held :], links.tail[links.held :]
    between = ((implied_heads == head) & (implied_tails == tail)) | (
        (implied_heads == tail) & (implied_tails == head)
    )
    cleared = [links.held + int(place) for place in np.flatnonzero(between)]
    link = linkage.link_of.get(clearance.link)
    if link is not None and link < links.held and _as_approved(linkage, policy, link, clearance):
        cleared.append(link)
    return cleared


def _as_approved(linkage: Linkage, policy: Policy, link: int, clearance: Clearance) -> bool:
    """A clearance has no effect on a link whose type or ends differ from what was approved."""
    links = linkage.links
    return (
        _type_name(links, policy, link) == clearance.type
        and linkage.nodes.ids[links.head[link]] == clearance.head
        and linkage.nodes.ids[links.tail[link]] == clearance.tail
    )


def _type_name(links: Links, policy: Policy, link: int) -> str | None:
    number = links.type[link]
    return links.unknown_types.get(link) if number == UNKNOWN_TYPE else list(policy.links)[number]


def _waived(linkage: Linkage, policy: Policy, agreement: Agreement, today: int) -> tuple[Words, Words]:
    """R4: own categories that consents take away, by node and by link."""
    nodes = np.zeros(len(linkage.nodes.kind), np.uint64)
    links = np.zeros(linkage.links.count, np.uint64)
    for consent in linkage.consents:
        category = policy.categories.get(consent.category)
        in_time = in_period(today, consent.effective, consent.expires)
        if not in_time or consent.agreement != agreement.id or category is None or not category.waivable:
            continue
        node = linkage.node_of.get(consent.record) if consent.record is not None else None
        link = linkage.link_of.get(consent.link) if consent.link is not None else None
        if node is not None and linkage.nodes.kind[node] != NEVER_LOADED:
            nodes[node] |= np.uint64(policy.bit(category.name))
        if link is not None:
            links[link] |= np.uint64(policy.bit(category.name))
    return nodes, links


def _reason(way: Out) -> str:
    return way.name.lower() if way.name else ""
