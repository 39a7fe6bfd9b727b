"""R11: deletion erases content, never withholding.

Of a record stay its id, kind, number, codes, source system and the tokens of its text, so that it goes on carrying and
citing. Of anything else stays that the id was its, and its kind.
"""

import orjson

from graph.model import RECORD_KINDS, Entry, Kind
from graph.numbers import Patterns
from graph.reading import line_of, read_record

_KEPT = ("kind", "id", "number", "access_codes", "source_system")


def erased(entry: Entry, patterns: Patterns, revised: str | None) -> Entry:
    """The entry as it stays when it is deleted by a line of that revision."""
    line = entry.line if entry.deleted else orjson.dumps(_remains(entry, patterns))
    return Entry(entry.id, entry.kind, line, revised, deleted=True, tainted=entry.tainted)


def _remains(entry: Entry, patterns: Patterns) -> dict[str, object]:
    if entry.kind not in RECORD_KINDS:
        return {"kind": entry.kind, "id": entry.id}
    line = line_of(entry)
    fields = read_record(entry).fields if entry.kind is Kind.DOCUMENT else {}
    tokens = [token for name in ("title", "narrative") for token in patterns.tokens(fields.get(name, ""))]
    kept = {name: line[name] for name in _KEPT if name in line}
    return kept | {"tokens": [(token.text, token.places) for token in tokens]}
