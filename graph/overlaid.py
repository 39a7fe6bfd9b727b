"""Which side wins, field by field: what persons said at the desk, laid over the line of the system of record.

It is never the more open one. Codes are the union of both; an approval that a supervisor has taken back is none; a
deletion stays. What two persons opened holds for the content that they saw, and for no other: there their codes stand
alone, and their approval is the record's. With any other content, all that was closed before it is closed again. Every
other field is the system of record's.
"""

from typing import Any, Final

import msgspec
import orjson

from graph.dossier import Dossier, Opening, Raw, united
from graph.fingerprint import content_of
from graph.model import RECORD_KINDS, Entry, Kind
from graph.reading import Line, line_of

RETURNED: Final = "returned"
"""The state of an approval that a supervisor has taken back."""

_NO_CODE: Final = None
"""Among codes: one that no book has, so that a record without codes stays uncoded beside those that were added (R1)."""


def overlaid(raw: Entry, dossier: Dossier) -> Entry:
    """The entry as everything else reads it; the very same one where nobody has said anything else."""
    if raw.kind not in (*RECORD_KINDS, Kind.LINK):
        return raw
    opening = _live(raw, dossier)
    changed = _coded(raw, dossier, opening)
    if raw.kind in RECORD_KINDS:
        changed |= _approved(raw, dossier, opening)
    line = line_of(raw)
    if all(name in line and line[name] == value for name, value in changed.items()):
        return raw
    return msgspec.structs.replace(raw, line=orjson.dumps({**line, **changed}))


def filed(raw: Entry, dossier: Dossier) -> tuple[Entry, Dossier]:
    """The entry as it is to be held, and the dossier with the line that it took the place of."""
    held = overlaid(raw, dossier)
    kept = None if held is raw else Raw(raw.line.decode(), raw.revised, raw.deleted)
    return held, msgspec.structs.replace(dossier, raw=kept)


def _live(raw: Entry, dossier: Dossier) -> Opening | None:
    opening = dossier.opening
    return opening if opening is not None and opening.content == content_of(raw) else None


def _coded(raw: Entry, dossier: Dossier, opening: Opening | None) -> dict[str, Any]:
    added = dossier.added if opening is not None else united(dossier.beneath, dossier.added)
    if opening is None and not added:
        return {}
    codes = _own_codes(raw) if opening is None else list(opening.codes)
    if codes is None:
        return {}
    return {"access_codes": codes + [code for code in added if code not in codes]}


def _own_codes(raw: Entry) -> list[Any] | None:
    """The codes of the line, to which others can be added. None: a link whose codes cannot be read; it stays withheld.

    A record without codes is uncoded, and no code that is added takes that from it.
    """
    codes = line_of(raw).get("access_codes", [])
    if raw.kind is Kind.LINK:
        return codes if isinstance(codes, list) else None
    return codes if isinstance(codes, list) and codes else [_NO_CODE]


def _approved(raw: Entry, dossier: Dossier, opening: Opening | None) -> dict[str, Any]:
    if opening is not None:
        persons = {"agent": opening.agent, "supervisor": opening.supervisor}
        return {"approval": {"state": "approved", **persons, "date": opening.day}}
    if dossier.returned is not None:
        return {"approval": {**_persons(line_of(raw)), "state": RETURNED}}
    return {}


def _persons(line: Line) -> dict[str, Any]:
    approval = line.get("approval")
    return approval if isinstance(approval, dict) else {}
