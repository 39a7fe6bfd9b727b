"""What the findings of a record look at around it: links, numbers, names, and what withholds each record.

It is made once for all records and changed by none. A record is looked at by itself, with this beside it, so that one
record and all of them are found alike. What one reader may know of (`graph.office.audience`) is a linkage of its own,
with findings of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from graph.agreement import Agreement
from graph.decisions import clears
from graph.findings.names import Place, Withheld, withheld_names
from graph.findings.odd_links import OddLinks
from graph.gather import longest_prefix
from graph.judge import Judgement
from graph.linkage import NEVER_LOADED, Linkage, Words
from graph.model import EntryId, Token
from graph.phrases import Phrases
from graph.policy import DELETED, Policy

Judged = tuple[Agreement, Judgement]


@dataclass(frozen=True, slots=True)
class Around:
    """What is around every record.

    views: categories by node, first before any decision, then under each agreement. numbers: who has each, folded.
    names: those that are withheld. beginnings: the first words of all names. words: each category by its words.
    links: those that a finding is about.
    """

    policy: Policy
    linkage: Linkage
    views: tuple[Words, ...]
    numbers: Mapping[str, Sequence[int]]
    lengths: Sequence[int]
    names: Phrases[Withheld]
    beginnings: frozenset[str]
    words: Phrases[tuple[str, str]]
    links: OddLinks

    @classmethod
    def of(
        cls,
        policy: Policy,
        linkage: Linkage,
        closure: Words,
        judged: Iterable[Judged],
        today: int,
        places: Iterable[Place],
    ) -> "Around":
        """That of a linkage and its judgements. closure: categories before any decision. places: those of its names."""
        under = list(judged)
        views = (closure, *(judgement.categories for _, judgement in under))
        numbers = _numbers(linkage)
        names, beginnings = withheld_names(places, policy, views)
        return cls(
            policy=policy,
            linkage=linkage,
            views=views,
            numbers=numbers,
            lengths=sorted({len(number) for number in numbers if number}, reverse=True),
            names=names,
            beginnings=beginnings,
            words=Phrases(
                (word, (category.name, word))
                for category in policy.categories.values()
                for word in category.words
            ),
            links=OddLinks.of(linkage, policy, _cleared(linkage, policy, under, today)),
        )

    def node(self, id: EntryId) -> int | None:
        """The node of a record."""
        return self.linkage.node_of.get(id)

    def standing(self, node: int) -> tuple[int, ...]:
        """The categories of a record in each view."""
        return tuple(int(view[node]) for view in self.views)

    def is_loaded(self, node: int) -> bool:
        """Whether a record was loaded under the node's id."""
        return bool(self.linkage.nodes.kind[node] != NEVER_LOADED)

    def named_in(self, token: Token) -> Iterator[tuple[str, int]]:
        """The numbers that a token stands for (R10), each with the record that has it."""
        for place in token.places:
            number = longest_prefix(token.text, place, self.numbers, self.lengths)
            if number is not None:
                yield from ((number, node) for node in self.numbers[number])

    def beyond(self, named: Sequence[int], naming: Sequence[int]) -> list[str]:
        """For what a thing is withheld and what names it is not, in some view: the names of those categories."""
        lacking = reduce(or_, (one & ~other for one, other in zip(named, naming, strict=True)), 0)
        return self.policy.names_of(lacking & ~self.policy.bit(DELETED))


def _numbers(linkage: Linkage) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for node, number in linkage.nodes.numbers.items():
        numbers.setdefault(number, []).append(node)
    return numbers


def _cleared(linkage: Linkage, policy: Policy, judged: Sequence[Judged], today: int) -> dict[int, int]:
    """By link, the categories that some agreement's clearance stops, as bits."""
    cleared: dict[int, int] = {}
    for clearance in linkage.clearances:
        for agreement, _ in judged:
            for link, bit in clears(clearance, linkage, policy, agreement, today):
                cleared[link] = cleared.get(link, 0) | bit
    return cleared
