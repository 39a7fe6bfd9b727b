"""Why something of the worked example is released or withheld, and what cannot be explained."""

import pytest

from graph.errors import NotOnFile, StoreLocked
from graph.explaining.causes import Verdict
from graph.explaining.explain import explain
from graph.explaining.inquiry import Inquiry
from graph.model import Entry, EntryId, Kind
from graph.policy import Way
from tests import worked_example
from tests.building import as_bytes
from tests.explaining import D2, WIRE, Told, few, inquiry, only, told, why
from tests.plain_lines import prop, subject

T3 = ("Reports resulting from Title III wire intercepts", "18 U.S.C. 2510-2523")

CODED_D2 = ("title_iii", "R1 R3", "D-2", "codes", "T3")
SUBMITTED = "state submitted, prepared by agent.lee, approved by nobody"

OF_NDEX: dict[str, set[Told]] = {
    # a code of its own, and one that is carried: along a link, by a number in a text, down from a case, up, both ways
    "D-2": {("D-2", "title_iii", "R1", "D-2", "codes", "T3", "")},
    "D-3": {("D-3", *CODED_D2, "L-D3-D2")},
    "D-14": {("D-14", "title_iii", "R1 R3 R10", "D-2", "codes", "T3", "implied:D-14:D-2")},
    "D-30": {("D-30", "title_iii", "R1 R3", "C-2", "codes", "T3", "L-C2-D30")},
    "D-5": {("D-5", *CODED_D2, "L-D2-D5")},
    "D-15": {("D-15", "grand_jury", "R1 R3", "D-16", "codes", "6E", "L-D15-D16")},
    # no code, one that the book does not have, a system that is not shared, a mark, a record that was never loaded
    "D-6": {("D-6", "uncoded", "R1", "D-6", "no_codes", "", "")},
    "D-7": {("D-7", "uncoded", "R1", "D-7", "unknown_codes", "T-3 ", "")},
    "D-12": {("D-12", "excluded_system", "R2", "D-12", "system", "RESTRICTED-SYSTEM", "")},
    "S-4": {("S-4", "confidential_source", "R2", "S-4", "mark", "L-S4-SRC", "")},
    "D-27": {("D-27", "uncoded", "R3", "D-NEVER", "never_loaded", "", "L-D27-X")},
    "D-NEVER": {("D-NEVER", "uncoded", "R3", "D-NEVER", "never_loaded", "", "")},
    "D-24": {("D-24", "title_iii", "R1 R3", "C-2", "codes", "T3", "L-WRONG")},
    # deleted: its code still holds
    "D-21": {("D-21", "bank_secrecy", "R1 R3", "D-19", "codes", "BSA", "L-D21-D19")},
    "D-19": {
        ("D-19", "bank_secrecy", "R1", "D-19", "codes", "BSA", ""),
        ("D-19", "deleted", "R11", "D-19", "deleted", "", ""),
        ("D-19", "approval", "R5", "D-19", "out_of_scope", "", ""),
        ("D-19", "date", "R5", "D-19", "out_of_scope", "", ""),
    },
    # out of scope
    "D-8": {("D-8", "approval", "R5", "D-8", "out_of_scope", SUBMITTED, "")},
    "D-9": {("D-9", "date", "R5", "D-9", "out_of_scope", "1999-12-31", "")},
    "S-7": {("S-7", "date", "R5", "S-7", "out_of_scope", "1999-06-01", "")},
    "D-28": {("D-28", "number", "R5", "D-28", "out_of_scope", "28/2003", "")},
    # no support
    "S-3": {("S-3", "support", "R7", "D-2", "supporter_withheld", "title_iii", "L-D2-S3")},
    "D-40": {("D-40", "support", "R7", "C-OLD", "supporter_withheld", "date", "L-COLD-D40")},
    "S-6": {("S-6", "support", "R7", "S-6", "no_supporter", "", "")},
    # links
    "L-S1-S8": {("L-S1-S8", "sources", "R8", "D-2", "source_withheld", "title_iii", "")},
    "L-S2-S9": {("L-S2-S9", "sources", "R8", "C-1", "no_document", "case", "")},
    "L-S1-S5": {("L-S1-S5", "no_source", "R8", "L-S1-S5", "no_source", "", "")},
    "L-ODD": {("L-ODD", "unknown_type", "R3", "L-ODD", "unknown_type", "WHISPERED_TO", "")},
    "L-S2-S5": {("L-S2-S5", "bank_secrecy", "R1", "L-S2-S5", "codes", "BSA", "")},
    "L-S9-S11": {("L-S9-S11", "unsound", "R12", "L-S9-S11", "unsound", "remark", "")},
    "L-D10-S14": {
        ("L-D10-S14", "unsound", "R12", "L-D10-S14", "unsound", "null", ""),
        ("L-D10-S14", "uncoded", "R1", "L-D10-S14", "no_codes", "null", ""),
    },
    "L-D2-S3": {
        ("D-2", "title_iii", "R1", "D-2", "codes", "T3", ""),
        ("S-3", "support", "R7", "D-2", "supporter_withheld", "title_iii", "L-D2-S3"),
    },
    "L-WRONG": {
        ("L-WRONG", "other_kinds", "R3", "L-WRONG", "other_kinds", "from document, to case", ""),
        ("D-24", "title_iii", "R1 R3", "C-2", "codes", "T3", "L-WRONG"),
        ("C-2", "title_iii", "R1", "C-2", "codes", "T3", ""),
    },
    "L-S4-SRC": {
        ("L-S4-SRC", "confidential_source", "R8", "L-S4-SRC", "link_type", "SOURCE_OF", ""),
        ("S-4", "confidential_source", "R2", "S-4", "mark", "L-S4-SRC", ""),
    },
    # an implied citation
    "implied:D-14:D-2": {
        ("implied:D-14:D-2", "implied", "R10", "implied:D-14:D-2", "implied", "NY03-0001-002", ""),
        ("D-14", "title_iii", "R1 R3 R10", "D-2", "codes", "T3", "implied:D-14:D-2"),
        ("D-2", "title_iii", "R1", "D-2", "codes", "T3", ""),
    },
    # properties
    "S-1#alias=The Wire": {
        ("S-1#alias=The Wire", "sources", "R9", "D-2", "source_withheld", "title_iii", "")
    },
    "S-9#nationality=coded": {
        ("S-9#nationality=coded", "asylum", "R1", "S-9#nationality=coded", "codes", "ASY", "")
    },
    "S-9#alias=Misspelt": {
        ("S-9#alias=Misspelt", "unsound", "R12", "S-9#alias=Misspelt", "unsound", "acces_codes", "")
    },
    "S-9#alias=No sources given": {
        (
            *("S-9#alias=No sources given", "sources_not_stated", "R9", "S-9#alias=No sources given"),
            *("sources_not_stated", "", ""),
        )
    },
    "S-9#informant_number=CI-7": {
        (
            *("S-9#informant_number=CI-7", "unknown_word", "R14", "S-9#informant_number=CI-7"),
            *("unknown_word", "informant_number", ""),
        )
    },
    "S-3#name=Known From The Wire": {
        ("S-3#name=Known From The Wire", "sources", "R9", "D-2", "source_withheld", "title_iii", ""),
        ("S-3", "support", "R7", "D-2", "supporter_withheld", "title_iii", "L-D2-S3"),
    },
}


