"""Each rule of Data Quality but those about names and numbers in texts: a small agency, and all that is found in it.

The name of a test is what it stands for.
"""

import pytest

from graph.findings.finding import BLOCKING, Rule
from graph.findings.rules import RULES
from tests.building import policy
from tests.finding_world import found, told, worded
from tests.plain_lines import case, clearance, delete, document, link, prop, subject

NY1, NY2, NY1_2 = "NY03-0001", "NY03-0002", "NY03-0001-002"


def test_there_is_a_finder_for_every_rule() -> None:
    assert list(RULES) == list(Rule)


def test_an_approval_is_blocked_by_what_may_be_coded_wrong_or_give_something_away() -> None:
    assert (
        set(Rule)
        - {
            Rule.NO_APPROVER,
            Rule.SAME_PERSON,
            Rule.NO_DATE,
            Rule.DANGLING_LINK,
            Rule.UNKNOWN_LINK_TYPE,
        }
        == BLOCKING
    )


def test_nothing_is_found_in_records_that_are_as_they_should_be() -> None:
    assert (
        told(
            case("C-1", NY1, synopsis="A plain case, in which NY03-0001-002 was filed."),
            document("D-2", NY1_2, narrative="Ann Poe was seen, as in NY03-0001."),
            subject("S-1", prop("name", "Ann Poe", sources=["D-2"])),
            link("L-1", "C-1", "CONTAINS", "D-2"),
            link("L-2", "D-2", "MENTIONS", "S-1"),
        )
        == set()
    )


def test_a_finding_tells_what_it_is_called_by() -> None:
    [finding] = found(case("C-1", NY1, access_codes=["T-3 "]))
    assert (finding.id, finding.blocking) == ("unknown_code:C-1:T-3 ", True)


# --- codes ---


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [([], "It has no access control code."), (None, "Its access control codes are no list.")],
)
def test_r1_nobody_has_said_what_a_record_without_a_code_is(codes: object, sentence: str) -> None:
    assert told(case("C-1", NY1, access_codes=codes)) == {("no_code", "C-1", sentence)}


def test_r1_a_record_that_leaves_its_codes_out_has_none() -> None:
    line = case("C-1", NY1)
    del line["access_codes"]
    assert told(line) == {("no_code", "C-1", "It has no access control code.")}


def test_r1_a_code_that_is_misspelt_says_nothing() -> None:
    assert told(case("C-1", NY1, access_codes=["REL", "T-3 ", "t3", "T-3 ", 7])) == {
        ("unknown_code", "C-1", "Its code “T-3 ” is not in the code book."),
        ("unknown_code", "C-1", "Its code “t3” is not in the code book."),
        ("unknown_code", "C-1", "One of its access control codes is no text."),
    }


def test_a_report_that_cites_a_wire_report_is_coded_like_it() -> None:
    assert told(
        document("D-1", NY1, access_codes=["REL"]),
        document("D-2", NY2, access_codes=["T3", "BSA"]),
        document("D-3", "NY03-0003", access_codes=["T3", "BSA"]),
        link("L-1", "D-1", "CITES", "D-2"),
        link("L-2", "D-3", "DERIVED_FROM", "D-2"),
        link("L-3", "D-1", "SUPERSEDES", "D-3"),
        link("L-4", "D-2", "CITES", "D-1"),
    ) == {
        (
            "more_open_than_cited",
            "D-1",
            "It rests on “D-2”, which is coded title_iii and bank_secrecy, and is not coded so.",
        )
    }


def test_r10_a_number_in_a_text_cites_as_a_link_does_and_both_are_told_once() -> None:
    assert told(
        document("D-1", NY1, narrative="As heard in NY03-0002."),
        document("D-2", NY2, access_codes=["T3"]),
        link("L-1", "D-1", "CITES", "D-2"),
    ) == {
        ("more_open_than_cited", "D-1", "It rests on “D-2”, which is coded title_iii, and is not coded so.")
    }


def test_r4_a_cleared_citation_was_looked_at_by_two_persons_already() -> None:
    cites = link("L-1", "D-1", "CITES", "D-2")
    lines = [document("D-1", NY1), document("D-2", NY2, access_codes=["T3"]), cites]
    assert told(*lines, clearance("K-1", cites, "title_iii")) == set()
    assert told(*lines, clearance("K-1", cites, "title_iii", expires="2020-01-01")) == {
        ("more_open_than_cited", "D-1", "It rests on “D-2”, which is coded title_iii, and is not coded so.")
    }


@pytest.mark.parametrize(
    "text", ["Before the grand jury.", "GRAND\n  JURY", "a grand‑jury subpoena", "Grand Jury’s"]
)
def test_words_of_a_category_without_its_code_may_be_material_that_nobody_coded(text: str) -> None:
    assert told(document("D-1", NY1, narrative=text)) == {
        (
            "words_without_code",
            "D-1",
            "Its narrative says “grand jury”, but it has no code for grand_jury.",
        )
    }


@pytest.mark.parametrize(
    "text", ["A grand juryman", "grand, jury", "grandjury", "6 E", "CESAR, sarong", "Title IIII", "XI-589"]
)
def test_words_are_found_whole_and_in_a_row(text: str) -> None:
    assert told(document("D-1", NY1, narrative=text)) == set()


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("under Rule 6(e).", "grand_jury"),
        ("a ‘SAR’", "bank_secrecy"),
        ("form I–589", "asylum"),
        ("title  iii", "title_iii"),
    ],
)
def test_each_word_of_the_policys_list_is_found(text: str, category: str) -> None:
    [finding] = found(document("D-1", NY1, narrative=text))
    assert finding.id == f"words_without_code:D-1:{category}"


