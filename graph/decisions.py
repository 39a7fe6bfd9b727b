"""R4: what each clearance and each consent takes away, for one agreement on one day.

A clearance stops one category along the link that it states, as it states it, and along the implied citations between
those two records. A consent takes a waivable category from one record's or link's own categories. Whether a line is a
decision at all (its fields, its two persons) was settled when it was read.
"""

from dataclasses import dataclass

import numpy as np

from graph.agreement import Agreement
from graph.days import in_period
from graph.linkage import NEVER_LOADED, UNKNOWN_TYPE, Linkage, Links
from graph.model import Clearance, Consent
from graph.policy import Policy

Cleared = list[tuple[int, int]]
"""Links along which some category does not pass, each with that category's bit."""


@dataclass(frozen=True, slots=True)
class Waived:
    """A category (a bit) that is taken from a node's or a link's own; what the consent is not for is None."""

    node: int | None
    link: int | None
    bit: int


def clears(
    clearance: Clearance, linkage: Linkage, policy: Policy, agreement: Agreement, today: int
) -> Cleared:
    """Where the clearance stops its category: the link as approved, and the implied citations. None: no effect."""
    in_time = in_period(today, clearance.effective, clearance.expires)
    if not in_time or agreement.id not in clearance.agreements or clearance.category not in policy.categories:
        return []
    bit = policy.bit(clearance.category)
    return [(link, bit) for link in _cleared_links(linkage, policy, clearance)]


def waives(
    consent: Consent, linkage: Linkage, policy: Policy, agreement: Agreement, today: int
) -> Waived | None:
    """What the consent takes away, or None where it has no effect."""
    category = policy.categories.get(consent.category)
    in_time = in_period(today, consent.effective, consent.expires)
    if not in_time or consent.agreement != agreement.id or category is None or not category.waivable:
        return None
    node = linkage.node_of.get(consent.record) if consent.record is not None else None
    link = linkage.link_of.get(consent.link) if consent.link is not None else None
    if node is not None and linkage.nodes.kind[node] == NEVER_LOADED:
        return None
    if node is None and link is None:
        return None
    return Waived(node, link, policy.bit(category.name))


def type_name(links: Links, policy: Policy, link: int) -> str | None:
    """The type that a link's line states; None where it states none."""
    number = links.type[link]
    return links.unknown_types.get(link) if number == UNKNOWN_TYPE else list(policy.links)[number]


def _cleared_links(linkage: Linkage, policy: Policy, clearance: Clearance) -> list[int]:
    links = linkage.links
    head, tail = linkage.node_of.get(clearance.head), linkage.node_of.get(clearance.tail)
    if head is None or tail is None:
        return []
    cleared = _implied(links, head, tail) + _implied(links, tail, head)
    link = linkage.link_of.get(clearance.link)
    if link is not None and link < links.held and _as_approved(linkage, policy, link, clearance):
        cleared.append(link)
    return cleared


def _implied(links: Links, head: int, tail: int) -> list[int]:
    """The implied citations from one record to another; they stand in order of their heads."""
    first, last = np.searchsorted(links.head[links.held :], (head, head + 1)) + links.held
    found: list[int] = (first + np.flatnonzero(links.tail[first:last] == tail)).tolist()
    return found


def _as_approved(linkage: Linkage, policy: Policy, link: int, clearance: Clearance) -> bool:
    """A clearance has no effect on a link whose type or ends differ from what was approved."""
    links = linkage.links
    return (
        type_name(links, policy, link) == clearance.type
        and linkage.nodes.ids[links.head[link]] == clearance.head
        and linkage.nodes.ids[links.tail[link]] == clearance.tail
    )
