"""What may happen at a desk, in any order: lines are loaded, and officers recode, ask, approve, withdraw and return."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from graph.dossier import Asked
from graph.model import EntryId
from graph.office.desk import Desk
from graph.officer import Officer
from tests.at_the_desk import WHY
from tests.desk_world import LINKS, PLAIN, RECORDS, WHO, World
from tests.plain_lines import Made, delete

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
    done: Callable[[World], None]

    def __repr__(self) -> str:
        return self.name


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


def recoded_and_approved(id: str, code: str) -> list[Step]:
    return [recode_step(WHO[0], id, (code,)), approve_step(WHO[3], 0)]