@pytest.mark.parametrize("asked", OF_NDEX)
def test_the_worked_example_is_withheld_for_exactly_these_causes(asked: str) -> None:
    verdict = why(asked)
    assert told(verdict) == OF_NDEX[asked]
    assert (verdict.asked, verdict.released) == (asked, False)


RELEASED = [
    "C-1",
    "D-45",
    "S-1",
    "L-S1-S9",
    "L-SELF",
    "S-1#name=John Doe",
    "S-1#alias=Johnny",
    "S-11#plate=ABC-123",
]


@pytest.mark.parametrize("asked", RELEASED)
def test_what_is_released_has_no_cause(asked: str) -> None:
    verdict = why(asked)
    assert (verdict.released, verdict.causes) == (True, ())


def test_a_carried_category_has_its_label_authority_and_every_link_with_its_direction() -> None:
    verdict = why("D-3")
    fact = only(verdict).fact
    assert (fact.label, fact.authority, fact.field, fact.wanted) == (*T3, "access_codes", ("REL",))
    (step,) = only(verdict).chain or ()
    assert (step.link, step.type, step.head, step.tail) == ("L-D3-D2", "CITES", "D-3", "D-2")
    assert (step.giver, step.taker, step.way) == ("D-2", "D-3", Way.BACKWARD)
    assert (step.astray, step.implied) == (False, False)
    noted = {
        id: (n.kind, n.number, n.codes, n.prepared_by, n.approved_by) for id, n in verdict.records.items()
    }
    people = ("agent.lee", "sup.ortiz")
    assert noted == {
        "D-2": ("document", "NY03-0001-002", ("REL", "T3"), *people),
        "D-3": ("document", "NY03-0001-003", ("REL",), *people),
    }


