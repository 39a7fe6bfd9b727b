"""What stands against an approval is told alike in two worlds that differ in what an officer may not know of."""

import random
from collections.abc import Sequence

import orjson
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.model import EntryId
from graph.office.blocking import NOT_SHOWN, Blocking, nobodys
from graph.office.cutting import cut_down
from graph.office.survey import Survey
from graph.overlay import Overlay
from graph.reading import line_of
from graph.review.standing_against import standing_against
from graph.withdrawals import withdrawals
from tests import office_worlds
from tests.holdings_strategy import World, worlds
from tests.plain_lines import Made, case


def obstacles(world: World, lines: Sequence[Made], ids: Sequence[EntryId]) -> Sequence[Blocking]:
    """What stands against an approval that is about all of these, as it is told to who is on no list."""
    agency = office_worlds.agency_of(world, lines)
    holdings, rules = agency.holdings, agency.rules
    survey = Survey.of(rules, agency.now.day, holdings.entries(), withdrawals(holdings))
    return standing_against(survey, Overlay(holdings), ids, nobodys, rules.policy.hidden_from("kim"))


@given(drawn=worlds(), seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_stands_against_an_approval_tells_nothing_of_what_is_hidden(drawn: World, seed: int) -> None:
    world = office_worlds.with_readers(drawn)
    other = office_worlds.with_other_things_hidden(world, random.Random(seed))
    other += [case(f"C-HIDDEN-{n}", "NY03-0001", access_codes=["T3"]) for n in range(5)]
    known = office_worlds.known(world, world.lines)
    assume(known == office_worlds.known(world, other))
    ids = sorted(map(EntryId, known.seen))
    told = [obstacles(world, lines, ids) for lines in (world.lines, other)]
    shown = [[one for one in some if one != NOT_SHOWN] for some in told]
    assert shown[0] == shown[1]
    rest = [some[len(each) :] for some, each in zip(told, shown, strict=True)]
    assert [one in ([], [NOT_SHOWN]) for one in rest] == [True, True]


@given(drawn=worlds(), seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_left_after_a_change_is_as_if_it_had_been_cut_afresh(drawn: World, seed: int) -> None:
    world, chance = office_worlds.with_readers(drawn), random.Random(seed)
    first = office_worlds.agency_of(world, world.lines)
    other = office_worlds.agency_of(world, office_worlds.with_other_things_hidden(world, chance))
    rules, day = first.rules, first.now.day
    hidden, held = rules.policy.hidden_from("kim"), {entry.id: entry for entry in first.holdings.entries()}
    before = Survey.of(rules, day, held.values(), {})
    before.part(hidden, cut_down)
    some = chance.choice(list(held.values()))
    reworded = replace(some, line=orjson.dumps({**line_of(some), "seen_by": "somebody"}))
    for changed in ([reworded], list(other.holdings.entries())):
        afresh = Survey.of(rules, day, (held | {entry.id: entry for entry in changed}).values(), {})
        after = before.with_entries(changed)
        assert after.part(hidden, cut_down).readings == cut_down(afresh, hidden).survey.readings
