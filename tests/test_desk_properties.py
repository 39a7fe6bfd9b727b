"""Whatever is loaded and done at the desk, in whatever order: nothing is more open than the system of record's line,

but by an opening that two different persons gave for this very content (docs/desk.md).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.desk import Desk
from graph.desk_rights import Refused
from graph.dossier import Asked, Opening, State, named_request
from graph.fingerprint import content_of
from graph.gist import RecordGist, gist_of, is_approved
from graph.model import Entry, EntryId, Kind
from graph.officer import Officer, Role
from graph.reading import line_of, read_link, read_record, same_person
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
class World:
    """The desk, and what a reader of its log would know. closed: categories that a person has added, by id."""

    desk: AtTheDesk = field(default_factory=lambda: AtTheDesk(Agency(RULES), restricting=False))
    names: list[str] = field(default_factory=list)
    openings: set[tuple[str, str, tuple[str, ...]]] = field(default_factory=set)
    added: dict[str, set[str]] = field(default_factory=dict)

    def load(self, *given: Made) -> None:
        self.desk.agency.load(*given)

    def act(self, who: Officer, does: Callable[[Desk], Any]) -> None:
        """What is refused is refused; what is not has to be right."""
        try:
            decided = self.desk.act(who, does)
        except Refused:
            return
        if decided.request is not None and decided.request not in self.names:
            self.names.append(decided.request)

    def recode(self, who: Officer, id: str, codes: tuple[str, ...]) -> None:
        version = self.desk.desk(who).sight.version(EntryId(id))
        before = len(self.names)
        self.act(who, lambda desk: desk.recode(EntryId(id), codes, WHY, version))
        if len(self.names) > before:
            self.added.setdefault(id, set()).update(codes)

    def approve(self, who: Officer, place: int) -> None:
        if not self.names:
            return
        name = self.names[place % len(self.names)]
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
            self.openings.add((named[0], content_of(self.desk.raw(named[0])), request.asked.codes))
            self.added[named[0]] = set(request.asked.codes)


def load_step(given: list[Made]) -> Step:
    return Step(f"load {given}", lambda world: world.load(*given))


def recode_step(who: Officer, id: str, codes: tuple[str, ...]) -> Step:
    return Step(f"{who.user} recodes {id} {codes}", lambda world: world.recode(who, id, codes))


def approve_step(who: Officer, place: int) -> Step:
    return Step(f"{who.user} approves {place}", lambda world: world.approve(who, place))


def ask_step(who: Officer, id: str) -> Step:
    asked = Asked(("REL",), ("title_iii",), ("ndex",), end="2030-01-01")
    return Step(
        f"{who.user} asks {id}",
        lambda world: world.act(who, lambda desk: desk.ask_clearance(EntryId(id), asked, WHY)),
    )


def other_step(who: Officer, id: str, what: str) -> Step:
    def done(world: World) -> None:
        version = world.desk.desk(who).sight.version(EntryId(id))
        does: dict[str, Callable[[Desk], Any]] = {
            "withdraws": lambda desk: desk.withdraw(EntryId(id), WHY),
            "lifts": lambda desk: desk.ask_lift(EntryId(id), WHY),
            "returns": lambda desk: desk.return_record(EntryId(id), WHY),
            "deletes": lambda desk: desk.delete(EntryId(id), WHY, version),
        }
        world.act(who, does[what])

    return Step(f"{who.user} {what} {id}", done)


IDS: Final = st.sampled_from([*RECORDS, "L-1", "L-2"])
PERSONS: Final = st.sampled_from(WHO)
LOADS: Final = st.lists(IDS.flatmap(lines), min_size=1, max_size=3).map(load_step)
WITHHOLDING: Final = st.one_of(
    LOADS,
    st.builds(recode_step, PERSONS, IDS, st.sampled_from([("REL",), ("T3",), ("REL", "TAR"), ()])),
    st.builds(ask_step, PERSONS, st.sampled_from(LINKS)),
    st.builds(other_step, PERSONS, IDS, st.sampled_from(["withdraws", "lifts", "returns", "deletes"])),
)
STEPS: Final = st.one_of(WITHHOLDING, st.builds(approve_step, PERSONS, st.integers(0, 5)))


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
    for held in world.desk.agency.holdings.entries():
        if held.id.startswith("implied:"):
            continue
        raw, dossier = world.desk.raw(held.id), world.desk.dossier(held.id)
        assert raw.deleted <= held.deleted
        if held.kind is Kind.LINK and held.deleted:
            continue
        live = _live(world, held, raw, dossier.opening)
        before = categories(raw) if live is None else categories(raw, live)
        assert before & ~categories(held) == 0, f"{held.id}: a category is gone"
        if not unreadable(held):
            added = categories(raw, world.added.get(held.id, set())) if world.added.get(held.id) else 0
            assert added & ~categories(held) == 0, f"{held.id}: a closing is gone"
        if held.kind is not Kind.LINK:
            given, gist = gist_of(raw, policy), gist_of(held, policy)
            assert isinstance(given, RecordGist)
            assert isinstance(gist, RecordGist)
            assert not gist.approved or given.approved or live is not None
        others = {"access_codes", "approval"}
        said = {name: value for name, value in line_of(held).items() if name not in others}
        assert said == {name: value for name, value in line_of(raw).items() if name not in others}
    for held in world.desk.agency.holdings.entries():
        if held.id.startswith("implied:") and not held.deleted:
            _check_permission(world, held)


def _live(world: World, held: Entry, raw: Entry, opening: Opening | None) -> tuple[str, ...] | None:
    if opening is None or opening.content != content_of(raw):
        return None
    assert (held.id, content_of(raw), opening.codes) in world.openings
    assert is_approved(read_record(held).approval) if held.kind is not Kind.LINK else True
    return opening.codes


def _check_permission(world: World, held: Entry) -> None:
    """It stands only for an approved request about what is held now, by two persons."""
    line = line_of(held)
    requests = [r for r in world.desk.dossier(line["link"]).requests if held.id in r.entries]
    assert [request.state for request in requests] == [State.APPROVED]
    assert not same_person(line["requested_by"], line["approved_by"])
    sight = world.desk.desk(WHO[0]).sight
    assert requests[0].contents == sight.contents(requests[0].contents)


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