def test_a_link_of_another_shape_than_its_type_is_told_to_be_astray() -> None:
    assert [(step.link, step.astray) for step in only(why("D-24")).chain or ()] == [("L-WRONG", True)]


def test_a_word_of_scope_tells_what_was_found_and_what_is_wanted() -> None:
    approval = "state approved, prepared and approved by two different persons"
    assert {id: wanted(why(id)) for id in ("D-8", "D-9", "D-28")} == {
        "D-8": ("approval", (approval,)),
        "D-9": ("prepared", ("a day from 2000-01-01 to 2026-11-24",)),
        "D-28": ("number", ("[A-Z]{2}[0-9]{2}-[0-9]{4}(?:-[0-9]{3})?",)),
    }
    county = {c.fact.reason: (c.fact.field, c.fact.found, c.fact.wanted) for c in why("C-3", "county").causes}
    assert county == {
        "office": ("office", ("SAC-LA",), ("SAC-NY",)),
        "status": ("status", ("closed",), ("open",)),
    }


def wanted(verdict: Verdict) -> tuple[str | None, tuple[str, ...]]:
    return only(verdict).fact.field, only(verdict).fact.wanted


# --- what cannot be explained ---


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("K-1", "K-1: is a clearance; ask about the record or link that it is for"),
        ("N-1", "N-1: is a consent; ask about the record or link that it is for"),
        ("d-1", "d-1: nothing is held under this id"),
        ("S-99#name=Ann", "S-99#name=Ann: nothing is held under this id"),
        ("implied:D-1:D-2", "implied:D-1:D-2: no text of the one cites the other"),
        ("S-6#alias=X", "S-6#alias=X: S-6 has no such property; it has: S-6#name=Orphan"),
    ],
)
def test_what_is_not_held_is_told_in_a_sentence(asked: str, sentence: str) -> None:
    with pytest.raises(NotOnFile) as raised:
        why(asked)
    assert str(raised.value)[: len(sentence)] == sentence


def test_values_that_are_told_in_an_error_cannot_move_a_cursor() -> None:
    with pytest.raises(NotOnFile, match=r"it has: S-1#name=Ann\ufffd\[2J$"):
        few([subject("S-1", prop("name", "Ann\x1b[2J"))], "S-1#name=Bob")


def test_values_that_are_told_in_an_error_are_cut_short() -> None:
    with pytest.raises(NotOnFile, match=f"it has: S-1#name={'x' * 55}…$"):
        few([subject("S-1", prop("name", "x" * 5000))], "S-1#name=Bob")


def test_an_explanation_of_holdings_that_have_changed_since_says_so() -> None:
    judged = inquiry([WIRE], worked_example.policy(), worked_example.agreement("ndex"), worked_example.TODAY)
    later = Entry(EntryId("D-2"), Kind.DOCUMENT, as_bytes(D2))
    asked = Inquiry(
        judged.policy, judged.agreement, judged.today, judged.judgement, lambda _: {later.id: later}, []
    )
    with pytest.raises(StoreLocked, match="D-2: was written while it was being explained; ask again"):
        explain(asked, "D-2")
