"""Which records a change touches, and by how much the mark of what each shows changes by it.

What a record shows is itself and its links, so its mark is the sum of their marks (Bellare and Micciancio, "A New
Paradigm for Collision-Free Hashing", 1997). Of each touch the difference is kept: it is found from the change alone,
however many links a record has, and a change that was taken back sums to nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from graph.history import MODULUS, Mark, Touch
from graph.model import OpaqueId
from graph.release import Content, ReleasedLink, ReleasedRecord, encode
from graph.release_store import Change

E = TypeVar("E", ReleasedRecord, ReleasedLink)


def touches(old: Content, change: Change, place: int, mark: Mark) -> list[Touch]:
    """What a change does to records, in the order of their ids.

    old: the elements that the change replaces or takes away, as they were; others in it do not matter.
    """
    shifts: dict[OpaqueId, int] = {}
    for id, shift in _shifts(old, change, mark):
        shifts[id] = (shifts.get(id, 0) + shift) % MODULUS
    come = {record.id for record in change.records}
    gone = frozenset(change.gone_records)
    found = (
        Touch(place, id, before=id in old.records or id not in come, after=id not in gone, shift=shifts[id])
        for id in sorted(shifts)
    )
    return [touch for touch in found if touch.shift or touch.before != touch.after]


def _shifts(old: Content, change: Change, mark: Mark) -> Iterator[tuple[OpaqueId, int]]:
    """By how much each element that goes or comes changes the mark of a record: its own, or that of its ends."""
    for record in _left(old.records, change.gone_records, change.records):
        yield record.id, -mark(encode(record))
    for record in change.records:
        yield record.id, mark(encode(record))
    for link in _left(old.links, change.gone_links, change.links):
        shift = -mark(encode(link))
        yield from ((end, shift) for end in {link.head, link.tail})
    for link in change.links:
        shift = mark(encode(link))
        yield from ((end, shift) for end in {link.head, link.tail})


def _left(old: Mapping[OpaqueId, E], gone: Iterable[OpaqueId], put: Iterable[E]) -> Iterator[E]:
    """The elements as they were that go, or are replaced."""
    for id in (*gone, *(element.id for element in put)):
        if id in old:
            yield old[id]
