"""The kinds of records and the two directions of a link, as the office's schema has them."""

from enum import Enum

import strawberry

from graph import model


@strawberry.enum(name="Kind")
class RecordKind(Enum):
    """What a record is."""

    CASE = model.Kind.CASE.value
    DOCUMENT = model.Kind.DOCUMENT.value
    SUBJECT = model.Kind.SUBJECT.value


@strawberry.enum
class Direction(Enum):
    """Which way a link leads, as seen from a record."""

    OUT = "out"
    IN = "in"


def kinds_of(kinds: list[RecordKind] | None) -> frozenset[model.Kind] | None:
    """The kinds of the holdings; None stays any."""
    return None if kinds is None else frozenset(model.Kind(kind.value) for kind in kinds)
