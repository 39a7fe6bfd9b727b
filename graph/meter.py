"""The over-withholding meter: how much of the holdings one agreement may have, why not more, what to review first.

A pure function of one judgement. It counts and supposes; it judges nothing and recommends nothing: a record that holds
back a thousand others may do so rightly.
"""

from dataclasses import dataclass

import numpy as np

from graph.explaining.inquiry import Inquiry
from graph.holding_back import Astray, Group, Holders, HoldingBack
from graph.model import AgreementId
from graph.reason_counts import ReasonCount, reason_counts
from graph.shares import Shares, shares_of
from graph.sole_source import sole_sources
from graph.suppose import Supposing


@dataclass(frozen=True, slots=True)
class Meter:
    """What the meter shows for one agreement on one day (an ordinal)."""

    agreement: AgreementId
    partner: str
    day: int
    shares: Shares
    reasons: tuple[ReasonCount, ...]
    groups: tuple[Group, ...]
    holders: Holders
    never_loaded: Holders
    uncoded: Holders
    astray: tuple[Astray, ...]


def meter(inquiry: Inquiry) -> Meter:
    """The meter of one agreement's judgement."""
    judgement, links = inquiry.judgement, inquiry.linkage.links
    basis, supposing = inquiry.basis, Supposing(inquiry)
    sole = sole_sources(basis.own, judgement.categories, basis.passages)
    uncited = supposing.categories_without(np.arange(links.count) >= links.held)
    holding = HoldingBack(inquiry, supposing, sole)
    return Meter(
        agreement=inquiry.agreement.id,
        partner=inquiry.agreement.partner,
        day=inquiry.today,
        shares=shares_of(judgement, inquiry.policy),
        reasons=reason_counts(inquiry, sole, uncited),
        groups=tuple(holding.groups()),
        holders=holding.holders(),
        never_loaded=holding.never_loaded(),
        uncoded=holding.uncoded(),
        astray=holding.astray(),
    )
