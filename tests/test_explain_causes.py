"""Why something of a few lines is withheld: each base fact, and how it is traced to what it withholds."""

import time

import pytest

from graph.explaining.causes import Ground
from graph.explaining.explain import explain
from tests import worked_example
from tests.explaining import (
    C1,
    CITES,
    D1,
    D2,
    D3,
    IN_C1,
    S1,
    SUPPORTED,
    WIRE,
    few,
    grounds,
    inquiry,
    only,
    told,
)
from tests.plain_lines import Made, clearance, delete, document, link, prop, subject

LONG = 20_000


@pytest.mark.parametrize(
    ("agreement", "asked", "reason", "found"),
    [
        ({"suspended": True}, "C-1", "agreement", ("2009-05-08 to 2031-05-08", "suspended")),
        ({"kinds": ["case"]}, "D-1", "kind", ("document",)),
        ({"offices": ["SAC-LA"]}, "C-1", "office", ("SAC-NY",)),
        ({"case_status": ["closed"]}, "C-1", "status", ("open",)),
        ({"programs": ["fraud"]}, "C-1", "program", ()),
    ],
)
def test_each_word_of_scope_tells_what_it_found(
    agreement: Made, asked: str, reason: str, found: tuple[str, ...]
) -> None:
    facts = [cause.fact for cause in few(SUPPORTED, asked, agreement).causes]
    assert [(f.reason, f.found) for f in facts if f.ground is Ground.OUT_OF_SCOPE] == [(reason, found)]


def test_a_word_that_the_policy_does_not_have_is_not_wanted() -> None:
    sealed = [C1 | {"status": "sealed"}]
    fact = only(few(sealed, "C-1", {"case_status": ["open", "sealed"]})).fact
    assert (fact.found, fact.wanted) == (("sealed",), ("open",))


@pytest.mark.parametrize(
    ("approval", "found"),
    [
        ("approved", ("approved",)),
        ({}, ("state null", "prepared by nobody", "approved by nobody")),
        ({"state": "approved", "agent": 7}, ("state approved", "prepared by 7", "approved by nobody")),
    ],
)
def test_an_approval_of_another_shape_is_told_as_it_stands(approval: object, found: tuple[str, ...]) -> None:
    assert only(few([C1 | {"approval": approval}], "C-1")).fact.found == found


@pytest.mark.parametrize(
    ("codes", "causes"),
    [
        ("REL", {("uncoded", Ground.NO_CODES, ("REL",))}),
        (["REL", 7], {("uncoded", Ground.UNKNOWN_CODES, ("7",))}),
        (
            ["T3", "T3", "t3"],
            {("title_iii", Ground.CODES, ("T3",)), ("uncoded", Ground.UNKNOWN_CODES, ("t3",))},
        ),
    ],
)
def test_codes_are_told_as_they_stand(
    codes: object, causes: set[tuple[str, Ground, tuple[str, ...]]]
) -> None:
    verdict = few([C1 | {"access_codes": codes}], "C-1")
    assert {(c.fact.reason, c.fact.ground, c.fact.found) for c in verdict.causes} == causes


def test_what_a_rejected_line_names_is_withheld_by_it() -> None:
    verdict = few(SUPPORTED, "C-1", tainted=("C-1",))
    assert grounds(verdict) == {("uncoded", "C-1", Ground.REJECTED)}
    assert only(verdict).fact.wanted == ("a good line for the id of that line (`caselink rejects list`)",)
    assert grounds(few(SUPPORTED, "L-1", tainted=("L-1",))) == {
        ("unsound", "L-1", Ground.REJECTED),
        ("support", "L-1", Ground.LINK_NOT_OPEN),
    }


def test_a_missing_system_is_told_as_missing() -> None:
    fact = only(few([{k: v for k, v in C1.items() if k != "source_system"}], "C-1")).fact
    assert (fact.ground, fact.found, fact.wanted) == (
        *(Ground.SYSTEM, ()),
        ("CASE-MANAGEMENT", "SUBJECT-RECORDS"),
    )


def test_every_record_that_has_the_category_is_a_cause_and_each_fact_of_it_is_one() -> None:
    lines = [
        *[C1, D1, WIRE, D3 | {"access_codes": ["T3", "7"], "source_system": "X"}, *IN_C1],
        *[link("L-A", "D-1", "CITES", "D-2"), link("L-B", "D-2", "CITES", "D-3")],
    ]
    told_of_d1 = {(c.fact.reason, c.bearer, c.length) for c in few(lines, "D-1").causes}
    assert told_of_d1 == {
        ("title_iii", "D-2", 1),
        ("title_iii", "D-3", 2),
        ("uncoded", "D-3", 2),
        ("excluded_system", "D-3", 2),
    }


