"""The specification: numbers in text (R10)."""

from typing import Any

import pytest

from tests.plain_lines import case, delete, document, link, prop, subject
from tests.small_questions import causes, release
from tests.specification import numbers

PATTERNS = ["[A-Z]{2}[0-9]{2}-[0-9]{4}(?:-[0-9]{3})?"]
C1 = case("C-1", "NY03-0001")
C2 = case("C-2", "NY03-0002", access_codes=["T3"])
IN_C1 = link("L-1", "C-1", "CONTAINS", "D-1")


def citing(text: str, **changed: Any) -> dict[str, Any]:
    return document("D-1", "NY03-0001-001", narrative=text, **changed)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ny03–0001", "NY03-0001"),
        ("ＮＹ０３－０００１", "NY03-0001"),
        ("٣⁃−‐‑‒—﹣", "3-------"),
        ("N\u00adY\u200b0\u034f3\ufe0f\u2060", "NY03"),
        ("ﬁ½ß²", "FI1⁄2SS2"),
    ],
)
def test_text_is_folded_character_by_character(text: str, folded: str) -> None:
    assert numbers.fold(text) == folded


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("See NY03-0001, NY03-0002.", "See NY03-0001, ###."),
        ("ny03‑0001 / NY０３-0002", "ny03‑0001 / ###"),
        ("(N\u200bY03-0002\u200b)", "(###\u200b)"),
        ("NY03-0001-", "NY03-0001-"),
        ("NY03-0001-a", "NY03-0001-a"),
        ("NY03-0001-0", "###"),
        ("NY03-0001a_b-1c-d", "###-d"),
        ("NY03-0001é", "###"),
        ("NY03-0001.pdf", "NY03-0001.pdf"),
        ("XNY03-0001", "XNY03-0001"),
        ("NY03-0001NY03-0001", "###"),
        ("NY03-0001 NY03-00011", "NY03-0001 ###"),
        ("NY03-0002", "###"),
        ("no number, [number withheld]", "no number, [number withheld]"),
        ("", ""),
    ],
)
def test_a_token_is_shown_only_if_it_is_a_shown_number(text: str, masked: str) -> None:
    assert numbers.masked(text, {"NY03-0001"}, PATTERNS) == masked.replace("###", numbers.MASK)


def test_the_longest_match_of_any_pattern_counts_at_the_first_place_that_matches() -> None:
    patterns = ["[0-9]{2}", "[A-Z]{2}[0-9]{2}|[A-Z]{2}[0-9]{2}/[0-9]{2}/[0-9]{2}"]
    assert numbers.masked("NY03/11/22 and 44", {"NY03", "44"}, patterns) == f"{numbers.MASK} and 44"
    assert numbers.masked("NY03/11/x", {"NY03"}, patterns) == f"NY03/{numbers.MASK}/x"


HELD = {"NY03-0001": {"C-1"}, "NY03-0001-001": {"D-1", "D-2"}, "LA03-0007": {"C-3"}, "LA": {"C-9"}}


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("NY03-0001-001", {"D-1", "D-2"}),
        ("ny03–0001–008A", {"C-1"}),
        ("NY03-0001-001-002", {"D-1", "D-2"}),
        ("NY03-0001_LA03-0007.pdf", {"C-1", "C-3"}),
        ("NY99-0001_LA03-0007", {"C-3"}),
        ("LA03-0008", {"C-9"}),
        ("NY99-0001 LA", set()),
        ("see LA or NY03", set()),
    ],
)
def test_a_text_cites_the_longest_number_held_at_each_place_that_matches(text: str, cited: set[str]) -> None:
    assert numbers.cited(text, HELD, PATTERNS) == cited


# --- in a release ---


@pytest.mark.parametrize("field", ["title", "narrative"])
def test_a_number_in_a_documents_title_or_narrative_carries(field: str) -> None:
    lines = [C1, C2, citing("") | {field: "As in ＮＹ03–0002-077"}, IN_C1]
    assert causes(lines) == {"C-2": {"title_iii"}, "D-1": {"title_iii"}}
    assert causes([lines[2], IN_C1, C1, C2]) == causes(lines)


