"""The orders of lists: by code point, nulls last, ties by id. The default is NUMBER, or LABEL for subjects.

An order is a function from a record to its position; positions compare as tuples of texts, which Python compares by
code point. A View's records in an order other than the default are sorted when first asked for.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final, TypeVar, cast
from weakref import WeakKeyDictionary

import strawberry

from graph.indexed import default_order
from graph.model import Kind
from graph.release import ReleasedCase, ReleasedDocument, ReleasedRecord, ReleasedSubject
from graph.view import View
from schema.cursors import Position


@strawberry.enum
class CaseOrder(Enum):
    """How cases are ordered."""

    NUMBER = "NUMBER"
    OPENED_ASC = "OPENED_ASC"
    OPENED_DESC = "OPENED_DESC"
    TITLE = "TITLE"


@strawberry.enum
class DocumentOrder(Enum):
    """How documents are ordered."""

    NUMBER = "NUMBER"
    PREPARED_ASC = "PREPARED_ASC"
    PREPARED_DESC = "PREPARED_DESC"
    TITLE = "TITLE"


@strawberry.enum
class SubjectOrder(Enum):
    """How subjects are ordered."""

    LABEL = "LABEL"
    TYPE = "TYPE"


Order = CaseOrder | DocumentOrder | SubjectOrder

DEFAULT_ORDER: Final[dict[Kind, Order]] = {
    Kind.CASE: CaseOrder.NUMBER,
    Kind.DOCUMENT: DocumentOrder.NUMBER,
    Kind.SUBJECT: SubjectOrder.LABEL,
}

R = TypeVar("R", ReleasedCase, ReleasedDocument, ReleasedSubject)

_PRESENT, _ABSENT = "0", "1"
_BACKWARDS = str.maketrans("0123456789", "9876543210")


def by_default(record: ReleasedRecord) -> Position:
    """NUMBER for cases and documents, LABEL for subjects."""
    shown, id = default_order(record)
    return _PRESENT, shown, id


def _at(shown: str | None, record: ReleasedRecord) -> Position:
    return (_ABSENT, "", record.id) if shown is None else (_PRESENT, shown, record.id)


def _latest_first(day: str | None) -> str | None:
    """A day written so that later ones come first by code point."""
    return None if day is None else day.translate(_BACKWARDS)


def _by(kind: type[R], shown: Callable[[R], str | None]) -> Callable[[ReleasedRecord], Position]:
    return lambda record: _at(shown(cast(R, record)), record)


POSITIONS: Final[dict[Order, Callable[[ReleasedRecord], Position]]] = {
    CaseOrder.NUMBER: by_default,
    CaseOrder.OPENED_ASC: _by(ReleasedCase, lambda case: case.opened),
    CaseOrder.OPENED_DESC: _by(ReleasedCase, lambda case: _latest_first(case.opened)),
    CaseOrder.TITLE: _by(ReleasedCase, lambda case: case.title),
    DocumentOrder.NUMBER: by_default,
    DocumentOrder.PREPARED_ASC: _by(ReleasedDocument, lambda document: document.prepared),
    DocumentOrder.PREPARED_DESC: _by(ReleasedDocument, lambda document: _latest_first(document.prepared)),
    DocumentOrder.TITLE: _by(ReleasedDocument, lambda document: document.title),
    SubjectOrder.LABEL: by_default,
    SubjectOrder.TYPE: _by(ReleasedSubject, lambda subject: subject.type),
}


class Orders:
    """The records of Views in every order. What is sorted for a View is kept until the View itself is let go of."""

    def __init__(self) -> None:
        # What is kept for a View must not refer to it, or neither would ever go.
        self._sorted: WeakKeyDictionary[View, dict[Order, Sequence[ReleasedRecord]]] = WeakKeyDictionary()

    def records(self, view: View, kind: Kind, order: Order) -> Sequence[ReleasedRecord]:
        """All records of a kind in an order."""
        if order is DEFAULT_ORDER[kind]:
            return view.records(kind)
        kept = self._sorted.setdefault(view, {})
        if order not in kept:
            kept[order] = sorted(view.records(kind), key=POSITIONS[order])
        return kept[order]
