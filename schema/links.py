"""Which links of a record are asked for, and their place in its list: type, then the other record, then the link.

A filter that is an empty list matches nothing; a type that nobody knows matches nothing. A self-loop is one link, OUT.
"""

from collections.abc import Collection, Sequence
from enum import Enum

import strawberry

from graph.model import Kind, OpaqueId
from graph.release import KIND_OF
from graph.view import Direction as Seen
from graph.view import Incident, View
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


def incidents(
    view: View,
    id: OpaqueId,
    types: Collection[str] | None,
    direction: Direction | None,
    kinds: Collection[RecordKind] | None,
) -> Sequence[Incident]:
    """The links of a record that are asked for. None is no condition; kinds: of the record at the other end."""
    found = view.incidents(id)
    if types is not None:
        found = [incident for incident in found if incident.link.type in types]
    if direction is not None and direction is not Direction.BOTH:
        found = [incident for incident in found if incident.direction is direction.value]
    if kinds is not None:
        asked = {kind.value for kind in kinds}
        found = [incident for incident in found if _kind(view, incident.other) in asked]
    return found


def _kind(view: View, id: OpaqueId) -> Kind | None:
    return KIND_OF.get(type(view.record(id)))
