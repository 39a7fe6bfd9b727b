"""Neo4j-style CSV (`--format neo4j-csv --mapping FILE`): files of nodes and of relationships, drawn as JSON lines.

The files are read twice: once to see that the mapping names every label and type in them and that its columns are
there, which refuses them all before the first line is drawn; once to draw. Nothing of them is kept in memory.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from graph.errors import Unreadable
from loaders.archives import TableFile, table_files
from loaders.drawn import Drawn, Rejected
from loaders.headers import NodeHeader, read_header
from loaders.mapping import Mapping, misfit
from loaders.node_rows import NodeRows
from loaders.relationship_rows import RelationshipRows
from loaders.row_ids import Repeats
from loaders.rows import Broken, Row, rows

_MOST_TOLD: Final = 50
"""Mistakes after which the reading stops: a file of something else would have one in every row."""


class TableFormat:
    """The tables at a path: a file, a folder or a zip, under a mapping."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        self._path = path
        self._mapping = mapping
        self._position = 0
        self._checked = False

    def check(self) -> None:
        """Read the files through. Raises MappingError with what does not fit, and Unreadable.

        `draw` begins with it; a load of several paths calls it for each of them before it draws from any.
        """
        if self._checked:
            return
        mistakes: list[str] = []
        grouped: set[bool] = set()
        with table_files(self._path, self._mapping.ignored_files) as files, closing(Repeats()) as repeats:
            for file in files:
                self._scan(file, repeats, grouped, mistakes)
        if len(grouped) > 1:
            mistakes.append(
                ":ID: some ids have a group, as in :ID(Person), and some have none; give every one its group"
            )
        if mistakes:
            raise misfit(self._mapping.source, mistakes[:_MOST_TOLD])
        self._checked = True

    def draw(self) -> Iterator[Drawn | Rejected]:
        """The rows in the files' order, but for those that the mapping ignores. Raises MappingError, Unreadable."""
        self.check()
        with table_files(self._path, self._mapping.ignored_files) as files, closing(Repeats()) as repeats:
            for file in files:
                yield from self._draw(file, repeats)

    def size(self) -> int:
        """How many bytes there are to read: those of each file, twice."""
        try:
            with table_files(self._path, self._mapping.ignored_files) as files:
                return 2 * sum(file.size for file in files)
        except Unreadable:
            return 0

    def position(self) -> int:
        """How many of them have been read."""
        return self._position

    def _scan(self, file: TableFile, repeats: Repeats, grouped: set[bool], mistakes: list[str]) -> None:
        """Add to `mistakes` what of a file does not fit, and to `grouped` whether its ids have groups."""
        seen: set[str] = set()
        with file.open() as stream:
            read = rows(stream, self._tell)
            if (table := self._table(file, read, repeats, mistakes)) is None:
                return
            grouped |= {column.group is not None for column in table.header.ids}
            for row in read:
                name = table.name(row) if isinstance(row, Row) else None
                if name is not None and name not in seen and len(mistakes) < _MOST_TOLD:
                    seen.add(name)
                    mistakes += table.misfits(name)

    def _draw(self, file: TableFile, repeats: Repeats) -> Iterator[Drawn | Rejected]:
        mistakes: list[str] = []
        with file.open() as stream:
            read = rows(stream, self._tell)
            table = self._table(file, read, repeats, mistakes)
            if mistakes:
                raise misfit(self._mapping.source, mistakes)
            if table is not None:
                yield from filter(None, map(table.draw, read))

    def _table(
        self, file: TableFile, read: Iterator[Row | Broken], repeats: Repeats, mistakes: list[str]
    ) -> NodeRows | RelationshipRows | None:
        """The table that the first row says it is; None for an empty file, and after adding to `mistakes`."""
        first = next(read, None)
        if first is None:
            return None
        if isinstance(first, Broken) or not first.whole:
            mistakes.append(f"{file.name}: its first row is no row of CSV in UTF-8; save the file as such")
            return None
        header = read_header(first.cells, file.name, mistakes)
        if header is None:
            return None
        if isinstance(header, NodeHeader):
            return NodeRows(file.name, header, self._mapping, repeats)
        return RelationshipRows(file.name, header, self._mapping, repeats)

    def _tell(self, bytes: int) -> None:
        self._position += bytes
