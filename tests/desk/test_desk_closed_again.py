"""What was closed at the desk before an opening is closed again after it; nothing opens what it was not asked for."""

from collections.abc import Callable
from functools import partial

import pytest

from graph.dossier import DRAWER, Asked
from graph.model import EntryId
from graph.office.desk import Decided, Desk
from graph.officer import Role
from graph.reading import line_of
from graph.store import Batch, Paper
from graph.withdrawals import Withdrawal, lifting, withdrawals, withholding
from tests.at_the_desk import AGENT, QUALITY, SUPERVISOR, WHY, AtTheDesk, officer
from tests.building import Agency
from tests.plain_lines import Made, case, document, link

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002")
D1 = document("D-1", "NY03-0001-001")
L1, L2 = link("L-1", "C-1", "CONTAINS", "D-1"), link("L-2", "C-2", "CONTAINS", "D-1")
ANOTHER = C1 | {"title": "A wire"}
SAM = officer("sam", Role.AGENT)
TO_2030 = Asked(categories=("title_iii",), agreements=("ndex",), end="2030-01-01")


@pytest.fixture(name="desk")
def _desk() -> AtTheDesk:
    made = Agency()
    made.load(C1, C2, D1, L1, L2)
    made.publish()
    return AtTheDesk(made)


def seen_after(desk: AtTheDesk, *lines: Made) -> set[str]:
    """What partners have once these lines are loaded and published."""
    desk.agency.load(*lines)
    desk.agency.publish()
    return desk.agency.seen()


def lift_asked(desk: AtTheDesk, id: str = "C-1") -> str:
    name = desk.act(SAM, lambda it: it.ask_lift(EntryId(id), "that is mended")).request
    assert name is not None
    return name


def approving(desk: AtTheDesk, name: str) -> Callable[[Desk], Decided]:
    return partial(Desk.approve, name=name, version=desk.seen(name), reason=WHY)


# --- an opening is for one content ---


@pytest.mark.parametrize("first_is_approved", [True, False])
def test_codes_that_were_added_before_an_opening_are_on_the_record_again_once_it_ends(
    desk: AtTheDesk, first_is_approved: bool
) -> None:
    closing = desk.recode(AGENT, "C-1", "T3")
    if first_is_approved:
        desk.approve(SUPERVISOR, closing)
    desk.approve(SUPERVISOR, desk.recode(SAM, "C-1", "REL"))
    assert line_of(desk.held("C-1"))["access_codes"] == ["REL"]
    assert seen_after(desk) == {"C-1", "C-2", "D-1", "L-1", "L-2"}
    assert seen_after(desk, ANOTHER) == {"C-2"}
    assert line_of(desk.held("C-1"))["access_codes"] == ["REL", "T3"]
    assert seen_after(desk, C1) == {"C-2"}
    desk.approve(SUPERVISOR, desk.recode(SAM, "C-1", "REL"))
    assert seen_after(desk) == {"C-1", "C-2", "D-1", "L-1", "L-2"}


def test_codes_of_every_recoding_are_on_the_record_again_however_many_openings_came_after(
    desk: AtTheDesk,
) -> None:
    for codes in (["T3"], ["BSA"], ["REL"]):
        desk.approve(SUPERVISOR, desk.recode(AGENT, "C-1", *codes))
    desk.agency.load(ANOTHER)
    assert line_of(desk.held("C-1"))["access_codes"] == ["REL", "T3", "BSA"]


def test_what_ends_an_opening_by_hand_closes_again_too(desk: AtTheDesk) -> None:
    desk.recode(AGENT, "C-1", "T3")
    desk.approve(SUPERVISOR, desk.recode(AGENT, "C-1", "REL"))
    desk.act(SUPERVISOR, lambda it: it.return_record(EntryId("C-1"), WHY))
    assert line_of(desk.held("C-1"))["access_codes"] == ["REL", "T3"]


def test_a_record_that_was_returned_is_returned_again_once_the_opening_ends(desk: AtTheDesk) -> None:
    desk.act(SUPERVISOR, lambda it: it.return_record(EntryId("C-1"), WHY))
    desk.approve(SUPERVISOR, desk.recode(AGENT, "C-1", "REL"))
    assert seen_after(desk) == {"C-1", "C-2", "D-1", "L-1", "L-2"}
    assert seen_after(desk, ANOTHER) == {"C-2", "D-1", "L-2"}
    assert line_of(desk.held("C-1"))["approval"] == C1["approval"] | {"state": "returned"}


# --- a lift is of the withdrawal that it was asked for ---


