"""A policy file: TOML becomes a policy, or every mistake in it with its path.

One that does not fit stops the load or publication that reads it, before anything is judged by it.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec

from graph.errors import PolicyError
from graph.model import FIELDS, RECORD_KINDS, Kind
from graph.numbers import Patterns
from graph.officer import person
from graph.phrases import words_of
from graph.policy import (
    DELETED,
    MOST_CATEGORIES,
    RELEASE,
    SYSTEM_CATEGORIES,
    UNCODED,
    WORDS,
    Category,
    LinkType,
    Policy,
    ReviewIntervals,
    Way,
)
from graph.policy_tables import (
    STAND_IN,
    CategoryTable,
    DatesTable,
    LinkTable,
    OfficeTable,
    PolicyTables,
    ReviewTable,
    SupportTable,
    WordsTable,
)
from graph.strict import read_table
from graph.twice import stated_twice


def read_policy(text: str, source: str = "policy.toml") -> Policy:
    """The policy that a TOML text states. Raises PolicyError with every mistake found."""
    return policy_of(read_toml(text, source), source)


def policy_of(tables: Mapping[str, Any], source: str = "policy.toml") -> Policy:
    """The policy that TOML tables state. Raises PolicyError with every mistake found."""
    mistakes: list[str] = []
    raw = read_table(PolicyTables, tables, "", mistakes, stand_in=STAND_IN)
    # Without its categories or links nearly all of the rest would be told as wrong.
    deeper = all(isinstance(tables.get(name), Mapping) for name in ("categories", "links"))
    policy = _Reading(raw, mistakes).policy(fingerprint(tables)) if raw is not None and deeper else None
    if policy is None:
        raise PolicyError(source, mistakes)
    return policy


def read_toml(text: str, source: str) -> Mapping[str, Any]:
    """The tables of a policy or an agreement."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PolicyError(source, [_not_toml(text, error)]) from None


def _not_toml(text: str, error: Exception) -> str:
    """A key twice is told by its path: a code that two lines give a meaning has none that anybody could rely on."""
    twice = stated_twice(text)
    return f"not TOML: {error}" if twice is None else f"{twice[0]}: stated a second time in line {twice[1]}"


def fingerprint(tables: Mapping[str, Any]) -> str:
    """A hash of what a policy or an agreement says, whatever its comments and the order of its keys."""
    return hashlib.sha256(msgspec.json.encode(tables, order="deterministic")).hexdigest()


