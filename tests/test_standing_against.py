"""What stands against an approval: found in what would be held, told as its reader may know it."""

from typing import cast

import pytest

from graph.model import EntryId
from graph.office.blocking import NOT_SHOWN
from graph.office.cutting import cut_down
from graph.office.survey import Survey
from graph.overlay import Overlay
from graph.review.acts import Reviewer
from graph.review.reviewing import Reviewing
from graph.review.standing_against import standing_against
from graph.store import Batch, Holdings, Taint
from tests.counting_holdings import CountingHoldings
from tests.finding_world import held
from tests.plain_lines import case, document, link
from tests.reviewing_world import QUALITY, WHY, Reviewers, agency_with

NUMBER = "NY03-0001"
C1 = case("C-1", NUMBER, prepared="2026-11-01")
D1 = document("D-1", "NY03-0001-001", prepared="2026-11-01")
L1 = link("L-1", "C-1", "CONTAINS", "D-1")
GRAND_JURY = "Its title says “grand jury”, but it has no code for grand_jury."


def anybodys(_who: str) -> bool:
    """Every word counts."""
    return True


def against(survey: Survey, then: Overlay, *ids: str, hidden: int = 0) -> list[str]:
    """The texts of what stands against an approval about these."""
    return [one.text for one in standing_against(survey, then, [*map(EntryId, ids)], anybodys, hidden)]


def test_an_approval_is_stood_against_by_what_blocks_and_is_not_accepted() -> None:
    world = Reviewers.over(
        C1 | {"title": "grand jury", "synopsis": "SAR", "approval": {}}, D1 | {"title": "6(e)"}, L1
    )
    word = world.finding("words_without_code:C-1:bank_secrecy")
    world.act(QUALITY, lambda one: one.accept(word, world.version("C-1"), WHY))
    then = Overlay(world.agency.holdings)
    assert against(world.reviewing.survey, then, "C-1", "L-1", "C-NEVER") == [GRAND_JURY]


def test_findings_are_those_of_the_holdings_as_they_would_be_and_nothing_is_read_for_them() -> None:
    closed, opened = (C1 | {"title": "grand jury", "access_codes": [code]} for code in ("6E", "REL"))
    world = Reviewers.over(closed, D1)
    survey, holdings = world.reviewing.survey, CountingHoldings(world.agency.holdings)
    then = Overlay(cast(Holdings, holdings))
    assert against(survey, then, "C-1") == []
    then.take(Batch(puts=held(opened)))
    assert against(survey, then, "C-1") == [GRAND_JURY]
    assert (holdings.scans, holdings.read) == (0, {"C-1"})


def test_what_is_lifted_is_looked_at_as_it_would_be() -> None:
    """A withdrawn record is uncoded; once it is not, a text that names it gives nothing away."""
    world = Reviewers.over(C1 | {"synopsis": "see NY03-0002"}, case("C-2", "NY03-0002"))
    world.agency.holdings.take(Batch(taints=[Taint(EntryId("C-2"), "implied:withdrawn:C-2")]))
    then, survey = Overlay(world.agency.holdings), world.reviewing.survey
    names = "Its synopsis names “NY03-0002”, the number of “C-2”, which is withheld for uncoded."
    assert against(survey, then, "C-1") == [names]
    then.take(Batch(lifted=["implied:withdrawn:C-2"]))
    assert against(survey, then, "C-1") == []


@pytest.mark.parametrize(("by_a_reader", "left"), [(True, []), (False, [NOT_SHOWN.text])])
def test_a_word_over_a_finding_as_a_reader_reads_it_is_over_it_as_others_do_and_not_otherwise(
    by_a_reader: bool, left: list[str]
) -> None:
    alike = [case(f"C-{n}", NUMBER) for n in (5, 6, 7)]
    agency = agency_with(C1, *alike, case("C-8", NUMBER, access_codes=["T3"]), readers={"title_iii": ["tan"]})
    world, hidden = Reviewers(agency), agency.rules.policy.hidden_from("kim")
    whole = world.reviewing.survey
    told = "Its number “NY03-0001” is also that of “C-5”, “C-6” and “C-7”."
    assert against(whole, Overlay(agency.holdings), "C-1", hidden=hidden) == [told, NOT_SHOWN.text]
    part = Reviewing(whole.part(hidden, cut_down), {}, whole=whole)
    seen = world.reviewing if by_a_reader else part
    [finding] = seen.findings(EntryId("C-1"))
    word = Reviewer(QUALITY, seen, agency.now).accept(finding, world.version("C-1"), WHY)
    agency.holdings.take(word.batch)
    assert against(whole, Overlay(agency.holdings), "C-1", hidden=hidden) == left
