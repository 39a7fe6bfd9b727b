"""The desk beside a log of what was done there, and each entry against that log (docs/desk.md).

The world goes by its log, not by what the desk has kept: what was ever closed, and what two different persons opened
for which content.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from graph.dossier import State, named_request, request_id
from graph.fingerprint import content_of
from graph.gist import RecordGist, gist_of
from graph.model import Entry, EntryId, Kind
from graph.office.desk import Desk
from graph.office.desk_rights import Refused
from graph.officer import Officer, Role
from graph.reading import line_of, read_link, read_record, same_person
from graph.withdrawals import Withdrawal, withdrawals, withholding
from tests.at_the_desk import WHY, AtTheDesk, officer
from tests.building import Agency, rules
from tests.plain_lines import Made, case, document, link

RULES: Final = rules()
WHO: Final = [
    officer("kim", Role.AGENT),
    officer("reyes", Role.AGENT, Role.SUPERVISOR),
    officer(" Kim ", Role.SUPERVISOR, Role.QUALITY),
    officer("ortiz", Role.SUPERVISOR),
]
PLAIN: Final = {
    "C-1": case("C-1", "NY03-0001"),
    "C-2": case("C-2", "NY03-0002", access_codes=["T3"]),
    "D-1": document("D-1", "NY03-0001-001", "See NY03-0002."),
    "L-1": link("L-1", "C-1", "CONTAINS", "D-1"),
    "L-2": link("L-2", "C-2", "CONTAINS", "D-1"),
}
RECORDS: Final = ("C-1", "C-2", "D-1")
LINKS: Final = ("L-1", "L-2", "implied:D-1:C-2")


@dataclass
class Opened:
    """A coding that two persons gave for a content. since: codes that were added after it."""

    content: str
    codes: tuple[str, ...]
    since: set[str] = field(default_factory=set)


Codings = dict[str, Any]
"""The codes that are held, by id."""


@dataclass
class World:
    """The desk, and what a reader of its log would know. names: of requests, the last one last.

    added: codes that a person has ever added. returned: what a supervisor has ever returned. opened: the openings that
    live. closings: how often each was withdrawn or deleted by a person. withdrawn: what is, and is not lifted.
    asked: the codes that were held, and how often it had been closed, when a request was made.
    """

    desk: AtTheDesk = field(default_factory=lambda: AtTheDesk(Agency(RULES), restricting=False))
    names: list[str] = field(default_factory=list)
    added: dict[str, set[str]] = field(default_factory=dict)
    returned: set[str] = field(default_factory=set)
    opened: dict[str, Opened] = field(default_factory=dict)
    closings: Counter[str] = field(default_factory=Counter)
    withdrawn: set[str] = field(default_factory=set)
    asked: dict[str, tuple[Codings, int]] = field(default_factory=dict)

    def load(self, *given: Made) -> None:
        self.desk.agency.load(*given)

    def codings(self) -> Codings:
        entries = self.desk.agency.holdings.entries()
        return {each.id: line_of(each).get("access_codes") for each in entries}

    def act(self, who: Officer, does: Callable[[Desk], Any]) -> bool:
        """Whether it was done. What is refused is refused; what is not has to be right."""
        codings = self.codings()
        try:
            decided = self.desk.act(who, does)
        except Refused:
            return False
        if decided.request is not None and decided.request not in self.names:
            self.names.append(decided.request)
            self.asked[decided.request] = codings, self.closings[decided.about]
        return True

    def recode(self, who: Officer, id: str, codes: tuple[str, ...]) -> None:
        version = self.desk.desk(who).sight.version(EntryId(id))
        if self.act(who, lambda desk: desk.recode(EntryId(id), codes, WHY, version)):
            self.added.setdefault(id, set()).update(codes)
            if id in self.opened:
                self.opened[id].since.update(codes)

    def closed(self, id: str) -> None:
        """It was withdrawn or deleted by a person."""
        self.closings[id] += 1

    def withdraw_on_the_machine(self, id: str) -> None:
        holdings = self.desk.agency.holdings
        holdings.take(
            withholding(holdings, EntryId(id), Withdrawal("root", self.desk.agency.now.minute, WHY))
        )
        self.closed(id)
        self.withdrawn.add(id)

    def forget_what_ended(self) -> None:
        """An opening ends with the content that it was given for."""
        for id in list(self.opened):
            if content_of(self.desk.raw(id)) != self.opened[id].content:
                del self.opened[id]

    def approve(self, who: Officer, place: int) -> None:
        """Approve one of those that were asked for, counted from the last."""
        if not self.names:
            return
        name = self.names[-1 - place % len(self.names)]
        try:
            self.desk.approve(who, name)
        except Refused:
            return
        named = named_request(name)
        assert named is not None
        request = self.desk.dossier(named[0]).named(named[1])
        assert request is not None
        assert request.state is State.APPROVED
        assert not same_person(request.by.who, who.user)
        if request.kind == "recode":
            self.opened[named[0]] = Opened(content_of(self.desk.raw(named[0])), request.asked.codes)
        if request.kind == "lift":
            assert self.asked[name][1] == self.closings[named[0]], f"{name}: lifts what came after it"
            self.withdrawn.discard(named[0])


def categories(entry: Entry, codes: Iterable[str] | None = None) -> int:
    """The categories that its codes stand for, or that these stand for in their place."""
    policy = RULES.policy
    uncoded = policy.bit("uncoded")
    if codes is not None:
        return policy.categories_of(tuple(codes), without=0 if entry.kind is Kind.LINK else uncoded)
    if entry.kind is Kind.LINK:
        return policy.categories_of(read_link(entry).codes, without=0)
    return policy.categories_of(read_record(entry).codes, without=uncoded)


def unreadable(entry: Entry) -> bool:
    return entry.kind is Kind.LINK and not isinstance(line_of(entry).get("access_codes", []), list)


def check(world: World) -> None:
    """Each entry against its line, and against what two persons have said."""
    policy = RULES.policy
    world.forget_what_ended()
    assert world.withdrawn == withdrawals(world.desk.agency.holdings).keys()
    for held in world.desk.agency.holdings.entries():
        if held.id.startswith("implied:"):
            continue
        raw = world.desk.raw(held.id)
        assert raw.deleted <= held.deleted
        if held.kind is Kind.LINK and held.deleted:
            continue
        live = world.opened.get(held.id)
        before = categories(raw) if live is None else categories(raw, live.codes)
        assert before & ~categories(held) == 0, f"{held.id}: a category is gone"
        closed = world.added.get(held.id, set()) if live is None else live.since
        if closed and not unreadable(held):
            assert categories(raw, closed) & ~categories(held) == 0, f"{held.id}: a closing is gone"
        if held.kind is not Kind.LINK:
            given, gist = gist_of(raw, policy), gist_of(held, policy)
            assert isinstance(given, RecordGist)
            assert isinstance(gist, RecordGist)
            approved = given.approved and held.id not in world.returned
            assert not gist.approved or approved or live is not None
        others = {"access_codes", "approval"}
        said = {name: value for name, value in line_of(held).items() if name not in others}
        assert said == {name: value for name, value in line_of(raw).items() if name not in others}
    for held in world.desk.agency.holdings.entries():
        if held.id.startswith("implied:") and not held.deleted:
            _check_permission(world, held)


def _check_permission(world: World, held: Entry) -> None:
    """It stands only for an approved request about what is held now, by two persons, with the codes it has now."""
    line = line_of(held)
    target = line["link"] if "link" in line else line["record"]
    dossier = world.desk.dossier(target)
    requests = [r for r in dossier.requests if held.id in r.entries]
    assert [request.state for request in requests] == [State.APPROVED]
    assert not same_person(line["requested_by"], line["approved_by"])
    sight = world.desk.desk(WHO[0]).sight
    assert requests[0].contents == sight.contents(requests[0].contents)
    asked, now = world.asked[request_id(target, dossier, requests[0])][0], world.codings()
    assert [asked.get(id) for id in requests[0].contents] == [now.get(id) for id in requests[0].contents]
