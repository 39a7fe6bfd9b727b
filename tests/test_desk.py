"""The desk: two persons open, one withholds, and what a person did survives the next load (docs/desk.md)."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
import pytest

from graph.blocking import Blocking
from graph.desk import Desk
from graph.desk_rights import Refused
from graph.dossier import DRAWER, Asked, Dossier
from graph.errors import StoreError
from graph.model import Entry, EntryId
from graph.officer import Role
from graph.reading import line_of
from graph.store import Batch, Paper
from tests import worked_example
from tests.at_the_desk import AGENT, BOTH, QUALITY, SUPERVISOR, WHY, AtTheDesk, officer
from tests.building import Agency, agreement, policy, rules
from tests.plain_lines import Made, case, clearance, delete, document, link, subject

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002", access_codes=["T3"])
D1 = document("D-1", "NY03-0001-001")
L1 = link("L-1", "C-1", "CONTAINS", "D-1")
L2 = link("L-2", "C-2", "CONTAINS", "D-1")
CASES = {"C-1"}
TO_2030 = Asked(categories=("title_iii",), agreements=("ndex",), end="2030-01-01")


@pytest.fixture(name="desk")
def _desk() -> AtTheDesk:
    return desk_with(C1, C2, D1, L1)


def desk_with(*lines: Made, agency: Agency | None = None) -> AtTheDesk:
    made = agency or Agency()
    made.load(*lines)
    made.publish()
    return AtTheDesk(made)


def codes(entry: Entry) -> Any:
    return line_of(entry).get("access_codes")


def approval(entry: Entry) -> Any:
    return line_of(entry).get("approval")


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


# --- withdrawing, returning, deleting, lifting ---


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


# --- clearances and consents ---


@pytest.fixture(name="between")
def _between() -> AtTheDesk:
    """D-1 has what C-2 carries to it along L-2."""
    return desk_with(C1, C2, D1, L1, L2)


def ask(desk: AtTheDesk, id: str = "L-2", asked: Asked = TO_2030) -> str:
    name = desk.act(AGENT, lambda it: it.ask_clearance(EntryId(id), asked, WHY)).request
    assert name is not None
    return name


def permissions(desk: AtTheDesk) -> list[Made]:
    entries = desk.agency.holdings.entries()
    return [
        dict(line_of(each)) for each in entries if each.id.startswith("implied:desk-") and not each.deleted
    ]


def test_a_clearance_has_effect_once_another_person_approves(between: AtTheDesk) -> None:
    assert between.agency.seen() == {"C-1"}
    name = ask(between)
    between.agency.publish()
    assert (between.agency.seen(), permissions(between)) == ({"C-1"}, [])
    between.approve(SUPERVISOR, name)
    between.agency.publish()
    assert between.agency.seen() == {"C-1", "D-1", "L-1"}
    [line] = permissions(between)
    assert {key: value for key, value in line.items() if key != "id"} == {
        "kind": "clearance",
        "link": "L-2",
        "type": "CONTAINS",
        "from": "C-2",
        "to": "D-1",
        "category": "title_iii",
        "agreements": ["ndex"],
        "reason": WHY,
        "requested_by": "kim",
        "approved_by": "ortiz",
        "effective": "2026-11-24",
        "expires": "2030-01-01",
    }


@pytest.mark.parametrize(
    "line",
    [L2 | {"role": "of another kind"}, C2 | {"title": "Another"}, D1 | {"narrative": "More"}, delete("C-2")],
    ids=["link", "from", "to", "deleted"],
)
def test_a_clearance_ends_for_good_when_what_it_was_given_for_is_another_one(
    between: AtTheDesk, line: Made
) -> None:
    between.approve(SUPERVISOR, ask(between))
    between.agency.publish()
    between.agency.load(line)
    between.agency.restrict()
    assert (between.states("L-2"), permissions(between)) == (["ended"], [])
    assert "D-1" not in between.agency.seen()
    assert set(between.agency.holdings.waiting("desk")) == {"L-2"}
    between.agency.load(C2, D1, L2)
    between.agency.publish()
    assert between.agency.seen() == {"C-1"}


def test_a_clearance_asked_for_before_an_end_was_loaded_ends_when_it_comes() -> None:
    desk = desk_with(D1, C1, L1, L2, case("C-3", "NY03-0003"))
    name = ask(desk)
    desk.agency.load(C2)
    assert desk.states("L-2") == ["ended"]
    assert desk.refused(SUPERVISOR, lambda it: it.approve(name, desk.seen(name), WHY)) == "CHANGED"


def test_a_clearance_of_an_implied_citation_is_for_what_the_text_says_now() -> None:
    d1 = D1 | {"narrative": "See NY03-0002."}
    desk = desk_with(C1, C2, d1, L1)
    assert desk.agency.seen() == {"C-1"}
    desk.approve(SUPERVISOR, ask(desk, "implied:D-1:C-2"))
    desk.agency.publish()
    assert desk.agency.seen() == {"C-1", "D-1", "L-1"}
    desk.agency.load(d1 | {"title": "Another"})
    desk.agency.restrict()
    assert (desk.agency.seen(), desk.states("implied:D-1:C-2")) == ({"C-1"}, ["ended"])


def test_a_clearance_made_here_is_deleted_by_its_id(between: AtTheDesk) -> None:
    between.approve(SUPERVISOR, ask(between))
    between.agency.publish()
    [line] = permissions(between)
    id = EntryId(line["id"])
    version = between.desk(AGENT).sight.version(id)
    between.act(AGENT, lambda it: it.delete(id, WHY, version))
    assert (between.agency.seen(), permissions(between), between.states("L-2")) == ({"C-1"}, [], ["replaced"])


def test_a_consent_is_for_one_record_one_agreement_and_ends_with_the_content() -> None:
    desk = desk_with(C1 | {"access_codes": ["TAR"]})
    asked = Asked(("REL",), ("third_agency",), ("ndex",), end="2030-01-01", granted_by="DEA")
    name = desk.act(AGENT, lambda it: it.ask_consent(EntryId("C-1"), asked, WHY)).request
    assert name is not None
    desk.approve(SUPERVISOR, name)
    desk.agency.publish()
    assert desk.agency.seen() == {"C-1"}
    desk.agency.load(C1 | {"access_codes": ["TAR"], "title": "Another"})
    desk.agency.restrict()
    assert (desk.agency.seen(), desk.states("C-1")) == (set(), ["ended"])


def test_what_was_asked_for_again_takes_the_place_of_what_waits(between: AtTheDesk) -> None:
    ask(between)
    between.agency.load(C2 | {"title": "Another"})
    ask(between)
    assert between.states("L-2") == ["replaced", "open"]


# --- who, and what ---


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
    asked: list[tuple[Any, list[str], list[str]]] = []

    def blocking(then: Any, ids: Any, counts: Any) -> list[Blocking]:
        asked.append(
            (
                codes(then.held([EntryId("C-2")])[EntryId("C-2")]),
                list(ids),
                list(filter(counts, ("Kim", "tan", "ortiz"))),
            )
        )
        return [Blocking("F-1", "names a withheld number")]

    name = desk.recode(AGENT, "C-2", "REL")
    desk.blocking = blocking
    assert desk.refused(SUPERVISOR, lambda it: it.approve(name, desk.seen(name), WHY)) == "BLOCKED"
    assert asked == [(["REL"], ["C-2"], ["tan"])]


def test_a_finding_about_what_the_officer_may_not_know_of_names_nothing(desk: AtTheDesk) -> None:
    name = desk.recode(AGENT, "D-1", "TAR")
    desk.blocking = lambda *_: [
        Blocking("F-1", "names NY03-0002", (EntryId("C-2"),)),
        Blocking("F-2", "has no date"),
    ]
    desk.hidden = {"C-2"}
    with pytest.raises(Refused) as refused:
        desk.desk(SUPERVISOR).approve(name, desk.seen(name), WHY)
    first = "Data Quality, a third person, has to accept first"
    told = f"{first}: There is a finding, for a reason not shown to you.; F-2 (has no date)"
    assert (refused.value.why.value, str(refused.value)) == ("BLOCKED", told)


# --- what is kept ---


def test_a_dossier_comes_back_as_it_was_kept(between: AtTheDesk) -> None:
    between.approve(SUPERVISOR, ask(between))
    between.recode(AGENT, "L-2", "T3")
    between.act(SUPERVISOR, lambda it: it.return_record(EntryId("D-1"), WHY))
    for id in ("L-2", "C-2", "D-1"):
        body = msgspec.json.encode(between.dossier(id))
        assert msgspec.json.decode(body, type=Dossier) == between.dossier(id)
        assert json.loads(body) != {}


def test_a_damaged_dossier_stops_what_would_go_by_it(desk: AtTheDesk) -> None:
    desk.agency.holdings.take(Batch(papers=[Paper(DRAWER, EntryId("C-1"), "{")]))
    for does in (lambda: desk.agency.load(C1), lambda: desk.recode(AGENT, "C-1", "T3")):
        with pytest.raises(
            StoreError, match="what the desk has kept of C-1 is damaged; restore the holdings"
        ):
            does()


def test_under_another_agreement_nothing_changes() -> None:
    under = policy()
    agency = Agency(rules(agreement(under=under), agreement("county", under=under), under=under))
    desk = desk_with(C1, C2, D1, L1, L2, subject("S-1"), agency=agency)
    desk.approve(SUPERVISOR, ask(desk))
    desk.agency.publish()
    assert (desk.agency.seen("ndex"), desk.agency.seen("county")) == ({"C-1", "D-1", "L-1"}, {"C-1"})
