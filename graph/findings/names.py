"""Which names are known only from what is withheld: the names and aliases of subjects, by who asserts them (R9).

A name is withheld for a category where every place that it stands in has that category: the subject, the value, or all
documents that assert it. One open place makes a name open. A short single word is no name here: it would be found in
every other text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.linkage import Linkage, Words
from graph.model import Entry, EntryId, Kind, Property
from graph.phrases import Phrases, words_of
from graph.policy import UNCODED, Policy
from graph.reading import read_record

NAMING: Final = frozenset(("name", "alias"))
SHORTEST: Final = 6
"""Letters that a name of one word has at least."""

_NOT_HELD: Final = -1


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a subject states it. own: the categories of the value, as bits. sources: ids."""

    name: str
    own: int
    sources: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What withholds one value by itself. own: categories, as bits. sources: nodes; none: its record asserts it."""

    own: int
    sources: tuple[int, ...]

    @classmethod
    def of(cls, prop: Property, linkage: Linkage, policy: Policy) -> "Value":
        """That of a property."""
        own, sources = _own(prop, policy), map(EntryId, prop.sources or ())
        return cls(own, tuple(linkage.node_of.get(id, _NOT_HELD) for id in sources))

    def under(self, view: Words, policy: Policy) -> int:
        """Its own categories, and those that all its sources have, as bits. What was never loaded is uncoded."""
        words = [policy.bit(UNCODED) if node == _NOT_HELD else int(view[node]) for node in self.sources]
        common = ~0 if words else 0
        for word in words:
            common &= word
        return self.own | common


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands. subject: a node."""

    name: str
    subject: int
    value: Value


@dataclass(frozen=True, slots=True)
class Withheld:
    """A name that is withheld. views: for what, in each view."""

    name: str
    views: tuple[int, ...]


def names_in(entry: Entry, policy: Policy) -> tuple[Named, ...] | None:
    """The names that a subject states; None of what states none."""
    if entry.kind is not Kind.SUBJECT or entry.deleted:
        return None
    named = tuple(
        Named(prop.value, _own(prop, policy), tuple(map(EntryId, prop.sources or ())))
        for prop in read_record(entry).properties
        if prop.name in NAMING and _is_telling(prop.value)
    )
    return named or None


def places(stated: Mapping[EntryId, Iterable[Named]], linkage: Linkage) -> list[Place]:
    """Every place in which a name stands. stated: by subject, as `names_in` tells them."""
    node_of = linkage.node_of
    return [
        Place(
            each.name,
            node_of[id],
            Value(each.own, tuple(node_of.get(one, _NOT_HELD) for one in each.sources)),
        )
        for id, named in stated.items()
        for each in named
    ]


def withheld_names(
    held: Iterable[Place], policy: Policy, views: Sequence[Words]
) -> tuple[Phrases[Withheld], frozenset[str]]:
    """The names that are withheld in some view, and the first words of all names. views: categories by node."""
    standing: dict[tuple[str, ...], Withheld] = {}
    for place in held:
        views_here = tuple(int(view[place.subject]) | place.value.under(view, policy) for view in views)
        words = tuple(words_of(place.name))
        known = standing.get(words) or Withheld(place.name, views_here)
        both = tuple(one & other for one, other in zip(known.views, views_here, strict=True))
        # A name is withheld only for what all its places are withheld for.
        standing[words] = Withheld(min(known.name, place.name), both)
    withheld = Phrases((name.name, name) for name in standing.values() if any(name.views))
    return withheld, frozenset(words[0] for words in standing)


def _own(prop: Property, policy: Policy) -> int:
    """A value's own categories. What cannot be judged is withheld (R12)."""
    return policy.categories_of(prop.codes, without=0) | (0 if prop.sound else policy.bit(UNCODED))


def _is_telling(name: str) -> bool:
    words = words_of(name)
    return len(words) > 1 or len("".join(words)) >= SHORTEST
