"""What a linkage and its judgements say, by ids: whatever the numbers of nodes and links are."""

from typing import Any

from graph.decisions import type_name
from graph.judge import Judgement
from graph.linkage import NO_WORD, Linkage
from graph.policy import Policy


def said(linkage: Linkage, policy: Policy) -> dict[str, Any]:
    """All that it says; a source that is named twice is one."""
    nodes, links = linkage.nodes, linkage.links
    words = {number: word for word, number in linkage.words.items()} | {NO_WORD: None}
    sources: dict[int, list[str]] = {}
    for link, node in zip(links.source_link.tolist(), links.source_node.tolist(), strict=True):
        sources.setdefault(link, []).append(nodes.ids[node])
    heads = links.head[links.held :].tolist()
    assert heads == sorted(heads)
    assert linkage.node_of == {id: node for node, id in enumerate(nodes.ids)}
    ends = [(nodes.ids[head], nodes.ids[tail]) for head, tail in zip(links.head, links.tail, strict=True)]
    columns = (links.own, links.sound, links.fits, links.sourced)
    stated = [
        (*ends[place], type_name(links, policy, place), *(column[place].item() for column in columns))
        for place in range(links.count)
    ]
    return {
        "nodes": {
            id: (
                *(column[node].item() for column in (nodes.kind, nodes.own, nodes.day)),
                *(column[node].item() for column in (nodes.approved, nodes.numbered, nodes.given)),
                *(words[int(column[node])] for column in (nodes.office, nodes.status, nodes.program)),
                nodes.numbers.get(node),
            )
            for id, node in linkage.node_of.items()
        },
        "links": {
            links.ids[place]: (*stated[place], frozenset(sources.get(place, ())))
            for place in range(links.held)
        },
        "implied": sorted(
            (links.ids[place], *map(str, stated[place])) for place in range(links.held, links.count)
        ),
        "decisions": (sorted(map(repr, linkage.clearances)), sorted(map(repr, linkage.consents))),
        "named": {id: links.ids[place] for id, place in linkage.link_of.items()},
    }


def judged(judgement: Judgement) -> dict[str, Any]:
    """All that it decides."""
    nodes, links = judgement.linkage.nodes.ids, judgement.linkage.links
    return {
        "records": {
            id: (
                judgement.categories[node].item(),
                judgement.out[node].item(),
                judgement.released[node].item(),
            )
            for node, id in enumerate(nodes)
        },
        "links": sorted(
            (
                links.ids[place],
                nodes[links.head[place]],
                judgement.own_links[place].item(),
                judgement.open[place].item(),
                judgement.links[place].item(),
            )
            for place in range(links.count)
        ),
    }
