"""A row of a file of nodes becomes the JSON line of a case, a document or a subject, as its label's mapping says.

A property has no sources: the row itself asserts it (R9). Several labels (`Person;Suspect`) are one label here, and the
mapping names it as it stands in the file. Of two rows with one id the second is rejected, and withholds the first: were
it to replace it, a vehicle 7 could lift what withholds a person 7.
"""

from collections.abc import Callable
from typing import Any, Final

import orjson

from graph.model import Kind
from loaders.cells import Cells, Places
from loaders.drawn import Drawn, Place, Rejected
from loaders.fitting import LABELS, name_in
from loaders.headers import NodeHeader
from loaders.mapping import Mapping, NodeMapping, PropertyMapping, misfit
from loaders.refusals import is_certain, named_ids, not_utf8, ragged, rejected
from loaders.row_ids import Repeats, part, record_id
from loaders.rows import Broken, Row

_Line = dict[str, Any]

_TWICE: Final = (
    "The id stands in an earlier row too; if two nodes are meant, give ids a group, as in :ID(Person)."
)


class NodeRows:
    """The rows of one file of nodes. repeats: counts over all files of the load."""

    def __init__(self, file: str, header: NodeHeader, mapping: Mapping, repeats: Repeats) -> None:
        self._file = file
        self.header = header
        self._mapping = mapping
        self._repeats = repeats
        self._made: dict[str, Callable[[Cells], _Line]] = {}

    def name(self, row: Row) -> str | None:
        """The label of a row; None where it cannot be told."""
        return name_in(row, self.header.label.place, self.header)

    def misfits(self, label: str) -> list[str]:
        """What of this file does not fit what the mapping says of a label."""
        if label in self._mapping.ignored_labels:
            return []
        return LABELS.misfits(self._file, label, self._mapping.nodes, self.header.places)

    def draw(self, row: Row | Broken) -> Drawn | Rejected | None:
        """The line of a row; None where its label is ignored. Raises MappingError where its label does not fit."""
        if isinstance(row, Broken):
            return self._reject(row, ("$", row.sentence))
        if why := ragged(row, self.header):
            return self._reject(row, why)
        label, id = self.name(row), row.cells[self.header.id.place]
        if label in self._mapping.ignored_labels:
            return None
        if why := not_utf8(row, self.header):
            return self._reject(row, why)
        if not id:
            return self._reject(row, (f"$.{self.header.id.name}", "There is no id; fill the column in."))
        if label is None:
            return self._reject(
                row, (f"$.{self.header.label.name}", "There is no label; it says what the row is.")
            )
        entry = record_id(self._mapping.id_prefix, part(id, self.header.id.group))
        if self._repeats.time(entry) > 1:
            return self._reject(row, (f"$.{self.header.id.name}", _TWICE))
        return Drawn(Place(self._file, row.line), orjson.dumps({"id": entry} | self._maker(label)(row.cells)))

    def _reject(self, row: Row | Broken, why: tuple[str, str]) -> Rejected:
        column = self.header.id
        ids = named_ids(row, column, self.header.width, self._mapping.id_prefix)
        by = ids[0] if len(ids) == 1 and is_certain(row, column) else None
        return rejected(self._file, row, why, by, ids)

    def _maker(self, label: str) -> Callable[[Cells], _Line]:
        if label not in self._made:
            if mistakes := self.misfits(label):
                raise misfit(self._mapping.source, mistakes)
            self._made[label] = _record(self._mapping.nodes[label], self.header.places)
        return self._made[label]


def _record(mapping: NodeMapping, places: Places) -> Callable[[Cells], _Line]:
    """How a record is made of a row, but for its id."""
    fields = [(name, source.at(places)) for name, source in mapping.fields.items()]
    approval = [(name, text.at(places)) for name, text in mapping.approval.items()]
    codes = mapping.coding.at(places)
    properties = [_property(prop, places) for prop in mapping.properties]

    def made(cells: Cells) -> _Line:
        line: _Line = {"kind": mapping.kind, "access_codes": codes(cells)}
        line |= _stated(fields, cells)
        line["approval"] = _stated(approval, cells)
        if mapping.kind is Kind.SUBJECT:
            line["properties"] = [prop for make in properties if (prop := make(cells)) is not None]
        return line

    return made


def _stated(fields: list[tuple[str, Callable[[Cells], str | None]]], cells: Cells) -> _Line:
    return {name: text for name, fill in fields if (text := fill(cells)) is not None}


def _property(prop: PropertyMapping, places: Places) -> Callable[[Cells], _Line | None]:
    fill = prop.value.at(places)
    codes = {"access_codes": list(prop.codes)} if prop.codes else {}

    def made(cells: Cells) -> _Line | None:
        value = fill(cells)
        return None if value is None else {"name": prop.name, "value": value, "sources": [], **codes}

    return made
