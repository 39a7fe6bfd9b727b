"""Who may do what at the desk, to what, and with which findings open (docs/desk.md)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
import pytest

from graph.model import EntryId
from graph.office.blocking import NOT_SHOWN, Blocking
from graph.office.desk import Desk
from graph.office.desk_rights import Refused
from graph.officer import Role
from tests import worked_example
from tests.at_the_desk import (
    AGENT,
    C1,
    C2,
    D1,
    L1,
    L2,
    QUALITY,
    SUPERVISOR,
    TO_2030,
    WHY,
    AtTheDesk,
    ask,
    codes,
    desk_with,
    officer,
)
from tests.building import Agency, policy, rules


def test_roles_and_offices(desk: AtTheDesk) -> None:
    version = desk.desk(AGENT).sight.version(EntryId("C-1"))
    far = officer("lee", Role.AGENT, Role.SUPERVISOR, Role.QUALITY, office="SAC-LA")
    for who in (SUPERVISOR, QUALITY, far, officer("x", Role.INVESTIGATOR), officer("x", Role.AUDITOR)):
        assert desk.refused(who, lambda it: it.recode(EntryId("C-1"), ["T3"], WHY, version)) == "FORBIDDEN"
        assert desk.refused(who, lambda it: it.delete(EntryId("C-1"), WHY, version)) == "FORBIDDEN"
    for who in (AGENT, far):
        assert desk.refused(who, lambda it: it.return_record(EntryId("C-1"), WHY)) == "FORBIDDEN"
    name = desk.recode(AGENT, "C-1", "T3")
    for who in (AGENT, QUALITY, far):
        assert desk.refused(who, lambda it: it.approve(name, desk.seen(name), WHY)) == "FORBIDDEN"
    for who in (officer("x", Role.INVESTIGATOR), officer("x", Role.AUDITOR)):
        assert desk.refused(who, lambda it: it.withdraw(EntryId("C-1"), WHY)) == "FORBIDDEN"


def test_a_link_between_two_offices_takes_one_half_from_each() -> None:
    desk = desk_with(C1, C2 | {"office": "SAC-LA"}, D1, L1, L2)
    name = ask(desk)
    assert desk.refused(SUPERVISOR, lambda it: it.approve(name, desk.seen(name), WHY)) == "FORBIDDEN"
    desk.approve(officer("lee", Role.SUPERVISOR, office="SAC-LA"), name)


def test_what_the_officer_may_not_know_of_is_not_held(between: AtTheDesk) -> None:
    name = ask(between)
    between.hidden = {"C-2"}
    tried: Sequence[Any] = (
        lambda id: lambda it: it.recode(EntryId(id), ["T3"], WHY, ""),
        lambda id: lambda it: it.withdraw(EntryId(id), WHY),
        lambda id: lambda it: it.delete(EntryId(id), WHY, ""),
        lambda id: lambda it: it.ask_consent(EntryId(id), TO_2030, WHY),
        lambda id: lambda it: it.ask_lift(EntryId(id), WHY),
    )
    told = [between.refused(AGENT, each(id)) for each in tried for id in ("C-2", "C-9")]
    assert set(told) == {"UNKNOWN"}
    for id in ("L-2", "L-9", "implied:D-1:C-2"):
        asking = partial(Desk.ask_clearance, link=EntryId(id), asked=TO_2030, reason=WHY)
        assert between.refused(AGENT, asking) == "UNKNOWN"
    for asked in (name, "1:L-9", "C-2", "7:L-2"):
        approving = partial(Desk.approve, name=asked, version="", reason=WHY)
        assert between.refused(SUPERVISOR, approving) == "UNKNOWN"


def test_a_request_about_a_category_with_readers_is_none_for_who_is_not_on_its_list() -> None:
    tables = {name: dict(table) for name, table in worked_example.policy()["categories"].items()}
    tables["title_iii"]["readers"] = ["kim", "Ruiz"]
    agency = Agency(rules(under=policy(categories=tables)))
    desk = desk_with(C1, C2, D1, L1, L2, agency=agency)
    name = ask(desk)
    approving = partial(Desk.approve, name=name, version=desk.seen(name), reason=WHY)
    assert desk.refused(SUPERVISOR, approving) == "UNKNOWN"
    assert desk.refused(SUPERVISOR, partial(Desk.return_request, name=name, reason=WHY)) == "UNKNOWN"
    assert desk.refused(officer("KIM", Role.SUPERVISOR), approving) == "SAME_PERSON"
    desk.approve(officer("ruiz", Role.SUPERVISOR), name)


@pytest.mark.parametrize(
    "change",
    [
        {"categories": ()},
        {"categories": ("no_such",)},
        {"agreements": ()},
        {"agreements": ("no_such",)},
        {"end": None},
        {"end": "2026-11-24"},
        {"end": "2030-02-30"},
        {"start": "2031-01-01"},
    ],
    ids=str,
)
def test_what_could_have_no_effect_is_not_asked_for(between: AtTheDesk, change: dict[str, Any]) -> None:
    asked = msgspec.structs.replace(TO_2030, **change)
    assert between.refused(AGENT, lambda it: it.ask_clearance(EntryId("L-2"), asked, WHY)) == "UNFIT"


def test_codes_that_the_book_lacks_no_reason_and_what_nobody_waives_are_not_taken(desk: AtTheDesk) -> None:
    version = desk.desk(AGENT).sight.version(EntryId("C-1"))
    given: list[str]
    for given in ([], ["rel"], ["REL", "NO SUCH"]):
        recode = partial(Desk.recode, id=EntryId("C-1"), codes=given, reason=WHY, version=version)
        assert desk.refused(AGENT, recode) == "UNFIT"
    for reason in ("", "  ", "x" * 2001):
        assert desk.refused(AGENT, partial(Desk.withdraw, id=EntryId("C-1"), reason=reason)) == "UNFIT"
    asked = msgspec.structs.replace(TO_2030, granted_by="DEA")
    assert desk.refused(AGENT, lambda it: it.ask_consent(EntryId("C-1"), asked, WHY)) == "UNFIT"
    assert desk.refused(AGENT, lambda it: it.ask_lift(EntryId("C-1"), WHY)) == "UNFIT"


# --- findings ---


def test_a_blocking_finding_is_asked_for_of_what_would_be_held(desk: AtTheDesk) -> None:
    asked: list[tuple[Any, list[str], list[str], int]] = []

    def blocking(then: Any, ids: Any, counts: Any, hidden: int) -> list[Blocking]:
        asked.append(
            (
                codes(then.held([EntryId("C-2")])[EntryId("C-2")]),
                list(ids),
                list(filter(counts, ("Kim", "tan", "ortiz"))),
                hidden,
            )
        )
        return [Blocking("F-1", "names a withheld number")]

    name = desk.recode(AGENT, "C-2", "REL")
    desk.blocking = blocking
    assert desk.refused(SUPERVISOR, lambda it: it.approve(name, desk.seen(name), WHY)) == "BLOCKED"
    assert asked == [(["REL"], ["C-2"], ["tan"], 0)]


def test_a_finding_for_a_reason_that_is_not_shown_names_nothing(desk: AtTheDesk) -> None:
    name = desk.recode(AGENT, "D-1", "TAR")
    desk.blocking = lambda *_: [Blocking("F-2", "has no date"), NOT_SHOWN]
    with pytest.raises(Refused) as refused:
        desk.desk(SUPERVISOR).approve(name, desk.seen(name), WHY)
    first = "Data Quality, a third person, has to accept first"
    told = f"{first}: F-2 (has no date); There is a finding, for a reason not shown to you."
    assert (refused.value.why.value, str(refused.value)) == ("BLOCKED", told)
