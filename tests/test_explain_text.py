"""An explanation in words and as a graph: what is told of much, and that everything has its words."""

import re
from dataclasses import replace

import pytest

from graph.explaining.causes import Fact, Ground, Verdict
from graph.explaining.dot import dot_lines
from graph.explaining.text import verdict_lines
from graph.explaining.words import HEADINGS, fact_words
from tests.explaining import C1, CITES, D1, IN_C1, SUPPORTED, WIRE, few, only, why
from tests.plain_lines import Made, clearance, document, link, prop, subject
from tests.test_explain import OF_NDEX, RELEASED


def text(verdict: Verdict) -> list[str]:
    return list(verdict_lines(verdict))


def attached(count: int) -> list[Made]:
    """A row of so many documents, each attached to the one before; the last one is coded T3."""
    row = [document(f"R-{n}", f"NY04-{n:04}") for n in range(count)]
    row[-1]["access_codes"] = ["T3"]
    ties = [link(f"T-{n}", f"R-{n}", "HAS_ATTACHMENT", f"R-{n + 1}") for n in range(count - 1)]
    return [C1, link("T-C", "C-1", "CONTAINS", "R-0"), *row, *ties]


def test_a_long_chain_is_told_by_its_ends() -> None:
    lines = text(few(attached(12), "R-0"))
    arrows = [line.split(",")[0].strip() for line in lines if "→" in line or "…" in line]
    assert arrows == [
        "→ R-10",
        "→ R-9",
        "→ R-8",
        "… 5 links more; --json tells all …",
        "→ R-2",
        "→ R-1",
        "→ R-0",
    ]


def test_many_causes_are_told_by_the_nearest_and_their_number() -> None:
    cited = [document(f"E-{n}", f"NY04-{n:04}", access_codes=["T3"]) for n in range(9)]
    ties = [link(f"T-{n}", "D-1", "CITES", f"E-{n}") for n in range(9)]
    lines = text(few([C1, D1, IN_C1[0], *cited, *ties], "D-1"))
    assert [line for line in lines if "is coded T3" in line or "more" in line] == [
        *(f"  E-{n}, document NY04-{n:04} “Plain”, is coded T3 (R1)" for n in range(5)),
        "  and 4 more causes of this; --json tells all.",
    ]


def test_a_cause_that_is_too_far_among_too_many_is_told_by_its_distance() -> None:
    chainless = replace(only(few(attached(12), "R-0")), chain=None)
    lines = text(replace(few(attached(12), "R-0"), causes=(chainless,)))
    assert lines[-1] == "    … 11 links away, too far among so many to be told; ask about it …"


def test_many_supporters_are_told_by_the_first_and_their_number() -> None:
    mentions = [link(f"M-{n}", f"D-{n}", "MENTIONS", "S-1") for n in (1, 2, 3)]
    ties = [link(f"S-{n}-C", "S-1", "SUBJECT_OF", "C-1") for n in (1, 2, 3)]
    lines = text(few([*SUPPORTED, subject("S-1"), *mentions, *ties], "S-1"))
    assert lines[4:] == [
        "It is supported (R7) by",
        *(f"  C-1, case NY03-0001 “Plain”, along S-{n}-C, SUBJECT_OF" for n in (1, 2, 3)),
        *(f"  D-{n}, document NY03-0001-00{n} “Plain”, along M-{n}, MENTIONS" for n in (1, 2)),
        "  and 1 more; --json tells all.",
    ]


def test_where_support_begins_is_told_if_it_comes_from_further_away() -> None:
    lines = text(few([C1, D1, IN_C1[0], subject("S-1"), link("M", "D-1", "MENTIONS", "S-1")], "S-1"))
    assert lines[4:] == [
        "It is supported (R7) by",
        "  D-1, document NY03-0001-001 “Plain”, along M, MENTIONS",
        "Support begins at C-1, case NY03-0001 “Plain”:",
        "    → D-1, document NY03-0001-001 “Plain”",
        "      along L-1, CONTAINS from C-1 to D-1, which supports forward (R7)",
        "    → S-1",
        "      along M, MENTIONS from D-1 to S-1, which supports forward (R7)",
    ]


def test_a_decision_that_is_not_the_only_one_is_told_so() -> None:
    twice = [clearance(f"K-{n}", CITES, "title_iii") for n in (1, 2)]
    lines = text(few([C1, D1, WIRE, *IN_C1[:2], CITES, *twice], "D-1"))
    assert [line for line in lines if "only one" in line] == [
        "  It is not the only one that keeps title_iii from D-1."
    ] * 2


def test_a_title_cannot_move_a_cursor_or_end_a_string() -> None:
    lines = text(few([C1 | {"title": "Say \x1b[2J\u202e"}], "C-1"))
    assert lines[0] == "C-1, case NY03-0001 “Say \ufffd[2J\ufffd”"
    odd = few([C1, subject('S"1\\', prop("name", "a")), link("L", 'S"1\\', "SUBJECT_OF", "C-1")], 'S"1\\')
    assert list(dot_lines(odd))[5] == r'  "C-1" -> "S\"1\\" [style=solid, label="L\nSUBJECT_OF\nsupport"];'


def test_every_reason_has_its_words() -> None:
    facts = [cause.fact for asked in OF_NDEX for cause in why(asked).causes]
    facts += [cause.fact for cause in why("C-3", "county").causes]
    reasons = {fact.reason for fact in facts if fact.label is None}
    told_elsewhere = {"agreement", "kind", "program", "not_in_agreement", "no_text", "omitted", "deleted"}
    assert set(HEADINGS) == reasons | told_elsewhere


@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_has_its_words(ground: Ground) -> None:
    bare = fact_words(Fact("R1", "reason", ground, "a field"))
    told = fact_words(Fact("R1", "reason", ground, "a field", ("FOUND",), ("WANTED",)))
    assert len(bare.split()) > 1
    assert len(told.split()) > 1


@pytest.mark.parametrize("asked", [*OF_NDEX, *RELEASED])
def test_every_end_of_an_edge_is_drawn(asked: str) -> None:
    lines = list(dot_lines(why(asked)))
    drawn = {found[1] for line in lines if (found := re.match(r'  "([^"]+)" \[shape=', line))}
    ends = {end for line in lines if " -> " in line for end in re.findall(r'"([^"]+)"', line)[:2]}
    assert ends <= drawn
    assert asked in drawn
