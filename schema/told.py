"""What plans have told in lists, as JSON with the ids that it discloses, kept for the next answer that tells the same.

Where what a list tells of an element follows from the View, the query's text and the element alone, the list's JSON is
kept by the selection and the ids of its elements: a page of cases, say, with the documents of each. It is kept with
the View, so it outlives no version and is shared by no two agreements. It is made when a list is told for the second
time, for who reads a release from end to end asks for each list once. A View keeps so many bytes and no more; when they
are full, it forgets them all. What is kept is noted for the audit log each time that it is told.
"""

import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

import msgspec

from graph.view import View
from schema.disclosed import Disclosed, Identified, KeptIds
from schema.writing import as_json

Tell = Callable[[Any, Callable[[Identified], None], Callable[[Iterable[Identified]], None]], Any]
"""What a selection tells of an element, which notes by two methods of a Disclosed what it discloses."""

MOST_BYTES: Final = 4 * 1024 * 1024
"""Of one View."""

_EACH: Final = 200
"""What keeping a list takes besides its text and its ids, and a selection besides its lists; about."""

_KEY: Final = 72
_ID: Final = 8
"""What an element's key takes, and an id: the texts of both are the View's own."""


class Selection:
    """Stands for what one list of a plan tells of each of its elements. It goes with its plan."""

    __slots__ = ("__weakref__",)


class Room:
    """The bytes that one View may keep, and who keeps them. May be asked from several threads."""

    def __init__(self, most: int) -> None:
        self._lock = threading.RLock()
        self._most = most
        self._taken = 0
        self._selections: WeakKeyDictionary[Selection, Kept] = WeakKeyDictionary()

    def of(self, selection: Selection) -> "Kept":
        """What is kept of a selection, as long as its plan is: a plan may be far larger than what it tells."""
        return self._selections.get(selection) or self._begun(selection)

    def _begun(self, selection: Selection) -> "Kept":
        with self._lock:
            if selection in self._selections:  # two may ask for it first at once
                return self._selections[selection]
            kept = Kept(self)
            if self.take(_EACH, kept):
                self._selections[selection] = kept
            return kept

    def take(self, size: int, taker: "Kept") -> bool:
        """Whether there is room for so many bytes, after all others are forgotten where there is not.

        What went with its plan is counted until the room seems full; then it is counted anew.
        """
        if size > self._most:
            return False
        with self._lock:
            if self._taken + size > self._most:
                self._taken = sum(kept.size for kept in self._selections.values())
            if self._taken + size > self._most:
                for kept in self._selections.values():
                    kept.forget()
                self._selections, self._taken = WeakKeyDictionary(), 0
            self._taken += size
            taker.size += size
            return True


class _List(NamedTuple):
    """A list that was told. size: of its text. disclosed: each id once, in the order in which they were noted."""

    text: msgspec.Raw
    size: int
    disclosed: KeptIds


class Kept:
    """What one selection has told of one View's elements. It refers to no View and no plan, so that old ones go.

    size: the bytes that it has taken for that, as its room counts them.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self.size = 0
        self._lists: dict[tuple[Hashable, ...], _List] = {}
        self._begun: set[int] = set()

    def tell(
        self,
        disclosed: Disclosed,
        take: Callable[[int], None],
        tell: Tell,
        key: Callable[[Any], Hashable],
        elements: Sequence[Any],
    ) -> Any:
        """What the selection tells of these elements, for `schema.writing`.

        take: counts the bytes of what was kept (`schema.long_texts`). key: which element it is.
        """
        keys = tuple(map(key, elements))
        told = self._lists.get(keys)
        if told is not None:
            take(told.size)
        elif self._is_told_again(keys):
            told = self._kept(keys, tell, elements)
        else:
            return [tell(element, disclosed.note, disclosed.note_all) for element in elements]
        disclosed.note_list(told.disclosed)
        return told.text

    def _kept(self, keys: tuple[Hashable, ...], tell: Tell, elements: Iterable[Any]) -> _List:
        noted = Disclosed()
        text = as_json([tell(element, noted.note, noted.note_all) for element in elements])
        told = _List(msgspec.Raw(text), len(text), KeptIds(noted.ids()))
        size = _EACH + len(text) + _KEY * len(keys) + _ID * len(told.disclosed)
        if self._room.take(size, self):
            self._lists[keys] = told
        return told

    def _is_told_again(self, keys: tuple[Hashable, ...]) -> bool:
        """Whether this list was told before."""
        begun = hash(keys)
        if begun in self._begun:
            return True
        if self._room.take(_EACH, self):
            self._begun.add(begun)
        return False

    def forget(self) -> None:
        """All of it."""
        self._lists.clear()
        self._begun.clear()
        self.size = 0


class Told:
    """What is kept for every View."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._rooms: WeakKeyDictionary[View, Room] = WeakKeyDictionary()

    def of(self, view: View, selection: Selection) -> Kept:
        """What a selection has told of a View's elements."""
        room = self._rooms.get(view)
        if room is None:
            room = self._rooms.setdefault(view, Room(self._most))
        return room.of(selection)
