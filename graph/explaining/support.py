"""R7 explained: what an unsupported record lacks, and along which links a released one is supported.

An eligible record without support waits for others: each record that would support it and is itself withheld, and each
link in between that is not open, is a cause. Records that only wait themselves are passed through; a loop of them
supports nobody.
"""

from collections.abc import Collection, Iterator

import numpy as np

from graph.explaining.causes import Fact, Ground, Standing, Step
from graph.explaining.chains import Reached, leading_to
from graph.explaining.closed import closed_reasons
from graph.explaining.inquiry import Inquiry
from graph.explaining.tracing import Traced
from graph.linkage import KIND_BITS, Bools
from graph.model import RECORD_KINDS, Kind
from graph.policy import LinkType, Way
from graph.scope import Out

SUPPORT = "support"


def lacking(inquiry: Inquiry, node: int) -> list[Traced]:
    """The causes of a record that is eligible and has no support."""
    ways, waits = inquiry.supporting, _waits(inquiry)
    every = np.ones(len(ways.link), np.bool_)
    reached = leading_to([node], ways, every, inquiry.linkage, through=waits)
    found = [*_withheld_supporters(inquiry, reached, waits), *_closed_links(inquiry, reached, waits)]
    if found:
        return found
    looping = tuple(sorted(inquiry.id(other) for other in reached.onward))
    fact = Fact("R7", SUPPORT, Ground.NO_SUPPORTER, "links", looping, _supporting_types(inquiry, node))
    return [Traced(fact, inquiry.id(node), reached, node)]


def standing(inquiry: Inquiry, node: int) -> Standing:
    """What supports a released record; nothing where its kind needs no support."""
    if not _needs_support(inquiry)[node]:
        return Standing()
    judgement, ways = inquiry.judgement, inquiry.supporting
    gives = judgement.open[ways.link] & judgement.released[ways.giver]
    reached = leading_to([node], ways, gives, inquiry.linkage)
    direct = ways.to(node)
    supporters = {inquiry.step(int(way), ways) for way in direct[gives[direct]] if ways.giver[way] != node}
    needs = _needs_support(inquiry)
    roots = [other for other in reached.length if not needs[other]]
    nearest = min(roots, key=lambda root: (reached.length[root], inquiry.id(root)))
    return Standing(
        supporters=tuple(sorted(supporters, key=_by_giver)),
        support=tuple(inquiry.step(way, ways) for way in reached.chain(nearest)),
    )


def _withheld_supporters(inquiry: Inquiry, reached: Reached, waits: Bools) -> Iterator[Traced]:
    """Those who would give support and are withheld for more than the want of it."""
    for other in reached.onward:
        if not waits[other] and not inquiry.judgement.released[other]:
            found = inquiry.reasons(other)
            fact = Fact("R7", SUPPORT, Ground.SUPPORTER_WITHHELD, "supported by", found, ("released",))
            yield Traced(fact, inquiry.id(other), reached, other)


def _closed_links(inquiry: Inquiry, reached: Reached, waits: Bools) -> Iterator[Traced]:
    """The links that would bring support from somewhere and are not open."""
    ways, links, led = reached.ways, inquiry.linkage.links, _led_to(inquiry, reached, waits)
    for taker in (node for node in reached.length if waits[node]):
        for way in ways.to(taker).tolist():
            link, giver = int(ways.link[way]), int(ways.giver[way])
            if giver in led and giver != taker and not inquiry.judgement.open[link]:
                found = closed_reasons(inquiry, link)
                fact = Fact("R7", SUPPORT, Ground.LINK_NOT_OPEN, "supported along", found, ("open",))
                yield Traced(fact, links.ids[link], reached, taker, (way,))


def _led_to(inquiry: Inquiry, reached: Reached, waits: Bools) -> Collection[int]:
    """Where support could come from or pass: records that do not wait, and those that they lead to; not a mere loop."""
    outward = inquiry.supported
    waiting = np.zeros(len(waits), np.bool_)
    waiting[list(reached.length)] = True
    begin = [node for node in reached.length if not waits[node]]
    every = np.ones(len(outward.link), np.bool_)
    return leading_to(begin, outward, every, inquiry.linkage, through=waiting & waits).length


def _waits(inquiry: Inquiry) -> Bools:
    """By node: eligible, and withheld for want of support alone."""
    judgement = inquiry.judgement
    waits: Bools = (judgement.categories == 0) & (judgement.out == int(Out.SUPPORT))
    return waits


def _needs_support(inquiry: Inquiry) -> Bools:
    needy = [KIND_BITS[kind] for kind, needs in inquiry.policy.needs_support.items() if needs]
    return np.isin(inquiry.linkage.nodes.kind, needy)


def _supporting_types(inquiry: Inquiry, node: int) -> tuple[str, ...]:
    """The types of links along which such a record can be supported under the agreement."""
    kind = next(kind for kind in RECORD_KINDS if KIND_BITS[kind] == inquiry.linkage.nodes.kind[node])
    agreed = inquiry.agreement.link_types
    return tuple(
        name
        for name, link_type in inquiry.policy.links.items()
        if (agreed is None or name in agreed) and kind in _supported_kinds(link_type)
    )


def _supported_kinds(link_type: LinkType) -> Collection[Kind]:
    supported = {Way.FORWARD: link_type.tail, Way.BACKWARD: link_type.head}
    return supported.get(link_type.supports, ())


def _by_giver(step: Step) -> tuple[str, str]:
    return step.giver, step.link
