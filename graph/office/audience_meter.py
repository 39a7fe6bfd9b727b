"""How much one agreement has of what a reader may know of, and why not the rest: by kind of record.

What is released is the whole's word; the reasons are those of what the reader may know of, judged by itself. A record
that none of these withholds is counted under a reason that is not shown. Deleted records are not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.judge import reason_of
from graph.linkage import KIND_BITS, Bools, Ints
from graph.model import RECORD_KINDS, AgreementId, Kind
from graph.office.audience import Audience
from graph.scope import Out
from graph.shares import ByKind, by_kind, counted

NOT_SHOWN_REASON: Final = "not shown"


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many records of one kind have a reason; one record may have several."""

    reason: str
    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class AudienceMeter:
    """Numbers of records."""

    held: ByKind
    released: ByKind
    withheld: tuple[Withheld, ...]


def audience_meter(audience: Audience, agreement: AgreementId) -> AudienceMeter:
    """The meter of one agreement on file, for one reader."""
    judgement, policy = audience.seen.judgement(agreement), audience.seen.rules.policy
    kinds, chosen = judgement.linkage.nodes.kind, counted(judgement, policy)
    released = chosen & released_of_seen(audience, agreement)
    withheld = chosen & ~released
    reasons = [
        *((name, (judgement.categories & np.uint64(policy.bit(name))) != 0) for name in policy.categories),
        *((reason_of(way), (judgement.out & int(way)) != 0) for way in Out),
        (NOT_SHOWN_REASON, judgement.released),
    ]
    told = tuple(each for name, has in reasons for each in _counts(name, kinds, withheld & has))
    return AudienceMeter(by_kind(kinds, chosen), by_kind(kinds, released), told)


def released_of_seen(audience: Audience, agreement: AgreementId) -> Bools:
    """By node of what is seen: whether it is released, by all that is held."""
    released = audience.whole.judgement(agreement).released
    if audience.sees_all:
        return released
    of_whole = audience.whole.linkage.node_of
    places = np.array([of_whole[id] for id in audience.seen.linkage.nodes.ids], np.int64)
    bits: Bools = released[places]
    return bits


def _counts(reason: str, kinds: Ints, has: Bools) -> Iterator[Withheld]:
    for kind in RECORD_KINDS:
        count = int(np.count_nonzero(has & (kinds == KIND_BITS[kind])))
        if count:
            yield Withheld(reason, kind, count)
