"""Filters: which records of a kind are asked for. Exact and case-sensitive on what is shown, joined by "and".

`contains` and `startsWith` fold case. A filter on a field never matches a null. An empty list matches nothing, and so
does an id that is unknown or of another kind. A filter, or a part of one, that is null is one that was not given.
"""

import dataclasses
import json
import operator
from collections.abc import Callable, Collection, Sequence
from enum import Enum
from functools import partial
from typing import Any, Protocol, TypeVar

import strawberry
from strawberry import UNSET

from graph.model import Kind, OpaqueId
from graph.release import ReleasedCase, ReleasedDocument, ReleasedRecord, ReleasedSubject
from graph.view import View
from schema.scalars import Date

T = TypeVar("T")
R = TypeVar("R", bound=ReleasedRecord)
Matches = Callable[[R], bool]
Condition = Callable[[str | None], bool]


class Asked(Protocol):
    """What one shown field must be."""

    def condition(self) -> Condition:
        """What the field meets."""


Fields = Sequence[tuple[Asked | None, Callable[[R], str | None]]]
"""What is asked of each shown field of a record."""


def given(argument: T | None) -> T | None:
    """An argument, or None where it is null or was left out."""
    return None if argument is UNSET else argument


@strawberry.input
class StringFilter:
    """What a text must be."""

    eq: str | None = UNSET
    in_: list[str] | None = strawberry.field(name="in", default=UNSET)
    starts_with: str | None = UNSET
    contains: str | None = UNSET

    def condition(self) -> Condition:
        """What a text that is all that was asked meets. What is folded or looked up is made ready once."""
        tests: list[Callable[[str], bool]] = []
        if (eq := given(self.eq)) is not None:
            tests.append(partial(operator.eq, eq))
        if (among := given(self.in_)) is not None:
            tests.append(frozenset(among).__contains__)
        if (head := given(self.starts_with)) is not None:
            tests.append(partial(_starts_with, head.casefold()))
        if (part := given(self.contains)) is not None:
            tests.append(partial(_contains, part.casefold()))
        return partial(_passes, tests)


@strawberry.input
class DateFilter:
    """Which days a day must be between, both included."""

    from_: Date | None = strawberry.field(name="from", default=UNSET)
    to: Date | None = UNSET

    def condition(self) -> Condition:
        """What a day in the period meets."""
        start, end = given(self.from_), given(self.to)
        return lambda shown: (
            shown is not None and (start is None or start <= shown) and (end is None or shown <= end)
        )


@strawberry.input
class PropertyFilter:
    """A property that a subject must have, and what one of its values must be."""

    name: str
    value: StringFilter


@strawberry.input
class CaseFilter:
    """Which cases are asked for."""

    number: StringFilter | None = UNSET
    title: StringFilter | None = UNSET
    status: StringFilter | None = UNSET
    program: StringFilter | None = UNSET
    office: StringFilter | None = UNSET
    opened: DateFilter | None = UNSET
    closed: DateFilter | None = UNSET
    has_subject: strawberry.ID | None = UNSET

    def conditions(self, view: View) -> list[Matches[ReleasedCase]]:
        """What each case asked for meets."""
        fields: Fields[ReleasedCase] = (
            (self.number, lambda case: case.number),
            (self.title, lambda case: case.title),
            (self.status, lambda case: case.status),
            (self.program, lambda case: case.program),
            (self.office, lambda case: case.office),
            (self.opened, lambda case: case.opened),
            (self.closed, lambda case: case.closed),
        )
        conditions = _shown(fields)
        if (subject := given(self.has_subject)) is not None:
            conditions.append(_among(_cases_of(OpaqueId(subject), view)))
        return conditions


@strawberry.input
class DocumentFilter:
    """Which documents are asked for."""

    number: StringFilter | None = UNSET
    type: StringFilter | None = UNSET
    title: StringFilter | None = UNSET
    office: StringFilter | None = UNSET
    prepared: DateFilter | None = UNSET
    mentions: strawberry.ID | None = UNSET

    def conditions(self, view: View) -> list[Matches[ReleasedDocument]]:
        """What each document asked for meets."""
        fields: Fields[ReleasedDocument] = (
            (self.number, lambda document: document.number),
            (self.type, lambda document: document.type),
            (self.title, lambda document: document.title),
            (self.office, lambda document: document.office),
            (self.prepared, lambda document: document.prepared),
        )
        conditions = _shown(fields)
        if (mentioned := given(self.mentions)) is not None:
            conditions.append(_among(_linking_to(OpaqueId(mentioned), view)))
        return conditions


@strawberry.input
class SubjectFilter:
    """Which subjects are asked for. name: its property `name`."""

    type: StringFilter | None = UNSET
    name: StringFilter | None = UNSET
    property: PropertyFilter | None = UNSET

    def conditions(self, _view: View) -> list[Matches[ReleasedSubject]]:
        """What each subject asked for meets."""
        fields: Fields[ReleasedSubject] = ((self.type, lambda subject: subject.type),)
        conditions = _shown(fields)
        if (name := given(self.name)) is not None:
            conditions.append(_has("name", name))
        if (prop := given(self.property)) is not None:
            conditions.append(_has(prop.name, prop.value))
        return conditions


def stated(arguments: object) -> str:
    """Arguments in one canonical writing: equal if they ask for the same in the same words. A null is left out."""
    return json.dumps(_plain(arguments), sort_keys=True, separators=(",", ":"))


def _plain(argument: Any) -> Any:
    if dataclasses.is_dataclass(argument) and not isinstance(argument, type):
        return _plain({field.name: getattr(argument, field.name) for field in dataclasses.fields(argument)})
    if isinstance(argument, dict):
        return {name: _plain(part) for name, part in argument.items() if given(part) is not None}
    if isinstance(argument, list):
        return [_plain(part) for part in argument]
    return argument.name if isinstance(argument, Enum) else argument


def _passes(tests: Sequence[Callable[[str], bool]], shown: str | None) -> bool:
    return shown is not None and all(test(shown) for test in tests)


def _starts_with(head: str, shown: str) -> bool:
    return shown.casefold().startswith(head)


def _contains(part: str, shown: str) -> bool:
    return part in shown.casefold()


def _shown(fields: Fields[R]) -> list[Matches[R]]:
    asked = ((given(filter), field) for filter, field in fields)
    return [partial(_meets, filter.condition(), field) for filter, field in asked if filter is not None]


def _meets(condition: Condition, field: Callable[[R], str | None], record: R) -> bool:
    return condition(field(record))


def _has(name: str, asked: StringFilter) -> Matches[ReleasedSubject]:
    condition = asked.condition()
    return lambda subject: any(value.name == name and condition(value.value) for value in subject.properties)


def _among(ids: Collection[OpaqueId]) -> Callable[[ReleasedRecord], bool]:
    return lambda record: record.id in ids


def _cases_of(subject: OpaqueId, view: View) -> frozenset[OpaqueId]:
    """The `cases` of a subject; none where the id is no subject's."""
    if not isinstance(view.record(subject), ReleasedSubject):
        return frozenset()
    return frozenset(case.id for case in view.supported(subject, Kind.CASE))


def _linking_to(id: OpaqueId, view: View) -> frozenset[OpaqueId]:
    """The records with a link to this record, of whatever type."""
    return frozenset(incident.link.head for incident in view.incidents(id) if incident.link.tail == id)
