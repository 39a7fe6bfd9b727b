"""Why something is released or withheld, as frozen values: causes, chains of links, and what a release stands on.

Nothing here finds out anything; `graph.explaining.explain` does. Every sequence has an order of its own that depends on
ids alone, so equal holdings give equal verdicts, whatever order they were loaded or read in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.model import AgreementId, EntryId
from graph.policy import Way


class Ground(StrEnum):
    """The base facts that a cause can end in: what a person would have to change."""

    CODES = "codes"
    NO_CODES = "no_codes"
    UNKNOWN_CODES = "unknown_codes"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NEVER_LOADED = "never_loaded"
    SYSTEM = "system"
    MARK = "mark"
    DELETED = "deleted"
    OUT_OF_SCOPE = "out_of_scope"
    SUPPORTER_WITHHELD = "supporter_withheld"
    LINK_NOT_OPEN = "link_not_open"
    NO_SUPPORTER = "no_supporter"
    LINK_TYPE = "link_type"
    UNKNOWN_TYPE = "unknown_type"
    OTHER_KINDS = "other_kinds"
    NOT_IN_AGREEMENT = "not_in_agreement"
    UNSOUND = "unsound"
    NO_SOURCE = "no_source"
    SOURCE_WITHHELD = "source_withheld"
    NO_DOCUMENT = "no_document"
    SOURCES_NOT_STATED = "sources_not_stated"
    NO_TEXT = "no_text"
    UNKNOWN_WORD = "unknown_word"
    OMITTED = "omitted"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True)
class Fact:
    """A base fact, and the reason for withholding that it is.

    rule: the R-number. reason: a category, a word of scope or `support`, or for links and properties the ground's own
    word. field: where it stands in the line. found: what stands there (nothing: the line lacks it). wanted: what would
    do. label, authority: the category's.
    """

    rule: str
    reason: str
    ground: Ground
    field: str | None = None
    found: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    label: str | None = None
    authority: str | None = None

    @classmethod
    def plain(
        cls,
        rule: str,
        ground: Ground,
        field: str | None = None,
        found: tuple[str, ...] = (),
        wanted: tuple[str, ...] = (),
    ) -> "Fact":
        """A fact whose reason is the ground's own word."""
        return cls(rule, ground.value, ground, field, found, wanted)


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain: something passes along it to `taker`.

    way: FORWARD is from the link's `from` end (head) to its `to` end (tail). astray: its type is unknown or not for
    such ends, so it carries everything (R3). implied: a number in a text stands for it (R10).
    """

    link: EntryId
    type: str | None
    head: EntryId
    tail: EntryId
    way: Way
    astray: bool
    implied: bool

    @property
    def giver(self) -> EntryId:
        """The end that it passes from."""
        return self.head if self.way is Way.FORWARD else self.tail

    @property
    def taker(self) -> EntryId:
        """The end that it passes to."""
        return self.tail if self.way is Way.FORWARD else self.head


@dataclass(frozen=True, slots=True)
class Cause:
    """One base fact that withholds.

    withholds: what was asked for, or the record that it hangs on (an end of the link, the subject of the property).
    bearer: the record, link or property that has the fact. chain: a shortest chain of links from the bearer to what it
    withholds, the first by the ids of records, then of links, in order from the bearer; empty where the fact is its
    own. For a category it is what the category passes along; for `support` what support would come along. It is None
    where the chains of a verdict are too many and too long to be told; length is how many links it has.
    """

    withholds: str
    bearer: str
    fact: Fact
    length: int = 0
    chain: tuple[Step, ...] | None = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The rule of the fact, then those by which it came here along the chain."""
        carried = self.length > 0 and self.fact.ground not in (
            Ground.SUPPORTER_WITHHELD,
            Ground.LINK_NOT_OPEN,
        )
        implied = any(step.implied for step in self.chain or ())
        return tuple(dict.fromkeys((self.fact.rule, *(["R3"] * carried), *(["R10"] * implied))))


@dataclass(frozen=True, slots=True)
class Needed:
    """A clearance or a consent without which a category would come to something that is released.

    serves: the record or link that it keeps free of the category. alone: without this one `serves` would have the
    category; else another decision would still stop it. Days are `YYYY-MM-DD`; expires: the first day without.
    """

    id: EntryId
    kind: str
    serves: EntryId
    alone: bool
    category: str
    record: EntryId | None
    link: EntryId | None
    granted_by: str | None
    reason: str
    requested_by: str
    approved_by: str
    effective: str
    expires: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a release stands on.

    supporters: each released record that supports it, with the link. support: a shortest chain of support, from a
    record that needs none. sources: the released documents that assert it. decisions: clearances and consents that it
    needs, those that serve what was asked for first.
    """

    supporters: tuple[Step, ...] = ()
    support: tuple[Step, ...] = ()
    sources: tuple[EntryId, ...] = ()
    decisions: tuple[Needed, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What is told of a record that an explanation names. kind: None where it was never loaded."""

    id: EntryId
    kind: str | None
    number: str | None = None
    title: str | None = None
    codes: tuple[str, ...] = ()
    prepared_by: str | None = None
    approved_by: str | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one thing is released under one agreement on one day, and why. day: an ordinal.

    asked: the id as it was asked for. kind: of a record, `link`, `implied citation`, `property` or `never loaded`.
    type: of a link, as its line states it. ends: of a link its `from` and `to`; of a property its subject. records: a
    note of each record that is named.
    """

    asked: str
    kind: str
    type: str | None
    ends: tuple[EntryId, ...]
    agreement: AgreementId
    partner: str
    day: int
    released: bool
    causes: tuple[Cause, ...]
    standing: Standing
    records: Mapping[EntryId, Note]
