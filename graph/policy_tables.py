"""The tables of a policy file: which keys each has, of what type, and what stands where one is left out.

What a key means, and whether it agrees with the others, is for who reads the file (`graph/policy_file.py`).
"""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from graph.model import RECORD_KINDS

RecordKind = Literal["case", "document", "subject"]
Days = Annotated[int, msgspec.Meta(ge=0, le=36_500)]


class DatesTable(msgspec.Struct, frozen=True):
    """`[dates]`: the day before which nothing is shared, and which date of a record is meant."""

    floor: date
    case: str
    document: str
    subject: str


class SupportTable(msgspec.Struct, frozen=True):
    """`[needs_support]`: the kinds of record that are released only where something supports them (R7)."""

    case: bool
    document: bool
    subject: bool


class WordsTable(msgspec.Struct, frozen=True):
    """`[vocabulary]`: the words that may be shown; where a list is left out, any may."""

    document_type: list[str] | None = None
    case_status: list[str] | None = None
    case_program: list[str] | None = None
    subject_type: list[str] | None = None
    property: list[str] | None = None
    link_role: list[str] | None = None


class CategoryTable(msgspec.Struct, frozen=True):
    """`[categories.NAME]`: a reason to withhold, and who may waive or know of it."""

    label: str
    authority: str | None = None
    waivable: bool = False
    words: list[str] = []
    readers: list[str] | None = None


class LinkTable(msgspec.Struct, frozen=True, rename={"head": "from", "tail": "to"}):
    """`[links.TYPE]`: a type of link, its ends, and what it carries and supports (R3, R7)."""

    head: list[RecordKind]
    tail: list[RecordKind]
    carries: Literal["forward", "backward", "both", "none"]
    supports: Literal["forward", "backward", "none"]
    needs_source: bool = False
    category: str | None = None
    marks: Literal["from", "to"] | None = None
    categories: list[str] | None = None


class OfficeTable(msgspec.Struct, frozen=True):
    """`[offices.OFFICE]`: how partners reach an office."""

    contact: str


class ReviewTable(msgspec.Struct, frozen=True):
    """`[review]`: after how many days a record is looked at again."""

    days: Days = 365
    old_after: Days | None = None
    old_days: Days | None = None
    categories: dict[str, Days] = {}


class PolicyTables(msgspec.Struct, frozen=True):
    """The whole file; each table within is read on its own, so that every mistake is found."""

    id: str
    title: str
    shared_systems: list[str]
    identifier_patterns: list[str]
    dates: dict[str, Any]
    needs_support: dict[str, Any]
    categories: dict[str, Any]
    codes: dict[str, Any]
    links: dict[str, Any]
    excluded_systems: list[str] = []
    implied_citation: str | None = None
    vocabulary: dict[str, Any] = {}
    offices: dict[str, Any] = {}
    review: dict[str, Any] = {}


STAND_IN = PolicyTables(
    id="-",
    title="-",
    shared_systems=["-"],
    identifier_patterns=["-"],
    dates={"floor": date.max, "case": "prepared", "document": "prepared", "subject": "created"},
    needs_support=dict.fromkeys(RECORD_KINDS, True),
    categories={},
    codes={},
    links={},
)
"""Stands in for what cannot be read of a policy, while the rest of it is looked at for more mistakes."""
