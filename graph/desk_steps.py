"""What each act at the desk makes of a dossier. Whether somebody may do it is decided elsewhere (`graph.office.desk`).

What closes takes effect with the first person's word: a recoding adds its codes to those that are there, a return takes
the approval away, a deletion the content. What opens waits for a second one, and is given for the content that is held
at that moment. When that content is another one, every opening that rests on it has ended, for good, and what was
closed before it is closed again.
"""

from collections.abc import Callable, Mapping
from typing import Final

import orjson
from msgspec.structs import replace

from graph.dossier import Act, Asked, Dossier, Opening, Request, RequestKind, State, Word, united
from graph.fingerprint import content_of
from graph.model import Entry, EntryId, Kind

CONTENT_CHANGED: Final = "what it was given for is another one now"
RETURNED_TOO: Final = "the record was returned for correction"
DELETED_TOO: Final = "it was deleted"
WITHDRAWN: Final = "withdrawn"
"""What the act of a withdrawal is called."""

WITHDRAWN_ANEW: Final = "it was withdrawn or deleted anew"

_DONE: Final = RequestKind.LIFT
"""What was approved and is done with: it rests on no content."""

_PERMISSIONS: Final = (RequestKind.CLEARANCE, RequestKind.CONSENT)

Which = Callable[[Request], bool]

Contents = Mapping[EntryId, str]
"""Fingerprints by id."""


def recoded(dossier: Dossier, raw: Entry, codes: tuple[str, ...], by: Word, office: str) -> Dossier:
    """An agent recodes: the codes are added at once, and take the place of the others once that is approved."""
    dossier = _without(dossier, RequestKind.RECODE, (State.OPEN, State.ENDED))
    request = _new(dossier, RequestKind.RECODE, by, office, {raw.id: content_of(raw)}, Asked(codes=codes))
    return replace(_with(dossier, request, "recoded"), added=united(dossier.added, codes))


def recoding_approved(dossier: Dossier, raw: Entry, number: int, by: Word, day: str) -> Dossier:
    """A second person approves: for this content the codes stand alone, and these two persons approve the record.

    What was closed before is kept: codes and a return have effect again once this opening ends.
    """
    request = _known(dossier, number)
    codes = request.asked.codes
    opening = Opening(codes, request.by.who, by.who, day, content_of(raw))
    dossier = _without(dossier, RequestKind.RECODE, (State.APPROVED,))
    approved = _answered(dossier, number, State.APPROVED, by, "approved")
    return replace(approved, added=codes, opening=opening, beneath=united(dossier.beneath, dossier.added))


def asked(
    dossier: Dossier, kind: RequestKind, contents: Contents, wanted: Asked, by: Word, office: str
) -> Dossier:
    """A first person asks for a clearance, a consent or a lift; nothing changes until a second one approves."""
    same = [
        request.number
        for request in dossier.requests
        if request.kind is kind and request.waits and _alike(request.asked, wanted)
    ]
    for number in same:
        dossier = _answered(dossier, number, State.REPLACED, None, None)
    return _with(dossier, _new(dossier, kind, by, office, contents, wanted), f"{kind} asked for")


def permitted(dossier: Dossier, number: int, entries: tuple[EntryId, ...], by: Word) -> Dossier:
    """A clearance or a consent was approved, and has become these entries."""
    request = replace(_known(dossier, number), entries=entries)
    return _answered(_put(dossier, request), number, State.APPROVED, by, f"{request.kind} approved")


def lifted(dossier: Dossier, number: int, by: Word) -> Dossier:
    """A withdrawal is lifted, and a deletion: the next line brings the content back."""
    return replace(_answered(dossier, number, State.APPROVED, by, "lifted"), deletion=None)


def request_returned(dossier: Dossier, number: int, by: Word) -> Dossier:
    """A request is sent back. What it has closed stays closed."""
    return _answered(dossier, number, State.RETURNED, by, "request returned")


def record_returned(dossier: Dossier, by: Word) -> Dossier:
    """A supervisor does not stand by a record: it is not approved until two persons recode it."""
    waiting = [r.number for r in dossier.requests if r.kind is RequestKind.RECODE and r.waits]
    for number in waiting:
        dossier = _answered(dossier, number, State.RETURNED, by, None)
    dossier = _ended(dossier, lambda r: r.kind is RequestKind.RECODE, RETURNED_TOO)
    return _acted(replace(dossier, returned=by, opening=None), "returned", by)


def withdrawn(dossier: Dossier, by: Word) -> Dossier:
    """It was withdrawn by hand; what withholds it is kept with all withdrawals (`graph.withdrawals`)."""
    return _acted(_ended(dossier, _asks_to_lift, WITHDRAWN_ANEW), WITHDRAWN, by)


