"""Whatever is loaded and done at the desk, in whatever order: nothing is more open than the system of record's line,

with all that was ever closed at the desk, but by an opening that two different persons gave for this very content
(docs/desk.md). The world keeps a log of its own and goes by that, not by what the desk has kept.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.desk import Desk
from graph.desk_rights import Refused
from graph.dossier import Asked, State, named_request, request_id
from graph.fingerprint import content_of
from graph.gist import RecordGist, gist_of
from graph.model import Entry, EntryId, Kind
from graph.officer import Officer, Role
from graph.reading import line_of, read_link, read_record, same_person
from graph.withdrawals import Withdrawal, withdrawals, withholding
from tests.at_the_desk import WHY, AtTheDesk, officer
from tests.building import Agency, rules
from tests.plain_lines import Made, case, delete, document, link

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
CODINGS: Final[list[Any]] = [["REL"], ["T3"], ["BSA", "REL"], [], None, "REL", [7, "REL"], ["NO SUCH"]]
APPROVALS: Final[list[Any]] = [
    {"state": "approved", "agent": "a", "supervisor": "b"},
    {"state": "submitted", "agent": "a", "supervisor": None},
    "approved",
    None,
]


def lines(id: str) -> st.SearchStrategy[Made]:
    """Lines that the system of record may send for an id."""
    plain = PLAIN[id]
    changes: list[Made] = [{}, {"title": "Another"}, {"remark": 1}, *({"access_codes": c} for c in CODINGS)]
    if id in RECORDS:
        changes += [{"approval": approval} for approval in APPROVALS]
    return st.sampled_from([plain, delete(id), *(plain | change for change in changes)])


@dataclass(frozen=True)
class Step:
    """Something that happens. name: of what; done: how."""

    name: str
    done: Callable[["World"], None]

    def __repr__(self) -> str:
        return self.name


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
        request = self.desk.dossier(named[0]).request(named[1])
        assert request is not None
        assert request.state is State.APPROVED
        assert not same_person(request.by.who, who.user)
        if request.kind == "recode":
            self.opened[named[0]] = Opened(content_of(self.desk.raw(named[0])), request.asked.codes)
        if request.kind == "lift":
            assert self.asked[name][1] == self.closings[named[0]], f"{name}: lifts what came after it"
            self.withdrawn.discard(named[0])


def load_step(given: list[Made]) -> Step:
    return Step(f"load {given}", lambda world: world.load(*given))


def recode_step(who: Officer, id: str, codes: tuple[str, ...]) -> Step:
    return Step(f"{who.user} recodes {id} {codes}", lambda world: world.recode(who, id, codes))


def approve_step(who: Officer, place: int) -> Step:
    return Step(f"{who.user} approves {place}", lambda world: world.approve(who, place))


def ask_step(who: Officer, id: str) -> Step:
    """Ask for a clearance of a link; for a consent to a record."""
    category = "third_agency" if id in RECORDS else "title_iii"
    asked = Asked((), (category,), ("ndex",), end="2030-01-01", granted_by="DEA")

    def done(world: World) -> None:
        what = Desk.ask_consent if id in RECORDS else Desk.ask_clearance
        world.act(who, lambda desk: what(desk, EntryId(id), asked, WHY))

    return Step(f"{who.user} asks {id}", done)


def machine_step(id: str) -> Step:
    return Step(f"the machine withdraws {id}", lambda world: world.withdraw_on_the_machine(id))


def other_step(who: Officer, id: str, what: str) -> Step:
    def done(world: World) -> None:
        version = world.desk.desk(who).sight.version(EntryId(id))
        does: dict[str, Callable[[Desk], Any]] = {
            "withdraws": lambda desk: desk.withdraw(EntryId(id), WHY),
            "lifts": lambda desk: desk.ask_lift(EntryId(id), WHY),
            "returns": lambda desk: desk.return_record(EntryId(id), WHY),
            "deletes": lambda desk: desk.delete(EntryId(id), WHY, version),
        }
        if not world.act(who, does[what]) or what == "lifts":
            return
        if what == "returns":
            world.returned.add(id)
        else:
            world.closed(id)
        if what == "withdraws":
            world.withdrawn.add(id)
        else:
            world.opened.pop(id, None)

    return Step(f"{who.user} {what} {id}", done)


IDS: Final = st.sampled_from([*RECORDS, "L-1", "L-2"])
PERSONS: Final = st.sampled_from(WHO)
LOADS: Final = st.lists(IDS.flatmap(lines), min_size=1, max_size=3).map(load_step)
WHATS: Final = ["withdraws", "lifts", "returns", "deletes"]
RECODINGS: Final = [("REL",), ("T3",), ("REL", "TAR"), ()]


def withholding_steps(ids: st.SearchStrategy[str], links: st.SearchStrategy[str]) -> st.SearchStrategy[Step]:
    return st.one_of(
        LOADS,
        st.builds(recode_step, PERSONS, ids, st.sampled_from(RECODINGS)),
        st.builds(ask_step, PERSONS, links),
        st.builds(other_step, PERSONS, ids, st.sampled_from(WHATS)),
        st.builds(machine_step, ids),
    )


WITHHOLDING: Final = withholding_steps(IDS, st.sampled_from([*LINKS, *RECORDS]))
APPROVING: Final = st.builds(approve_step, PERSONS, st.integers(0, 5))
STEPS: Final = st.one_of(WITHHOLDING, APPROVING)


def about(id: str) -> st.SearchStrategy[list[Step]]:
    """Steps about one id by those who may do them, so that many are done and meet one another."""
    ids, agent, supervisor = st.just(id), st.just(WHO[0]), st.just(WHO[3])
    either, any_of_both = st.sampled_from([WHO[0], WHO[3]]), st.sampled_from([WHO[1], WHO[2]])
    asked = st.sampled_from([id, *(("L-2", "implied:D-1:C-2") if id in ("C-2", "D-1") else ())])
    step = st.one_of(
        st.builds(recode_step, agent, ids, st.sampled_from(RECODINGS)),
        st.builds(approve_step, supervisor, st.integers(0, 1)),
        st.builds(approve_step, supervisor, st.just(0)),
        lines(id).map(lambda line: load_step([line])),
        st.builds(ask_step, agent, asked),
        st.builds(other_step, either, ids, st.sampled_from(WHATS)),
        st.builds(other_step, any_of_both, ids, st.sampled_from(WHATS)),
        st.builds(machine_step, ids),
    )
    return st.lists(step, min_size=4, max_size=12)


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
    requests = [r for r in world.desk.dossier(target).requests if held.id in r.entries]
    assert [request.state for request in requests] == [State.APPROVED]
    assert not same_person(line["requested_by"], line["approved_by"])
    sight = world.desk.desk(WHO[0]).sight
    assert requests[0].contents == sight.contents(requests[0].contents)
    asked, now = world.asked[request_id(target, requests[0].number)][0], world.codings()
    assert [asked.get(id) for id in requests[0].contents] == [now.get(id) for id in requests[0].contents]


def recoded_and_approved(id: str, code: str) -> list[Step]:
    return [recode_step(WHO[0], id, (code,)), approve_step(WHO[3], 0)]


ANOTHER: Final = load_step([PLAIN["C-1"] | {"title": "Another"}])


@example([*recoded_and_approved("C-1", "T3"), *recoded_and_approved("C-1", "REL"), ANOTHER])
@example([recode_step(WHO[0], "C-1", ("T3",)), *recoded_and_approved("C-1", "REL"), ANOTHER])
@example([other_step(WHO[3], "C-1", "returns"), *recoded_and_approved("C-1", "REL"), ANOTHER])
@example([*[other_step(WHO[2], "C-1", what) for what in WHATS[:2] + WHATS[:1]], approve_step(WHO[3], 0)])
@example(
    [machine_step("C-1"), other_step(WHO[0], "C-1", "lifts"), machine_step("C-1"), approve_step(WHO[3], 0)]
)
@example([ask_step(WHO[0], "L-1"), approve_step(WHO[3], 0), recode_step(WHO[0], "C-1", ("T3",))])
@given(IDS.flatmap(about))
@settings(max_examples=100, deadline=None)
def test_what_is_done_to_one_id_again_and_again_opens_nothing_else(steps: list[Step]) -> None:
    world = World()
    world.load(*PLAIN.values())
    for step in steps:
        step.done(world)
        check(world)


@given(st.lists(STEPS, max_size=14))
@settings(max_examples=100, deadline=None)
def test_nothing_is_more_open_than_its_line_but_by_two_persons_for_this_content(steps: list[Step]) -> None:
    world = World()
    world.load(*PLAIN.values())
    for step in steps:
        step.done(world)
        check(world)


@given(st.lists(WITHHOLDING, max_size=8))
@settings(max_examples=20, deadline=None)
def test_without_a_second_person_no_partner_is_shown_more_than_the_lines_show(steps: list[Step]) -> None:
    world, alone = World(AtTheDesk(Agency(RULES))), Agency(RULES)
    for agency in (world.desk.agency, alone):
        agency.load(*PLAIN.values())
        agency.publish()
    for step in steps:
        step.done(world)
        if step.name.startswith("load"):
            step.done(World(AtTheDesk(alone)))
        for agency in (world.desk.agency, alone):
            agency.publish()
        assert world.desk.agency.seen() <= alone.seen()


@given(st.lists(STEPS, max_size=10))
@settings(max_examples=25, deadline=None)
def test_lines_that_are_loaded_again_change_nothing(steps: list[Step]) -> None:
    world = World()
    world.load(*PLAIN.values())
    for step in steps:
        step.done(world)
    holdings = world.desk.agency.holdings
    raws = [world.desk.raw(id).line for id in PLAIN if not world.desk.raw(id).deleted]
    before = {each.id: each for each in holdings.entries()}, list(holdings.every_paper())
    world.desk.agency.load(*raws)
    assert ({each.id: each for each in holdings.entries()}, list(holdings.every_paper())) == before
