"""R1-R3: the categories of each record, own and carried. `deleted` is not among them.

Also the links that carry: those that are held, and those that a number in a document's text implies (R10).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import networkx as nx

from tests.specification import numbers
from tests.specification.lines import Line, Record
from tests.specification.permissions import cleared, consented
from tests.specification.setting import Link, Setting

UNCODED, EXCLUDED_SYSTEM = "uncoded", "excluded_system"


# --- R1, R12: codes ---


def categories_of_record(line: Line, policy: Mapping[str, Any]) -> set[str]:
    """R1: no code, or no list, is `uncoded`."""
    codes = line.get("access_codes")
    return categories_of(codes, policy) if isinstance(codes, list) and codes else {UNCODED}


def categories_of(codes: Iterable[object], policy: Mapping[str, Any]) -> set[str]:
    """R1: exact match; a code that the book does not have is `uncoded`."""
    meanings = {policy["codes"].get(code, UNCODED) if isinstance(code, str) else UNCODED for code in codes}
    return meanings - {"release"}


# --- the links that carry ---


def links_that_carry(setting: Setting) -> list[Link]:
    """Every link held, withheld or not (what withholds a link lets it carry on), and every implied one."""
    return [as_link(line) for line in setting.holdings.links.values()] + implied_links(setting)


def as_link(line: Line) -> Link:
    given = line.get("type")
    return Link(line["id"], given if isinstance(given, str) else None, line["from"], line["to"])


def implied_links(setting: Setting) -> list[Link]:
    """R10: what each document's title and narrative cite; a deleted one's tokens and number stay (R11)."""
    kind = setting.policy.get("implied_citation")
    records = setting.holdings.records
    held = numbers_held(records)
    return [
        Link(f"implied:{ident}:{target}", kind, ident, target, implied=True)
        for ident, record in records.items()
        if record.kind == "document" and kind is not None
        for text in record.citing_texts
        for target in sorted(numbers.cited(text, held, setting.patterns) - {ident})
    ]


def numbers_held(records: Mapping[str, Record]) -> dict[str, set[str]]:
    """The folded numbers of cases and documents, deleted ones too, with the ids that have each."""
    held: dict[str, set[str]] = {}
    for ident, record in records.items():
        if record.folded_number:
            held.setdefault(record.folded_number, set()).add(ident)
    return held


def is_known_and_fits(link: Link, setting: Setting) -> bool:
    """R3: a type that the policy has, between ends of its kinds. What is no record fits every kind."""
    rule = setting.policy["links"].get(link.type)
    records = setting.holdings.records
    return rule is not None and all(
        end not in records or records[end].kind in rule[side]
        for side, end in (("from", link.start), ("to", link.end))
    )


# --- R1, R2, R4: own categories ---


def own_categories(setting: Setting, links: Collection[Link]) -> dict[str, set[str]]:
    """Those of every record, and of every end that is none (R3), less those consented to (R4)."""
    records = setting.holdings.records
    ends = {end for link in links for end in (link.start, link.end)}
    own: dict[str, set[str]] = {ident: {UNCODED} for ident in ends - set(records)}
    for ident, record in records.items():
        own[ident] = categories_of_record(record.line, setting.policy)
        own[ident] |= categories_of_system(record.line, setting.policy)
        own[ident] |= {UNCODED} if ident in setting.tainted else set()
    for link in links:
        for end, category in mark_of(link, setting):
            own[end].add(category)
    return {ident: found - consented(setting, "record", ident) for ident, found in own.items()}


def categories_of_system(line: Line, policy: Mapping[str, Any]) -> set[str]:
    """R2: not listed as shared, listed as excluded, or missing."""
    system = line.get("source_system")
    is_shared = system in policy["shared_systems"] and system not in policy.get("excluded_systems", ())
    return set() if is_shared else {EXCLUDED_SYSTEM}


def mark_of(link: Link, setting: Setting) -> list[tuple[str, str]]:
    """R2: the end that the link's type marks, whatever its kind, and with what; none where cleared (R4)."""
    rule = setting.policy["links"].get(link.type, {})
    if "marks" not in rule or cleared(setting, link, rule["category"]):
        return []
    return [(link.start if rule["marks"] == "from" else link.end, rule["category"])]


# --- R3: carrying ---


def categories_left(setting: Setting) -> dict[str, set[str]]:
    """R3: own and carried categories of every record and every end. Reachability is the least fixpoint."""
    links = links_that_carry(setting)
    own = own_categories(setting, links)
    left: dict[str, set[str]] = {ident: set() for ident in own}
    for category in set().union(*own.values()):
        graph = carrying_graph(setting, links, own, category)
        for bearer in (ident for ident, found in own.items() if category in found):
            for ident in {bearer} | nx.descendants(graph, bearer):
                left[ident].add(category)
    return left


def carrying_graph(
    setting: Setting, links: Iterable[Link], idents: Iterable[str], category: str
) -> "nx.DiGraph[str]":
    """An arc from each record to those that this category passes to."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(idents)
    for link in links:
        way = way_carried(link, category, setting)
        if way in ("forward", "both"):
            graph.add_edge(link.start, link.end)
        if way in ("backward", "both"):
            graph.add_edge(link.end, link.start)
    return graph


def way_carried(link: Link, category: str, setting: Setting) -> str:
    """`forward`, `backward`, `both`, `none`: none where cleared (R4), all both ways where it does not fit."""
    if cleared(setting, link, category):
        return "none"
    if not is_known_and_fits(link, setting):
        return "both"
    rule = setting.policy["links"][link.type]
    return str(rule["carries"]) if category in rule.get("categories", [category]) else "none"