class _Reading:
    """One reading of a policy's tables: each part is read whatever is wrong with the others."""

    def __init__(self, raw: PolicyTables, mistakes: list[str]) -> None:
        self.raw = raw
        self.mistakes = mistakes

    def policy(self, fingerprint: str) -> Policy | None:
        raw, mistakes = self.raw, self.mistakes
        dates = read_table(DatesTable, raw.dates, "dates", mistakes)
        support = read_table(SupportTable, raw.needs_support, "needs_support", mistakes)
        words = read_table(WordsTable, raw.vocabulary, "vocabulary", mistakes)
        categories = self._categories()
        codes = self._codes(categories)
        links = self._links(categories)
        if not raw.shared_systems:
            mistakes.append("shared_systems: empty; nothing would ever be shared")
        contacts = self._contacts()
        review = self._review(categories)
        patterns = Patterns.read(raw.identifier_patterns, "identifier_patterns", mistakes)
        implied = raw.implied_citation
        if implied is not None and implied not in raw.links:
            mistakes.append(f"implied_citation: no link type is called {implied}")
        if dates is not None:
            self._date_fields(dates)
        if mistakes or dates is None or support is None or words is None:
            return None
        return Policy(
            id=raw.id,
            title=raw.title,
            shared_systems=frozenset(raw.shared_systems) - frozenset(raw.excluded_systems),
            excluded_systems=frozenset(raw.excluded_systems),
            patterns=patterns,
            floor=dates.floor.toordinal(),
            date_fields={kind: getattr(dates, kind) for kind in RECORD_KINDS},
            needs_support={kind: getattr(support, kind) for kind in RECORD_KINDS},
            words={name: _word_list(getattr(words, name)) for name in WORDS},
            categories=categories,
            codes=codes,
            links=links,
            implied=links[implied] if implied is not None else None,
            contacts=contacts,
            review=review,
            fingerprint=fingerprint,
        )

    def _date_fields(self, dates: DatesTable) -> None:
        for kind in RECORD_KINDS:
            name = getattr(dates, kind)
            if name not in FIELDS[kind].dates:
                known = ", ".join(FIELDS[kind].dates)
                self.mistakes.append(f"dates.{kind}: a {kind} has no date called {name}; known are {known}")

    def _contacts(self) -> dict[str, str]:
        offices = {
            name: read_table(OfficeTable, table, f"offices.{name}", self.mistakes)
            for name, table in self.raw.offices.items()
        }
        return {name: office.contact for name, office in offices.items() if office is not None}

    def _review(self, categories: Mapping[str, Category]) -> ReviewIntervals:
        raw = read_table(ReviewTable, self.raw.review, "review", self.mistakes) or ReviewTable()
        if (raw.old_after is None) != (raw.old_days is None):
            self.mistakes.append(
                "review.old_after, review.old_days: state both, when a record is old and how often it is reviewed then"
            )
        self.mistakes += [
            f"review.categories.{name}: no category is called {name}"
            for name in raw.categories
            if name not in categories
        ]
        # What nobody has coded is due at once, unless the policy says otherwise.
        by_category = {UNCODED: 0} | raw.categories
        return ReviewIntervals(raw.days, raw.old_after, raw.old_days, by_category)

    def _categories(self) -> dict[str, Category]:
        tables = dict(self.raw.categories)
        for name in SYSTEM_CATEGORIES:
            tables.setdefault(name, {"label": name})
        if len(tables) > MOST_CATEGORIES:
            self.mistakes.append(
                f"categories: {len(tables)} categories; at most {MOST_CATEGORIES} can be told apart,"
                f" {', '.join(SYSTEM_CATEGORIES)} among them"
            )
        if RELEASE in tables:
            self.mistakes.append(
                f"categories.{RELEASE}: the code book means release by this word; name it otherwise"
            )
        categories = {}
        for bit, (name, table) in enumerate(tables.items()):
            raw = read_table(CategoryTable, table, f"categories.{name}", self.mistakes)
            if raw is not None and raw.waivable and name in SYSTEM_CATEGORIES:
                self.mistakes.append(
                    f"categories.{name}.waivable: no originator can consent to what the system withholds"
                )
            if raw is not None:
                self._check_words(name, raw.words)
                words, readers = tuple(raw.words), self._readers(name, raw.readers)
                categories[name] = Category(name, raw.label, raw.authority, raw.waivable, bit, words, readers)
        return categories

    def _check_words(self, name: str, words: list[str]) -> None:
        path = f"categories.{name}.words"
        if words and name in SYSTEM_CATEGORIES:
            self.mistakes.append(f"{path}: the system gives {name}, and no code could answer to a word")
        self.mistakes += [
            f"{path}[{place}]: has no letter or digit to be found by"
            for place, word in enumerate(words)
            if not any(map(str.isalnum, "".join(words_of(word))))
        ]

    def _readers(self, name: str, stated: list[str] | None) -> frozenset[str] | None:
        """Persons of the office, compared as approvals are: trimmed and case-folded."""
        if stated is None:
            return None
        readers = list(map(person, stated))
        path = f"categories.{name}.readers"
        if name in SYSTEM_CATEGORIES:
            self.mistakes.append(f"{path}: what the system withholds is for the whole office to mend")
        if not readers:
            self.mistakes.append(f"{path}: empty; name who of the office may know of such records")
        self.mistakes += [
            f"{path}[{place}]: {'blank' if not reader else f'{stated[place]} is named before'}"
            for place, reader in enumerate(readers)
            if not reader or reader in readers[:place]
        ]
        return frozenset(readers)

    def _codes(self, categories: Mapping[str, Category]) -> dict[str, int]:
        codes = {}
        for code, name in self.raw.codes.items():
            if not isinstance(name, str):
                self.mistakes.append(f"codes.{code}: expected `release` or the name of a category")
            elif name in SYSTEM_CATEGORIES:
                self.mistakes.append(f"codes.{code}: {name} is given by the system, never by a code")
            elif name != RELEASE and name not in self.raw.categories:
                self.mistakes.append(f"codes.{code}: no category is called {name}")
            codes[code] = 1 << categories[name].bit if isinstance(name, str) and name in categories else 0
        return codes

    def _links(self, categories: Mapping[str, Category]) -> dict[str, LinkType]:
        links = {}
        for number, (name, table) in enumerate(self.raw.links.items()):
            raw = read_table(LinkTable, table, f"links.{name}", self.mistakes)
            if raw is not None:
                links[name] = self._link(name, number, raw, categories)
        return links

    def _link(self, name: str, number: int, raw: LinkTable, categories: Mapping[str, Category]) -> LinkType:
        path = f"links.{name}"
        self.mistakes += [
            f"{path}.{end}: empty; name the kinds of record that it can be, or the link would fit nothing"
            for end, kinds in (("from", raw.head), ("to", raw.tail))
            if not kinds
        ]
        if raw.marks and raw.category is None:
            self.mistakes.append(
                f"{path}.marks: says which end is in the link's category, but the link has no category"
            )
        carried = self._carried(path, raw, categories)
        forward = raw.carries in (Way.FORWARD, Way.BOTH)
        backward = raw.carries in (Way.BACKWARD, Way.BOTH)
        return LinkType(
            name=name,
            number=number,
            head=frozenset(Kind(kind) for kind in raw.head),
            tail=frozenset(Kind(kind) for kind in raw.tail),
            forward=carried if forward else 0,
            backward=carried if backward else 0,
            supports=Way(raw.supports),
            needs_source=raw.needs_source,
            own=self._bits(
                f"{path}.category", [raw.category] if raw.category is not None else [], categories
            ),
            marks=raw.marks,
        )

    def _carried(self, path: str, raw: LinkTable, categories: Mapping[str, Category]) -> int:
        if raw.categories is None:
            return (
                ((1 << len(categories)) - 1) & ~(1 << categories[DELETED].bit) if DELETED in categories else 0
            )
        return self._bits(f"{path}.categories", raw.categories, categories)

    def _bits(self, path: str, names: list[str], categories: Mapping[str, Category]) -> int:
        word = 0
        for name in names:
            if name == DELETED:
                self.mistakes.append(f"{path}: being deleted is a record's own; no link carries or gives it")
            elif name not in categories:
                self.mistakes.append(f"{path}: no category is called {name}")
            else:
                word |= 1 << categories[name].bit
        return word


def _word_list(words: list[str] | None) -> frozenset[str] | None:
    return None if words is None else frozenset(words)
