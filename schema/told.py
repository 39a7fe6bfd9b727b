"""What plans have told of records, as JSON, kept for the next answer that tells the same of them.

A selection whose fields are the record's own (no arguments, no cursors, nothing that is looked up) says the same of a
record as long as the View is there. Its JSON is kept by the View, the selection and the record's id: it goes with the
View, so it outlives no version and is shared by no two agreements. It is made when a list is told for the second time,
for that costs more than one answer saves, and who reads a release from end to end asks for each list once. A View keeps
so many bytes and no more; when they are full, it forgets them all. What is noted for the audit log is noted by the
plan, be the JSON kept or new.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, repeat
from typing import Any, Final
from weakref import WeakKeyDictionary

import orjson

from graph.model import OpaqueId
from graph.view import View

Tell = Callable[[Any], Mapping[str, Any]]
"""What a selection tells of a record."""

Telling = Callable[[Sequence[OpaqueId], Iterable[Any]], Sequence[Any]]
"""What a selection tells of records, given their ids and themselves."""

MOST_BYTES: Final = 4 * 1024 * 1024
"""Of one View."""

_EACH: Final = 200
"""What keeping a text takes besides its own bytes, and a selection besides its texts; about."""

_BREAK: Final = orjson.Fragment(b"\0")
"""Stands between texts that are written together: JSON has no such byte."""


class Room:
    """The bytes that one View may keep, and who keeps them. May be asked from several threads."""

    def __init__(self, most: int) -> None:
        self._lock = threading.RLock()
        self._most = most
        self._taken = 0
        self._selections: WeakKeyDictionary[Tell, Kept] = WeakKeyDictionary()

    def selection(self, tell: Tell) -> Telling:
        """What is kept of a selection, as long as its plan is: a plan may be far larger than what it tells."""
        kept = self._selections.get(tell)
        if kept is None:
            with self._lock:
                kept = Kept(self)
                if self.take(_EACH):
                    self._selections[tell] = kept
        return partial(kept.tell, tell)

    def take(self, size: int) -> bool:
        """Whether there is room for so many bytes, after all others are forgotten where there is not."""
        with self._lock:
            if self._taken + size > self._most:
                for kept in self._selections.values():
                    kept.forget()
                self._selections, self._taken = WeakKeyDictionary(), 0
            if size > self._most:
                return False
            self._taken += size
            return True


class Kept:
    """What one selection has told of one View's records. It refers to no View and no plan, so that old ones go."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._texts: dict[OpaqueId, orjson.Fragment] = {}
        self._begun: set[OpaqueId] = set()

    def tell(self, tell: Tell, ids: Sequence[OpaqueId], records: Iterable[Any]) -> Sequence[Any]:
        """What the selection tells of each of these records. ids: theirs."""
        try:
            return list(map(self._texts.__getitem__, ids))
        except KeyError:
            if self._is_told_again(ids[0]):
                return self._found(tell, dict(zip(ids, records, strict=True)), ids)
            return list(map(tell, records))

    def _is_told_again(self, first: OpaqueId) -> bool:
        """Whether a list that began with this record was told before."""
        if first in self._begun:
            return True
        if self._room.take(_EACH):
            self._begun.add(first)
        return False

    def _found(
        self, tell: Tell, records: Mapping[OpaqueId, Any], ids: Sequence[OpaqueId]
    ) -> list[orjson.Fragment]:
        kept = {id: self._texts.get(id) for id in records}
        missing = [id for id, text in kept.items() if text is None]
        texts = written([tell(records[id]) for id in missing])
        new = dict(zip(missing, map(orjson.Fragment, texts), strict=True))
        if self._room.take(sum(map(len, texts)) + _EACH * len(texts)):
            self._texts.update(new)
        return [kept[id] or new[id] for id in ids]

    def forget(self) -> None:
        """All of it."""
        self._texts.clear()
        self._begun.clear()


class Told:
    """What is kept for every View."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._rooms: WeakKeyDictionary[View, Room] = WeakKeyDictionary()

    def of(self, view: View, tell: Tell) -> Telling:
        """What a selection tells of a View's records."""
        room = self._rooms.get(view)
        if room is None:
            room = self._rooms.setdefault(view, Room(self._most))
        return room.selection(tell)


def written(told: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """Each as JSON, all written in one go: one by one takes ten times as long.

    >>> written([{"a": 1}, {"b": "},{"}])
    [b'{"a":1}', b'{"b":"},{"}']
    """
    text = orjson.dumps(list(chain.from_iterable(zip(told, repeat(_BREAK), strict=False))))
    return text[1:-3].split(b",\0,") if told else []
