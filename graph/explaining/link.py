"""R8 explained: why a held link is withheld. What its line has, what its type is, its sources, and its two ends.

A withheld end's own causes are causes of the link. The words of the other reasons are in `graph.explaining.closed`.
"""

from collections.abc import Iterator

from graph.decisions import type_name
from graph.explaining.causes import Cause, Fact, Ground
from graph.explaining.closed import is_agreed, lacks_a_source
from graph.explaining.grounds import facts_of_codes, facts_of_taint, facts_of_unsoundness, named
from graph.explaining.inquiry import Inquiry, changed
from graph.explaining.record import causes_of_record
from graph.explaining.sources import source_causes
from graph.explaining.tracing import own_cause
from graph.linkage import KIND_BITS, NEVER_LOADED, UNKNOWN_TYPE
from graph.model import FIELDS, RECORD_KINDS, Kind
from graph.policy import LinkType


def causes_of_link(inquiry: Inquiry, link: int) -> tuple[Cause, ...]:
    """Every cause of a held link; none for a released one."""
    id = inquiry.linkage.links.ids[link]
    own = [
        *_facts_of_soundness(inquiry, link),
        *_facts_of_categories(inquiry, link),
        *_facts_of_type(inquiry, link),
    ]
    sources: tuple[Cause, ...] = ()
    if not inquiry.asserted[link]:
        sources = source_causes(inquiry, id, inquiry.line(id).get("sources"), "R8")
    return (*(own_cause(id, fact) for fact in own), *sources, *causes_of_ends(inquiry, link))


def causes_of_ends(inquiry: Inquiry, link: int) -> tuple[Cause, ...]:
    """The causes of its ends, `from` first; of a self-loop once."""
    links = inquiry.linkage.links
    ends = dict.fromkeys((int(links.head[link]), int(links.tail[link])))
    return tuple(cause for end in ends for cause in causes_of_record(inquiry, end))


def _facts_of_soundness(inquiry: Inquiry, link: int) -> list[Fact]:
    """R12: what keeps the link from being judged."""
    id = inquiry.linkage.links.ids[link]
    entry = inquiry.entry(id)
    facts = list(facts_of_unsoundness(inquiry.line(id), FIELDS[Kind.LINK].names))
    if entry is not None:
        facts += facts_of_taint(inquiry, entry, Ground.UNSOUND.value)
    if inquiry.linkage.links.sound[link] != (not facts):
        raise changed(id)
    return facts


def _facts_of_categories(inquiry: Inquiry, link: int) -> list[Fact]:
    """R1, R8: the link's own categories, by its codes and by its type."""
    id, policy = inquiry.linkage.links.ids[link], inquiry.policy
    own = policy.names_of(int(inquiry.judgement.own_links[link]))
    facts = list(facts_of_codes(inquiry.line(id), policy, needed=False))
    link_type = _type(inquiry, link)
    if link_type is not None:
        facts += (
            Fact("R8", name, Ground.LINK_TYPE, "type", (link_type.name,))
            for name in policy.names_of(link_type.own)
        )
    if not {fact.reason for fact in facts}.issuperset(own):
        raise changed(id)
    return [named(fact, policy) for fact in facts if fact.reason in own]


def _facts_of_type(inquiry: Inquiry, link: int) -> Iterator[Fact]:
    """R3, R8: its type is not known, not for such ends, not in the agreement; or it needs a source and has none."""
    links, link_type = inquiry.linkage.links, _type(inquiry, link)
    stated = type_name(links, inquiry.policy, link)
    type = () if stated is None else (stated,)
    if link_type is None:
        yield Fact.plain("R3", Ground.UNKNOWN_TYPE, "type", type, ("a link type of the policy",))
    elif not links.fits[link]:
        yield Fact.plain(
            "R3",
            Ground.OTHER_KINDS,
            "from, to",
            _kinds(inquiry, link),
            _fitting(link_type),
        )
    if not is_agreed(inquiry, link):
        wanted = tuple(sorted(inquiry.agreement.link_types or ()))
        yield Fact.plain("R8", Ground.NOT_IN_AGREEMENT, "type", type, wanted)
    if lacks_a_source(inquiry, link):
        yield Fact.plain("R8", Ground.NO_SOURCE, "sources", (), ("a released document",))


def _type(inquiry: Inquiry, link: int) -> LinkType | None:
    number = int(inquiry.linkage.links.type[link])
    return None if number == UNKNOWN_TYPE else list(inquiry.policy.links.values())[number]


def _kinds(inquiry: Inquiry, link: int) -> tuple[str, str]:
    links = inquiry.linkage.links
    return f"from {_kind(inquiry, int(links.head[link]))}", f"to {_kind(inquiry, int(links.tail[link]))}"


def _kind(inquiry: Inquiry, node: int) -> str:
    bits = inquiry.linkage.nodes.kind[node]
    return "never loaded" if bits == NEVER_LOADED else next(k for k in RECORD_KINDS if KIND_BITS[k] == bits)


def _fitting(link_type: LinkType) -> tuple[str, str]:
    return f"from {' or '.join(sorted(link_type.head))}", f"to {' or '.join(sorted(link_type.tail))}"
