"""A simulation says what loading and publishing would do, and does none of it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.difference import Difference, FieldChange, Told
from graph.draft import Rules
from graph.model import EntryId
from graph.overlay import Overlay
from graph.simulate import Simulation
from server.commands.difference_text import element_lines
from tests import worked_example
from tests.building import NDEX, Agency, Given, LinesGiven, RejectsKept, agreement, loading, policy, rules
from tests.holdings_strategy import World, worlds
from tests.plain_lines import case, delete, document, link, prop, subject

EXAMPLE = worked_example.lines()
BY_ID = {line["id"]: line for line in EXAMPLE if line["kind"] != "delete"}

KNOWN: dict[str, Any] = {
    "a code less": BY_ID["D-6"] | {"access_codes": ["REL"]},
    "a code more": BY_ID["D-1"] | {"access_codes": ["CS"]},
    "another title": BY_ID["C-1"] | {"title": "Corrected"},
    "a record less": delete("D-10"),
    "a clearance less": delete("K-1"),
    "a consent less": delete("N-1"),
    "a link less": delete("L-D1-D4"),
    "a rejected line": '{"kind": "document", "id": "D-1"',
}


def agency(*lines: Given) -> Agency:
    made = Agency(rules(agreement()))
    made.load(*lines)
    made.publish()
    return made


def simulated(made: Agency, *lines: Given, then: Rules | None = None) -> Difference:
    """What is told of loading the lines under the rules."""
    overlay = Overlay(made.holdings)
    loading(overlay, made.rules, LinesGiven(lines), "simulated.jsonl", RejectsKept()).run()
    simulation = Simulation(overlay, made.releases, made.keys, made.rules, then or made.rules, made.now)
    return simulation.differences([NDEX])[NDEX]


def done(made: Agency, *lines: Given, then: Rules | None = None) -> dict[str, set[str]]:
    """What loading and publishing them does."""
    before = made.shown()
    made.rules = then or made.rules
    made.load(*lines, path="simulated.jsonl")
    rejected = bool(made.rejected)
    made.publisher.write(made.publisher.plan(made.rules, made.now, [] if rejected else [NDEX]))
    after = made.shown()
    return {
        "added": after.keys() - before.keys(),
        "changed": {id for id in before.keys() & after.keys() if before[id] != after[id]},
        "withdrawn": before.keys() - after.keys(),
    }


def ids(difference: Difference) -> dict[str, set[str]]:
    return {
        "added": {str(told.id) for told in difference.added},
        "changed": {str(told.id) for told in difference.changed},
        "withdrawn": {str(told.id) for told in difference.withdrawn},
    }


@pytest.mark.parametrize("line", KNOWN.values(), ids=KNOWN)
def test_it_says_what_loading_and_publishing_then_does(line: Given) -> None:
    made = agency(*EXAMPLE)
    assert ids(simulated(made, line)) == done(made, line)


def test_another_policy_is_simulated_too() -> None:
    wider = policy(codes={**worked_example.policy()["codes"], "T3": "release"})
    then = rules(agreement(under=wider), under=wider)
    made = agency(*EXAMPLE)
    assert ids(simulated(made, then=then)) == done(made, then=then)


def test_it_tells_why() -> None:
    made = agency(*EXAMPLE)
    told = simulated(made, KNOWN["a code more"], KNOWN["a code less"], KNOWN["another title"])
    assert {one.id: one.reasons for one in told.added if one.id.startswith("D")} == {"D-6": ("uncoded",)}
    assert {one.id: one.fields for one in told.changed if one.id.startswith("C")} == {
        "C-1": (FieldChange("title", "Freight diversion", "Corrected"),)
    }
    assert {one.id: one.reasons for one in told.withdrawn if one.id[:3] in ("D-1", "D-4")} == {
        "D-1": ("confidential_source",),
        "D-4": ("confidential_source",),
    }


def test_it_writes_nothing() -> None:
    made = agency(*EXAMPLE)
    before = (sorted(made.holdings.entries(), key=lambda entry: entry.id), made.header(), made.shown())
    simulated(made, *KNOWN.values())
    after = (sorted(made.holdings.entries(), key=lambda entry: entry.id), made.header(), made.shown())
    assert after == before


@given(worlds(), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_on_random_holdings_too_and_each_with_its_reason(world: World, drawing: st.DataObject) -> None:
    split = drawing.draw(st.integers(0, len(world.lines)))
    made = agency(*world.lines[:split])
    told = simulated(made, *world.lines[split:])
    assert ids(told) == done(made, *world.lines[split:])
    assert [one.id for one in (*told.added, *told.withdrawn) if not one.reasons] == []
    assert [one.id for one in told.changed if not one.fields] == []


@given(worlds(), st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_loaded_and_not_published_is_told_as_what_publishing_does(
    world: World, drawing: st.DataObject
) -> None:
    split = drawing.draw(st.integers(0, len(world.lines)))
    made = agency(*world.lines[:split])
    made.load(*world.lines[split:])
    made.restrict()
    told = simulated(made)
    assert ids(told) == done(made)
    assert [one.id for one in told.added if one.reasons] == []


def test_it_tells_what_a_partner_would_see_instead() -> None:
    alias = {"name": "alias", "value": "Johnny", "sources": ["D-1"]}
    known = case("C-1", "NY03-0001"), document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1")
    named = subject("S-1", prop("name", "Ann Poe"), alias)
    tie = link("L-2", "S-1", "SUBJECT_OF", "C-1", role="driver")
    made = agency(*known, named, tie)
    told = simulated(
        made,
        subject("S-1", prop("name", "Ann Poe"), alias | {"sources": []}),
        tie | {"role": "owner", "sources": ["D-1"]},
    )
    assert {one.id: one.fields for one in told.changed} == {
        "L-2": (FieldChange("role", "driver", "owner"), FieldChange("sources", None, ["D-1"])),
        "S-1": (FieldChange("properties", [alias], [{"name": "alias", "value": "Johnny"}]),),
    }
    assert list(element_lines(told)) == [
        "  ~ L-2  (role: “driver” → “owner”; sources: nothing → “D-1”)",
        "  ~ S-1  (properties: alias “Johnny” of D-1 → alias “Johnny”)",
    ]


def test_a_long_text_and_many_values_are_cut_short() -> None:
    values = [{"name": "alias", "value": "x" * 61}] + [{"name": "alias", "value": f"{n}"} for n in range(5)]
    told = Told(EntryId("S-1"), fields=(FieldChange("properties", [], values),))
    [line] = element_lines(Difference((), (told,), ()))
    assert line == (
        f"  ~ S-1  (properties: nothing → alias “{'x' * 60}…”, alias “0”, alias “1”, alias “2”, alias “3”, …)"
    )


def test_of_long_texts_that_part_is_told_in_which_they_begin_to_differ() -> None:
    before, after = (
        f"{'x' * 100} see {number}{' and more' * 20}" for number in ("[number withheld]", "NY03-0002")
    )
    told = Told(EntryId("D-1"), fields=(FieldChange("narrative", before, after),))
    [line] = element_lines(Difference((), (told,), ()))
    same = f"…{'x' * 15} see "
    assert line == (
        f"  ~ D-1  (narrative: “{same}[number withheld]{(' and more' * 20)[:23]}…” →"
        f" “{same}NY03-0002{(' and more' * 20)[:31]}…”)"
    )