def deleted(dossier: Dossier, by: Word) -> Dossier:
    """Its content is gone, whatever line comes, until two persons lift that."""
    dossier = _ended(dossier, _asks_to_lift, WITHDRAWN_ANEW)
    return _acted(replace(dossier, deletion=by, opening=None), "deleted", by)


def permission_deleted(dossier: Dossier, entry: EntryId, by: Word) -> Dossier:
    """A clearance or a consent that was made here has no effect any more. The act is one of its request."""
    before = dossier
    for request in dossier.requests:
        if entry in request.entries:
            left = tuple(id for id in request.entries if id != entry)
            dossier = _put(dossier, replace(request, entries=left))
            if not left:
                dossier = _put(dossier, replace(request, entries=(), state=State.REPLACED, why=DELETED_TOO))
    made = next((request.number for request in before.requests if entry in request.entries), None)
    return _acted(dossier, "permission deleted", by, made)


def concerned_by(dossier: Dossier, target: EntryId) -> Dossier:
    """A request about another id rests on the content of this one."""
    return (
        dossier if target in dossier.concerned else replace(dossier, concerned=(*dossier.concerned, target))
    )


def settled(
    dossier: Dossier, contents: Contents, recoded: EntryId | None = None
) -> tuple[Dossier, tuple[Entry, ...]]:
    """What is left of it with these contents, and the clearances and consents that have ended, as they stay.

    contents: those that may be other ones than before. recoded: what has other codes now by the desk; to clearances and
    consents that is another content.
    """
    over = [
        request
        for request in dossier.requests
        if (request.state is State.OPEN or (request.state is State.APPROVED and request.kind is not _DONE))
        and (
            any(contents.get(id, content) != content for id, content in request.contents.items())
            or (request.kind in _PERMISSIONS and recoded in request.contents)
        )
    ]
    gone = tuple(permission_gone(id, request.kind) for request in over for id in request.entries)
    ending = {request.number for request in over}
    left = _ended(dossier, lambda request: request.number in ending, CONTENT_CHANGED)
    opening = left.opening
    if opening is not None and any(request.kind is RequestKind.RECODE for request in over):
        left = replace(left, opening=None)
    return left, gone


def permission_gone(id: EntryId, kind: RequestKind) -> Entry:
    """A clearance or a consent that has ended."""
    of = Kind(kind.value)
    return Entry(id, of, orjson.dumps({"kind": of, "id": id}), deleted=True)


# --- requests within a dossier ---


def _asks_to_lift(request: Request) -> bool:
    return request.kind is RequestKind.LIFT and request.state is State.OPEN


def _new(
    dossier: Dossier, kind: RequestKind, by: Word, office: str, contents: Contents, wanted: Asked
) -> Request:
    return Request(len(dossier.requests) + 1, kind, by, office, dict(contents), wanted)


def _with(dossier: Dossier, request: Request, what: str) -> Dossier:
    more = replace(dossier, requests=(*dossier.requests, request))
    return _acted(more, what, request.by, request.number)


def _known(dossier: Dossier, number: int) -> Request:
    request = dossier.request(number)
    if request is None:
        raise ValueError(f"there is no request {number} in this dossier")
    return request


def _put(dossier: Dossier, request: Request) -> Dossier:
    others = (request if known.number == request.number else known for known in dossier.requests)
    return replace(dossier, requests=tuple(others))


def _answered(dossier: Dossier, number: int, state: State, by: Word | None, what: str | None) -> Dossier:
    dossier = _put(dossier, replace(_known(dossier, number), state=state, decided=by))
    return dossier if by is None or what is None else _acted(dossier, what, by, number)


def _without(dossier: Dossier, kind: RequestKind, states: tuple[State, ...]) -> Dossier:
    for request in dossier.requests:
        if request.kind is kind and request.state in states:
            dossier = _put(dossier, replace(request, state=State.REPLACED))
    return dossier


def _ended(dossier: Dossier, which: Which, why: str) -> Dossier:
    for request in dossier.requests:
        if request.state in (State.OPEN, State.APPROVED) and which(request):
            dossier = _put(dossier, replace(request, state=State.ENDED, why=why))
    return dossier


def _acted(dossier: Dossier, what: str, by: Word, request: int | None = None) -> Dossier:
    return replace(dossier, acts=(*dossier.acts, Act(what, by, request)))


def _alike(one: Asked, other: Asked) -> bool:
    return set(one.categories) <= set(other.categories) and set(one.agreements) <= set(other.agreements)
