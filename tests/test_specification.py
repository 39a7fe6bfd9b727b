"""The specification itself: the worked example, the lines that count, and what withholds (R1-R3, R11)."""

from typing import Any

import pytest

from tests import specification, worked_example
from tests.plain_lines import Made, case, delete, document, link
from tests.small_questions import causes, released

C1 = case("C-1", "NY03-0001")
D1 = document("D-1", "NY03-0001-001")
D2 = document("D-2", "NY03-0001-002")
D3 = document("D-3", "NY03-0001-003")
IN_C1 = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2, 3)]
CITES = link("L-C", "D-2", "CITES", "D-1")
ODD = {"from": ["document"], "to": ["document"], "supports": "none"}


def coded(line: Made, *codes: object) -> Made:
    return line | {"access_codes": list(codes)}


@pytest.mark.parametrize("agreement", worked_example.AGREEMENTS)
def test_the_worked_example_gives_exactly_its_release(agreement: str) -> None:
    question = (worked_example.policy(), worked_example.agreement(agreement), worked_example.TODAY)
    assert specification.release(worked_example.lines(), *question) == worked_example.expected(agreement)


@pytest.mark.parametrize("agreement", worked_example.AGREEMENTS)
def test_the_worked_example_cut_down_to_its_release_gives_it_again(agreement: str) -> None:
    question = (worked_example.policy(), worked_example.agreement(agreement), worked_example.TODAY)
    cut = specification.cut_down(worked_example.lines(), *question)
    assert specification.release(cut, *question) == worked_example.expected(agreement)


# --- section 3: which line counts ---


@pytest.mark.parametrize(
    ("revised", "causes_of_c1"),
    [
        (("2005-01-01T00:00:00Z", "2004-01-01T00:00:00Z"), {"title_iii"}),
        (("2005-01-01T00:00:00Z", "2005-01-01T00:00:00Z"), set()),
        (("2005-01-01T01:00:00+02:00", "2005-01-01T00:00:00Z"), set()),
        (("2005-01-01T00:00:00Z", None), set()),
        ((None, "2004-01-01T00:00:00Z"), set()),
    ],
)
def test_a_line_that_is_older_than_the_last_one_taken_is_ignored(
    revised: tuple[str | None, str | None], causes_of_c1: set[str]
) -> None:
    stamps: list[Made] = [{"revised": stamp} if stamp else {} for stamp in revised]
    lines = [coded(C1, "T3") | stamps[0], C1 | stamps[1]]
    assert causes(lines) == ({"C-1": causes_of_c1} if causes_of_c1 else {})


def test_a_deleted_link_stays_deleted_for_an_older_line() -> None:
    old, new = {"revised": "2004-01-01T00:00:00Z"}, {"revised": "2005-01-01T00:00:00Z"}
    lines = [C1, D1, IN_C1[0] | old, delete("L-1", **new), IN_C1[0] | old]
    assert released(lines) == {"C-1"}


def test_a_delete_of_what_is_not_held_is_nothing() -> None:
    lines = [delete("C-1", revised="2005-01-01T00:00:00Z"), C1 | {"revised": "2004-01-01T00:00:00Z"}]
    assert released(lines) == {"C-1"}


# --- R1, R2: own categories ---


@pytest.mark.parametrize(
    ("codes", "categories"),
    [
        (["REL", "T3", "BSA"], {"title_iii", "bank_secrecy"}),
        (["T3", "t3"], {"title_iii", "uncoded"}),
        ([" REL"], {"uncoded"}),
        (["REL", 7], {"uncoded"}),
        ([["REL"]], {"uncoded"}),
        ([], {"uncoded"}),
        ("REL", {"uncoded"}),
        (None, {"uncoded"}),
    ],
)
def test_codes_are_matched_exactly_and_the_unknown_is_uncoded(codes: object, categories: set[str]) -> None:
    assert causes([C1 | {"access_codes": codes}]) == {"C-1": categories}


@pytest.mark.parametrize("system", ["RESTRICTED-SYSTEM", "case-management", "", None, ["CASE-MANAGEMENT"]])
def test_a_system_that_is_not_listed_as_shared_is_excluded(system: object) -> None:
    assert causes([C1 | {"source_system": system}]) == {"C-1": {"excluded_system"}}


def test_a_system_that_is_both_shared_and_excluded_is_excluded() -> None:
    assert causes([C1], policy={"excluded_systems": ["CASE-MANAGEMENT"]}) == {"C-1": {"excluded_system"}}