def test_of_two_shortest_chains_the_first_by_the_ids_of_records_then_of_links_is_told() -> None:
    lines = [
        *[*SUPPORTED, document("D-4", "NY03-0001-004", access_codes=["T3"])],
        *[link(f"L-{a}-{n}", f"D-{n}", "CITES", "D-4") for a in ("Z", "Y") for n in (2, 3)],
        *[link(f"L-X-{n}", "D-1", "CITES", f"D-{n}") for n in (3, 2)],
    ]
    assert [step.link for step in only(few(lines, "D-1")).chain or ()] == ["L-Y-2", "L-X-2"]


# --- support ---


def test_a_link_that_is_not_open_is_why_its_end_has_no_support() -> None:
    odd = link("L-1", "C-1", "CONTAINS", "D-1", access_codes=["BSA"])
    verdict = few([C1, D1, odd], "D-1")
    assert grounds(verdict) == {("support", "L-1", Ground.LINK_NOT_OPEN)}
    assert (only(verdict).fact.found, only(verdict).length) == (("bank_secrecy",), 1)
    left_out = few([C1, D1, IN_C1[0]], "D-1", {"link_types": ["MENTIONS"]})
    assert (only(left_out).bearer, only(left_out).fact.found) == ("L-1", ("not_in_agreement",))


def test_a_record_that_waits_for_another_has_what_that_one_waits_for_as_its_cause() -> None:
    old = C1 | {"prepared": "1999-12-31"}
    lines = [old, D1, IN_C1[0], S1, link("L-M", "D-1", "MENTIONS", "S-1")]
    verdict = few(lines, "S-1")
    assert told(verdict) == {("S-1", "support", "R7", "C-1", "supporter_withheld", "date", "L-1 L-M")}


def test_records_that_only_support_each_other_are_told_to_have_no_support() -> None:
    loop = [link("L-A", "D-1", "HAS_ATTACHMENT", "D-2"), link("L-B", "D-2", "HAS_ATTACHMENT", "D-1")]
    verdict = few([D1, D2, *loop], "D-1")
    assert grounds(verdict) == {("support", "D-1", Ground.NO_SUPPORTER)}
    assert (only(verdict).fact.found, only(verdict).fact.wanted) == (("D-2",), ("CONTAINS", "HAS_ATTACHMENT"))


def test_a_closed_link_in_a_mere_loop_is_no_cause() -> None:
    loop = [
        link("L-A", "D-1", "HAS_ATTACHMENT", "D-2"),
        link("L-B", "D-2", "HAS_ATTACHMENT", "D-1", access_codes=["BSA"]),
    ]
    assert grounds(few([D1, D2, *loop], "D-1")) == {("support", "D-1", Ground.NO_SUPPORTER)}


def test_a_link_from_a_record_to_itself_would_bring_it_no_support() -> None:
    loop = link("L-A", "D-1", "HAS_ATTACHMENT", "D-1", access_codes=["BSA"])
    lines = [C1 | {"prepared": "1999-12-31"}, D1, IN_C1[0], loop]
    assert grounds(few(lines, "D-1")) == {("support", "C-1", Ground.SUPPORTER_WITHHELD)}


# --- links and properties ---


def test_a_type_that_the_agreement_lacks_and_a_source_that_is_withheld_are_each_a_cause() -> None:
    knows = link("L-K", "S-1", "KNOWS", "S-2", sources=["D-2", "D-9"])
    tied = [link(f"L-S{n}", f"S-{n}", "SUBJECT_OF", "C-1") for n in (1, 2)]
    lines = [C1, WIRE, S1, subject("S-2"), *tied, knows]
    verdict = few(lines, "L-K", {"link_types": ["CONTAINS", "SUBJECT_OF"]})
    assert grounds(verdict) == {
        ("not_in_agreement", "L-K", Ground.NOT_IN_AGREEMENT),
        ("sources", "D-2", Ground.SOURCE_WITHHELD),
        ("sources", "D-9", Ground.NO_DOCUMENT),
    }


def test_a_deleted_link_is_told_to_be_deleted_and_carries_nothing() -> None:
    lines = [C1, D1, WIRE, *IN_C1[:2], CITES, delete("L-C")]
    assert grounds(few(lines, "L-C")) == {("deleted", "L-C", Ground.DELETED)}
    assert few(lines, "D-1").released


