"""What the desk sees of an id: the entry as it is held, as it was given, what was said of it, and whose it is.

It reads the holdings and judges nothing. An id that the officer may not know of is one that is not held.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Protocol

from msgspec.structs import replace

from graph.dossier import DRAWER, Dossier, Request, State, dossier_of, named_request, raw_of
from graph.fingerprint import content_of
from graph.model import IMPLIED, RECORD_KINDS, Entry, EntryId, Kind
from graph.office.desk_rights import Refused, Why, unknown
from graph.office.held_record import version_of
from graph.policy import Policy
from graph.reading import codes_of, line_of
from graph.store import Holdings
from graph.withdrawals import Withdrawal, withdrawals

_BYTES: Final = 12
_PERMISSIONS: Final = (Kind.CLEARANCE, Kind.CONSENT)


class Look(Protocol):
    """How an officer saw what is held, when he decided to act: he may not know of all of it."""

    def shows(self, id: EntryId) -> bool:
        """Whether he may know of a record or link."""

    def version(self, entry: Entry, withdrawal: Withdrawal | None) -> str | None:
        """The version by which he knows this writing of an entry; None for a writing that he has not seen."""


class WholeLook:
    """The look of one who may know of everything, and looks now."""

    def shows(self, id: EntryId) -> bool:
        """He may know of it."""
        del id
        return True

    def version(self, entry: Entry, withdrawal: Withdrawal | None) -> str:
        """Its version."""
        return version_of(entry, withdrawal)


@dataclass(frozen=True)
class Sight:
    """look: how the officer has it before him. Each entry is read once."""

    holdings: Holdings
    policy: Policy
    look: Look
    _entries: dict[EntryId, Entry | None] = field(default_factory=dict)

    @cached_property
    def withdrawn(self) -> Mapping[EntryId, Withdrawal]:
        """What is withdrawn by hand."""
        return withdrawals(self.holdings)

    def entry(self, id: EntryId) -> Entry | None:
        """What is held under the id, whoever may know of it."""
        if id not in self._entries:
            self._entries[id] = self.holdings.held([id]).get(id)
        return self._entries[id]

    def known(self, id: EntryId) -> Entry:
        """A record, link, clearance or consent that the officer may know of. Raises Refused."""
        entry = self.entry(id)
        if entry is None or not all(map(self.look.shows, self._bears(entry))):
            raise unknown(id)
        return entry

    def dossier(self, id: EntryId) -> Dossier:
        """What was said of the id."""
        return dossier_of(self.holdings.papers(DRAWER, [id]).get(id))

    def raw(self, id: EntryId) -> Entry | None:
        """What is held under the id, as the system of record gave it."""
        return raw_of(self.entry(id), self.dossier(id))

    def contents(self, ids: Iterable[EntryId]) -> dict[EntryId, str]:
        """The fingerprints of these contents, never held ones included."""
        return {id: content_of(self.raw(id)) for id in ids}

    def version(self, id: EntryId) -> str:
        """The version by which the officer knows what is held now; nothing where he has not seen that."""
        entry = self.entry(id)
        return (entry and self.look.version(entry, self.withdrawn.get(id))) or ""

    def require_version(self, id: EntryId, version: str) -> None:
        """Raises Refused where it is another one than was seen."""
        if not version or self.version(id) != version:
            raise changed(id)

    def link(self, id: EntryId) -> tuple[str, EntryId, EntryId]:
        """The type of a link and its ends: of one that is held, or of an implied citation. Raises Refused."""
        entry = self.entry(id)
        ends = self._implied(id) if entry is None else _stated(entry)
        if ends is None or not all(map(self.look.shows, (*ends[1:], *(() if entry is None else (id,))))):
            raise unknown(id)
        return ends

    def offices(self, id: EntryId) -> frozenset[str]:
        """The offices that have a share in it: a record's own, or those of a link's ends. Of none: nobody's own."""
        entry = self.entry(id)
        bearers = [id] if entry is None else self._bears(entry)
        records = [one for bearer in bearers for one in self._records(bearer)]
        return offices_of(records)

    def codes(self, id: EntryId) -> tuple[str, ...]:
        """The codes that it has now, of a link its ends' too."""
        bearers = (one for one in (self.entry(id), *self._records(id)) if one is not None)
        return tuple(sorted({code for bearer in bearers for code in codes_of(bearer)}))

    def request(self, name: str) -> tuple[EntryId, Dossier, Request]:
        """A request by its name, of what the officer may know of. Raises Refused."""
        named = named_request(name)
        if named is None:
            raise unknown(name)
        target, key = named
        dossier = self.dossier(target)
        request = dossier.named(key)
        if request is None or not all(map(self.look.shows, self.rests_on(target, request))):
            raise unknown(name)
        return target, dossier, request

    def rests_on(self, target: EntryId, request: Request) -> tuple[EntryId, ...]:
        """All that a request is about; an implied citation is about its ends."""
        about = {target, *request.contents}
        return tuple(sorted(id for id in about if not id.startswith(IMPLIED)))

    def request_version(self, target: EntryId, dossier: Dossier, request: Request) -> str:
        """Another one whenever the request, or something that it is about, is another one."""
        told = [f"{id}={self.version(id)}" for id in self.rests_on(target, request)]
        opening = dossier.opening and replace(dossier.opening, content="")
        # What it is about is told by the versions that the officer knows; its number by nothing.
        plain = replace(request, contents={}, number=0)
        told += [repr((plain, dossier.added, opening, dossier.returned, dossier.deletion))]
        return hashlib.blake2b("\0".join(told).encode(), digest_size=_BYTES).hexdigest()

    def is_as_asked(self, request: Request) -> bool:
        """Whether it is open, and all that it was asked for is what it was then."""
        return request.state is State.OPEN and self.contents(request.contents) == request.contents

    def _bears(self, entry: Entry) -> tuple[EntryId, ...]:
        """By whose being shown an entry is shown: itself, or what a clearance or consent is for."""
        if entry.kind not in _PERMISSIONS:
            return (entry.id,)
        line = line_of(entry)
        stated = (line.get(name) for name in ("record", "link", "from", "to"))
        return tuple(EntryId(id) for id in stated if isinstance(id, str) and not id.startswith(IMPLIED))

    def _records(self, id: EntryId) -> list[Entry]:
        entry = self.entry(id)
        if entry is not None and entry.kind in RECORD_KINDS:
            return [entry]
        ends = self._implied(id) if entry is None else _stated(entry)
        found = () if ends is None else map(self.entry, ends[1:])
        return [one for one in found if one is not None and one.kind in RECORD_KINDS]

    def _implied(self, id: EntryId) -> tuple[str, EntryId, EntryId] | None:
        """The ends of an implied citation. Ids may have colons: of all ways to part them, the one of held records."""
        if not id.startswith(IMPLIED) or self.policy.implied is None:
            return None
        named = id.removeprefix(IMPLIED)
        for place in (place for place, letter in enumerate(named) if letter == ":"):
            head, tail = EntryId(named[:place]), EntryId(named[place + 1 :])
            if all(
                one is not None and one.kind in RECORD_KINDS for one in (self.entry(head), self.entry(tail))
            ):
                return self.policy.implied.name, head, tail
        return None


def offices_of(records: Iterable[Entry]) -> frozenset[str]:
    """The offices that records belong to. A blank one is none."""
    stated = (line_of(record).get("office") for record in records)
    return frozenset(office.strip() for office in stated if isinstance(office, str) and office.strip())


def changed(id: EntryId | str) -> Refused:
    """It is not what was seen."""
    return Refused(Why.CHANGED, f"{id}: is not what you have seen any more; look at it again.")


def _stated(entry: Entry) -> tuple[str, EntryId, EntryId] | None:
    if entry.kind is not Kind.LINK or entry.deleted:
        return None
    line = line_of(entry)
    type = line.get("type")
    return type if isinstance(type, str) else "", EntryId(line["from"]), EntryId(line["to"])
