"""What changed since a version: the net difference between its content and the current one, each record once.

A record that came and went again, or whose changes were taken back, did not change. Each stands at the place of the
last version that touched it; what no known version touched stands at the first that is known. A content that was
current several times counts from the last time.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload

from graph.history import MODULUS, History, Touch
from graph.model import OpaqueId


class ChangeKind(StrEnum):
    """What became of a record."""

    ADDED = "ADDED"
    UPDATED = "UPDATED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one record. place, version: of its last change."""

    kind: ChangeKind
    id: OpaqueId
    place: int
    version: str


@dataclass(frozen=True, slots=True)
class Changes(Sequence[Changed]):
    """Changes by place, then id, each made when it is looked at."""

    names: dict[int, str]
    found: Sequence[tuple[int, OpaqueId, ChangeKind]]

    def __len__(self) -> int:
        return len(self.found)

    @overload
    def __getitem__(self, place: int) -> Changed: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Changed]: ...

    def __getitem__(self, place: int | slice) -> Changed | Sequence[Changed]:
        if isinstance(place, slice):
            return [self._changed(*each) for each in self.found[place]]
        return self._changed(*self.found[place])

    def _changed(self, place: int, id: OpaqueId, kind: ChangeKind) -> Changed:
        return Changed(kind, id, place, self.names[place])


def changes(history: History, records: Collection[OpaqueId], since: str | None) -> Changes | None:
    """What changed from the version of that name to the current one, whose records these are.

    since: None for all of the records, as added. None where no such version is known.
    """
    if since is None:
        found = _everything(history, records)
    else:
        start = max((place for place, name in history.names if name == since), default=None)
        if start is None:
            return None
        found = _difference((touch for touch in history.touches if touch.place > start), records)
    return Changes(dict(history.names), sorted(found))


def _everything(
    history: History, records: Collection[OpaqueId]
) -> Iterable[tuple[int, OpaqueId, ChangeKind]]:
    first = history.names[0][0]
    last = {touch.id: touch.place for touch in history.touches}
    return ((last.get(id, first), id, ChangeKind.ADDED) for id in records)


def _difference(
    touches: Iterable[Touch], records: Collection[OpaqueId]
) -> Iterable[tuple[int, OpaqueId, ChangeKind]]:
    """touches: by place."""
    first: dict[OpaqueId, Touch] = {}
    last: dict[OpaqueId, int] = {}
    shifts: dict[OpaqueId, int] = {}
    for touch in touches:
        first.setdefault(touch.id, touch)
        last[touch.id] = touch.place
        shifts[touch.id] = (shifts.get(touch.id, 0) + touch.shift) % MODULUS
    for id, place in last.items():
        kind = _kind(first[id].before, id in records, shifts[id])
        if kind is not None:
            yield place, id, kind


def _kind(before: bool, after: bool, shift: int) -> ChangeKind | None:
    if before and after:
        return ChangeKind.UPDATED if shift else None
    if before or after:
        return ChangeKind.ADDED if after else ChangeKind.WITHDRAWN
    return None
