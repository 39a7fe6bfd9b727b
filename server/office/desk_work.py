"""An officer's act, done: decided under the turn to write, told in the audit log, written, and withdrawn.

It is acknowledged when every release has lost what it must lose, as a load is (DESIGN 4). An act that opens adds
nothing: that waits for a publication, which a supervisor orders here as `caselink publish` does.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial

from graph.dossier import DRAWER, Dossier, Request, dossier_of
from graph.draft import Moment, Rules
from graph.effect import Effect, effects, effects_once_published
from graph.errors import StoreError
from graph.model import AgreementId, EntryId
from graph.office.blocking import Blocking, FindBlocking, nobodys
from graph.office.desk import Decided, Desk
from graph.office.desk_batches import touches
from graph.office.desk_rights import Action, Refused, Why, require_role
from graph.office.desk_sight import Look, Sight
from graph.office.desk_wants import stated
from graph.officer import Officer
from graph.planning import Publication
from graph.publish import Publisher
from graph.questions import Asking
from graph.store import Batch, Holdings, StoredHoldings
from graph.supposed import Supposed
from schema.office.desk_door import Acted
from server.audit.journal import OFFICE_FILE, Journal
from server.commands.adding import may_add
from server.commands.asking import doubts
from server.commands.printing import publication_json
from server.commands.session import clock, publisher
from server.home import Home
from server.withdrawals import Record, drop_unknown, withdrawals


@dataclass(frozen=True, slots=True)
class DeskWork:
    """The work of one home's desk.

    writing: the publisher, with the turn to write to both stores, and nobody else meanwhile. reading: one that waits
    for nobody. keep: the day as the latest one seen. record: a line in the audit log. may_add: the agreements that may
    gain something now.
    """

    writing: Callable[[], AbstractContextManager[Publisher]]
    reading: Publisher
    rules: Callable[[], Rules]
    moment: Callable[[Holdings], Moment]
    keep: Callable[[Moment, Holdings], None]
    record: Callable[[str, Mapping[str, object]], None]
    may_add: Callable[[Holdings, Rules], frozenset[AgreementId]]
    asking: Asking
    blocking: FindBlocking

    # --- looking ---

    def desk(self, officer: Officer, look: Look) -> Desk:
        """The desk as it is now, to be looked at."""
        return self._desk(self.reading.holdings, officer, look, self.rules())

    def waiting(self) -> dict[EntryId, Dossier]:
        """The dossiers in which something waits."""
        return {id: dossier_of(paper) for id, paper in self.reading.holdings.waiting(DRAWER).items()}

    def dossier(self, id: EntryId) -> Dossier:
        """What was said of an id."""
        return dossier_of(self.reading.holdings.papers(DRAWER, [id]).get(id))

    def effects(self, officer: Officer, look: Look, name: str) -> Sequence[Effect]:
        """What the approval of a request would do. Raises Refused."""
        rules, holdings = self.rules(), self.reading.holdings
        batch = self._desk(holdings, officer, look, rules).approval(name)
        return self._effect(self.reading, rules, self.moment(holdings), batch)

    def obstacles(self, officer: Officer, look: Look, name: str) -> Sequence[Blocking]:
        """What stands against the approval of a request. Raises Refused."""
        desk = self.desk(officer, look)
        return desk.blocks(*_tried(desk, name))

    def found(self, officer: Officer, look: Look, name: str) -> Sequence[Blocking]:
        """The same, accepted or not. Raises Refused."""
        desk = self.desk(officer, look)
        return desk.found(*_tried(desk, name), nobodys)

    # --- acting ---

    def act(self, officer: Officer, look: Look, does: Callable[[Desk], Decided]) -> Acted:
        """Do it. Raises Refused where it may not be done, and StoreError where it cannot be."""
        with self.writing() as publishing:
            rules, moment = self.rules(), self.moment(publishing.holdings)
            decided = does(self._desk(publishing.holdings, officer, look, rules))
            effect = self._effect(publishing, rules, moment, decided.batch) if decided.opens else ()
            self._recorder(officer)(decided.event, **decided.told)
            if not decided.touches:
                publishing.holdings.take(decided.batch)
                return Acted(decided.about, decided.request, effect)
            if not decided.opens:  # what opens takes nothing from anybody: nobody has to be refused meanwhile
                publishing.announce_now()
            publishing.holdings.take(decided.batch)
            self.keep(moment, publishing.holdings)
            lost = self._withdraw(officer, publishing, rules, moment)
            return Acted(decided.about, decided.request, effect or lost)

    def publish(
        self, officer: Officer, agreements: Sequence[str] | None, reason: str, yes: bool
    ) -> list[Publication]:
        """Publish these agreements, or all. Raises Refused, and so too where a person is to be asked first."""
        require_role(officer, Action.PUBLISH)
        why = stated("reason", reason)
        with self.writing() as publishing:
            rules, moment = self.rules(), self.moment(publishing.holdings)
            wanted = _on_file(rules, agreements)
            adding = self.may_add(publishing.holdings, rules) & wanted
            planned = publishing.plan(rules, moment, adding)
            doubted = doubts(planned, publishing.releases.headers(), self.asking)
            self.keep(moment, publishing.holdings)
            record = self._recorder(officer)
            drop_unknown(publishing, rules, record)
            if doubted and not yes:
                self._withdraw(officer, publishing, rules, moment)
                raise Refused(Why.ASK, "\n".join(line for doubt in doubted for line in doubt.sentences()))
            told = [publication_json(plan.publication) for plan in planned]
            record("publishing", reason=why, releases=told)
            return publishing.write(planned)

    # --- within ---

    def _desk(self, holdings: StoredHoldings, officer: Officer, look: Look, rules: Rules) -> Desk:
        sight = Sight(holdings, rules.policy, look)
        return Desk(officer, rules, self.moment(holdings), sight, self.blocking)

    def _effect(self, publishing: Publisher, rules: Rules, moment: Moment, batch: Batch) -> Sequence[Effect]:
        """What the batch would let partners have once published, and take from them; of what waits anyhow, nothing."""
        if not touches(batch):
            return ()
        return effects_once_published(publishing, Supposed.after(publishing.holdings, batch), rules, moment)

    def _withdraw(
        self, officer: Officer, publishing: Publisher, rules: Rules, moment: Moment
    ) -> Sequence[Effect]:
        try:
            record = self._recorder(officer)
            drop_unknown(publishing, rules, record)
            planned = withdrawals(publishing, rules, moment, record)
            lost = effects(publishing, planned)
            publishing.write(planned)
        except StoreError as error:
            raise StoreError(
                "The act is stored, but the withdrawal is NOT done; partners are refused until it is;"
                f" mend this and publish again: {error}"
            ) from error
        return lost

    def _recorder(self, officer: Officer) -> Record:
        """Records what this officer does."""
        who = {"who": officer.user, "office": officer.office, "token": officer.token}
        return lambda event, /, **told: self.record(event, {**told, **who})


def _tried(desk: Desk, name: str) -> tuple[EntryId, Request, Batch]:
    """A request, and what its approval would write. Raises Refused."""
    batch = desk.approval(name)
    target, _, request = desk.sight.request(name)
    return target, request, batch


def _on_file(rules: Rules, agreements: Sequence[str] | None) -> frozenset[AgreementId]:
    if agreements is None:
        return frozenset(rules.agreements)
    unknown = [id for id in agreements if id not in rules.agreements]
    if unknown:
        known = ", ".join(sorted(rules.agreements))
        raise Refused(Why.UNFIT, f"agreements: {', '.join(unknown)}: not on file; there are: {known}.")
    return frozenset(map(AgreementId, agreements))


def desk_of(home: Home, reading: Publisher, rules: Callable[[], Rules], blocking: FindBlocking) -> DeskWork:
    """The desk of a home, over its stores and by its clock. rules: as they are on file now."""
    return DeskWork(
        writing=partial(publisher, home, first=True),
        reading=reading,
        rules=rules,
        moment=lambda holdings: clock(home).moment(holdings),
        keep=lambda moment, holdings: clock(home).keep(moment, holdings),
        record=lambda event, told: Journal(home.folder / "audit" / OFFICE_FILE).append(event, **told),
        may_add=may_add,
        asking=home.settings.asking,
        blocking=blocking,
    )
