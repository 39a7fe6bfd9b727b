"""What each reason and each base fact is called in plain words. Words alone: which of them hold was found elsewhere."""

from collections.abc import Callable
from typing import Final

from graph.explaining.causes import Fact, Ground

HEADINGS: Final = {
    "agreement": "the agreement is not in force",
    "kind": "the agreement is not for records of its kind",
    "date": "its date is not in the period that is shared",
    "approval": "it was not approved by two persons",
    "office": "the agreement is not for its office",
    "number": "it has no number of a known shape",
    "status": "the agreement is not for cases of its status",
    "program": "the agreement is not for cases of its program",
    "support": "nothing that is released supports it",
    "sources": "none of the documents that assert it is released",
    "unsound": "it cannot be judged",
    "unknown_type": "the policy does not know its type",
    "other_kinds": "its type is not for such ends",
    "not_in_agreement": "the agreement is not for links of its type",
    "no_source": "its type needs a source, and it has none",
    "sources_not_stated": "its sources are not stated",
    "no_text": "its value is no text",
    "unknown_word": "the policy does not have such a property",
    "omitted": "the agreement leaves it out",
    "implied": "it is a number in a text, which carries and is never released",
    "deleted": "it was deleted",
}
"""Reasons that are no category of the policy; a category has its own label."""


def fact_words(fact: Fact) -> str:
    """The base fact as a predicate of its bearer; of what is out of scope, as a field with what stands in it."""
    return _WORDS[fact.ground](fact)


def listed(words: tuple[str, ...], nothing: str = "nothing") -> str:
    """Words in a row; at most ten of them."""
    more = f" and {len(words) - 10:,} more" if len(words) > 10 else ""
    return ", ".join(words[:10]) + more if words else nothing


def _stands(fact: Fact) -> str:
    """A field, what stands in it, and what is wanted."""
    return f"{fact.field}: {listed(fact.found, 'missing')}; wanted: {listed(fact.wanted)}"


def _no_codes(fact: Fact) -> str:
    return (
        f"has access_codes {fact.found[0]}, which is no list" if fact.found else "has no access control code"
    )


def _unsound(fact: Fact) -> str:
    if fact.field == "unknown fields":
        return f"has a field that nobody knows, which may be a misspelt code: {listed(fact.found)}"
    return f"has {fact.field} {listed(fact.found)}, where {listed(fact.wanted)} belongs"


def _no_supporter(fact: Fact) -> str:
    along = f"it would be supported along {listed(fact.wanted, 'no type of link')}"
    if fact.found:
        return (
            f"is supported only by records that wait for support themselves ({listed(fact.found)}); {along}"
        )
    return f"has no link that could support it; {along}"


_WORDS: Final[dict[Ground, Callable[[Fact], str]]] = {
    Ground.CODES: lambda fact: f"is coded {listed(fact.found)}",
    Ground.NO_CODES: _no_codes,
    Ground.UNKNOWN_CODES: lambda fact: f"is coded {listed(fact.found)}, which the code book does not have",
    Ground.REJECTED: lambda fact: f"is named by a line that was rejected; wanted: {listed(fact.wanted)}",
    Ground.WITHDRAWN: lambda fact: f"was withdrawn by hand: {listed(fact.found)}",
    Ground.NEVER_LOADED: lambda _: "was never loaded",
    Ground.SYSTEM: lambda fact: (
        f"is of the system {listed(fact.found, 'that is not stated')}; shared are {listed(fact.wanted)}"
    ),
    Ground.MARK: lambda fact: f"is marked by {listed(fact.found)}",
    Ground.DELETED: lambda _: "was deleted; its content is erased",
    Ground.OUT_OF_SCOPE: _stands,
    Ground.SUPPORTER_WITHHELD: lambda fact: f"would support it, and is withheld: {listed(fact.found)}",
    Ground.LINK_NOT_OPEN: lambda fact: f"would bring it support, and is not open: {listed(fact.found)}",
    Ground.NO_SUPPORTER: _no_supporter,
    Ground.LINK_TYPE: lambda fact: f"is a {listed(fact.found)}, and every such link is withheld",
    Ground.UNKNOWN_TYPE: lambda fact: (
        f"has the type {listed(fact.found, 'that is not stated')}; such a link carries everything both ways"
    ),
    Ground.OTHER_KINDS: lambda fact: (
        f"leads {' '.join(fact.found)}; its type is {' '.join(fact.wanted)}."
        " Such a link carries everything both ways"
    ),
    Ground.NOT_IN_AGREEMENT: lambda fact: (
        f"is a {listed(fact.found)}; the agreement has {listed(fact.wanted, 'no type')}"
    ),
    Ground.UNSOUND: _unsound,
    Ground.NO_SOURCE: lambda _: "names no source",
    Ground.SOURCE_WITHHELD: lambda fact: f"asserts it, and is withheld: {listed(fact.found)}",
    Ground.NO_DOCUMENT: lambda fact: f"is named as its source, and is no document: {listed(fact.found)}",
    Ground.SOURCES_NOT_STATED: lambda fact: f"states no sources; wanted: {listed(fact.wanted)}",
    Ground.NO_TEXT: lambda fact: f"has the value {listed(fact.found)}",
    Ground.UNKNOWN_WORD: lambda fact: f"is called {listed(fact.found)}; the policy has {listed(fact.wanted)}",
    Ground.OMITTED: lambda fact: f"is called {listed(fact.found)}, which the agreement omits",
    Ground.IMPLIED: lambda fact: f"stands for the number {listed(fact.found)}",
}
