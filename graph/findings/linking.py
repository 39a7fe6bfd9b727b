"""Findings about links: one that leads to what was never loaded, and one of a type that the policy does not know."""

from collections.abc import Iterator

from graph.findings.examined import Examined, quoted
from graph.findings.finding import Finding, Rule
from graph.model import EntryId


def dangling_link(examined: Examined) -> Iterator[Finding]:
    """An end that was never loaded is uncoded, and passes that on (R3)."""
    links = examined.around.linkage.links
    for link in examined.odd(examined.around.links.dangling):
        text = f"The link {quoted(links.ids[link])} leads to {quoted(_other(examined, link))}, which was never loaded."
        yield examined.finding(Rule.DANGLING_LINK, links.ids[link], text)


def unknown_link_type(examined: Examined) -> Iterator[Finding]:
    """Such a link is withheld and carries everything both ways (R3). It is told of the record from which it leads."""
    links = examined.around.linkage.links
    for link in examined.odd(examined.around.links.unknown):
        type = links.unknown_types.get(link)
        what = (
            "has no type"
            if type is None
            else f"is of the type {quoted(type)}, which the policy does not know"
        )
        text = f"The link {quoted(links.ids[link])} {what}."
        yield examined.finding(Rule.UNKNOWN_LINK_TYPE, links.ids[link], text)


def _other(examined: Examined, link: int) -> EntryId:
    links, ids = examined.around.linkage.links, examined.around.linkage.nodes.ids
    return ids[int(links.tail[link] if links.head[link] == examined.node else links.head[link])]
