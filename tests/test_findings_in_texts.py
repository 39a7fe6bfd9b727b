"""Withheld numbers and names in texts: what a text would give away, and what gives nothing away (R9, R10)."""

import pytest

from tests.finding_world import found, told
from tests.plain_lines import case, clearance, delete, document, link, prop, subject

NY1, NY2, NY1_2 = "NY03-0001", "NY03-0002", "NY03-0001-002"


def test_r10_a_case_synopsis_that_names_a_withheld_number_tells_what_it_is_about() -> None:
    assert told(
        case("C-1", NY1, synopsis="The intercept is in NY03-0001-002."),
        document("D-2", NY1_2, access_codes=["T3"]),
        link("L-1", "C-1", "CONTAINS", "D-2"),
    ) == {
        (
            "withheld_number_in_synopsis",
            "C-1",
            "Its synopsis names “NY03-0001-002”, the number of “D-2”, which is withheld for title_iii.",
        )
    }


def test_r10_a_text_that_names_a_withheld_number_tells_what_it_is_about() -> None:
    wire = document("D-2", NY2, access_codes=["T3"])
    assert told(case("C-1", NY1, title="See NY03-0002 and ny03–0002"), wire) == {
        (
            "withheld_number_in_text",
            "C-1",
            "Its title names “NY03-0002”, the number of “D-2”, which is withheld for title_iii.",
        )
    }
    assert told(subject("S-1", prop("description", "in NY03-0002")), wire) == {
        (
            "withheld_number_in_text",
            "S-1",
            "Its property “description” names “NY03-0002”, the number of “D-2”, which is withheld for title_iii.",
        )
    }


def test_r9_a_value_that_only_withheld_documents_assert_gives_nothing_away() -> None:
    assert (
        told(
            document("D-2", NY2, access_codes=["T3"]),
            subject("S-1", prop("name", "Known From The Wire", sources=["D-2"])),
            subject("S-2", prop("description", "in NY03-0002", sources=["D-2"])),
            subject("S-3", prop("description", "in NY03-0002", access_codes=["T3"])),
        )
        == set()
    )


def test_a_record_that_is_withheld_for_the_same_may_name_a_withheld_number() -> None:
    assert (
        told(
            case("C-1", NY1, synopsis="NY03-0001-002", access_codes=["T3"]),
            document("D-2", NY1_2, access_codes=["T3"]),
            document("D-3", "NY03-0003", narrative="NY03-0001-002", access_codes=["T3"]),
        )
        == set()
    )


def test_a_number_of_what_is_open_gone_or_nobodys_is_no_finding() -> None:
    assert (
        told(
            case("C-1", NY1, synopsis="NY03-0001, NY03-0002, NY03-0003, NY99-0009"),
            document("D-2", NY2),
            document("D-3", "NY03-0003"),
            delete("D-3"),
        )
        == set()
    )


def test_r4_a_text_behind_a_clearance_still_names_the_withheld_number() -> None:
    cites = link("L-1", "D-1", "CITES", "D-2")
    assert told(
        document("D-1", NY1, narrative="As in NY03-0002."),
        document("D-2", NY2, access_codes=["T3"]),
        cites,
        clearance("K-1", cites, "title_iii"),
    ) == {
        (
            "withheld_number_in_text",
            "D-1",
            "Its narrative names “NY03-0002”, the number of “D-2”, which is withheld for title_iii.",
        )
    }


def test_r9_a_name_known_only_from_withheld_sources_is_named_nowhere_else() -> None:
    assert told(
        document("D-1", NY1, narrative="KNOWN from  the Wire was there."),
        document("D-2", NY2, access_codes=["T3"]),
        subject("S-1", prop("name", "Known From The Wire", sources=["D-2"])),
    ) == {
        (
            "withheld_name_in_text",
            "D-1",
            "Its narrative names “Known From The Wire”, a name known only from what is withheld for title_iii.",
        )
    }


@pytest.mark.parametrize(
    "open_place",
    [
        subject("S-2", prop("name", "Ann Poe")),
        subject("S-2", prop("alias", "ANN POE", sources=["D-1", "D-2"])),
    ],
)
def test_r9_one_open_place_makes_a_name_open(open_place: dict[str, object]) -> None:
    assert (
        told(
            document("D-1", NY1, narrative="Ann Poe"),
            document("D-2", NY2, access_codes=["T3"]),
            subject("S-1", prop("name", "Ann Poe", sources=["D-2"])),
            open_place,
        )
        == set()
    )


@pytest.mark.parametrize(
    ("lines", "category"),
    [
        ([subject("S-1", prop("name", "Ann Poe"), access_codes=["CS"])], "confidential_source"),
        ([subject("S-1", prop("alias", "Ann Poe", access_codes=["CS"]))], "confidential_source"),
        ([subject("S-1", prop("name", "Ann Poe", sources=["D-NEVER"]))], "uncoded"),
        ([subject("S-1", prop("name", "Ann Poe", colour="red"))], "uncoded"),
    ],
)
def test_a_name_is_withheld_by_its_subject_its_code_or_what_cannot_be_judged(
    lines: list[dict[str, object]], category: str
) -> None:
    assert told(case("C-1", NY1, synopsis="Ann Poe"), *lines) == {
        (
            "withheld_name_in_text",
            "C-1",
            f"Its synopsis names “Ann Poe”, a name known only from what is withheld for {category}.",
        )
    }


def test_a_short_single_word_is_no_name_that_is_looked_for() -> None:
    assert (
        told(
            case("C-1", NY1, synopsis="May and Ann may go; Anneliese too"),
            subject("S-1", prop("name", "Ann"), prop("alias", "May"), access_codes=["CS"]),
        )
        == set()
    )
    [finding] = found(
        case("C-1", NY1, synopsis="Kestrel flies"),
        subject("S-1", prop("name", "Kestrel"), access_codes=["CS"]),
    )
    assert finding.id == "withheld_name_in_text:C-1:KESTREL"
