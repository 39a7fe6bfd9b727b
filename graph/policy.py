"""The sharing policy: categories, code book, link types, words (R1–R3, R10, R14).

It answers what a code, a system, a word or a link type means, and knows no record. Categories are bits of a 64-bit
word, in the order of the file. `graph/policy_file.py` reads one and says what is wrong with it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from graph.model import Codes, Kind
from graph.numbers import Patterns

UNCODED = "uncoded"
EXCLUDED_SYSTEM = "excluded_system"
DELETED = "deleted"
SYSTEM_CATEGORIES = (UNCODED, EXCLUDED_SYSTEM, DELETED)
RELEASE = "release"
MOST_CATEGORIES = 64
WORDS = ("document_type", "case_status", "case_program", "subject_type", "property", "link_role")


class Way(StrEnum):
    """Which way along a link: from its `from` end to its `to` end, the other way, both, or not at all."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Category:
    """Why a record is withheld. bit: its place in the 64-bit word.

    words: in a text without the category's code they are a finding; no rule reads them.
    readers: the persons of the office for whom its records exist, trimmed and case-folded; None: everybody.
    """

    name: str
    label: str
    authority: str | None
    waivable: bool
    bit: int
    words: tuple[str, ...] = ()
    readers: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class LinkType:
    """What the policy says of one type of link. forward, backward: the categories that it carries, as bits."""

    name: str
    number: int
    head: frozenset[Kind]
    tail: frozenset[Kind]
    forward: int
    backward: int
    supports: Way
    needs_source: bool
    own: int
    marks: Literal["from", "to"] | None


@dataclass(frozen=True, slots=True)
class ReviewIntervals:
    """After how many days a record is reviewed again. No rule reads them.

    categories: by category; the shortest of those that a record has counts. days: of a record that has none of them,
    and old_days where its own day is more than old_after days ago.
    """

    days: int
    old_after: int | None
    old_days: int | None
    categories: dict[str, int]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that has been validated. fingerprint: a hash of what it says, comments and order of keys apart.

    shared_systems: without the excluded ones, which are kept to be told. contacts: by office, how partners reach it.
    """

    id: str
    title: str
    shared_systems: frozenset[str]
    excluded_systems: frozenset[str]
    patterns: Patterns
    floor: int
    date_fields: dict[Kind, str]
    needs_support: dict[Kind, bool]
    words: dict[str, frozenset[str] | None]
    categories: dict[str, Category]
    codes: dict[str, int]
    links: dict[str, LinkType]
    implied: LinkType | None
    contacts: dict[str, str]
    review: ReviewIntervals
    fingerprint: str

    @property
    def everything(self) -> int:
        """What a link that the policy does not know carries: all categories but `deleted`, which is never carried."""
        return ((1 << len(self.categories)) - 1) & ~self.bit(DELETED)

    @property
    def waivable(self) -> int:
        """The categories that an originator can let an agreement have."""
        return sum(1 << category.bit for category in self.categories.values() if category.waivable)

    def hidden_from(self, person: str) -> int:
        """The categories whose records do not exist for a person of the office, as bits. person: case-folded."""
        hidden = (c for c in self.categories.values() if c.readers is not None and person not in c.readers)
        return sum(1 << category.bit for category in hidden)

    def bit(self, category: str) -> int:
        """The category as a word with one bit set."""
        return 1 << self.categories[category].bit

    def categories_of(self, codes: Codes, without: int) -> int:
        """The categories that codes stand for (R1), as bits; `without` where the list is there and empty."""
        if codes is not None and not codes:
            return without
        uncoded = self.bit(UNCODED)
        if codes is None:
            return uncoded
        word = 0
        for code in codes:
            word |= uncoded if code is None else self.codes.get(code, uncoded)
        return word

    def system_category(self, source_system: str | None) -> int:
        """`excluded_system` for a system that is not listed as shared, is listed as excluded, or is missing (R2)."""
        return 0 if source_system in self.shared_systems else self.bit(EXCLUDED_SYSTEM)

    def names_of(self, word: int) -> list[str]:
        """The names of the categories whose bits are set, in the policy's order."""
        return [name for name, category in self.categories.items() if word >> category.bit & 1]

    def word(self, vocabulary: str, value: str | None) -> str | None:
        """A coded value, or None where it is empty or the policy's list does not have it (R14)."""
        listed = self.words[vocabulary]
        return value if value and (listed is None or value in listed) else None
