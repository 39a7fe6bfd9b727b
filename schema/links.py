"""Which links of a record are asked for, and their place in its list: type, then the other record, then the link.

A filter that is an empty list matches nothing; a type that nobody knows matches nothing. A self-loop is one link, OUT.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import overload

import strawberry

from graph.indexed import Direction as Seen
from graph.indexed import Incident
from graph.model import Kind, OpaqueId
from graph.view import View
from schema.cursors import Position


@strawberry.enum
class RecordKind(Enum):
    """The kinds of records, as the schema writes them."""

    CASE = Kind.CASE
    DOCUMENT = Kind.DOCUMENT
    SUBJECT = Kind.SUBJECT


@strawberry.enum
class Direction(Enum):
    """How a link stands to the record it is seen from. BOTH is for asking alone."""

    OUT = Seen.OUT
    IN = Seen.IN
    BOTH = "BOTH"


def incident_position(incident: Incident) -> Position:
    """A link's place among those of a record."""
    return incident.link.type, incident.other, incident.link.id


@dataclass(frozen=True, slots=True)
class Stretches(Sequence[Incident]):
    """Stretches of a list, one after the other, as a list of its own that copies nothing. Places count from 0."""

    whole: Sequence[Incident]
    places: Sequence[range]

    def __len__(self) -> int:
        return sum(map(len, self.places))

    @overload
    def __getitem__(self, place: int) -> Incident: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Incident]: ...

    def __getitem__(self, place: int | slice) -> Incident | Sequence[Incident]:
        if isinstance(place, slice):
            return [self._at(each) for each in range(*place.indices(len(self)))]
        return self._at(place)

    def _at(self, place: int) -> Incident:
        for stretch in self.places:
            if place < len(stretch):
                return self.whole[stretch[place]]
            place -= len(stretch)
        raise IndexError(place)


def incidents(
    view: View,
    id: OpaqueId,
    types: Collection[str] | None,
    direction: Direction | None,
    kinds: Collection[RecordKind] | None,
) -> Sequence[Incident]:
    """The links of a record that are asked for. None is no condition; kinds: of the record at the other end."""
    way = None if direction is None or direction is Direction.BOTH else Seen(direction.value)
    found = view.incidents(id, way, None if kinds is None else frozenset(kind.value for kind in kinds))
    if types is None:
        return found
    return Stretches(found, [_of_type(found, type) for type in sorted(set(types))])


def _of_type(found: Sequence[Incident], type: str) -> range:
    """Where the links of a type stand: a record's links come by type first."""
    return range(bisect_left(found, type, key=_type), bisect_right(found, type, key=_type))


def _type(incident: Incident) -> str:
    return incident.link.type
