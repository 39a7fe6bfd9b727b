"""At the desk anybody who may withdraws at once, returns or deletes; two persons lift it (docs/desk.md)."""

from graph.model import EntryId
from graph.reading import line_of
from tests.at_the_desk import (
    AGENT,
    C1,
    C2,
    D1,
    L1,
    L2,
    QUALITY,
    SUPERVISOR,
    WHY,
    AtTheDesk,
    approval,
    codes,
    desk_with,
)
from tests.plain_lines import clearance


def test_anybody_who_may_withdraws_anything_at_once_and_two_persons_lift_it(desk: AtTheDesk) -> None:
    desk.act(QUALITY, lambda it: it.withdraw(EntryId("C-1"), WHY))
    assert desk.agency.seen() == set()
    name = desk.act(QUALITY, lambda it: it.ask_lift(EntryId("C-1"), WHY)).request
    assert name is not None
    desk.agency.publish()
    assert desk.agency.seen() == set()
    desk.approve(SUPERVISOR, name)
    assert (desk.agency.seen(), desk.states("C-1")) == (set(), ["approved"])
    desk.agency.publish()
    assert desk.agency.seen() == {"C-1", "D-1", "L-1"}


def test_a_record_that_is_returned_is_not_approved_until_it_is_recoded(desk: AtTheDesk) -> None:
    desk.act(SUPERVISOR, lambda it: it.return_record(EntryId("C-1"), WHY))
    assert desk.agency.seen() == set()
    assert approval(desk.held("C-1")) == C1["approval"] | {"state": "returned"}
    desk.agency.load(C1 | {"title": "Corrected"})
    desk.agency.publish()
    assert desk.agency.seen() == set()
    desk.approve(SUPERVISOR, desk.recode(AGENT, "C-1", "REL"))
    desk.agency.publish()
    assert desk.agency.seen() == {"C-1", "D-1", "L-1"}


def test_a_request_that_is_returned_leaves_closed_what_it_closed(desk: AtTheDesk) -> None:
    name = desk.recode(AGENT, "C-1", "T3")
    desk.act(SUPERVISOR, lambda it: it.return_request(name, WHY))
    assert (desk.states("C-1"), codes(desk.held("C-1"))) == (["returned"], ["REL", "T3"])
    assert desk.refused(SUPERVISOR, lambda it: it.return_request(name, WHY)) == "CHANGED"
    assert desk.refused(SUPERVISOR, lambda it: it.approve(name, desk.seen(name), WHY)) == "CHANGED"
    assert desk.agency.holdings.waiting("desk") == {}


def test_a_deletion_erases_the_content_and_no_line_brings_it_back_until_it_is_lifted(desk: AtTheDesk) -> None:
    version = desk.desk(AGENT).sight.version(EntryId("D-1"))
    desk.act(AGENT, lambda it: it.delete(EntryId("D-1"), WHY, version))
    assert desk.agency.seen() == {"C-1"}
    for _ in range(2):
        for entry in (desk.held("D-1"), desk.raw("D-1")):
            assert (entry.deleted, set(line_of(entry))) == (
                True,
                {"kind", "id", "number", "access_codes", "source_system", "tokens"},
            )
        desk.agency.load(D1)
    name = desk.act(AGENT, lambda it: it.ask_lift(EntryId("D-1"), WHY)).request
    assert name is not None
    desk.approve(SUPERVISOR, name)
    desk.agency.load(D1)
    desk.agency.publish()
    assert desk.agency.seen() == {"C-1", "D-1", "L-1"}


def test_a_link_is_not_deleted_here_for_it_would_carry_no_more(desk: AtTheDesk) -> None:
    version = desk.desk(AGENT).sight.version(EntryId("L-1"))
    assert desk.refused(AGENT, lambda it: it.delete(EntryId("L-1"), WHY, version)) == "UNFIT"


def test_a_permission_of_the_files_is_deleted_whatever_line_comes() -> None:
    cleared = clearance("X-1", L2, "title_iii")
    desk = desk_with(C1, C2, D1, L1, L2, cleared)
    assert desk.agency.seen() == {"C-1", "D-1", "L-1"}
    version = desk.desk(AGENT).sight.version(EntryId("X-1"))
    desk.act(AGENT, lambda it: it.delete(EntryId("X-1"), WHY, version))
    assert desk.agency.seen() == {"C-1"}
    desk.agency.load(cleared)
    desk.agency.publish()
    assert (desk.agency.seen(), desk.held("X-1").deleted) == ({"C-1"}, True)
