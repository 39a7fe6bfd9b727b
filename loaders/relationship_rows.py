"""A row of a file of relationships becomes the JSON line of a link, as its type's mapping says.

A row that names its ends but cannot be taken withholds them, and the link too where the row says which one it is.
"""

from collections.abc import Callable
from typing import Any

import orjson

from graph.model import EntryId, Kind
from loaders.cells import Cells, Places
from loaders.drawn import Drawn, Place, Rejected
from loaders.fitting import TYPES, name_in
from loaders.headers import RelationshipHeader
from loaders.mapping import Mapping, RelationshipMapping, misfit
from loaders.refusals import is_utf8, named_ids, not_utf8, ragged, rejected
from loaders.row_ids import Repeats, link_id, part, record_id
from loaders.rows import Broken, Row

_Line = dict[str, Any]


class RelationshipRows:
    """The rows of one file of relationships. repeats: counts over all files of the load."""

    def __init__(self, file: str, header: RelationshipHeader, mapping: Mapping, repeats: Repeats) -> None:
        self._file = file
        self.header = header
        self._mapping = mapping
        self._repeats = repeats
        self._made: dict[str, Callable[[Cells], _Line]] = {}

    def name(self, row: Row) -> str | None:
        """The type of a row; None where it cannot be told."""
        return name_in(row, self.header.type.place, self.header)

    def misfits(self, type: str) -> list[str]:
        """What of this file does not fit what the mapping says of a relationship type."""
        if type in self._mapping.ignored_types:
            return []
        return TYPES.misfits(self._file, type, self._mapping.relationships, self.header.places)

    def draw(self, row: Row | Broken) -> Drawn | Rejected | None:
        """The line of a row; None where its type is ignored. Raises MappingError where its type does not fit."""
        if isinstance(row, Broken):
            return self._reject(row, ("$", row.sentence))
        if why := ragged(row, self.header):
            return self._reject(row, why)
        type = self.name(row)
        if type in self._mapping.ignored_types:
            return None
        id = None if type is None else self._id(row, type)
        if why := not_utf8(row, self.header) or self._lacks(row):
            return self._reject(row, why, id)
        if type is None:
            return self._reject(
                row, (f"$.{self.header.type.name}", "There is no type; it says what the row is.")
            )
        return Drawn(Place(self._file, row.line), orjson.dumps({"id": id} | self._maker(type)(row.cells)))

    def _id(self, row: Row, type: str) -> EntryId | None:
        """The link that a row is; None where it does not say it. Counted whether or not the row can be taken."""
        cells = [row.cells[column.place] for column in self.header.ids]
        if not all(cell and is_utf8(cell) for cell in cells):
            return None
        start, end = (part(cell, column.group) for cell, column in zip(cells, self.header.ids, strict=True))
        prefix = self._mapping.id_prefix
        return link_id(prefix, type, start, end, self._repeats.time(link_id(prefix, type, start, end)))

    def _lacks(self, row: Row) -> tuple[str, str] | None:
        for column in self.header.ids:
            if not row.cells[column.place]:
                return f"$.{column.name}", "There is no id of this end; fill the column in."
        return None

    def _reject(self, row: Row | Broken, why: tuple[str, str], id: EntryId | None = None) -> Rejected:
        ends = [
            end
            for column in self.header.ids
            for end in named_ids(row, column, self.header.width, self._mapping.id_prefix)
        ]
        return rejected(self._file, row, why, id, ends if id is None else [id, *ends])

    def _maker(self, type: str) -> Callable[[Cells], _Line]:
        if type not in self._made:
            if mistakes := self.misfits(type):
                raise misfit(self._mapping.source, mistakes)
            self._made[type] = _link(self._mapping.relationships[type], self.header, self._mapping.id_prefix)
        return self._made[type]


def _link(mapping: RelationshipMapping, header: RelationshipHeader, prefix: str) -> Callable[[Cells], _Line]:
    """How a link is made of a row, but for its id."""
    places: Places = header.places
    head, tail = (header.end, header.start) if mapping.reverse else (header.start, header.end)
    fields = [(name, source.at(places)) for name, source in mapping.fields.items()]
    codes = mapping.coding.at(places)

    def made(cells: Cells) -> _Line:
        line: _Line = {
            "kind": Kind.LINK,
            "type": mapping.link,
            "from": record_id(prefix, part(cells[head.place], head.group)),
            "to": record_id(prefix, part(cells[tail.place], tail.group)),
        }
        line |= {name: text for name, fill in fields if (text := fill(cells)) is not None}
        return line | ({"access_codes": given} if (given := codes(cells)) else {})

    return made
