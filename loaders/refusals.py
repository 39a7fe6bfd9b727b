"""Rows that become nothing, and whom they name: every id that may be meant is withheld (DESIGN 3, rejects fail closed).

Where a row has too many or too few cells, an id may stand where its column is counted from the left or from the right.
Both are named: to withhold one too many is mended with the file, to withhold one too few is a disclosure.
"""

from collections.abc import Iterable

from graph.model import EntryId
from loaders.check import LONGEST_ID
from loaders.drawn import Place, Rejected
from loaders.headers import Header, IdColumn
from loaders.row_ids import part, record_id
from loaders.rows import MOST_KEPT, Broken, Row


def named_ids(row: Row | Broken, column: IdColumn, width: int, prefix: str) -> list[EntryId]:
    """The records that may be meant by the id in a column. width: how many cells a row should have."""
    ids = [
        record_id(prefix, part(text, column.group)) for text in _candidates(row, column.place, width) if text
    ]
    return [id for id in dict.fromkeys(ids) if _storable(id)]


def is_certain(row: Row | Broken, column: IdColumn) -> bool:
    """Whether the one id that can be read in a column must be the one that is meant, whatever is wrong with the row."""
    return isinstance(row, Row) or column.place == 0


def ragged(row: Row, header: Header) -> tuple[str, str] | None:
    """Why a row with too many or too few cells cannot be taken, as a JSON path and a sentence; else None."""
    if len(row.cells) == header.width:
        return None
    return "$", (
        f"The row has {len(row.cells)} cells and the first row {header.width}; give each column its cell,"
        " and put a cell with a comma or a line break in quotes."
    )


def not_utf8(row: Row, header: Header) -> tuple[str, str] | None:
    """The same for bytes that are not UTF-8."""
    if row.whole:
        return None
    place = next(place for place, cell in enumerate(row.cells) if not is_utf8(cell))
    name = next((name for name, column in header.places.items() if column == place), None)
    return (f"$[{place}]" if name is None else f"$.{name}"), "The cell is not UTF-8; save the file as UTF-8."


def is_utf8(text: str) -> bool:
    """Whether nothing of a cell came as bytes that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def rejected(
    file: str, row: Row | Broken, why: tuple[str, str], by: EntryId | None, named: Iterable[EntryId]
) -> Rejected:
    """The rejection. why: a JSON path and a sentence."""
    ids = tuple(dict.fromkeys(named))
    return Rejected(Place(file, row.line), *why, text=row.text[:MOST_KEPT], by=by, named=ids)


def _candidates(row: Row | Broken, place: int, width: int) -> list[str]:
    if isinstance(row, Broken):
        return [cells[place] for cells in row.readings if place < len(cells)]
    surplus = len(row.cells) - width
    places = {place, place + surplus}
    # Nothing precedes the first column, and nothing follows the last.
    places -= {surplus} if place == 0 and surplus else set()
    places -= {place} if place == width - 1 and surplus else set()
    return [row.cells[candidate] for candidate in sorted(places) if 0 <= candidate < len(row.cells)]


def _storable(id: EntryId) -> bool:
    return is_utf8(id) and len(id.encode()) <= LONGEST_ID
