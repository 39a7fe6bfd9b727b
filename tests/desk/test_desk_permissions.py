"""A clearance or consent has effect once two persons gave it, for what it was given for alone (docs/desk.md)."""

import pytest

from graph.dossier import Asked
from graph.model import EntryId
from graph.reading import line_of
from tests.at_the_desk import AGENT, C1, C2, D1, L1, L2, SUPERVISOR, WHY, AtTheDesk, ask, desk_with
from tests.building import Agency, agreement, policy, rules
from tests.plain_lines import Made, case, delete, subject


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


def test_under_another_agreement_nothing_changes() -> None:
    under = policy()
    agency = Agency(rules(agreement(under=under), agreement("county", under=under), under=under))
    desk = desk_with(C1, C2, D1, L1, L2, subject("S-1"), agency=agency)
    desk.approve(SUPERVISOR, ask(desk))
    desk.agency.publish()
    assert (desk.agency.seen("ndex"), desk.agency.seen("county")) == ({"C-1", "D-1", "L-1"}, {"C-1"})