def test_a_mark_is_given_to_an_end_of_any_kind_and_then_carried() -> None:
    marks = link("L-S", "D-1", "SOURCE_OF", "C-1")
    lines = [C1, D1, D2, *IN_C1[:2], link("L-C", "D-2", "CITES", "D-1"), marks]
    # D-1 is no subject, so the link does not fit: it carries everything both ways, and C-1 on to D-2.
    assert causes(lines) == {ident: {"confidential_source"} for ident in ("C-1", "D-1", "D-2")}


def test_what_a_rejected_line_named_is_uncoded_and_carries_it() -> None:
    assert causes([C1, D1, D2, *IN_C1[:2]], tainted=["C-1"]) == {
        i: {"uncoded"} for i in ("C-1", "D-1", "D-2")
    }


def test_a_link_that_a_rejected_line_named_is_withheld_and_carries_on() -> None:
    lines = [C1, D1, D2, *IN_C1[:2], coded(D3, "T3"), link("L-C", "D-2", "CITES", "D-3")]
    assert causes(lines, tainted=["L-1", "L-C"]) == {
        "D-1": {"support"},
        "D-2": {"title_iii"},
        "D-3": {"title_iii"},
    }


# --- R3: carrying ---


def test_a_cycle_carries_to_all_of_it_and_adds_nothing() -> None:
    around = [link(f"L-C{a}", f"D-{a}", "CITES", f"D-{b}") for a, b in ((1, 2), (2, 3), (3, 1))]
    assert causes([C1, D1, D2, coded(D3, "T3"), *IN_C1, *around]) == {
        f"D-{n}": {"title_iii"} for n in (1, 2, 3)
    }
    assert causes([C1, D1, D2, D3, *IN_C1, *around]) == {}


def test_a_type_may_carry_some_categories_only() -> None:
    limited = ODD | {"carries": "forward", "categories": ["title_iii"]}
    lines = [C1, coded(D1, "T3", "BSA"), D2, *IN_C1[:2], link("L-X", "D-1", "LIMITED", "D-2")]
    assert causes(lines, policy={"links": {"LIMITED": limited}}) == {
        "D-1": {"title_iii", "bank_secrecy"},
        "D-2": {"title_iii"},
    }


@pytest.mark.parametrize("type_", ["WHISPERED_TO", None, 7, "RELATED_TO"])
def test_a_link_of_no_known_type_or_of_other_ends_carries_everything_both_ways(type_: Any) -> None:
    lines = [C1, D1, D2, *IN_C1[:2], link("L-X", "D-1", type_, "D-2")]
    assert causes([*lines, coded(D1, "T3")]) == {"D-1": {"title_iii"}, "D-2": {"title_iii"}}
    assert causes([*lines, coded(D2, "T3")]) == {"D-1": {"title_iii"}, "D-2": {"title_iii"}}
    assert released(lines) == {"C-1", "D-1", "D-2", "L-1", "L-2"}


def test_an_end_that_was_never_loaded_is_uncoded_and_passes_on_what_comes_to_it() -> None:
    lines = [C1, coded(D1, "T3"), D2, *IN_C1[:2]]
    through = [link("L-A", "D-1", "HAS_ATTACHMENT", "D-X"), link("L-B", "D-X", "HAS_ATTACHMENT", "D-2")]
    assert causes([*lines, *through]) == {"D-1": {"title_iii", "uncoded"}, "D-2": {"title_iii", "uncoded"}}


def test_an_end_that_is_no_record_is_uncoded_and_fits_every_kind() -> None:
    assert causes([C1, D1, *IN_C1[:1], link("L-X", "D-1", "CITES", "L-1")]) == {"D-1": {"uncoded"}}
    assert causes([C1, D1, *IN_C1[:1], link("L-X", "D-1", "MENTIONS", "L-1")]) == {}


# --- R11: deletion ---


def test_a_deleted_record_goes_on_withholding_but_being_deleted_is_not_carried() -> None:
    lines = [C1, coded(D1, "T3"), D2, *IN_C1[:2], CITES, delete("D-1")]
    assert causes(lines) == {"D-1": {"title_iii", "deleted", "date", "approval"}, "D-2": {"title_iii"}}
    open_lines = [C1, D1, D2, *IN_C1[:2], CITES, delete("D-1")]
    assert causes(open_lines) == {"D-1": {"deleted", "date", "approval"}}


def test_a_deleted_document_still_cites_what_its_last_text_cited() -> None:
    lines = [
        C1,
        D1,
        document("D-2", "NY03-0001-002", narrative="See NY03-0001-001."),
        *IN_C1[:2],
        delete("D-2"),
    ]
    third = [D3, IN_C1[2], link("L-C", "D-3", "CITES", "D-2")]
    assert causes([*lines, *third, coded(D1, "T3")])["D-3"] == {"title_iii"}


def test_a_later_line_replaces_a_deleted_record() -> None:
    assert released([coded(C1, "T3"), delete("C-1"), C1]) == {"C-1"}
