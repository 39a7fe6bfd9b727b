"""What of a file does not fit what the mapping says of a name in it: a label of nodes, or a type of relationships.

One that the mapping does not name, and a column that it needs and the file lacks, are told with what to change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from loaders.cells import Places
from loaders.headers import Header
from loaders.refusals import is_utf8
from loaders.rows import Row


class Needing(Protocol):
    """What the mapping says of one name."""

    @property
    def needs(self) -> Mapping[str, str]:
        """Each column that it needs, and a path of the mapping that needs it."""


@dataclass(frozen=True, slots=True)
class Names:
    """One sort of names. what: one of them. table: where the mapping has them. ignored: where it passes them over."""

    what: str
    table: str
    ignored: str

    def misfits(self, file: str, name: str, mapped: Mapping[str, Needing], places: Places) -> list[str]:
        """What of a file does not fit what the mapping says of a name; a sentence each."""
        if (needing := mapped.get(name)) is None:
            return [
                f"{file}: {self.what} {name}: the mapping does not name it;"
                f" add [{self.table}.{name}], or list it in {self.ignored}"
            ]
        return [
            f"{file}: column {column}: not there, and {path} needs it; add it, or change the mapping"
            for column, path in needing.needs.items()
            if column not in places
        ]


LABELS: Final = Names("label", "nodes", "ignore.labels")
TYPES: Final = Names("relationship type", "relationships", "ignore.types")


def name_in(row: Row, place: int, header: Header) -> str | None:
    """The name in a column of a row; None where it cannot be told."""
    cell = row.cells[place] if len(row.cells) == header.width else ""
    return cell if cell and is_utf8(cell) else None
