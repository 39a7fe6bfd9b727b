"""Which fields of a record or a link the approval of a recoding would change.

What would be held is found as the desk finds it, from the line as it was loaded and the codes that are asked for.
"""

from collections.abc import Iterator
from typing import Any, Final

import orjson
import strawberry

from graph.dossier import Dossier, Opening, Request
from graph.model import EntryId
from graph.office.desk_sight import Sight
from graph.overlaid import overlaid
from graph.reading import line_of

_RECODED: Final = ("access_codes", "approval")


@strawberry.type
class FieldChange:
    """A field as it is held, and as it would be."""

    name: str
    before: str | None
    after: str | None


def changes_by(sight: Sight, target: EntryId, file: Dossier, asked: Request) -> Iterator[FieldChange]:
    """The fields that the approval of an open recoding would change, as they are held and as they would be, in JSON."""
    held, raw = sight.entry(target), sight.raw(target)
    if held is None or raw is None:
        return
    opening = Opening(asked.asked.codes, asked.by.who, "", "", sight.contents([target])[target])
    then = overlaid(raw, Dossier(added=asked.asked.codes, opening=opening))
    before, after = line_of(held), line_of(then)
    for name in _RECODED:
        was, will = (_text(line, name) for line in (before, after))
        if was != will:
            yield FieldChange(name=name, before=was, after=will)


def _text(line: Any, name: str) -> str | None:
    return orjson.dumps(line[name]).decode() if name in line else None
