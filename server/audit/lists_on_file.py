"""The ids that an answer discloses, as a line of the audit log has them: a list, or the number of a line with it.

A page that partners ask for again and again is told with a list that is kept (`schema.told`). Each file of the log has
it once, and the lines after it say `records_as` and the number of the line that has it. So each file can be read
alone; a line is referred to only from its own file, only from after it, and only if it was written.
"""

from typing import Final

import orjson

from graph.model import OpaqueId
from schema.disclosed import KeptIds

FEWEST: Final = 16
"""Of fewer ids the list is told each time; so is each that is not kept, for it does not come again."""

_MOST: Final = 100_000
"""So many ids are remembered, in all lists together; then all are forgotten, and told whole once more."""


class ListsOnFile:
    """Which lists of ids stand in the file that is being written, and in which line. It knows a list, not its like."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[OpaqueId, ...], int]] = {}
        self._size = 0

    def member(self, records: tuple[OpaqueId, ...], number: int) -> bytes:
        """What the line of this number has of these ids, after a comma. The line is going to be written."""
        if type(records) is not KeptIds or len(records) < FEWEST:
            return b',"records":' + orjson.dumps(tuple(records))
        known = self._known.get(id(records))  # it is held, so that nothing else comes to have its address
        if known is not None:
            return b',"records_as":%d' % known[1]
        if self._size + len(records) > _MOST:
            self.forget()
        self._known[id(records)] = records, number
        self._size += len(records)
        return b',"records":' + orjson.dumps(tuple(records))

    def forget(self) -> None:
        """All of them: another file was begun, or a line was not written."""
        self._known.clear()
        self._size = 0