def test_a_new_withdrawal_ends_a_request_to_lift_the_one_before(desk: AtTheDesk) -> None:
    desk.act(QUALITY, lambda it: it.withdraw(EntryId("C-1"), "a wrong title"))
    name = lift_asked(desk)
    desk.act(QUALITY, lambda it: it.withdraw(EntryId("C-1"), "names a source"))
    assert desk.refused(SUPERVISOR, approving(desk, name)) == "CHANGED"
    [request] = desk.dossier("C-1").requests
    assert (request.state.value, request.why) == ("ended", "it was withdrawn or deleted anew")
    assert set(desk.agency.holdings.waiting("desk")) == {"C-1"}
    desk.approve(SUPERVISOR, lift_asked(desk))
    assert (desk.states("C-1"), withdrawals(desk.agency.holdings)) == (["replaced", "approved"], {})


def test_a_withdrawal_after_a_lift_on_the_machine_ends_the_request_too(desk: AtTheDesk) -> None:
    holdings, word = desk.agency.holdings, Withdrawal("tan", "2026-11-24T12:00Z", "names a source")
    holdings.take(withholding(holdings, EntryId("C-1"), word))
    name = lift_asked(desk)
    holdings.take(lifting(holdings, EntryId("C-1")))
    holdings.take(withholding(holdings, EntryId("C-1"), word))
    assert desk.refused(SUPERVISOR, approving(desk, name)) == "CHANGED"
    assert withdrawals(holdings) == {"C-1": word}


def test_a_deletion_of_what_is_deleted_already_ends_a_request_to_lift_a_withdrawal(desk: AtTheDesk) -> None:
    def delete() -> None:
        version = desk.desk(AGENT).sight.version(EntryId("C-1"))
        desk.act(AGENT, lambda it: it.delete(EntryId("C-1"), WHY, version))

    delete()
    desk.act(QUALITY, lambda it: it.withdraw(EntryId("C-1"), WHY))
    lift_asked(desk)
    delete()
    assert desk.states("C-1") == ["ended"]


def test_what_has_a_damaged_dossier_is_withdrawn_all_the_same(desk: AtTheDesk) -> None:
    desk.agency.holdings.take(Batch(papers=[Paper(DRAWER, EntryId("C-1"), "{")]))
    desk.agency.holdings.take(
        withholding(desk.agency.holdings, EntryId("C-1"), Withdrawal("tan", "2026-11-24T12:00Z", WHY))
    )
    desk.agency.restrict()
    assert desk.agency.seen() == {"C-2"}


# --- a clearance or a consent is for the codes that were there ---


def cleared(desk: AtTheDesk) -> None:
    name = desk.act(AGENT, lambda it: it.ask_clearance(EntryId("L-2"), TO_2030, WHY)).request
    assert name is not None
    desk.approve(SUPERVISOR, name)


def test_a_recoding_ends_a_clearance_that_was_given_for_other_codes(desk: AtTheDesk) -> None:
    cleared(desk)
    desk.recode(SAM, "C-2", "REL")
    assert desk.states("L-2") == ["approved"]
    desk.recode(SAM, "C-2", "T3")
    assert (desk.states("L-2"), desk.agency.seen()) == (["ended"], {"C-1"})
    by_load = Agency()
    by_load.load(C1, C2 | {"access_codes": ["REL", "T3"]}, D1, L1, L2)
    by_load.publish()
    assert desk.agency.seen() == by_load.seen()
    cleared(desk)
    assert seen_after(desk) == {"C-1", "D-1", "L-1"}


def test_an_approved_recoding_that_takes_codes_away_ends_it_too_and_what_was_only_asked_for(
    desk: AtTheDesk,
) -> None:
    recoding = desk.recode(SAM, "L-2", "TAR", "BSA")
    desk.approve(SUPERVISOR, recoding)
    desk.act(AGENT, lambda it: it.ask_clearance(EntryId("L-2"), TO_2030, WHY))
    recoding = desk.recode(SAM, "L-2", "TAR")
    assert desk.states("L-2") == ["approved", "open", "open"]
    desk.approve(SUPERVISOR, recoding)
    assert desk.states("L-2") == ["replaced", "ended", "approved"]


def test_a_recoding_ends_a_consent_to_the_record_itself(desk: AtTheDesk) -> None:
    desk.agency.load(C1 | {"access_codes": ["TAR"]})
    asked = Asked((), ("third_agency",), ("ndex",), end="2030-01-01", granted_by="DEA")
    name = desk.act(AGENT, lambda it: it.ask_consent(EntryId("C-1"), asked, WHY)).request
    assert name is not None
    desk.approve(SUPERVISOR, name)
    desk.agency.publish()
    assert "C-1" in desk.agency.seen()
    desk.recode(SAM, "C-1", "REL")
    assert (desk.states("C-1"), "C-1" in desk.agency.seen()) == (["ended", "open"], False)
