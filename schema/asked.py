"""What the arguments of a field that gives a page ask for, read once, whoever answers: a resolver or a compiled plan.

Each knows the whole list that its page is cut from, the place of an element in it, and what its cursors belong to.
Nothing here looks at which record is shown how.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVar

from strawberry import UNSET

from graph.changes import Changed
from graph.indexed import Incident
from graph.model import Kind, OpaqueId
from graph.path import Path
from graph.release import ReleasedRecord
from graph.view import View
from schema.context import Asking
from schema.cursors import Belonging, Position
from schema.deadline import Deadline
from schema.errors import Code, Refusal
from schema.filters import CaseFilter, DocumentFilter, SubjectFilter, given, stated
from schema.links import Direction, RecordKind, incident_position, incidents
from schema.orders import DEFAULT_ORDER, POSITIONS, Order, by_default
from schema.paging import PAGE_MAX, Cut, Page, cut_page

_FIELDS: Final[dict[Kind, str]] = {Kind.CASE: "cases", Kind.DOCUMENT: "documents", Kind.SUBJECT: "subjects"}

T = TypeVar("T")

RecordFilter = CaseFilter | DocumentFilter | SubjectFilter


@dataclass(frozen=True, slots=True)
class AskedNeighbours:
    """A page of a record's neighbours. field: which; they come in the default order."""

    field: str
    cut: Cut

    @classmethod
    def of(cls, field: str, first: int | None = UNSET, after: str | None = UNSET) -> "AskedNeighbours":
        """By the arguments of the field. Raises Refusal."""
        return cls(field, Cut.of(first, after))

    def belonging(self, id: OpaqueId) -> Belonging:
        """What the cursors of this record's list belong to."""
        return Belonging(id, self.field)

    def page(self, asking: Asking, id: OpaqueId, whole: Sequence[ReleasedRecord]) -> Page[ReleasedRecord]:
        """The page of a record's neighbours, all of which are given. Raises Refusal."""
        return cut_page(whole, by_default, self.cut, asking.cursors, self.belonging(id))


@dataclass(frozen=True, slots=True)
class AskedLinks:
    """A page of a record's links. written: the arguments but for the page, in their one writing."""

    types: list[str] | None
    direction: Direction | None
    kinds: list[RecordKind] | None
    written: str
    cut: Cut

    @classmethod
    def of(
        cls,
        types: list[str] | None = UNSET,
        direction: Direction | None = UNSET,
        kinds: list[RecordKind] | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
    ) -> "AskedLinks":
        """By the arguments of the field. Raises Refusal."""
        types, direction, kinds = given(types), given(direction), given(kinds)
        written = stated({"types": types, "direction": direction, "kinds": kinds})
        return cls(types, direction, kinds, written, Cut.of(first, after, last, before))

    def whole(self, view: View, id: OpaqueId) -> Sequence[Incident]:
        """All links of a record that are asked for."""
        return incidents(view, id, self.types, self.direction, self.kinds)

    def belonging(self, id: OpaqueId) -> Belonging:
        """What the cursors of this record's list belong to."""
        return Belonging(id, "links", self.written)

    def page(self, asking: Asking, id: OpaqueId) -> Page[Incident]:
        """The page of a record's links. Raises Refusal."""
        whole = self.whole(asking.view, id)
        return cut_page(whole, incident_position, self.cut, asking.cursors, self.belonging(id))


@dataclass(frozen=True, slots=True)
class AskedRecords:
    """A page of all records of a kind that meet a filter, in an order."""

    kind: Kind
    filter: RecordFilter | None
    order: Order
    belonging: Belonging
    cut: Cut

    @classmethod
    def of(
        cls,
        kind: Kind,
        filter: RecordFilter | None = UNSET,
        order_by: Order | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
    ) -> "AskedRecords":
        """By the arguments of the field. Raises Refusal."""
        cut = Cut.of(first, after, last, before)
        wanted = None if filter is UNSET else filter
        order = order_by if isinstance(order_by, Enum) else DEFAULT_ORDER[kind]
        belonging = Belonging("", _FIELDS[kind], "" if wanted is None else stated(wanted), order.value)
        return cls(kind, wanted, order, belonging, cut)

    @property
    def position(self) -> Callable[[ReleasedRecord], Position]:
        """A record's place in the list."""
        return POSITIONS[self.order]

    def whole(self, asking: Asking) -> Sequence[ReleasedRecord]:
        """All records that are asked for."""
        records = asking.orders.records(asking.view, self.kind, self.order)
        if self.filter is None:
            return records
        return _meeting(records, self.filter.conditions(asking.view), asking.deadline)

    def page(self, asking: Asking) -> Page[ReleasedRecord]:
        """The page of these records. Raises Refusal."""
        return cut_page(self.whole(asking), self.position, self.cut, asking.cursors, self.belonging)


@dataclass(frozen=True, slots=True)
class AskedPath:
    """A shortest path between two records. longest: how many links it may have."""

    start: OpaqueId
    end: OpaqueId
    longest: int | None

    @classmethod
    def of(cls, from_: str, to: str, max_length: int | None = UNSET) -> "AskedPath":
        """By the arguments of the field. Raises Refusal."""
        longest = given(max_length)
        if longest is not None and longest < 0:
            raise Refusal(Code.BAD_ARGUMENT)
        return cls(OpaqueId(from_), OpaqueId(to), longest)

    def found(self, asking: Asking) -> Path | None:
        """The path, if there is one. Raises OutOfTime."""
        return asking.view.path(self.start, self.end, self.longest, asking.deadline.check)


@dataclass(frozen=True, slots=True)
class AskedChanges:
    """A page of what changed since a version; None: of everything, as added."""

    since: str | None
    belonging: Belonging
    cut: Cut

    @classmethod
    def of(
        cls, since: str | None = UNSET, first: int | None = UNSET, after: str | None = UNSET
    ) -> "AskedChanges":
        """By the arguments of the field. Raises Refusal."""
        version = given(since)
        return cls(version, Belonging("", "changes", stated({"since": version})), Cut.of(first, after))

    def whole(self, view: View) -> Sequence[Changed]:
        """All changes that are asked for. Raises Refusal RESYNC where that version is not known."""
        found = view.changes(self.since)
        if found is None:
            raise Refusal(Code.RESYNC)
        return found

    def page(self, asking: Asking) -> Page[Changed]:
        """The page of these changes. Raises Refusal."""
        return cut_page(self.whole(asking.view), change_position, self.cut, asking.cursors, self.belonging)


def change_position(change: Changed) -> Position:
    """A change's place in its list. Places have as many digits as they may ever need, so that they compare as texts."""
    return "", f"{change.place:019}", change.id


def _meeting(
    records: Sequence[ReleasedRecord], conditions: Sequence[Callable[[Any], bool]], deadline: Deadline
) -> Sequence[ReleasedRecord]:
    for meets in conditions:
        records = [record for part in deadline.stretches(records) for record in part if meets(record)]
    return records


def few(ids: list[T]) -> list[T]:
    """The ids that are asked for, if they are no more than a page may have. Raises Refusal BAD_ARGUMENT."""
    if len(ids) > PAGE_MAX:
        raise Refusal(Code.BAD_ARGUMENT)
    return ids
