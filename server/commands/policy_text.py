"""A policy as a person reads it: categories, codes, systems, links, numbers, words. It shows and decides nothing."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Final

from graph.model import RECORD_KINDS, Kind
from graph.policy import EXCLUDED_SYSTEM, SYSTEM_CATEGORIES, WORDS, Category, LinkType, Policy, Way
from graph.printable import printable
from server.commands.columns import aligned

_NOTHING: Final = "–"
_ARROWS: Final = {Way.FORWARD: "→", Way.BACKWARD: "←", Way.BOTH: "↔", Way.NONE: _NOTHING}


def policy_lines(policy: Policy, width: int) -> Iterator[str]:
    """All that the policy says."""
    yield printable(f"{policy.id}: {policy.title}")
    parts = [_categories, _codes, _systems, _scope, _links, _numbers]
    parts += [_suspicious] if any(category.words for category in policy.categories.values()) else []
    parts += [_review, _vocabularies]
    parts += [_offices] if policy.contacts else []
    parts += [_readers] if any(category.readers for category in policy.categories.values()) else []
    yield from chain.from_iterable(("", *part(policy, width)) for part in parts)


def codes_of(policy: Policy, category: Category) -> list[str]:
    """The codes that stand for a category, in the order of the code book."""
    return [code for code, bits in policy.codes.items() if bits == policy.bit(category.name)]


def carries(link_type: LinkType) -> tuple[Way, int]:
    """Which way a link of this type carries, and which categories, as bits."""
    if link_type.forward and link_type.backward:
        return Way.BOTH, link_type.forward
    if link_type.forward:
        return Way.FORWARD, link_type.forward
    return (Way.BACKWARD, link_type.backward) if link_type.backward else (Way.NONE, 0)


def kinds(those: frozenset[Kind]) -> list[str]:
    """Kinds of records, in their order."""
    return [kind.value for kind in RECORD_KINDS if kind in those]


def _categories(policy: Policy, width: int) -> Iterator[str]:
    yield "Categories: why a record is withheld (R1, R2)"
    rows = [
        (
            category.name,
            "the system" if name in SYSTEM_CATEGORIES else _words(codes_of(policy, category)),
            "yes" if category.waivable else "no",
            category.authority or _NOTHING,
            category.label,
        )
        for name, category in policy.categories.items()
    ]
    yield from aligned(("category", "given by", "waivable", "authority", "what it is"), rows, width)


def _codes(policy: Policy, width: int) -> Iterator[str]:
    yield "Codes: what an office puts on a record; any other code, or none, is uncoded (R1)"
    rows = [(code, _words(policy.names_of(bits), "release")) for code, bits in policy.codes.items()]
    yield from aligned(("code", "means"), rows, width)


def _systems(policy: Policy, width: int) -> Iterator[str]:
    yield f"Systems: data of any other is {EXCLUDED_SYSTEM} (R2)"
    shared, excluded = sorted(policy.shared_systems), sorted(policy.excluded_systems)
    yield from aligned(("shared", "excluded"), [(_words(shared), _words(excluded))], width)


def _scope(policy: Policy, width: int) -> Iterator[str]:
    yield f"Records: shared from {date.fromordinal(policy.floor).isoformat()} on (R5)"
    rows = [
        (
            kind.value,
            policy.date_fields[kind],
            "only as linked from something shared" if policy.needs_support[kind] else "by itself",
        )
        for kind in RECORD_KINDS
    ]
    yield from aligned(("kind", "by its day", "shared (R7)"), rows, width)


def _links(policy: Policy, width: int) -> Iterator[str]:
    yield "Links: what each carries (R3), and whom it supports (R7)"
    yield "  → from its `from` end to its `to` end   ← the other way   ↔ both ways"
    header = ("type", "from", "to", "carries", "supports", "and")
    yield from aligned(header, (_link(policy, each) for each in policy.links.values()), width)
    yield "  A type that is not listed, or a link between other kinds, is withheld and carries everything both ways."
    if policy.implied is not None:
        yield f"  A number in a document's text stands for {printable(policy.implied.name)} (R10)."


def _link(policy: Policy, link_type: LinkType) -> tuple[str, ...]:
    way, bits = carries(link_type)
    what = "everything" if bits == policy.everything else _words(policy.names_of(bits))
    notes = ["needs a released source"] if link_type.needs_source else []
    for category in policy.names_of(link_type.own):
        notes.append(f"is withheld: {category}")
        notes += [f"marks its `{link_type.marks}` end so"] if link_type.marks else []
    return (
        link_type.name,
        _words(kinds(link_type.head)),
        _words(kinds(link_type.tail)),
        _NOTHING if way is Way.NONE else f"{_ARROWS[way]} {what}",
        _ARROWS[link_type.supports],
        "; ".join(notes),
    )


def _numbers(policy: Policy, _width: int) -> Iterator[str]:
    yield "Numbers: how one looks in text (R10); a case or document whose number looks otherwise is withheld (R5)"
    yield from (f"  {printable(pattern.pattern)}" for pattern in policy.patterns.patterns)


def _suspicious(policy: Policy, width: int) -> Iterator[str]:
    yield "Findings: words that are one in the text of a record without the category's code"
    rows = [(name, _words(list(each.words))) for name, each in policy.categories.items() if each.words]
    yield from aligned(("category", "words"), rows, width)


def _review(policy: Policy, width: int) -> Iterator[str]:
    yield "Review: after how many days a record is looked at again"
    stated = policy.review
    rows = [(f"in {name}", str(days)) for name, days in stated.categories.items()]
    if stated.old_after is not None:
        rows.append((f"of more than {stated.old_after} days", str(stated.old_days)))
    yield from aligned(("records", "days"), [*rows, ("any other", str(stated.days))], width)


def _vocabularies(policy: Policy, width: int) -> Iterator[str]:
    yield "Words: any other value of such a field is absent (R14)"
    rows = [(name, _vocabulary(policy.words[name])) for name in WORDS]
    yield from aligned(("field", "may be"), rows, width)


def _offices(policy: Policy, width: int) -> Iterator[str]:
    yield "Offices: how partners reach them"
    yield from aligned(("office", "contact"), policy.contacts.items(), width)


def _readers(policy: Policy, width: int) -> Iterator[str]:
    yield "Readers: for nobody else of the office does a record of such a category exist"
    rows = [(each.name, _words(sorted(each.readers))) for each in policy.categories.values() if each.readers]
    yield from aligned(("category", "readers"), rows, width)


def _vocabulary(words: frozenset[str] | None) -> str:
    return "any text" if words is None else _words(sorted(words))


def _words(words: list[str], nothing: str = _NOTHING) -> str:
    return ", ".join(words) or nothing
