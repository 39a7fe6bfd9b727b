"""The specification: support, links, properties and the words that are shown (R6-R9, R12-R14)."""

from typing import Any

import pytest

from tests import specification, worked_example
from tests.plain_lines import Made, case, consent, document, link, prop, subject
from tests.small_questions import causes, release, released

C1 = case("C-1", "NY03-0001")
D1 = document("D-1", "NY03-0001-001")
D2 = document("D-2", "NY03-0001-002")
WITHHELD = document("D-9", "NY03-0001-009", access_codes=["T3"])
IN_C1 = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2)]
S1, S2 = subject("S-1"), subject("S-2")
IN_CASE = [link(f"L-S{n}", f"S-{n}", "SUBJECT_OF", "C-1") for n in (1, 2)]
PLAIN = [C1, D1, S1, S2, WITHHELD, IN_C1[0], *IN_CASE]
PLAIN_RELEASED = {"C-1", "D-1", "S-1", "S-2", "L-1", "L-S1", "L-S2"}


def knows(**changed: Any) -> Made:
    return (
        link("L-K", "S-1", "KNOWS", "S-2", sources=["D-1"], role="friend", since="2003", until="2004-05")
        | changed
    )


# --- R7: support ---


def test_a_loop_never_supports_itself() -> None:
    attached = [link("L-A", "D-1", "HAS_ATTACHMENT", "D-2"), link("L-B", "D-2", "HAS_ATTACHMENT", "D-1")]
    own = [link("L-D", "D-1", "HAS_ATTACHMENT", "D-1")]
    assert causes([D1, D2, *attached, *own]) == {"D-1": {"support"}, "D-2": {"support"}}
    assert released([C1, IN_C1[0], D1, D2, *attached]) == {"C-1", "L-1", "D-1", "D-2", "L-A", "L-B"}


def test_a_source_counts_only_once_it_is_released() -> None:
    # D-2 is supported only along a link that D-2 itself asserts.
    assert causes([C1, D2, IN_C1[1] | {"sources": ["D-2"]}]) == {"D-2": {"support"}}
    chain = [C1, D1, D2, IN_C1[0], IN_C1[1] | {"sources": ["D-1"]}]
    assert released(chain) == {"C-1", "D-1", "D-2", "L-1", "L-2"}


def test_support_needs_a_released_record_and_an_open_link() -> None:
    out = case("C-2", "NY03-0002", prepared="1999-12-31")
    assert causes([out, D1, link("L-1", "C-2", "CONTAINS", "D-1")])["D-1"] == {"support"}
    assert causes([C1, D1, IN_C1[0] | {"access_codes": ["BSA"]}]) == {"D-1": {"support"}}
    assert causes([C1, D1, IN_C1[0]], agreement={"link_types": ["MENTIONS"]}) == {"D-1": {"support"}}


def test_an_implied_citation_supports_nothing_and_is_not_released() -> None:
    citing = document("D-1", "NY03-0001-001", narrative="See NY03-0001-002.")
    supporting = {
        "CITES": {"from": ["document"], "to": ["document"], "carries": "none", "supports": "forward"}
    }
    lines = [C1, citing, D2, IN_C1[0]]
    assert released(lines, policy={"links": supporting}) == {"C-1", "D-1", "L-1"}


# --- R8: links ---


@pytest.mark.parametrize(
    "changed",
    [
        {"sources": []},
        {"sources": ["D-9"]},
        {"sources": ["C-1"]},
        {"sources": ["D-NEVER"]},
        {"sources": ["D-1", 7]},
        {"access_codes": ["REL", None]},
        {"access_codes": ["BSA"]},
        {"access_codes": ["NO SUCH CODE"]},
        {"access_codes": None},
        {"access_codes": "REL"},
        {"sources": None},
        {"sources": "D-1"},
        {"remark": ""},
        {"type": "OWNED"},
        {"to": "C-1"},
        {"to": "S-NEVER"},
    ],
)
def test_a_link_is_withheld_for_each_reason(changed: Made) -> None:
    assert released([*PLAIN, knows()]) == {*PLAIN_RELEASED, "L-K"}
    assert released([*PLAIN, knows(**changed)]) == PLAIN_RELEASED


def test_a_link_whose_codes_are_an_empty_list_has_no_restriction() -> None:
    assert released([*PLAIN, knows(access_codes=[])]) == {*PLAIN_RELEASED, "L-K"}


@pytest.mark.parametrize(
    ("sources", "shown"),
    [
        (["D-1"], {"role": "friend", "since": "2003", "until": "2004-05"}),
        (["D-1", "D-1"], {"role": "friend", "since": "2003", "until": "2004-05"}),
        (["D-1", "D-9"], {}),
        (["D-1", "C-1"], {}),
    ],
)
def test_role_and_dates_are_shown_only_if_every_source_is_released(
    sources: list[object], shown: Made
) -> None:
    fields = release([*PLAIN, knows(sources=sources)])["link_fields"]["L-K"]
    assert fields == {"type": "KNOWS", "from": "S-1", "to": "S-2", "sources": ["D-1"]} | shown


@pytest.mark.parametrize(
    "malformed", ["", "03", "2003-13", "2003-02-30", "2003-1-1", "2003-01-01 ", "0000", 2003]
)
def test_a_malformed_date_or_an_empty_role_is_absent(malformed: object) -> None:
    fields = release([*PLAIN, knows(since=malformed, until=malformed, role="")])["link_fields"]["L-K"]
    assert fields == {"type": "KNOWS", "from": "S-1", "to": "S-2", "sources": ["D-1"]}


