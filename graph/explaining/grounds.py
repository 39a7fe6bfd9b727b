"""The base facts under a category: what stands in a line, or what a link does to an end, that puts it there (R1, R2).

It tells facts of the categories that the judgement has found to be something's own, and never adds or drops one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from graph.explaining.causes import Fact, Ground
from graph.explaining.inquiry import Inquiry, changed, shown
from graph.linkage import Ints
from graph.model import Entry
from graph.policy import DELETED, EXCLUDED_SYSTEM, UNCODED, LinkType, Policy

Coded = Mapping[str, Any]
"""A line, or a property in one: what may have `access_codes`."""


def own_facts(inquiry: Inquiry, node: int, marks: Sequence[int]) -> list[Fact]:
    """The facts of a record's own categories, as the basis has them. marks: the links that mark it."""
    entry = inquiry.entry(inquiry.id(node))
    own = inquiry.policy.names_of(int(inquiry.basis.own[node]))
    if inquiry.is_loaded(node):
        facts = [] if entry is None else _facts_of_line(inquiry, entry)
    else:
        facts = [Fact("R3", UNCODED, Ground.NEVER_LOADED)]
    facts += _facts_of_marks(inquiry, marks)
    if not {fact.reason for fact in facts}.issuperset(own):
        raise changed(inquiry.id(node))
    return [named(fact, inquiry.policy) for fact in facts if fact.reason in own]


def facts_of_codes(coded: Coded, policy: Policy, *, needed: bool) -> Iterator[Fact]:
    """R1: what codes stand for. needed: without any it is `uncoded`; else that is no restriction."""
    codes = coded.get("access_codes", [])
    if not isinstance(codes, list):
        yield Fact("R1", UNCODED, Ground.NO_CODES, "access_codes", (shown(codes),), ("a list of codes",))
        return
    if not codes and needed:
        yield Fact("R1", UNCODED, Ground.NO_CODES, "access_codes", (), ("a code of the code book",))
    unknown = [shown(code) for code in codes if not isinstance(code, str) or code not in policy.codes]
    if unknown:
        in_book = ("codes of the code book",)
        yield Fact("R1", UNCODED, Ground.UNKNOWN_CODES, "access_codes", _once(unknown), in_book)
    for name in policy.categories:
        meaning = [
            code for code in codes if isinstance(code, str) and policy.codes.get(code, 0) == policy.bit(name)
        ]
        if meaning:
            wanted = tuple(code for code, word in policy.codes.items() if not word)
            yield Fact("R1", name, Ground.CODES, "access_codes", _once(meaning), wanted)


def facts_of_taint(inquiry: Inquiry, entry: Entry, reason: str) -> Iterator[Fact]:
    """R12: that a person has withdrawn it, with who, when and why, and that a rejected line names it."""
    withdrawal = inquiry.withdrawals.get(entry.id)
    if withdrawal is not None:
        found = (withdrawal.who, withdrawal.at, withdrawal.reason)
        yield Fact("R12", reason, Ground.WITHDRAWN, found=found, wanted=("that it is lifted",))
    if entry.tainted and (withdrawal is None or withdrawal.rejected_too):
        yield Fact(
            "R12",
            reason,
            Ground.REJECTED,
            wanted=("a good line for the id of that line (`caselink rejects list`)",),
        )


def facts_of_unsoundness(coded: Coded, known: frozenset[str]) -> Iterator[Fact]:
    """R12: unknown fields and wrong types, in the line of a link or in a property. known: the fields it may have."""
    unknown = tuple(sorted(name for name in coded if name not in known))
    if unknown:
        yield Fact.plain("R12", Ground.UNSOUND, "unknown fields", unknown, ("no such field",))
    sources, codes = coded.get("sources", []), coded.get("access_codes", [])
    if not isinstance(sources, list) or not all(isinstance(source, str) for source in sources):
        yield Fact.plain("R12", Ground.UNSOUND, "sources", (shown(sources),), ("a list of ids",))
    if not isinstance(codes, list):
        yield Fact.plain("R12", Ground.UNSOUND, "access_codes", (shown(codes),), ("a list of codes",))


def marking(inquiry: Inquiry, nodes: Iterable[int]) -> dict[int, list[int]]:
    """R2: the links that mark each of these nodes and were not cleared."""
    links, cleared = inquiry.linkage.links, set(inquiry.basis.cleared)
    wanted = np.fromiter(nodes, np.int64)
    found: dict[int, list[int]] = {}
    for link_type in inquiry.policy.links.values():
        if link_type.marks is None:
            continue
        ends = _marked_ends(inquiry, link_type)
        for link in np.flatnonzero((links.type == link_type.number) & np.isin(ends, wanted)).tolist():
            if (link, link_type.own) not in cleared:
                found.setdefault(int(ends[link]), []).append(link)
    return found


def marked_end(inquiry: Inquiry, link: int, bit: int) -> int | None:
    """R2: the node that a link marks with the category, clearances apart."""
    for link_type in inquiry.policy.links.values():
        is_its = link_type.number == inquiry.linkage.links.type[link]
        if is_its and link_type.marks is not None and link_type.own & bit:
            return int(_marked_ends(inquiry, link_type)[link])
    return None


def named(fact: Fact, policy: Policy) -> Fact:
    """The fact with its category's label and authority."""
    category = policy.categories.get(fact.reason)
    if category is None:
        return fact
    return replace(fact, label=category.label, authority=category.authority)


def _facts_of_line(inquiry: Inquiry, entry: Entry) -> list[Fact]:
    policy, line = inquiry.policy, inquiry.line(entry.id)
    facts = list(facts_of_codes(line, policy, needed=True))
    facts += facts_of_taint(inquiry, entry, UNCODED)
    if entry.deleted:
        facts.append(Fact("R11", DELETED, Ground.DELETED))
    system = line.get("source_system")
    found: tuple[str, ...] = () if system is None else (shown(system),)
    wanted = tuple(sorted(policy.shared_systems))
    return [*facts, Fact("R2", EXCLUDED_SYSTEM, Ground.SYSTEM, "source_system", found, wanted)]


def _facts_of_marks(inquiry: Inquiry, marks: Sequence[int]) -> list[Fact]:
    """One fact for each category that marks give, with the ids of the links that give it."""
    links, giving = inquiry.linkage.links, dict[str, list[str]]()
    for link_type in inquiry.policy.links.values():
        for name in inquiry.policy.names_of(link_type.own):
            giving[name] = giving.get(name, []) + [
                links.ids[link] for link in marks if links.type[link] == link_type.number
            ]
    return [
        Fact("R2", name, Ground.MARK, "links", tuple(sorted(ids)), ("a clearance of each",))
        for name, ids in giving.items()
        if ids
    ]


def _marked_ends(inquiry: Inquiry, link_type: LinkType) -> Ints:
    links = inquiry.linkage.links
    return links.head if link_type.marks == "from" else links.tail


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
