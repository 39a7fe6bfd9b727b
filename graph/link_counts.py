"""How many released links a record has of each type: what a reader is told before all of them are shown.

It counts the links that the record's list has, each once, and nothing else.
"""

from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from graph.indexed import Direction, Incident
from graph.model import Kind, OpaqueId


class LinkCount(msgspec.Struct, frozen=True, gc=False):
    """So many links of one type and direction, to records of one kind. A self-loop counts once, OUT."""

    type: str
    direction: Direction
    kind: Kind
    count: int


def link_counts(incidents: Iterable[Incident], kind: Callable[[OpaqueId], Kind]) -> tuple[LinkCount, ...]:
    """By type, then direction, then kind. incidents: a record's own. kind: of a record, by its id."""
    counted = Counter(
        (incident.link.type, incident.direction, kind(incident.other)) for incident in incidents
    )
    return tuple(LinkCount(*which, counted[which]) for which in sorted(counted))
