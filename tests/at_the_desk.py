"""Officers at the desk of an agency in memory: acts are decided, written, and withdrawn from the releases at once."""

from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from graph.dossier import DRAWER, Asked, Dossier, dossier_of, raw_of
from graph.model import Entry, EntryId
from graph.office.blocking import FindBlocking, none_blocking
from graph.office.desk import Decided, Desk
from graph.office.desk_rights import Refused
from graph.office.desk_sight import Sight, WholeLook
from graph.officer import Officer, Role
from graph.questions import Asking
from graph.reading import line_of
from server.office.desk_work import DeskWork
from server.office.review_work import ReviewWork
from tests.building import Agency
from tests.plain_lines import Made, case, document, link


def officer(user: str, *roles: Role, office: str = "SAC-NY") -> Officer:
    """Somebody of an office."""
    return Officer(user, office, frozenset(roles))


AGENT = officer("kim", Role.AGENT)
SUPERVISOR = officer("ortiz", Role.SUPERVISOR)
BOTH = officer("reyes", Role.AGENT, Role.SUPERVISOR)
QUALITY = officer("tan", Role.QUALITY, office="HQ")
WHY = "it has to be so"

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002", access_codes=["T3"])
D1 = document("D-1", "NY03-0001-001")
L1 = link("L-1", "C-1", "CONTAINS", "D-1")
L2 = link("L-2", "C-2", "CONTAINS", "D-1")
TO_2030 = Asked(categories=("title_iii",), agreements=("ndex",), end="2030-01-01")


@dataclass(frozen=True)
class Hiding(WholeLook):
    """The look of an officer who may not know of some records."""

    hidden: Collection[str]

    def shows(self, id: EntryId) -> bool:
        return id not in self.hidden


@dataclass
class AtTheDesk:
    """An agency whose officers act."""

    agency: Agency = field(default_factory=Agency)
    blocking: FindBlocking = none_blocking
    hidden: Collection[str] = ()
    restricting: bool = True

    def desk(self, who: Officer) -> Desk:
        """The desk as this officer has it before him."""
        made = self.agency
        sight = Sight(made.holdings, made.rules.policy, Hiding(self.hidden))
        return Desk(who, made.rules, made.now, sight, self.blocking)

    def act(self, who: Officer, does: Callable[[Desk], Decided]) -> Decided:
        """Do it, and withdraw what must be withdrawn."""
        decided = does(self.desk(who))
        self.agency.holdings.take(decided.batch)
        if self.restricting:
            self.agency.restrict()
        return decided

    def recode(self, who: Officer, id: str, *codes: str) -> str:
        """Recode what is held now; the name of the request."""
        version = self.desk(who).sight.version(EntryId(id))
        return self._name(self.act(who, lambda desk: desk.recode(EntryId(id), codes, WHY, version)))

    def approve(self, who: Officer, name: str) -> Decided:
        """Approve a request as it is now."""
        return self.act(who, lambda desk: desk.approve(name, self.seen(name), WHY))

    def seen(self, name: str) -> str:
        """The version of a request that anybody sees."""
        sight = self.desk(SUPERVISOR).sight
        return sight.request_version(*sight.request(name))

    def refused(self, who: Officer, does: Callable[[Desk], Decided]) -> str:
        """Why something is not done; the test fails if it could be."""
        try:
            does(self.desk(who))
        except Refused as refused:
            return refused.why.value
        raise AssertionError("it was not refused")

    def held(self, id: str) -> Entry:
        """What is held under the id."""
        return self.agency.holdings.held([EntryId(id)])[EntryId(id)]

    def raw(self, id: str) -> Entry:
        """The same, as the system of record gave it."""
        raw = raw_of(self.held(id), self.dossier(id))
        assert raw is not None
        return raw

    def dossier(self, id: str) -> Dossier:
        """What was said of it."""
        return dossier_of(self.agency.holdings.papers(DRAWER, [EntryId(id)]).get(EntryId(id)))

    def states(self, id: str) -> list[str]:
        """What has become of the requests about it."""
        return [request.state.value for request in self.dossier(id).requests]

    def _name(self, decided: Decided) -> str:
        assert decided.request is not None
        return decided.request


def desk_with(*lines: Made, agency: Agency | None = None) -> AtTheDesk:
    """An agency that holds these lines and has published them."""
    made = agency or Agency()
    made.load(*lines)
    made.publish()
    return AtTheDesk(made)


def codes(entry: Entry) -> Any:
    """The codes of what is held."""
    return line_of(entry).get("access_codes")


def approval(entry: Entry) -> Any:
    """The approval of what is held."""
    return line_of(entry).get("approval")


def ask(desk: AtTheDesk, id: str = "L-2", asked: Asked = TO_2030) -> str:
    """Ask for a clearance; the name of the request."""
    name = desk.act(AGENT, lambda it: it.ask_clearance(EntryId(id), asked, WHY)).request
    assert name is not None
    return name


def desk_over(agency: Agency, blocking: FindBlocking = none_blocking) -> DeskWork:
    """The desk of an agency in memory, that keeps no log."""
    return DeskWork(
        writing=lambda: nullcontext(agency.publisher),
        reading=agency.publisher,
        rules=lambda: agency.rules,
        moment=lambda _: agency.now,
        keep=lambda _moment, _holdings: None,
        record=lambda _event, _told: None,
        may_add=lambda _holdings, rules: frozenset(rules.agreements),
        asking=Asking(),
        blocking=blocking,
    )


def reviews_over(agency: Agency, desk: DeskWork) -> ReviewWork:
    """The reviewing of an agency in memory, that keeps no log."""
    return ReviewWork(
        holdings=agency.holdings,
        writing=lambda: nullcontext(agency.holdings),
        moment=lambda _: agency.now,
        record=lambda _event, _told: None,
        desk=desk,
    )