def test_words_are_found_in_every_text_and_told_together() -> None:
    assert told(
        case("C-1", NY1, title="A SAR", synopsis="grand jury, SAR, 6(e)"),
        subject("S-1", prop("description", "has an I-589")),
        link("L-1", "S-1", "SUBJECT_OF", "C-1"),
    ) == {
        ("words_without_code", "C-1", "Its title says “SAR”, but it has no code for bank_secrecy."),
        (
            "words_without_code",
            "C-1",
            "Its synopsis says “grand jury” and its synopsis says “6(e)”, but it has no code for grand_jury.",
        ),
        (
            "words_without_code",
            "S-1",
            "Its property “description” says “I-589”, but it has no code for asylum.",
        ),
    }


def test_words_beside_their_code_are_as_they_should_be() -> None:
    assert (
        told(
            document("D-1", NY1, narrative="grand jury", access_codes=["6E"]),
            subject("S-1", prop("description", "grand jury", access_codes=["6E"])),
        )
        == set()
    )


def test_without_a_list_no_words_are_looked_for() -> None:
    assert told(document("D-1", NY1, narrative="grand jury, SAR"), under=policy()) == set()


# --- approval, date, number ---


@pytest.mark.parametrize(
    ("approval", "rule", "sentence"),
    [
        (None, "no_approver", "No supervisor has approved it."),
        ({"state": "approved", "agent": "agent.lee"}, "no_approver", "No supervisor has approved it."),
        (
            {"state": "approved", "supervisor": "sup.ortiz"},
            "no_approver",
            "It does not say which agent prepared it.",
        ),
        (
            {"state": "draft", "agent": "agent.lee", "supervisor": "sup.ortiz"},
            "no_approver",
            "Its state is “draft”, and not “approved”.",
        ),
        (
            {"state": "approved", "agent": "agent.lee", "supervisor": " Agent.LEE"},
            "same_person",
            "“agent.lee” both prepared and approved it.",
        ),
    ],
)
def test_r5_two_persons_stand_for_a_record(approval: object, rule: str, sentence: str) -> None:
    assert told(case("C-1", NY1, approval=approval)) == {(rule, "C-1", sentence)}


def test_r5_a_record_has_the_day_that_the_policy_asks_for() -> None:
    undated = case("C-1", NY1)
    del undated["prepared"]
    assert told(undated, document("D-1", NY2, prepared="2003-02-30")) == {
        ("no_date", "C-1", "It has no prepared."),
        ("no_date", "D-1", "Its prepared, “2003-02-30”, is no real day."),
    }


def test_two_records_with_one_number_are_mistaken_for_each_other() -> None:
    assert told(
        case("C-1", NY1),
        document("D-1", "ny03–0001"),
        document("D-2", NY1),
        document("D-3", NY2),
        delete("D-2"),
    ) == {
        ("same_number", "C-1", "Its number “NY03-0001” is also that of “D-1”."),
        ("same_number", "D-1", "Its number “ny03–0001” is also that of “C-1”."),
    }


def test_of_many_records_with_one_number_a_few_are_told() -> None:
    many = [document(f"D-{n}", NY1) for n in range(7)]
    assert (
        "same_number",
        "D-0",
        "Its number “NY03-0001” is also that of “D-1”, “D-2”, “D-3” and 3 more.",
    ) in told(*many)


# --- links ---


def test_r3_an_end_that_was_never_loaded_is_missing_in_the_system_of_record() -> None:
    assert told(
        document("D-1", NY1),
        link("L-1", "D-1", "CITES", "D-NEVER"),
        link("L-2", "C-NEVER", "CONTAINS", "D-1"),
        link("L-3", "C-NEVER", "CONTAINS", "D-NEVER"),
        link("L-4", "D-1", "CITES", "L-1"),
    ) == {
        ("dangling_link", "D-1", "The link “L-1” leads to “D-NEVER”, which was never loaded."),
        ("dangling_link", "D-1", "The link “L-2” leads to “C-NEVER”, which was never loaded."),
        ("dangling_link", "D-1", "The link “L-4” leads to “L-1”, which was never loaded."),
    }


def test_r3_a_type_that_the_policy_does_not_know_withholds_all_that_it_reaches() -> None:
    untyped = link("L-2", "C-1", "", "D-1")
    del untyped["type"]
    assert told(
        case("C-1", NY1),
        document("D-1", NY2),
        link("L-1", "D-1", "WHISPERED_TO", "C-1"),
        untyped,
        link("L-3", "D-1", "WHISPERED_TO", "D-1"),
    ) == {
        (
            "unknown_link_type",
            "D-1",
            "The link “L-1” is of the type “WHISPERED_TO”, which the policy does not know.",
        ),
        ("unknown_link_type", "C-1", "The link “L-2” has no type."),
        (
            "unknown_link_type",
            "D-1",
            "The link “L-3” is of the type “WHISPERED_TO”, which the policy does not know.",
        ),
    }


# --- what is not there ---


def test_r11_nothing_is_found_in_a_deleted_record() -> None:
    assert told(case("C-1", NY1, access_codes=[]), delete("C-1")) == set()


def test_a_text_that_would_move_a_cursor_is_told_without() -> None:
    assert told(case("C-1", NY1, access_codes=["\x1b[2J" + "x" * 99]), under=worded()) == {
        (
            "unknown_code",
            "C-1",
            f"Its code “\N{REPLACEMENT CHARACTER}[2J{'x' * 56}…” is not in the code book.",
        )
    }
