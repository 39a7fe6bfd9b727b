"""A survey that goes on from the last one says what a full reading says, whatever was written since (R1–R10)."""

from collections.abc import Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph.agreement import agreement_of
from graph.draft import Rules
from graph.model import EntryId
from graph.office.cutting import cut_down
from graph.office.held_search import HeldIndex
from graph.office.survey import Survey
from graph.policy_file import policy_of
from graph.withdrawals import Withdrawal, lifting, withdrawals, withholding
from server.office.surveying import Surveying
from tests.building import Agency, Given, moment
from tests.holdings_strategy import LINKS, RECORDS, World, worlds
from tests.said_linkage import judged, said
from tests.test_region import lines_of_a_change

HIDDEN = (0b1, 0b10, 0b110, 0b1000_0000)
"""Categories as bits; who may not know of them reads a part."""

WORDS = ("plain", "ny03", "answers", "poe")


def agency_of(world: World) -> Agency:
    policy = policy_of(world.policy)
    agreements = [agreement_of(made, policy, "given") for made in world.agreements]
    rules = Rules(policy, {each.id: each for each in agreements})
    return Agency(rules=rules, now=moment(world.today))


def afresh(agency: Agency) -> Survey:
    holdings = agency.holdings
    return Survey.of(agency.rules, agency.now.day, holdings.entries(), withdrawals(holdings)).judged()


def told(survey: Survey, index: HeldIndex) -> dict[str, object]:
    """All that it says of everything that it has, and what is found in it."""
    ids, policy = sorted(survey.readings), survey.rules.policy
    return {
        "entries": {id: survey.entry(id) for id in ids},
        "gists": {id: survey.readings[id].gist for id in ids},
        "withdrawals": survey.withdrawals,
        "linkage": said(survey.linkage, policy),
        "judged": {id: judged(survey.judgement(id)) for id in survey.rules.agreements},
        "ties": {id: survey.neighbours.of(id) for id in ids},
        "own": {id: survey.own_categories(id) for id in ids},
        "decisions": sorted(entry.id for entry in survey.decisions),
        "places": {id: called(survey, id) for id in (*ids, *implied(survey))},
        "found": {word: list(index.search([word], None)) for word in WORDS},
    }


def implied(survey: Survey) -> list[EntryId]:
    links = survey.linkage.links
    return links.ids[links.held :]


def called(survey: Survey, id: EntryId) -> list[tuple[str, str]]:
    """The links that an inquiry and the survey find by an id, with their heads."""
    links, nodes = survey.linkage.links, survey.linkage.nodes
    places = sorted(survey.inquiry(next(iter(survey.rules.agreements))).links([id]))
    held = survey.place_of_link(id)
    assert held is None or held in places
    return sorted((links.ids[place], nodes.ids[links.head[place]]) for place in places)


def write(agency: Agency, lines: Sequence[Given], withdrawn: str | None) -> None:
    """Load some lines, and withdraw something or lift it again."""
    agency.load(*lines)
    if withdrawn is None:
        return
    id = EntryId(withdrawn)
    if id in withdrawals(agency.holdings):
        agency.holdings.take(lifting(agency.holdings, id))
    else:
        word = Withdrawal("kim", "2026-11-24T09:00:00Z", "why")
        agency.holdings.take(withholding(agency.holdings, id, word))


WRITES = st.lists(
    st.tuples(lines_of_a_change(), st.sampled_from([None, None, None, *RECORDS, *LINKS[:3]])),
    min_size=1,
    max_size=4,
)


def follow(world: World, writes: list[tuple[list[Given], str | None]], hidden: int, each_time: bool) -> None:
    """Write, and compare what goes on with what begins anew; the part that hides some at each time, or at the end."""
    agency = agency_of(world)
    agency.load(*world.lines)
    surveying = Surveying(agency.holdings, lambda: agency.rules, lambda: agency.now.day)
    survey = anew = surveying.renew()
    survey.part(hidden, cut_down)
    surveying.index(survey)
    for lines, withdrawn in writes:
        write(agency, lines, withdrawn)
        survey, anew = surveying.renew(), afresh(agency)
        agree(surveying, survey, anew)
        if each_time:
            agree(surveying, survey.part(hidden, cut_down), anew.part(hidden, cut_down))
    agree(surveying, survey.part(hidden, cut_down), anew.part(hidden, cut_down))


def agree(surveying: Surveying, survey: Survey, anew: Survey) -> None:
    """Each thing by itself, so that what differs is what is told."""
    there, here = told(survey, surveying.index(survey)), told(anew, HeldIndex(anew))
    assert {name: said for name, said in there.items() if said != here[name]} == {
        name: said for name, said in here.items() if said != there[name]
    }


@given(worlds(), WRITES, st.sampled_from(HIDDEN), st.booleans())
@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_after_each_write_all_is_as_if_everything_were_read_anew(
    world: World, writes: list[tuple[list[Given], str | None]], hidden: int, each_time: bool
) -> None:
    follow(world, writes, hidden, each_time)


@pytest.mark.long
@given(worlds(), WRITES, st.sampled_from(HIDDEN), st.booleans())
@settings(max_examples=1_000, deadline=None)
def test_after_many_writes_all_is_as_if_everything_were_read_anew(
    world: World, writes: list[tuple[list[Given], str | None]], hidden: int, each_time: bool
) -> None:
    follow(world, writes, hidden, each_time)
