"""The desk: two persons open, one withholds, and what a person did survives the next load (docs/desk.md)."""

from functools import partial
from typing import Any

import pytest

from graph.model import EntryId
from graph.office.desk import Desk
from graph.officer import Role
from graph.reading import line_of
from tests.at_the_desk import (
    AGENT,
    BOTH,
    C1,
    C2,
    D1,
    L1,
    QUALITY,
    SUPERVISOR,
    WHY,
    AtTheDesk,
    approval,
    codes,
    desk_with,
    officer,
)
from tests.plain_lines import case, delete

# --- recode and approve ---


def test_a_recoding_adds_its_codes_at_once_and_they_stand_alone_once_another_person_approves(
    desk: AtTheDesk,
) -> None:
    name = desk.recode(AGENT, "C-2", "REL")
    assert (codes(desk.held("C-2")), codes(desk.raw("C-2"))) == (["T3", "REL"], ["T3"])
    desk.approve(SUPERVISOR, name)
    assert codes(desk.held("C-2")) == ["REL"]
    assert approval(desk.held("C-2")) == {
        "state": "approved",
        "agent": "kim",
        "supervisor": "ortiz",
        "date": "2026-11-24",
    }
    assert desk.agency.seen() == {"C-1", "D-1", "L-1"}
    desk.agency.publish()
    assert desk.agency.seen() == {"C-1", "C-2", "D-1", "L-1"}


def test_a_closing_code_withdraws_before_anybody_approves(desk: AtTheDesk) -> None:
    desk.recode(AGENT, "C-1", "T3")
    assert desk.agency.seen() == set()


def test_a_record_without_codes_stays_uncoded_until_its_code_is_approved() -> None:
    desk = desk_with(case("C-1", "NY03-0001", access_codes=[]), case("C-2", "NY03-0002", access_codes="REL"))
    for id in ("C-1", "C-2"):
        name = desk.recode(AGENT, id, "REL")
        assert codes(desk.held(id)) == [None, "REL"]
        desk.agency.publish()
        assert desk.agency.seen() == set(), id
        desk.approve(SUPERVISOR, name)
        desk.agency.publish()
        assert desk.agency.seen() == {id}
        desk.recode(AGENT, id, "T3")
    assert desk.agency.seen() == set()


def test_an_unapproved_record_is_approved_by_the_two_who_coded_it() -> None:
    desk = desk_with(
        case("C-1", "NY03-0001", approval={"state": "submitted", "agent": "lee", "supervisor": None})
    )
    desk.approve(SUPERVISOR, desk.recode(AGENT, "C-1", "REL"))
    desk.agency.publish()
    assert desk.agency.seen() == {"C-1"}


def test_a_links_codes_are_recoded_and_a_link_has_no_approval(desk: AtTheDesk) -> None:
    name = desk.recode(AGENT, "L-1", "TAR")
    assert (desk.agency.seen(), line_of(desk.held("L-1"))) == ({"C-1"}, L1 | {"access_codes": ["TAR"]})
    desk.approve(SUPERVISOR, name)
    name = desk.recode(AGENT, "L-1")
    assert codes(desk.held("L-1")) == ["TAR"]
    desk.approve(SUPERVISOR, name)
    assert line_of(desk.held("L-1")) == L1 | {"access_codes": []}


@pytest.mark.parametrize("odd", [None, "REL", {"T3": 1}])
def test_a_link_whose_codes_cannot_be_read_stays_as_it_is_until_it_is_approved(odd: Any) -> None:
    desk = desk_with(C1, D1, L1 | {"access_codes": odd})
    name = desk.recode(AGENT, "L-1", "REL")
    assert codes(desk.held("L-1")) == odd
    desk.approve(SUPERVISOR, name)
    assert codes(desk.held("L-1")) == ["REL"]


def test_nobody_does_both_halves_whatever_his_roles_and_however_he_writes_his_name(desk: AtTheDesk) -> None:
    name = desk.recode(BOTH, "C-2", "REL")
    seen = desk.seen(name)
    for user in ("reyes", " REYES "):
        same = officer(user, Role.SUPERVISOR, Role.AGENT, Role.QUALITY)
        assert desk.refused(same, lambda it: it.approve(name, seen, WHY)) == "SAME_PERSON"
    desk.approve(SUPERVISOR, name)


