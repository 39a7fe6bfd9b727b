"""How many records each reason withholds from one agreement, and how many it withholds alone.

A record may have several reasons. What has one alone is where a review helps at once; what has one that comes from a
single record, more so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.explaining.inquiry import Inquiry
from graph.judge import reason_of
from graph.linkage import Bools, Ints, Words
from graph.policy import DELETED
from graph.scope import Out
from graph.shares import ByKind, by_kind, counted


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Of one reason: a category, a word of scope, or `support`.

    withheld: has it. alone: has no other. carried: has it by links alone, and not of its own. cited: would not have it
    without implied citations. one_record: has no other, and it comes from one record alone.
    """

    reason: str
    label: str | None
    authority: str | None
    withheld: ByKind
    alone: ByKind
    carried: int = 0
    cited: int = 0
    one_record: int = 0


def reason_counts(inquiry: Inquiry, sole: Ints, uncited: Words) -> tuple[ReasonCount, ...]:
    """Every reason that withholds something. sole: `sole_sources`. uncited: categories without implied citations."""
    told = (*_categories(inquiry, sole, uncited), *_scope(inquiry))
    return tuple(count for count in told if count.withheld.total)


def _categories(inquiry: Inquiry, sole: Ints, uncited: Words) -> Iterator[ReasonCount]:
    judgement, policy, own = inquiry.judgement, inquiry.policy, inquiry.basis.own
    kinds, chosen = inquiry.linkage.nodes.kind, counted(judgement, policy)
    for name, category in policy.categories.items():
        bit = np.uint64(policy.bit(name))
        has = chosen & ((judgement.categories & bit) != 0)
        alone = has & (judgement.categories == bit) & (judgement.out == 0)
        if name != DELETED:
            yield ReasonCount(
                reason=name,
                label=category.label,
                authority=category.authority,
                withheld=by_kind(kinds, has),
                alone=by_kind(kinds, alone),
                carried=_count(has & ((own & bit) == 0)),
                cited=_count(has & ((uncited & bit) == 0)),
                one_record=_count(alone & (sole >= 0)),
            )


def _scope(inquiry: Inquiry) -> Iterator[ReasonCount]:
    judgement, kinds = inquiry.judgement, inquiry.linkage.nodes.kind
    chosen = counted(judgement, inquiry.policy)
    for way in Out:
        has = chosen & ((judgement.out & int(way)) != 0)
        alone = has & (judgement.out == int(way)) & (judgement.categories == 0)
        yield ReasonCount(reason_of(way), None, None, by_kind(kinds, has), by_kind(kinds, alone))


def _count(nodes: Bools) -> int:
    return int(np.count_nonzero(nodes))
