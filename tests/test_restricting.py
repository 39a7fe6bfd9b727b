"""Restrict first (DESIGN 4): a load withdraws from every release what may no longer be seen, and adds nothing."""

from datetime import date

import pytest

from graph.numbers import WITHHELD
from graph.planning import Publication
from tests.building import COUNTY, NDEX, Agency, agreement, moment, rules
from tests.plain_lines import Made, case, clearance, consent, delete, document, link, prop
from tests.restricted_agency import ALL, C1, C2, D2, IN_C1, KNOWS, LINES, S1, S2, agency, coded


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        (coded(C2, "T3"), {"C-2"}),
        (coded(C1, "T3"), ALL - {"C-2"}),
        (coded(D2, "T3"), {"D-2", "L-2"}),
        (delete("D-1"), {"D-1", "L-1"}),
        (delete("L-1"), {"D-1", "L-1"}),
        (IN_C1[0] | {"remark": "unknown"}, {"D-1", "L-1"}),
        (S2 | {"created": "1999-12-31"}, {"S-2", "L-S2", "L-K"}),
        (C2 | {"approval": None}, {"C-2"}),
        (link("L-SRC", "S-1", "SOURCE_OF", "C-1"), {"S-1", "L-S1", "L-K"}),
        (D2 | {"narrative": "As in NY03-0009"}, set()),
        (S1 | {"properties": []}, set()),
    ],
)
def test_what_is_no_longer_released_is_withdrawn(line: Made, gone: set[str]) -> None:
    made = agency()
    made.load(line)
    [publication] = made.restrict()
    assert made.seen() == ALL - gone
    assert publication.withdrawn + publication.links_withdrawn == len(gone)


@pytest.mark.parametrize(
    "line",
    [
        case("C-3", "NY03-0003"),
        link("L-NEW", "C-1", "RELATED_TO", "C-2"),
        S2 | {"properties": [prop("name", "New")]},
        C2 | {"synopsis": "New"},
        C2 | {"title": "Another title"},
        C2 | {"number": "NY03-0009"},
        KNOWS | {"role": "foe"},
        KNOWS | {"since": "2003"},
    ],
)
def test_nothing_is_added_however_often_it_is_restricted(line: Made) -> None:
    made = agency()
    before = said(made)
    made.load(line)
    for _ in range(3):
        made.restrict()
        assert said(made) - before == set()
        assert made.seen() == ALL


def said(made: Agency) -> set[tuple[str, str, str]]:
    """Everything that is shown of anything, its numbers apart, since they can only be masked."""
    mask = made.rules.policy.patterns.mask
    return {
        (id, field, mask(str(value), ()))
        for id, shown in made.shown().items()
        for field, values in shown.items()
        for value in (values if isinstance(values, list) else [values])
    }


def test_what_waits_is_told_and_added_by_publishing() -> None:
    made = agency()
    made.load(case("C-3", "NY03-0003"), C2 | {"title": "Another"})
    [publication] = made.restrict()
    assert (publication.added, publication.updated, publication.withdrawn, publication.held_back) == (
        0,
        1,
        0,
        2,
    )
    assert (made.seen(), made.shown()["C-2"].get("title")) == (ALL, None)
    [publication] = made.publish()
    assert (publication.added, publication.updated, publication.withdrawn, publication.held_back) == (
        1,
        1,
        0,
        0,
    )
    assert (made.seen(), made.shown()["C-2"]["title"]) == (ALL | {"C-3"}, "Another")


def test_what_comes_back_before_it_is_published_has_to_wait_too() -> None:
    made = agency()
    made.load(coded(C2, "T3"))
    made.restrict()
    made.load(C2)
    made.restrict()
    assert made.seen() == ALL - {"C-2"}
    made.publish()
    assert made.seen() == ALL


def test_a_number_that_is_withdrawn_is_masked_in_what_stays() -> None:
    made = agency()
    assert made.shown()["C-1"]["synopsis"] == "See NY03-0002."
    made.load(coded(C2, "T3"))
    made.restrict()
    assert made.shown()["C-1"]["synopsis"] == f"See {WITHHELD}."


