"""Whatever is loaded and done at the desk, in whatever order: nothing is more open than the system of record's line,

with all that was ever closed at the desk, but by an opening that two different persons gave for this very content
(docs/desk.md). The world keeps a log of its own and goes by that, not by what the desk has kept.
"""

from typing import Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.at_the_desk import AtTheDesk
from tests.building import Agency
from tests.desk_strategy import (
    IDS,
    STEPS,
    WHATS,
    WITHHOLDING,
    Step,
    about,
    approve_step,
    ask_step,
    load_step,
    machine_step,
    other_step,
    recode_step,
    recoded_and_approved,
)
from tests.desk_world import PLAIN, RULES, WHO, World, check

ANOTHER: Final = load_step([PLAIN["C-1"] | {"title": "Another"}])


@example([*recoded_and_approved("C-1", "T3"), *recoded_and_approved("C-1", "REL"), ANOTHER])
@example([recode_step(WHO[0], "C-1", ("T3",)), *recoded_and_approved("C-1", "REL"), ANOTHER])
@example([other_step(WHO[3], "C-1", "returns"), *recoded_and_approved("C-1", "REL"), ANOTHER])
@example([*[other_step(WHO[2], "C-1", what) for what in WHATS[:2] + WHATS[:1]], approve_step(WHO[3], 0)])
@example(
    [machine_step("C-1"), other_step(WHO[0], "C-1", "lifts"), machine_step("C-1"), approve_step(WHO[3], 0)]
)
@example([ask_step(WHO[0], "L-1"), approve_step(WHO[3], 0), recode_step(WHO[0], "C-1", ("T3",))])
@given(IDS.flatmap(about))
@settings(max_examples=100, deadline=None)
def test_what_is_done_to_one_id_again_and_again_opens_nothing_else(steps: list[Step]) -> None:
    world = World()
    world.load(*PLAIN.values())
    for step in steps:
        step.done(world)
        check(world)


@given(st.lists(STEPS, max_size=14))
@settings(max_examples=100, deadline=None)
def test_nothing_is_more_open_than_its_line_but_by_two_persons_for_this_content(steps: list[Step]) -> None:
    world = World()
    world.load(*PLAIN.values())
    for step in steps:
        step.done(world)
        check(world)


@given(st.lists(WITHHOLDING, max_size=8))
@settings(max_examples=20, deadline=None)
def test_without_a_second_person_no_partner_is_shown_more_than_the_lines_show(steps: list[Step]) -> None:
    world, alone = World(AtTheDesk(Agency(RULES))), Agency(RULES)
    for agency in (world.desk.agency, alone):
        agency.load(*PLAIN.values())
        agency.publish()
    for step in steps:
        step.done(world)
        if step.name.startswith("load"):
            step.done(World(AtTheDesk(alone)))
        for agency in (world.desk.agency, alone):
            agency.publish()
        assert world.desk.agency.seen() <= alone.seen()


@given(st.lists(STEPS, max_size=10))
@settings(max_examples=25, deadline=None)
def test_lines_that_are_loaded_again_change_nothing(steps: list[Step]) -> None:
    world = World()
    world.load(*PLAIN.values())
    for step in steps:
        step.done(world)
    holdings = world.desk.agency.holdings
    raws = [world.desk.raw(id).line for id in PLAIN if not world.desk.raw(id).deleted]
    before = {each.id: each for each in holdings.entries()}, list(holdings.every_paper())
    world.desk.agency.load(*raws)
    assert ({each.id: each for each in holdings.entries()}, list(holdings.every_paper())) == before
