"""What is found by looking at one record, at all, and at what a change reached agrees with a look at everything."""

from typing import Any

import pytest

from graph.model import EntryId
from graph.review.reviewing import Reviewing
from tests.plain_lines import case, delete, document, link, prop, subject
from tests.reviewing_world import C1, D1, L1, Reviewers


def test_one_record_is_looked_at_as_among_all() -> None:
    world = Reviewers.over(
        C1 | {"title": "grand jury"}, D1, L1, case("C-2", "NY03-0001", access_codes=["T3"])
    )
    alone = {id: world.review(id) for id in ("C-1", "C-2", "D-1")}
    found = {id: world.reviewing.findings(EntryId(id)) for id in alone}
    reviewing = world.reviewing
    assert reviewing.reviews == alone
    assert reviewing.every == [one for id in sorted(found) for one in found[id]]
    assert {id: reviewing.findings(EntryId(id)) for id in alone} == found


CHANGES: list[list[dict[str, Any]]] = [
    [C1 | {"title": "SAR"}],
    [D1 | {"access_codes": ["T3"]}],
    [document("D-2", "NY03-0002")],
    [delete("D-1")],
    [link("L-2", "C-2", "CITES", "D-NEVER"), link("L-3", "C-2", "TOLD", "C-1")],
    [link("L-1", "C-1", "CONTAINS", "D-NEVER")],
    [subject("S-1", prop("name", "Ann Poe", sources=["D-1"]), prop("description", "in NY03-0002"))],
    [D1 | {"access_codes": ["T3"]}, subject("S-2", prop("name", "Ann Poe"))],
    [subject("S-3", prop("name", "Kim Source"), access_codes=["CS"])],
    [subject("S-3", prop("name", "Kim Source"), access_codes=["T3"])],
    [C1 | {"access_codes": ["T3"]}],
    [document("D-6", "NY03-0006", access_codes=["T3"])],
    [document("D-7", "NY03-0005", title="Of the same number")],
]
NAMING = (
    document("D-5", "NY03-0005", title="Kim Source was there"),
    link("L-5", "C-1", "CONTAINS", "D-5"),
    document("D-6", "NY03-0006"),
    subject("S-6", prop("description", "seen with Kim Source", sources=["D-6"])),
)


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_same_is_found_as_by_looking_at_everything_anew(
    change: list[dict[str, Any]],
) -> None:
    world = Reviewers.over(
        C1 | {"synopsis": "Ann Poe, in NY03-0001-001 and NY03-0002"},
        D1,
        L1,
        case("C-2", "NY03-0002", synopsis="as NY03-0001 says"),
        subject("S-1", prop("name", "Ann Poe", sources=["D-1"]), prop("description", "in NY03-0001")),
        *NAMING,
    )
    assert [one.id for one in world.reviewing.every] == []
    for lines in (change, [C1], *CHANGES):
        world.agency.load(*lines)
        anew = Reviewing(world.reviewing.survey, {})
        assert (world.reviewing.every, world.reviewing.reviews) == (anew.every, anew.reviews)


def test_findings_are_kept_when_only_marks_were_made_and_found_anew_when_a_line_came() -> None:
    world = Reviewers.over(C1, case("C-2", "NY03-0002", synopsis="as in NY03-0001"))
    assert [one.id for one in world.reviewing.every] == []
    kept = world.reviewing.every
    world.attest("C-1")
    assert world.reviewing.every is kept
    world.agency.load(C1 | {"access_codes": ["T3"]})
    assert [one.id for one in world.reviewing.every] == ["withheld_number_in_synopsis:C-2:C-1"]
