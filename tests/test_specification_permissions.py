"""The specification: consents and clearances (R4)."""

import pytest

from tests.plain_lines import Made, case, clearance, consent, delete, document, link, prop, subject
from tests.small_questions import causes, release, released

C1 = case("C-1", "NY03-0001")
D1 = document("D-1", "NY03-0001-001")
D2 = document("D-2", "NY03-0001-002")
IN_C1 = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2)]
CITES = link("L-C", "D-2", "CITES", "D-1")


def coded(line: Made, *codes: object) -> Made:
    return line | {"access_codes": list(codes)}


def test_a_consent_takes_own_categories_away_before_they_are_carried() -> None:
    assert (
        causes([C1, coded(D1, "TAR"), D2, *IN_C1, CITES, consent("N-1", "third_agency", record="D-1")]) == {}
    )


def test_a_consent_leaves_what_is_carried_to_the_record() -> None:
    lines = [
        C1,
        coded(D1, "TAR"),
        coded(D2, "TAR"),
        *IN_C1,
        CITES,
        consent("N-1", "third_agency", record="D-2"),
    ]
    assert causes(lines) == {"D-1": {"third_agency"}, "D-2": {"third_agency"}}


def test_a_consent_leaves_the_codes_of_the_records_properties() -> None:
    given = subject("S-1", prop("name", "A", access_codes=["TAR"]), prop("name", "B"), access_codes=["TAR"])
    lines = [C1, given, link("L-1", "S-1", "SUBJECT_OF", "C-1"), consent("N-1", "third_agency", record="S-1")]
    assert release(lines)["properties"] == [["S-1", "name", "B"]]


def test_a_consent_may_be_for_a_link() -> None:
    lines = [C1, D1, IN_C1[0] | {"access_codes": ["TAR"]}]
    assert released(lines) == {"C-1"}
    assert released([*lines, consent("N-1", "third_agency", link="L-1")]) == {"C-1", "D-1", "L-1"}


def test_a_consent_takes_only_waivable_categories_away() -> None:
    assert causes([coded(C1, "T3"), consent("N-1", "title_iii", record="C-1")]) == {"C-1": {"title_iii"}}


WITHOUT_EFFECT: list[Made] = [
    {"approved_by": " Agent.LEE"},
    {"requested_by": " "},
    {"reason": ""},
    {"effective": "2026-11-25"},
    {"expires": "2026-11-24"},
    {"effective": "2010-02-30"},
    {"expires": None},
    {"remark": "an unknown field"},
]


@pytest.mark.parametrize(
    "changed",
    [*WITHOUT_EFFECT, {"granted_by": ""}, {"agreement": "county"}, {"record": "D-1"}, {"link": "L-1"}],
)
def test_a_consent_that_lacks_anything_or_says_too_much_has_no_effect(changed: Made) -> None:
    given = consent("N-1", "third_agency", record="C-1")
    assert causes([coded(C1, "TAR"), given]) == {}
    assert causes([coded(C1, "TAR"), given | changed]) == {"C-1": {"third_agency"}}


@pytest.mark.parametrize(
    "changed",
    [
        *WITHOUT_EFFECT,
        {"agreements": ["county"]},
        {"agreements": "ndex"},
        {"link": "L-2"},
        {"type": "DERIVED_FROM"},
        {"from": "D-1", "to": "D-2"},
        {"category": "grand_jury"},
    ],
)
def test_a_clearance_that_differs_from_its_link_or_lacks_anything_has_no_effect(changed: Made) -> None:
    lines = [C1, coded(D1, "T3"), D2, *IN_C1, CITES]
    given = clearance("K-1", CITES, "title_iii")
    assert causes([*lines, given]) == {"D-1": {"title_iii"}}
    assert causes([*lines, given | changed]) == {"D-1": {"title_iii"}, "D-2": {"title_iii"}}


def test_a_clearance_stops_nothing_that_comes_another_way() -> None:
    lines = [C1, coded(D1, "T3"), D2, *IN_C1, CITES, clearance("K-1", CITES, "title_iii")]
    again = link("L-C2", "D-2", "CITES", "D-1")
    assert causes([*lines, again]) == {"D-1": {"title_iii"}, "D-2": {"title_iii"}}


def test_a_clearance_stops_the_mark_but_the_link_stays_withheld() -> None:
    marks = link("L-M", "S-1", "SOURCE_OF", "C-1")
    lines = [C1, subject("S-1"), link("L-1", "S-1", "SUBJECT_OF", "C-1"), marks]
    assert released(lines) == {"C-1"}
    assert released([*lines, clearance("K-1", marks, "confidential_source")]) == {"C-1", "S-1", "L-1"}


@pytest.mark.parametrize("ends", [("D-1", "D-2"), ("D-2", "D-1")])
def test_a_clearance_holds_for_the_implied_citation_either_way_whatever_became_of_its_link(
    ends: tuple[str, str],
) -> None:
    gone = link("L-GONE", ends[0], "CITES", ends[1])
    citing = document("D-2", "NY03-0001-002", narrative="See NY03-0001-001.")
    lines = [C1, coded(D1, "T3"), citing, *IN_C1]
    assert causes(lines) == {"D-1": {"title_iii"}, "D-2": {"title_iii"}}
    assert causes([*lines, clearance("K-1", gone, "title_iii")]) == {"D-1": {"title_iii"}}


@pytest.mark.parametrize("ident", ["K-1", "N-1"])
def test_a_permission_that_was_deleted_or_named_by_a_rejected_line_has_no_effect(ident: str) -> None:
    lines = [C1, coded(D1, "T3"), coded(D2, "TAR"), *IN_C1, CITES]
    given = [clearance("K-1", CITES, "title_iii"), consent("N-1", "third_agency", record="D-2")]
    back = {"K-1": {"title_iii"}, "N-1": {"third_agency"}}[ident]
    assert causes([*lines, *given]) == {"D-1": {"title_iii"}}
    assert causes([*lines, *given, delete(ident)]) == {"D-1": {"title_iii"}, "D-2": back}
    assert causes([*lines, *given], tainted=[ident]) == {"D-1": {"title_iii"}, "D-2": back}
