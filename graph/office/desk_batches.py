"""What the desk's decisions are written as: lines over which dossiers are laid, clearances and consents."""

import hashlib
from typing import Final

import orjson

from graph.dossier import Dossier, Request, Word, paper_of
from graph.model import IMPLIED, Entry, EntryId, Kind
from graph.overlaid import filed
from graph.store import Batch

_PERMISSION_BYTES: Final = 12


def touches(batch: Batch) -> bool:
    """Whether a batch changes what is held, and not only papers."""
    return bool(batch.puts or batch.taints or batch.lifted)


def filing(raw: Entry, dossier: Dossier) -> Batch:
    """A line, and what was said over it."""
    held, kept = filed(raw, dossier)
    return Batch(puts=[held], papers=[paper_of(raw.id, kept)])


def permission(name: str, target: EntryId, request: Request, category: str, approved: Word) -> Entry:
    """The clearance or consent that an approved request is, in one category, as R4 wants it. name: of the request."""
    asked, kind = request.asked, Kind(request.kind.value)
    id = _permission_id(name, category)
    line: dict[str, object] = {
        "kind": kind,
        "id": id,
        "category": category,
        "reason": request.by.reason,
        "requested_by": request.by.who,
        "approved_by": approved.who,
        "effective": asked.start,
        "expires": asked.end,
    }
    if kind is Kind.CLEARANCE:
        ends = {"link": target, "type": asked.type, "from": asked.head, "to": asked.tail}
        line |= {**ends, "agreements": asked.agreements}
    else:
        bearer = "record" if target in request.contents and len(request.contents) == 1 else "link"
        line |= {bearer: target, "agreement": asked.agreements[0], "granted_by": asked.granted_by}
    return Entry(id, kind, orjson.dumps(line))


def _permission_id(name: str, category: str) -> EntryId:
    """No line can have such an id, and no implied citation: theirs has a second colon."""
    told = f"{name}\0{category}".encode()
    return EntryId(f"{IMPLIED}desk-{hashlib.blake2b(told, digest_size=_PERMISSION_BYTES).hexdigest()}")