def test_a_type_with_a_category_is_withheld_unless_it_is_consented_to() -> None:
    third = {
        "from": ["subject"],
        "to": ["subject"],
        "carries": "none",
        "supports": "none",
        "category": "third_agency",
    }
    lines = [*PLAIN, link("L-T", "S-1", "TOLD", "S-2")]
    policy = {"links": {"TOLD": third}}
    assert released(lines, policy=policy) == PLAIN_RELEASED
    lines.append(consent("N-1", "third_agency", link="L-T"))
    assert released(lines, policy=policy) == {*PLAIN_RELEASED, "L-T"}


# --- R9: properties ---


@pytest.mark.parametrize(
    "stated",
    [
        "Ann Poe",
        None,
        prop("name", 7),
        prop("name", None),
        {"name": "name", "value": "No sources stated"},
        prop("name", "A", sources=None),
        prop("name", "A", sources="D-1"),
        prop("name", "A", sources=["D-9"]),
        prop("name", "A", sources=["C-1"]),
        prop("name", "A", sources=["D-1", None]),
        prop("name", "A", access_codes=["ASY"]),
        prop("name", "A", access_codes=["NO SUCH CODE"]),
        prop("name", "A", access_codes=None),
        prop("name", "A", acces_codes=[]),
        prop("Name", "A"),
        prop("", "A"),
        {"value": "A", "sources": []},
    ],
)
def test_a_property_is_withheld_for_each_reason(stated: object) -> None:
    lines = [
        C1,
        D1,
        WITHHELD,
        IN_C1[0],
        IN_CASE[0],
        subject("S-1", stated, prop("alias", "B", access_codes=["REL"])),
    ]
    assert release(lines)["property_sources"] == [["S-1", "alias", "B", []]]


def test_values_equal_after_masking_are_one_with_all_their_released_sources() -> None:
    seen = [
        prop("description", "Seen at NY77-0001", sources=["D-2"]),
        prop("description", "Seen at NY77-0002", sources=["D-1", "D-9"]),
        prop("description", "Seen at NY77-0003", sources=["D-9"]),
    ]
    lines = [C1, D1, D2, WITHHELD, *IN_C1, IN_CASE[0], subject("S-1", *seen)]
    value = ["S-1", "description", "Seen at [number withheld]"]
    assert release(lines)["properties"] == [value]
    assert release(lines)["property_sources"] == [[*value, ["D-1", "D-2"]]]


# --- R13 ---


def test_what_is_cut_down_leaves_nothing_out_and_lets_nothing_in() -> None:
    stated = [prop("name", "A"), prop("name", "Secret", access_codes=["CS"])]
    lines = [*PLAIN, subject("S-1", *stated), knows()]
    question = (worked_example.policy(), worked_example.agreement("ndex"), worked_example.TODAY)
    cut = [C1, D1, subject("S-1", prop("name", "A")), S2, IN_C1[0], knows(), *IN_CASE]
    assert specification.cut_down(lines, *question) == cut


# --- R14: words ---


@pytest.mark.parametrize(
    ("changed", "vocabulary", "shown"),
    [
        ({"type": "Photograph"}, {}, "Photograph"),
        ({"type": "photograph"}, {}, "other"),
        ({"type": ""}, {}, "other"),
        ({"type": None}, {}, "other"),
        ({"type": ["ROI"]}, {}, "other"),
        ({"type": "Return of NY77-0001"}, {"case_status": ["open"]}, "Return of [number withheld]"),
        ({"type": ""}, {"case_status": ["open"]}, "other"),
    ],
)
def test_a_type_that_has_no_word_is_other(changed: Made, vocabulary: Made, shown: str) -> None:
    policy = {"vocabulary": vocabulary} if vocabulary else {}
    fields = release([C1, D1 | changed, IN_C1[0]], policy=policy)["fields"]["D-1"]
    assert fields["type"] == shown


@pytest.mark.parametrize(
    ("status", "shown"), [("open", {"status": "open"}), ("OPEN", {}), ("", {}), (None, {})]
)
def test_a_status_without_a_word_is_absent(status: object, shown: Made) -> None:
    fields = release([C1 | {"status": status}])["fields"]["C-1"]
    assert fields == {"number": "NY03-0001", "title": "Plain", "office": "SAC-NY"} | shown


def test_omit_acts_on_what_is_shown_and_on_nothing_else() -> None:
    omit = ["case.status", "document.title", "subject.office", "link.role", "link.since", "property.alias"]
    stated = [prop("alias", "Johnny"), prop("name", "John")]
    lines = [*PLAIN, subject("S-1", *stated), knows()]
    found = release(lines, agreement={"omit": omit, "case_status": ["open"], "offices": ["SAC-NY"]})
    assert found["fields"] == {
        "C-1": {"number": "NY03-0001", "title": "Plain", "office": "SAC-NY"},
        "D-1": {
            **{"number": "NY03-0001-001", "narrative": "", "office": "SAC-NY", "type": "ROI"},
            "prepared": "2003-04-05",
        },
        "S-1": {"type": "person"},
        "S-2": {"type": "person"},
    }
    assert found["properties"] == [["S-1", "name", "John"]]
    assert found["link_fields"]["L-K"] == {
        **{"type": "KNOWS", "from": "S-1", "to": "S-2", "sources": ["D-1"]},
        "until": "2004-05",
    }