def test_values_sources_roles_and_dates_lose_what_a_withdrawn_document_asserted() -> None:
    made = agency()
    made.load(coded(D2, "T3"))
    made.restrict()
    values = [
        {"name": "alias", "value": "A", "sources": ["D-1"]},
        {"name": "name", "value": "Ann", "sources": []},
    ]
    assert made.shown()["S-1"]["properties"] == values
    knows = {"kind": "link", "id": "L-K", "type": "KNOWS", "from": "S-1", "to": "S-2", "sources": ["D-1"]}
    assert made.shown()["L-K"] == knows


def test_what_is_left_is_exactly_the_new_release_where_a_load_only_withdraws() -> None:
    made, anew = agency(), Agency()
    gone = [coded(D2, "T3"), coded(C2, "BSA"), delete("S-2")]
    made.load(*gone)
    made.restrict()
    anew.load(*LINES, *gone)
    anew.publish()
    assert made.content() == anew.content()
    assert made.header().version == anew.header().version


def test_every_release_is_restricted() -> None:
    made = Agency(rules(agreement("ndex"), agreement("county")))
    made.load(*LINES)
    made.publish()
    made.load(coded(C2, "T3"))
    assert [each.agreement for each in made.restrict()] == [NDEX, COUNTY]
    assert (made.seen("ndex"), made.seen("county")) == (ALL - {"C-2"}, ALL - {"C-2"})


def test_an_agreement_that_was_never_published_gets_nothing_from_a_restriction() -> None:
    made = Agency(rules(agreement("ndex"), agreement("county")))
    made.load(*LINES)
    assert made.restrict() == []
    made.publish("ndex")
    made.restrict()
    assert set(made.releases.headers()) == {NDEX}


@pytest.mark.parametrize("permission", ["K-1", "N-1"])
def test_the_end_of_a_permission_withdraws_what_it_let_pass(permission: str) -> None:
    cites = link("L-C", "D-1", "CITES", "D-3")
    wire = document("D-3", "NY03-0001-003", access_codes=["T3"])
    third = [document("D-4", "NY03-0001-004", access_codes=["TAR"]), link("L-4", "C-1", "CONTAINS", "D-4")]
    given = [
        clearance("K-1", cites, "title_iii", expires="2026-11-25"),
        consent("N-1", "third_agency", record="D-4", expires="2026-11-26"),
    ]
    made = Agency()
    made.load(*LINES, cites, wire, *third, *given)
    made.publish()
    assert made.seen() == ALL | {"D-4", "L-4"}
    made.now = moment(date(2026, 11, {"K-1": 25, "N-1": 26}[permission]))
    made.restrict()
    lost = {"D-1", "L-1"} | ({"D-4", "L-4"} if permission == "N-1" else set())
    assert made.seen() == (ALL | {"D-4", "L-4"}) - lost


# --- what does not change ---


def test_a_restriction_that_takes_nothing_leaves_version_and_time() -> None:
    made = agency()
    before = made.header()
    made.now = moment(minute="2026-11-24T10:00:00Z")
    [publication] = made.restrict()
    assert made.header() == before
    assert publication == Publication(
        agreement=NDEX,
        version=before.version,
        records=6,
        links=5,
        added=0,
        updated=0,
        withdrawn=0,
        links_added=0,
        links_updated=0,
        links_withdrawn=0,
        held_back=0,
        withheld={},
        adds=False,
        rules_changed=False,
        rules=publication.rules,
    )


def test_what_a_restriction_takes_changes_version_and_time() -> None:
    made = agency()
    before = made.header()
    made.load(coded(C2, "T3"))
    made.now = moment(minute="2026-11-24T10:00:00Z")
    [publication] = made.restrict()
    after = made.header()
    assert (after.version != before.version, after.published_at) == (True, "2026-11-24T10:00:00Z")
    assert (publication.records, publication.links, publication.withheld) == (5, 5, {"title_iii": 1})
