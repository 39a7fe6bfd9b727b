"""R8 in words: why a link is not open. From arrays alone, so that it can be asked of every link of a hub.

The words are those of the facts in `graph.explaining.link`, which says the same of one link with what its line has.
"""

from graph.explaining.causes import Ground
from graph.explaining.inquiry import Inquiry
from graph.linkage import UNKNOWN_TYPE

SOURCES = "sources"
"""The reason of a link or a property none of whose sources is a released document."""


def closed_reasons(inquiry: Inquiry, link: int) -> tuple[str, ...]:
    """Why a held link is not open; empty for one that is. Whether its ends are released is another question."""
    links, type = inquiry.linkage.links, int(inquiry.linkage.links.type[link])
    reasons = [] if links.sound[link] else [Ground.UNSOUND.value]
    reasons += inquiry.policy.names_of(int(inquiry.judgement.own_links[link]))
    if type == UNKNOWN_TYPE:
        reasons.append(Ground.UNKNOWN_TYPE.value)
    elif not links.fits[link]:
        reasons.append(Ground.OTHER_KINDS.value)
    if not is_agreed(inquiry, link):
        reasons.append(Ground.NOT_IN_AGREEMENT.value)
    if lacks_a_source(inquiry, link):
        reasons.append(Ground.NO_SOURCE.value)
    elif not inquiry.asserted[link]:
        reasons.append(SOURCES)
    return tuple(reasons)


def is_agreed(inquiry: Inquiry, link: int) -> bool:
    """Whether the agreement names the link's type; it cannot name one that the policy does not know."""
    agreed, number = inquiry.agreement.link_types, int(inquiry.linkage.links.type[link])
    return agreed is None or number == UNKNOWN_TYPE or list(inquiry.policy.links)[number] in agreed


def lacks_a_source(inquiry: Inquiry, link: int) -> bool:
    """Whether its type needs a source and it names none."""
    links = inquiry.linkage.links
    needing = [link_type.number for link_type in inquiry.policy.links.values() if link_type.needs_source]
    return bool(not links.sourced[link] and int(links.type[link]) in needing)
