"""Which line of each id counts (DESIGN section 3), and what is left of a deleted one (R11).

A line replaces the earlier one of its id, whole, unless it is older by `revised`. A deleted record stays,
with what goes on withholding; a deleted link, clearance or consent is gone, but keeps its place in the order.
Nothing is rejected here: the lines are taken to be ones that can be stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.specification.numbers import fold

Line = Mapping[str, Any]

RECORD_KINDS = ("case", "document", "subject")
KEPT_OF_A_DELETED_RECORD = ("kind", "id", "number", "access_codes", "source_system")
TEXTS_THAT_CITE = ("title", "narrative")


@dataclass(frozen=True, slots=True)
class Taken:
    """`content`: the last line taken that was no `delete`; `order`: `revised` of the last line taken."""

    content: Line
    deleted: bool
    order: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """A case, document or subject as held. `line` of a deleted one has only what deletion leaves (R11)."""

    line: Line
    deleted: bool
    citing_texts: tuple[str, ...]

    @property
    def kind(self) -> str:
        """One of RECORD_KINDS; an id keeps it for ever."""
        return str(self.line["kind"])

    @property
    def folded_number(self) -> str:
        """The number of a case or document as numbers are compared (R10); empty where it has none."""
        number = self.line.get("number")
        return fold(number) if isinstance(number, str) and self.kind != "subject" else ""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that counts, by id. Deleted records are among `records`."""

    records: dict[str, Record]
    links: dict[str, Line]
    clearances: dict[str, Line]
    consents: dict[str, Line]


def held(lines: Iterable[Line]) -> Holdings:
    """Take the lines in order."""
    taken: dict[str, Taken] = {}
    for line in lines:
        take(line, taken)
    return Holdings(
        records={i: as_record(t) for i, t in taken.items() if t.content["kind"] in RECORD_KINDS},
        links=standing("link", taken),
        clearances=standing("clearance", taken),
        consents=standing("consent", taken),
    )


def take(line: Line, taken: dict[str, Taken]) -> None:
    """Section 3: one older than the last line taken for its id is ignored; otherwise the later line wins."""
    before = taken.get(line["id"])
    order = datetime.fromisoformat(line["revised"]) if "revised" in line else None
    if before and before.order and order and order < before.order:
        return
    if line["kind"] != "delete":
        taken[line["id"]] = Taken(line, deleted=False, order=order)
    elif before:  # a delete of an id that is not held: nothing
        taken[line["id"]] = Taken(before.content, deleted=True, order=order)


def standing(kind: str, taken: Mapping[str, Taken]) -> dict[str, Line]:
    """Links, clearances or consents that were not deleted: a deleted one has no effect any more (R13)."""
    return {i: t.content for i, t in taken.items() if t.content["kind"] == kind and not t.deleted}


def as_record(taken: Taken) -> Record:
    """R11: deletion erases content; id, kind, number, codes, source system and tokens stay."""
    line = taken.content
    texts = tuple(line[field] for field in TEXTS_THAT_CITE if isinstance(line.get(field), str))
    if taken.deleted:
        line = {field: line[field] for field in KEPT_OF_A_DELETED_RECORD if field in line}
    return Record(line, taken.deleted, texts)