def test_only_a_documents_text_cites_and_only_where_the_policy_says_so() -> None:
    lines = [C1 | {"synopsis": "As in NY03-0002"}, C2, citing("", author="NY03-0002"), IN_C1]
    assert causes(lines) == {"C-2": {"title_iii"}}
    assert causes([C1, C2, citing("As in NY03-0002"), IN_C1], policy={"implied_citation": None}) == causes(
        lines
    )


def test_a_document_that_names_itself_cites_no_one() -> None:
    # The number of D-1 is its longest prefix, so that C-2, whose number is a shorter one, is not cited either.
    lines = [C1, C2, document("D-1", "NY03-0002-001", narrative="This is NY03-0002-001"), IN_C1]
    assert causes(lines) == {"C-2": {"title_iii"}}


def test_every_record_that_has_the_number_is_cited_deleted_ones_too() -> None:
    lines = [
        C1,
        C2,
        case("C-3", "ny03-0002", access_codes=["BSA"]),
        delete("C-3"),
        citing("NY03-0002"),
        IN_C1,
    ]
    assert causes(lines)["D-1"] == {"title_iii", "bank_secrecy"}


def test_an_implied_citation_of_a_kind_that_does_not_fit_carries_both_ways() -> None:
    only = {"from": ["document"], "to": ["document"], "carries": "backward", "supports": "none"}
    lines = [C1, case("C-2", "NY03-0002"), citing("As in NY03-0002", access_codes=["T3"]), IN_C1]
    assert causes(lines) == {"D-1": {"title_iii"}}
    assert causes(lines, policy={"links": {"CITES": only}}) == {"C-2": {"title_iii"}, "D-1": {"title_iii"}}


def test_a_number_whose_head_is_no_released_number_is_masked_and_not_shown_in_text() -> None:
    headed = document("D-1", "NY03-0002-001", narrative="NY03-0002-001 in NY03-0001")
    lines = [C1, headed, IN_C1]
    fields = release(lines)["fields"]["D-1"]
    assert (fields["number"], fields["narrative"]) == (numbers.MASK, f"{numbers.MASK} in NY03-0001")
    fields = release([*lines, case("C-2", "ny03–0002")])["fields"]["D-1"]
    assert (fields["number"], fields["narrative"]) == ("NY03-0002-001", "NY03-0002-001 in NY03-0001")


def test_every_released_string_is_masked_but_ids_numbers_and_coded_words() -> None:
    secret = "x NY77-0001"
    texts = {"office": secret, "author": secret, "type": "ROI"}
    lines = [
        case("C-1", "NY03-0001", title=secret, synopsis=secret, office=secret, program="fraud"),
        citing(secret, title=secret, **texts),
        IN_C1 | {"role": secret},
        subject("S-1", prop("name", secret), office=secret),
        link("L-NY77-0001", "S-1", "SUBJECT_OF", "C-1"),
    ]
    hidden = f"x {numbers.MASK}"
    found = release(lines, agreement={"omit": []})
    assert found["fields"] == {
        "C-1": {
            **{"title": hidden, "synopsis": hidden, "office": hidden},
            **{"status": "open", "program": "fraud", "number": "NY03-0001"},
        },
        "D-1": {
            **{"title": hidden, "narrative": hidden, "office": hidden, "author": hidden},
            **{"type": "ROI", "prepared": "2003-04-05", "number": "NY03-0001-001"},
        },
        "S-1": {"office": hidden, "type": "person"},
    }
    assert found["properties"] == [["S-1", "name", hidden]]
    assert found["link_fields"] == {
        "L-1": {"type": "CONTAINS", "from": "C-1", "to": "D-1", "sources": [], "role": hidden},
        "L-NY77-0001": {"type": "SUBJECT_OF", "from": "S-1", "to": "C-1", "sources": []},
    }


def test_a_coded_field_or_property_name_without_a_list_is_text() -> None:
    lines = [C1 | {"status": "with NY77-0001"}, subject("S-1", prop("of NY77-0001", "A"), type="a NY77-0001")]
    lines.append(link("L-1", "S-1", "SUBJECT_OF", "C-1"))
    found = release(lines, policy={"vocabulary": {}})
    assert found["fields"]["C-1"]["status"] == f"with {numbers.MASK}"
    assert found["fields"]["S-1"]["type"] == f"a {numbers.MASK}"
    assert found["properties"] == [["S-1", f"of {numbers.MASK}", "A"]]
