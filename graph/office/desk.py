"""The office's door: what an officer's act at the desk writes, decided from the holdings as they are.

Each act is refused, or becomes one batch that is written in one transaction, with what the audit log says before. What
closes is in the batch at once; what opens is there once a second person has approved it, for this very content. Nothing
is written here, and nothing is published: whoever runs an act withdraws before it is acknowledged
(server/office/desk_work.py). No partner code can reach this.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from msgspec import structs

from graph import desk_steps
from graph.dossier import Asked, Dossier, Request, RequestKind, Word, paper_of, request_id
from graph.draft import Moment, Rules
from graph.erasure import erased
from graph.model import IMPLIED, RECORD_KINDS, Entry, EntryId, Kind
from graph.office.blocking import Blocking, Counts, FindBlocking
from graph.office.desk_batches import touches
from graph.office.desk_hidden import hides_request
from graph.office.desk_rights import (
    Action,
    Refused,
    Why,
    require_another,
    require_office,
    require_role,
    second_half,
    unknown,
)
from graph.office.desk_sight import Sight, changed
from graph.office.desk_wants import clearance_wanted, codes_of_the_book, consent_wanted, stated
from graph.office.desk_writing import approved, loaded, renewed, without_permission
from graph.officer import Officer, Role
from graph.overlay import Overlay
from graph.reading import same_person
from graph.sources import RESTRICTION_DUE
from graph.store import Batch
from graph.withdrawals import Withdrawal, withholding


@dataclass(frozen=True, slots=True)
class Decided:
    """An act that may be done. event, told: its line in the audit log. about: the id; request: the name of the one.

    opens: whether it lets partners have more, once it is published.
    """

    event: str
    told: Mapping[str, object]
    batch: Batch
    about: EntryId
    request: str | None = None
    opens: bool = False

    @property
    def touches(self) -> bool:
        """Whether it changes what is held, so that the releases have to be held against it."""
        return touches(self.batch)


@dataclass(frozen=True)
class Desk:
    """One officer at the desk. now: the home's day and minute. blocking: what stands against an approval."""

    officer: Officer
    rules: Rules
    now: Moment
    sight: Sight
    blocking: FindBlocking

    # --- what closes at once ---

    def recode(self, id: EntryId, codes: Sequence[str], reason: str, version: str) -> Decided:
        """Ask for another coding. Its codes are added at once, and stand alone once it is approved."""
        entry = self._to_be_written(Action.RECODE, id)
        if entry.kind not in (*RECORD_KINDS, Kind.LINK):
            raise Refused(Why.UNFIT, f"{id}: is a {entry.kind}, which has no codes.")
        wanted = codes_of_the_book(codes, entry.kind, self.rules.policy)
        self.sight.require_version(id, version)
        raw, word = loaded(self.sight, id), self._word(id, reason)
        dossier = desk_steps.recoded(self.sight.dossier(id), raw, wanted, word, self.officer.office)
        batch = renewed(self.sight, raw, dossier)
        return self._decided("recoding", word, batch, id, _last(id, dossier), told={"codes": wanted})

    def withdraw(self, id: EntryId, reason: str) -> Decided:
        """Take a record or a link from every partner, whatever its lines say, until two persons lift it."""
        require_role(self.officer, Action.WITHDRAW)
        entry, word = self.sight.known(id), self._word(id, reason)
        if entry.kind not in (*RECORD_KINDS, Kind.LINK):
            raise Refused(Why.UNFIT, f"{id}: is a {entry.kind}; delete it instead.")
        withdrawal = Withdrawal(word.who, word.at, word.reason, codes=word.codes)
        batch = withholding(self.sight.holdings, id, withdrawal)
        return self._decided("withdrawing", word, batch, id)

    def delete(self, id: EntryId, reason: str, version: str) -> Decided:
        """Erase a record's content, or end a clearance or a consent, whatever line comes."""
        entry, word = self._to_be_written(Action.DELETE, id), self._word(id, reason)
        if entry.kind is Kind.LINK:
            raise Refused(
                Why.UNFIT,
                f"{id}: a link carries no more once it is deleted, so its system of record does that.",
            )
        self.sight.require_version(id, version)
        dossier = self.sight.dossier(id)
        if id.startswith(IMPLIED):
            return self._decided("deleting", word, without_permission(self.sight, entry, dossier, word), id)
        erased_now = erased(loaded(self.sight, id), self.rules.policy.patterns, entry.revised)
        batch = renewed(self.sight, erased_now, desk_steps.deleted(dossier, word))
        return self._decided("deleting", word, batch, id)

    def return_record(self, id: EntryId, reason: str) -> Decided:
        """Do not stand by a record: it is not approved until it is recoded and that is approved."""
        entry, word = self._to_be_written(Action.RETURN, id), self._word(id, reason)
        if entry.kind not in RECORD_KINDS:
            raise Refused(Why.UNFIT, f"{id}: is a {entry.kind}; records are returned, or requests.")
        dossier = desk_steps.record_returned(self.sight.dossier(id), word)
        return self._decided("returning", word, renewed(self.sight, loaded(self.sight, id), dossier), id)

    def return_request(self, name: str, reason: str) -> Decided:
        """Send a request back to who asked. What it has closed stays closed."""
        require_role(self.officer, Action.RETURN)
        target, dossier, request = self._request(name)
        require_office(self.officer, Action.RETURN, self.sight.offices(target))
        if not request.waits:
            raise changed(name)
        word = self._word(target, reason)
        paper = paper_of(target, desk_steps.request_returned(dossier, request.number, word))
        return self._decided("returning", word, Batch(papers=[paper]), target, name)

    # --- first halves of what opens ---

    def ask_clearance(self, link: EntryId, asked: Asked, reason: str) -> Decided:
        """Ask that categories do not pass along a link."""
        require_role(self.officer, Action.CLEARANCE)
        ends = self.sight.link(link)
        require_office(self.officer, Action.CLEARANCE, self.sight.offices(link))
        wanted = clearance_wanted(ends, self._started(asked), self.rules, self.now.day)
        return self._asked(RequestKind.CLEARANCE, link, self._around(link), wanted, reason)

    def ask_consent(self, id: EntryId, asked: Asked, reason: str) -> Decided:
        """Ask that the originator's consent for a record or a link be taken in."""
        entry = self._to_be_written(Action.CONSENT, id)
        if entry.kind not in (*RECORD_KINDS, Kind.LINK):
            raise Refused(Why.UNFIT, f"{id}: is a {entry.kind}; consents are for records and links.")
        wanted = consent_wanted(self._started(asked), self.rules, self.now.day)
        return self._asked(RequestKind.CONSENT, id, self._around(id), wanted, reason)

    def ask_lift(self, id: EntryId, reason: str) -> Decided:
        """Ask that a withdrawal be lifted, or a deletion."""
        self._to_be_written(Action.LIFT, id)
        if id not in self.sight.withdrawn and self.sight.dossier(id).deletion is None:
            raise Refused(Why.UNFIT, f"{id}: is neither withdrawn nor deleted here.")
        return self._asked(RequestKind.LIFT, id, (id,), Asked(), reason)

    # --- second halves ---

    def approve(self, name: str, version: str, reason: str) -> Decided:
        """Approve what another person asked for, for what is held now; it opens with the next publication."""
        require_role(self.officer, Action.APPROVE)
        target, dossier, request = self._request(name)
        require_another(self.officer, request.by.who)
        offices = self.sight.offices(target)
        require_office(self.officer, Action.APPROVE, second_half(offices, request.office))
        seen = self.sight.request_version(target, dossier, request)
        if version != seen or not self.sight.is_as_asked(request):
            raise changed(name)
        word = self._word(target, reason)
        batch = approved(self.sight, target, dossier, request, word, self.now.day)
        blocking = self.blocks(target, request, batch)
        if blocking:
            listed = "; ".join(f"{one.id} ({one.text})" if one.id else one.text for one in blocking)
            told = f"Data Quality, a third person, has to accept first: {listed}"
            raise Refused(Why.BLOCKED, told)
        about = {"kind": request.kind, "asked_by": request.by.who}
        return self._decided("approving", word, batch, target, name, opens=True, told=about)

    def approval(self, name: str) -> Batch:
        """What an approval would write, whoever gave it: to be tried in thought. Raises Refused where it cannot be."""
        target, dossier, request = self._request(name)
        if not self.sight.is_as_asked(request):
            raise changed(name)
        nobody = Word("-", self.now.minute, "-")
        return approved(self.sight, target, dossier, request, nobody, self.now.day)

    def blocks(self, target: EntryId, request: Request, batch: Batch) -> Sequence[Blocking]:
        """The findings that stand against it, of the holdings as they would be, were the officer to approve it."""
        halves = [request.by.who, *([self.officer.user] if Role.SUPERVISOR in self.officer.roles else [])]
        return self.found(
            target, request, batch, lambda who: not any(same_person(who, one) for one in halves)
        )

    def found(self, target: EntryId, request: Request, batch: Batch, counts: Counts) -> Sequence[Blocking]:
        """The same, less what was accepted by those whose word counts."""
        then = Overlay(self.sight.holdings)
        then.take(batch)
        hidden = self.rules.policy.hidden_from(self.officer.person)
        return self.blocking(then, self.sight.rests_on(target, request), counts, hidden)

    # --- within ---

    def _request(self, name: str) -> tuple[EntryId, Dossier, Request]:
        """A request that the officer may know of: by what it is about, and by its categories and codes."""
        target, dossier, request = self.sight.request(name)
        if hides_request(self.rules.policy, self.officer, request):
            raise unknown(name)
        return target, dossier, request

    def _asked(
        self, kind: RequestKind, id: EntryId, around: Sequence[EntryId], wanted: Asked, reason: str
    ) -> Decided:
        word, contents = self._word(id, reason), self.sight.contents(around)
        dossier = desk_steps.asked(self.sight.dossier(id), kind, contents, wanted, word, self.officer.office)
        papers = [paper_of(id, dossier)]
        papers += [
            paper_of(other, desk_steps.concerned_by(self.sight.dossier(other), id))
            for other in around
            if other != id
        ]
        told = {"kind": kind, "categories": wanted.categories, "agreements": wanted.agreements}
        return self._decided("asking", word, Batch(papers=papers), id, _last(id, dossier), told=told)

    def _around(self, id: EntryId) -> tuple[EntryId, ...]:
        """What a clearance or a consent for it is given for: a record, or a link with both its ends."""
        entry = self.sight.entry(id)
        if entry is not None and entry.kind in RECORD_KINDS:
            return (id,)
        _, head, tail = self.sight.link(id)
        return tuple(dict.fromkeys((*(() if entry is None else (id,)), head, tail)))

    def _to_be_written(self, action: Action, id: EntryId) -> Entry:
        """An entry on which the officer may act so. Raises Refused."""
        require_role(self.officer, action)
        entry = self.sight.known(id)
        require_office(self.officer, action, self.sight.offices(id))
        return entry

    def _word(self, id: EntryId, reason: str) -> Word:
        return Word(self.officer.user, self.now.minute, stated("reason", reason), self.sight.codes(id))

    def _started(self, asked: Asked) -> Asked:
        today = date.fromordinal(self.now.day).isoformat()
        return asked if asked.start is not None else structs.replace(asked, start=today)

    def _decided(
        self,
        event: str,
        word: Word,
        batch: Batch,
        id: EntryId,
        name: str | None = None,
        opens: bool = False,
        told: Mapping[str, object] | None = None,
    ) -> Decided:
        named = {} if name is None else {"request": name}
        line = {"id": id, "reason": word.reason, "office": self.officer.office, **named, **(told or {})}
        if touches(batch):
            batch = replace(batch, memory={**batch.memory, **RESTRICTION_DUE})
        return Decided(event, line, batch, id, name, opens)


def _last(id: EntryId, dossier: Dossier) -> str:
    """The name of the request that was made last."""
    return request_id(id, dossier, dossier.requests[-1])