def test_what_has_changed_meanwhile_is_not_approved(desk: AtTheDesk) -> None:
    name = desk.recode(AGENT, "C-2", "REL")
    seen = desk.seen(name)
    desk.agency.load(C2 | {"title": "Another"})
    for version in (seen, desk.seen(name)):
        approving = partial(Desk.approve, name=name, version=version, reason=WHY)
        assert desk.refused(SUPERVISOR, approving) == "CHANGED"
    assert desk.states("C-2") == ["ended"]
    desk.approve(SUPERVISOR, desk.recode(AGENT, "C-2", "REL"))
    assert desk.states("C-2") == ["replaced", "approved"]


def test_an_act_upon_an_older_look_is_refused(desk: AtTheDesk) -> None:
    seen = desk.desk(AGENT).sight.version(EntryId("C-1"))
    name = desk.recode(AGENT, "C-1", "REL", "TAR")
    looked = desk.seen(name)
    desk.act(QUALITY, lambda it: it.withdraw(EntryId("C-1"), WHY))
    assert desk.refused(AGENT, lambda it: it.recode(EntryId("C-1"), ["REL"], WHY, seen)) == "CHANGED"
    assert desk.refused(AGENT, lambda it: it.delete(EntryId("C-1"), WHY, seen)) == "CHANGED"
    assert desk.refused(SUPERVISOR, lambda it: it.approve(name, looked, WHY)) == "CHANGED"


# --- what survives a load ---


def test_an_opening_ends_for_good_when_the_content_is_another_one_and_comes_back_to_the_queue(
    desk: AtTheDesk,
) -> None:
    desk.approve(SUPERVISOR, desk.recode(AGENT, "C-2", "REL"))
    desk.agency.publish()
    desk.agency.load(C2 | {"revised": "2026-11-01T00:00:00Z"})
    assert (codes(desk.held("C-2")), desk.states("C-2")) == (["REL"], ["approved"])
    desk.agency.load(C2 | {"title": "Another"})
    desk.agency.restrict()
    assert (codes(desk.held("C-2")), desk.states("C-2")) == (["T3", "REL"], ["ended"])
    assert desk.agency.seen() == {"C-1", "D-1", "L-1"}
    assert set(desk.agency.holdings.waiting("desk")) == {"C-2"}
    desk.agency.load(C2)
    assert (codes(desk.held("C-2")), desk.states("C-2")) == (["T3", "REL"], ["ended"])


def test_a_closing_stays_whatever_line_comes_until_two_persons_open_it(desk: AtTheDesk) -> None:
    desk.approve(SUPERVISOR, desk.recode(AGENT, "C-1", "T3"))
    for line in (C1 | {"title": "Another"}, C1, C1 | {"access_codes": ["BSA"]}, delete("C-1"), C1):
        desk.agency.load(line)
        assert "T3" in codes(desk.held("C-1"))
    desk.approve(SUPERVISOR, desk.recode(AGENT, "C-1", "REL"))
    assert codes(desk.held("C-1")) == ["REL"]


def test_every_other_field_is_the_system_of_records(desk: AtTheDesk) -> None:
    desk.recode(AGENT, "C-1", "T3")
    line = C1 | {"title": "Another", "remark": 7, "revised": "2026-11-01T00:00:00Z"}
    desk.agency.load(line)
    assert line_of(desk.held("C-1")) == line | {"access_codes": ["REL", "T3"]}
    assert desk.held("C-1").revised == "2026-11-01T00:00:00.000000000"
    assert desk.agency.load(line).unchanged == 1
    assert desk.agency.load(C1 | {"revised": "2026-10-01T00:00:00Z"}).ignored == 1


def test_where_nobody_says_anything_else_the_line_stays_byte_for_byte(desk: AtTheDesk) -> None:
    text = b'{"id": "C-9",   "kind": "case", "n": 12345678901234567890123, "access_codes": ["T3", "REL"]}'
    desk.agency.load(text)
    desk.recode(AGENT, "C-9", "T3")
    assert (desk.held("C-9").line, desk.dossier("C-9").raw) == (text, None)
