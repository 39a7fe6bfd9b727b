"""The records of a release that is drawn whole: of each its bytes, and an object only while somebody looks at it.

Their bytes are what is added up, what is written, and what a second process tells of those that it has drawn.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from graph.model import OpaqueId
from graph.release import ReleasedRecord, decode_record

Row = tuple[OpaqueId, bytes]
"""A record as stores keep it."""


@dataclass(frozen=True, slots=True)
class DrawnRecords(Collection[ReleasedRecord]):
    """bodies: the bytes of each record, by its id."""

    bodies: dict[OpaqueId, bytes] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.bodies)

    def __contains__(self, record: object) -> bool:
        """Whether it is one of these; they are looked through."""
        return any(record == one for one in self)

    def __iter__(self) -> Iterator[ReleasedRecord]:
        """Each as an object, by its id."""
        return (decode_record(body) for _, body in self.rows())

    def rows(self) -> Iterator[Row]:
        """Each as a store keeps it, by its id."""
        return ((id, self.bodies[id]) for id in sorted(self.bodies))
