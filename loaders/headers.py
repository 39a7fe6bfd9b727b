"""The first row of a table, as `neo4j-admin database import` has it: which column is what.

A column is `name:type`; the type is not read, since a cell is text here. Columns that say what a row is have the types
`ID`, `LABEL`, `START_ID`, `END_ID` and `TYPE`, and go by the name `:ID` and so on where they have no other. An id may
belong to a group, as in `:ID(Person)`: then ids of other groups are other ids.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_SPECIAL: Final = ("ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE")
_COLUMN: Final = re.compile(
    r"(?P<name>[^:]*):(?P<type>[A-Za-z_]+)(?:\((?P<group>[^()]*)\))?(?:\[\])?(?:\{.*\})?"
)


@dataclass(frozen=True, slots=True)
class IdColumn:
    """Where an id stands in a row, from 0; the name of its column; its group, or None."""

    place: int
    name: str
    group: str | None


@dataclass(frozen=True, slots=True)
class NodeHeader:
    """The header of a file of nodes. places: each column by name."""

    places: Mapping[str, int]
    width: int
    id: IdColumn
    label: IdColumn

    @property
    def ids(self) -> tuple[IdColumn, ...]:
        """The columns with ids of records."""
        return (self.id,)


@dataclass(frozen=True, slots=True)
class RelationshipHeader:
    """The header of a file of relationships."""

    places: Mapping[str, int]
    width: int
    start: IdColumn
    end: IdColumn
    type: IdColumn

    @property
    def ids(self) -> tuple[IdColumn, ...]:
        """The columns with ids of records."""
        return (self.start, self.end)


Header = NodeHeader | RelationshipHeader


def read_header(cells: Sequence[str], file: str, mistakes: list[str]) -> Header | None:
    """The header, or None after adding to `mistakes` what is wrong with it."""
    places: dict[str, int] = {}
    special: dict[str, IdColumn] = {}
    repeated = []
    for place, cell in enumerate(cells):
        name, type, group = _column(cell)
        if type in _SPECIAL:
            repeated += [f":{type}"] if type in special and type != "IGNORE" else []
            special[type] = IdColumn(place, name, group)
        if name and type != "IGNORE":
            repeated += [name] if name in places else []
            places[name] = place
    if repeated:
        mistakes += [
            f"{file}: column {name}: stands twice, so it cannot be told which one is meant"
            for name in repeated
        ]
        return None
    return _header(places, len(cells), special, file, mistakes)


def _header(
    places: Mapping[str, int], width: int, special: Mapping[str, IdColumn], file: str, mistakes: list[str]
) -> Header | None:
    is_node, is_relationship = "ID" in special, "START_ID" in special or "END_ID" in special
    if is_node == is_relationship:
        mistakes.append(
            f"{file}: its first row is neither that of nodes (:ID, :LABEL) nor that of relationships"
            " (:START_ID, :END_ID, :TYPE), with commas between; add it, or list the file in ignore.files"
        )
        return None
    needed = ("ID", "LABEL") if is_node else ("START_ID", "END_ID", "TYPE")
    lacking = [
        f"{file}: column :{name}: not there; add it to the first row"
        for name in needed
        if name not in special
    ]
    if lacking:
        mistakes += lacking
        return None
    if is_node:
        return NodeHeader(places, width, special["ID"], special["LABEL"])
    return RelationshipHeader(places, width, special["START_ID"], special["END_ID"], special["TYPE"])


def _column(cell: str) -> tuple[str, str | None, str | None]:
    """The name, the type and the group of a column.

    >>> _column("latitude:double"), _column("nr:ID(Person)"), _column(":LABEL")
    (('latitude', 'double', None), ('nr', 'ID', 'Person'), (':LABEL', 'LABEL', None))
    """
    match = _COLUMN.fullmatch(cell)
    if match is None:
        return cell, None, None
    return match["name"] or f":{match['type']}", match["type"], match["group"]
