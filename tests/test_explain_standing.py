"""What a release stands on: its support, its sources, and the clearances and consents that it needs (R4, R7–R9)."""

from graph.explaining.causes import Needed, Verdict
from graph.model import EntryId
from tests.explaining import C1, CITES, D1, D3, IN_C1, S1, WIRE, few, why
from tests.plain_lines import clearance, consent, link, prop, subject


def needing(verdict: Verdict) -> set[tuple[str, str, bool]]:
    """The decisions that it needs: id, what they serve, whether they are needed alone."""
    assert verdict.released
    return {(needed.id, needed.serves, needed.alone) for needed in verdict.standing.decisions}


def test_a_release_tells_the_clearance_that_it_needs_with_its_end() -> None:
    standing = why("D-13").standing
    assert [(step.giver, step.link) for step in standing.supporters] == [("C-1", "L-C1-D-13")]
    assert standing.support == standing.supporters
    (needed,) = standing.decisions
    assert needed == Needed(
        id=EntryId("K-1"),
        kind="clearance",
        serves=EntryId("D-13"),
        alone=True,
        category="title_iii",
        record=None,
        link=EntryId("L-D13-D2"),
        granted_by=None,
        reason="Sanitised; no intercept content",
        requested_by="agent.lee",
        approved_by="sup.ortiz",
        effective="2004-01-01",
        expires="2030-01-01",
    )


def test_a_release_tells_the_consent_that_it_needs_though_it_is_for_another_record() -> None:
    assert {id: needing(why(id)) for id in ("D-TAR", "D-17", "L-D17-TAR", "D-1")} == {
        "D-TAR": {("N-1", "D-TAR", True)},
        "D-17": {("N-1", "D-17", True)},
        "L-D17-TAR": {("N-1", "D-TAR", True)},
        "D-1": set(),
    }
    (needed,) = why("D-TAR").standing.decisions
    assert (needed.granted_by, needed.record, needed.expires) == ("DEA", "D-TAR", "2030-01-01")


def test_of_two_clearances_that_each_suffice_neither_is_needed_alone() -> None:
    once = [C1, D1, WIRE, *IN_C1[:2], CITES, clearance("K-1", CITES, "title_iii")]
    assert needing(few(once, "D-1")) == {("K-1", "D-1", True)}
    twice = [*once, clearance("K-2", CITES, "title_iii")]
    assert needing(few(twice, "D-1")) == {("K-1", "D-1", False), ("K-2", "D-1", False)}
    further = link("L-D", "D-3", "CITES", "D-1")
    row = [*once, D3, IN_C1[2], further, clearance("K-3", further, "title_iii")]
    assert needing(few(row, "D-3")) == {("K-1", "D-3", False), ("K-3", "D-3", False)}


def test_a_clearance_of_a_mark_and_a_consent_for_a_link_are_told() -> None:
    source = link("L-T", "S-1", "TIPS", "C-1")
    tips = {"from": ["subject"], "to": ["case"], "carries": "none", "supports": "backward"}
    tips |= {"category": "third_agency", "marks": "from"}
    lines = [C1, S1, source, consent("N-1", "third_agency", link="L-T")]
    lines += [clearance("K-1", source, "third_agency")]
    assert needing(few(lines, "S-1", links={"TIPS": tips})) == {("K-1", "S-1", True), ("N-1", "L-T", True)}
    assert needing(few(lines, "L-T", links={"TIPS": tips})) == {("K-1", "S-1", True), ("N-1", "L-T", True)}


def test_a_subject_stands_on_the_consent_that_its_support_stands_on() -> None:
    shared = D1 | {"access_codes": ["TAR"]}
    lines = [C1, shared, IN_C1[0], S1, link("L-M", "D-1", "MENTIONS", "S-1")]
    verdict = few([*lines, consent("N-1", "third_agency", record="D-1")], "S-1")
    assert [step.link for step in verdict.standing.support] == ["L-1", "L-M"]
    assert needing(verdict) == {("N-1", "D-1", True)}


def test_a_value_stands_on_its_released_sources() -> None:
    ann = subject("S-1", prop("name", "Ann", sources=["D-1", "D-2"]))
    lines = [
        C1,
        D1 | {"access_codes": ["TAR"]},
        WIRE,
        *IN_C1[:2],
        ann,
        link("L-S", "S-1", "SUBJECT_OF", "C-1"),
    ]
    verdict = few([*lines, consent("N-1", "third_agency", record="D-1")], "S-1#name=Ann")
    assert (verdict.standing.sources, needing(verdict)) == (("D-1",), {("N-1", "D-1", True)})


def test_of_a_clearance_of_a_mark_and_a_consent_for_its_end_neither_is_needed_alone() -> None:
    tips = {"from": ["subject"], "to": ["case"], "carries": "none", "supports": "none"}
    tips |= {"category": "third_agency", "marks": "from"}
    source = link("L-T", "S-1", "TIPS", "C-1")
    decided = [clearance("K-1", source, "third_agency"), consent("N-1", "third_agency", record="S-1")]
    lines = [C1, S1, source, link("L-S", "S-1", "SUBJECT_OF", "C-1"), *decided]
    assert needing(few(lines, "S-1", links={"TIPS": tips})) == {("K-1", "S-1", False), ("N-1", "S-1", False)}


def test_a_clearance_of_a_link_along_which_nothing_would_come_is_not_needed() -> None:
    harmless = link("L-H", "D-1", "CITES", "D-3")
    lines = [C1, D1, WIRE, D3, *IN_C1, CITES, clearance("K-1", CITES, "title_iii")]
    lines += [harmless, clearance("K-2", harmless, "title_iii")]
    assert needing(few(lines, "D-1")) == {("K-1", "D-1", True)}