def test_a_property_that_the_agreement_omits_and_one_without_a_text_are_told() -> None:
    ann = subject("S-1", prop("name", "Ann"), prop("alias", 7), prop("alias", "Poe", sources=None))
    lines = [C1, ann, link("L-S", "S-1", "SUBJECT_OF", "C-1")]
    omitting = {"omit": ["property.name"]}
    assert grounds(few(lines, "S-1#name=Ann", omitting)) == {("omitted", "S-1#name=Ann", Ground.OMITTED)}
    assert grounds(few(lines, "S-1#alias=7")) == {("no_text", "S-1#alias=7", Ground.NO_TEXT)}
    assert grounds(few(lines, "S-1#alias=Poe")) == {("unsound", "S-1#alias=Poe", Ground.UNSOUND)}


def test_a_value_that_is_stated_twice_is_released_by_one_and_otherwise_has_the_causes_of_both() -> None:
    twice = [prop("name", "Ann", sources=["D-2"]), prop("name", "Ann", access_codes=["ASY"])]
    tie = link("L-S", "S-1", "SUBJECT_OF", "C-1")
    lines = [C1, WIRE, subject("S-1", *twice), tie]
    assert grounds(few(lines, "S-1#name=Ann")) == {
        ("sources", "D-2", Ground.SOURCE_WITHHELD),
        ("asylum", "S-1#name=Ann", Ground.CODES),
    }
    assert few([C1, WIRE, subject("S-1", *twice, prop("name", "Ann")), tie], "S-1#name=Ann").released


def test_a_property_is_found_whatever_signs_its_subject_and_value_have() -> None:
    odd = subject("S#1", prop("name", "a=b#c"))
    verdict = few([C1, odd, link("L-S", "S#1", "SUBJECT_OF", "C-1")], "S#1#name=a=b#c")
    assert (verdict.kind, verdict.ends, verdict.released) == ("property", ("S#1",), True)


# --- long and many ---


def row_of_documents(codes: dict[int, list[str]]) -> list[Made]:
    """A case, and a row of LONG documents, each attached to the one before; some of them coded otherwise."""
    lines = [C1, link("L-0", "C-1", "CONTAINS", "D-0")]
    for n in range(LONG):
        coded: Made = {"access_codes": codes.get(n, ["REL"])}
        lines.append(document(f"D-{n}", f"NY{n // 10_000:02}-{n % 10_000:04}", **coded))
    return [*lines, *(link(f"L-{n + 1}", f"D-{n}", "HAS_ATTACHMENT", f"D-{n + 1}") for n in range(LONG - 1))]


@pytest.mark.timed
def test_a_chain_of_twenty_thousand_links_is_told_whole_in_seconds() -> None:
    lines = row_of_documents({LONG - 1: ["T3"]})
    asked = inquiry(lines, worked_example.policy(), worked_example.agreement("ndex"), worked_example.TODAY)
    began = time.process_time()
    cause = only(explain(asked, "D-0"))
    assert time.process_time() - began < 5
    assert [step.link for step in cause.chain or ()] == [f"L-{n}" for n in range(LONG - 1, 0, -1)]


@pytest.mark.untraced
def test_of_very_many_causes_the_nearest_of_each_reason_has_its_chain_and_the_furthest_their_length() -> None:
    lines = row_of_documents({n: ["T3"] for n in range(5, LONG)} | {LONG - 1: ["T3", "BSA"]})
    asked = inquiry(lines, worked_example.policy(), worked_example.agreement("ndex"), worked_example.TODAY)
    causes = explain(asked, "D-0").causes
    assert len(causes) == LONG - 4
    untold = {cause.length for cause in causes if cause.chain is None}
    assert untold == set(range(447, LONG))
    whole = [cause for cause in causes if cause.chain is not None and cause.length > 446]
    assert [(c.fact.reason, c.length, len(c.chain or ())) for c in whole] == [
        ("bank_secrecy", LONG - 1, LONG - 1)
    ]


def test_a_mark_that_was_cleared_is_no_fact_and_one_that_was_not_is() -> None:
    sources = [link(f"L-T{n}", "S-1", "SOURCE_OF", "C-1") for n in (1, 2)]
    lines = [C1, S1, *sources, clearance("K-1", sources[0], "confidential_source")]
    fact = only(few(lines, "S-1")).fact
    assert (fact.reason, fact.ground, fact.found) == ("confidential_source", Ground.MARK, ("L-T2",))
