"""What persons at the desk have said of one id: frozen values and their JSON form. Nothing here decides.

A dossier outlives every line that is loaded for its id. What it says is laid over the line of the system of record
(`graph.overlaid`), which it keeps as long as another one is held in its place.
"""

import hashlib
import re
from enum import StrEnum
from typing import Final

import msgspec

from graph.errors import StoreError
from graph.model import Entry, EntryId
from graph.store import Paper

DRAWER: Final = "desk"

_KEY_BYTES: Final = 6
_REQUEST: Final = re.compile(rf"([0-9a-f]{{{2 * _KEY_BYTES}}}):(.+)", re.ASCII | re.DOTALL)


class Word(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person's word. who: the user; at: the minute, UTC; reason: in that person's words.

    codes: those that what it is about had then, for whom it is kept from (`graph.office.desk_hidden`).
    """

    who: str
    at: str
    reason: str
    codes: tuple[str, ...] = ()


class Raw(msgspec.Struct, frozen=True):
    """A line as the system of record gave it."""

    line: str
    revised: str | None
    deleted: bool


class Opening(msgspec.Struct, frozen=True):
    """A coding that two persons gave for one content. day: of the approval."""

    codes: tuple[str, ...]
    agent: str
    supervisor: str
    day: str
    content: str


class RequestKind(StrEnum):
    """What a first person asks a second one for."""

    RECODE = "recode"
    CLEARANCE = "clearance"
    CONSENT = "consent"
    LIFT = "lift"


class State(StrEnum):
    """What has become of a request. ended: by itself, as something that it was given for is another one now."""

    OPEN = "open"
    APPROVED = "approved"
    RETURNED = "returned"
    REPLACED = "replaced"
    ENDED = "ended"


class Asked(msgspec.Struct, frozen=True):
    """What was asked for, as it will be done. Days: start is the first, end the first that is not any more.

    type, head, tail: the link of a clearance as it was then. granted_by: who of the originator gave a consent.
    """

    codes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    granted_by: str | None = None
    type: str | None = None
    head: EntryId | None = None
    tail: EntryId | None = None


class Request(msgspec.Struct, frozen=True):
    """A first half, and what has become of it.

    number: within its dossier, from 1; nobody is told it. office: of who asked. contents: the fingerprint of all that
    it was asked for, by id. decided: by whom, for one that a person has answered. entries: the clearances or consents
    that it has become.
    """

    number: int
    kind: RequestKind
    by: Word
    office: str
    contents: dict[EntryId, str]
    asked: Asked = Asked()
    state: State = State.OPEN
    decided: Word | None = None
    why: str | None = None
    entries: tuple[EntryId, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether a person has yet to do something about it."""
        return self.state in (State.OPEN, State.ENDED)


class Act(msgspec.Struct, frozen=True):
    """Something that was done, for the history of a record."""

    what: str
    word: Word
    request: int | None = None


class Dossier(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was said of one id.

    added: codes that stay, whatever line comes, until two persons open them. opening: the coding that two persons gave
    for the content that is held. beneath: the codes that were added before it; they are without effect while it lives.
    returned: a supervisor does not stand by its approval, but for an opening that lives. deletion: it is deleted,
    whatever line comes. concerned: the other ids of which requests rest on the content of this one. raw: the line of
    the system of record where another one is held in its place.
    """

    added: tuple[str, ...] = ()
    opening: Opening | None = None
    returned: Word | None = None
    deletion: Word | None = None
    requests: tuple[Request, ...] = ()
    acts: tuple[Act, ...] = ()
    concerned: tuple[EntryId, ...] = ()
    raw: Raw | None = None
    beneath: tuple[str, ...] = ()

    def request(self, number: int) -> Request | None:
        """The request of that number."""
        return next((request for request in self.requests if request.number == number), None)

    def named(self, key: str) -> Request | None:
        """The request of that key."""
        return next((request for request in self.requests if self.key(request) == key), None)

    def key(self, request: Request) -> str:
        """What tells a request from the others: made of what its reader is told of it, and of nothing else.

        So it says neither how many requests there are nor which came before, of which its reader may not know. Of
        several that were asked for in the same words in one minute, each has a key of its own.
        """
        told = _told(request)
        alike = sum(one.number < request.number and _told(one) == told for one in self.requests)
        return hashlib.blake2b(repr((told, alike)).encode(), digest_size=_KEY_BYTES).hexdigest()


def united(first: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of both, each once.

    >>> united(("T3", "REL"), ("REL", "BSA"))
    ('T3', 'REL', 'BSA')
    """
    return tuple(dict.fromkeys((*first, *then)))


def request_id(target: EntryId, dossier: Dossier, request: Request) -> str:
    """How a request is called: its key, and the id that it is about. dossier: all of it, whoever asks."""
    return f"{dossier.key(request)}:{target}"


def named_request(id: str) -> tuple[EntryId, str] | None:
    """What a request's name says: the id, and the key; None where it is no such name. A request has one name alone.

    >>> named_request("0123456789ab:implied:D-1:C-1"), named_request("C-1"), named_request("0123456789AB:C-1")
    (('implied:D-1:C-1', '0123456789ab'), None, None)
    """
    named = _REQUEST.fullmatch(id)
    return None if named is None else (EntryId(named[2]), named[1])


def _told(request: Request) -> tuple[object, ...]:
    by = request.by
    return request.kind.value, by.who, by.at, by.reason, request.office, repr(request.asked)


def paper_of(id: EntryId, dossier: Dossier) -> Paper:
    """A dossier as it is kept."""
    waits = any(request.waits for request in dossier.requests)
    return Paper(DRAWER, id, msgspec.json.encode(dossier).decode(), waits)


def dossier_of(paper: Paper | None) -> Dossier:
    """The dossier that a paper is; without one, nobody has said anything. Raises StoreError where it is damaged."""
    if paper is None:
        return Dossier()
    try:
        return msgspec.json.decode(paper.body, type=Dossier)
    except msgspec.MsgspecError as error:
        raise StoreError(
            f"what the desk has kept of {paper.id} is damaged; restore the holdings from a backup"
        ) from error


def raw_of(entry: Entry | None, dossier: Dossier) -> Entry | None:
    """The entry as the system of record has it. entry: as it is held."""
    if entry is None or dossier.raw is None:
        return entry
    raw = dossier.raw
    return Entry(entry.id, entry.kind, raw.line.encode(), raw.revised, raw.deleted, entry.tainted)
