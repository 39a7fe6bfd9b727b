"""Explanations of random holdings: what the engine and the specification say, all of it, by shortest chains."""

from collections.abc import Iterable
from typing import Any

import networkx as nx
from hypothesis import HealthCheck, given, settings

from graph.explaining.causes import Cause, Verdict
from graph.explaining.closed import closed_reasons
from graph.explaining.explain import explain
from graph.explaining.inquiry import Inquiry, shown
from graph.model import EntryId
from graph.policy import Way
from tests import specification
from tests.explaining import inquiry
from tests.holdings_strategy import World, worlds
from tests.mending import Mended
from tests.specification.lines import held
from tests.specification.releasing import Released, judged
from tests.specification.setting import Link, Setting
from tests.specification.showing import is_property_released, properties_held
from tests.specification.withholding import carrying_graph, links_that_carry, own_categories, way_carried

random = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def question(world: World) -> tuple[Any, ...]:
    return (world.lines, world.policy, world.agreements[0], world.today, world.tainted)


def setting_of(world: World) -> Setting:
    return Setting(held(world.lines), *question(world)[1:])


def verdicts(asked: Inquiry, ids: Iterable[str]) -> dict[str, Verdict]:
    return {id: explain(asked, id) for id in ids}


@given(worlds())
@random
def test_a_record_is_withheld_for_the_reasons_of_the_specification_and_no_other(world: World) -> None:
    causes = specification.causes(*question(world))
    told = verdicts(inquiry(*question(world)), list(causes))
    assert {id: {cause.fact.reason for cause in verdict.causes} for id, verdict in told.items()} == causes
    assert {id for id, verdict in told.items() if verdict.released} == {id for id in causes if not causes[id]}


@given(worlds())
@random
def test_a_link_is_withheld_for_a_cause_and_released_without(world: World) -> None:
    asked = inquiry(*question(world))
    links = asked.linkage.links
    told = verdicts(asked, links.ids)
    released = {id for id, verdict in told.items() if verdict.released}
    assert released == set(specification.release(*question(world))["links"])
    assert {id for id, verdict in told.items() if not verdict.causes} == released
    own = {
        id: {c.fact.reason for c in told[id].causes if c.withholds == id} for id in links.ids[: links.held]
    }
    assert own == {links.ids[link]: set(closed_reasons(asked, link)) for link in range(links.held)}


@given(worlds())
@random
def test_a_category_comes_from_each_record_that_has_it_and_passes_it_here(world: World) -> None:
    setting, asked = setting_of(world), inquiry(*question(world))
    links = links_that_carry(setting)
    own = own_categories(setting, links)
    for category in set().union(*own.values()):
        graph = carrying_graph(setting, links, own, category)
        bearing = {id for id, found in own.items() if category in found}
        for id in setting.holdings.records:
            of_category = [c for c in explain(asked, id).causes if c.fact.reason == category]
            assert {c.bearer for c in of_category} == bearing & {id, *nx.ancestors(graph, id)}
            for cause in of_category:
                assert records_of(cause) == min(nx.all_shortest_paths(graph, cause.bearer, id))
                assert cause.length == len(cause.chain or ())
                assert carried_wrongly(cause, links, setting) == []


def records_of(cause: Cause) -> list[str]:
    """The records that a chain passes, from its bearer on."""
    assert cause.chain is not None
    return [cause.bearer, *(str(step.taker) for step in cause.chain)]


def carried_wrongly(cause: Cause, links: list[Link], setting: Setting) -> list[str]:
    """The links of a chain that are not there, or do not carry the category that way."""
    known = {(link.id, link.type, link.start, link.end): link for link in links}
    wrong: list[str] = []
    for step in cause.chain or ():
        link = known.get((step.link, step.type, step.head, step.tail))
        if link is None or way_carried(link, cause.fact.reason, setting) not in (step.way, Way.BOTH):
            wrong.append(step.link)
    return wrong


@given(worlds())
@random
def test_the_order_in_which_lines_are_read_changes_no_verdict(world: World) -> None:
    one, other = inquiry(*question(world)), inquiry(*question(world), backwards=True)
    ids = [id for id in (*one.linkage.node_of, *one.linkage.links.ids) if id[0] not in "KN"]
    assert verdicts(one, ids) == verdicts(other, ids)


def identity(cause: Cause) -> tuple[Any, ...]:
    return (cause.withholds, cause.bearer, cause.fact)


@given(worlds())
@random
def test_with_every_fact_mended_a_record_is_released_or_has_other_causes(world: World) -> None:
    for id in held(world.lines).records:
        mended, known = Mended.of(world), set[Any]()
        for _ in range(30):
            causes = mended.verdict(id).causes
            if not causes:
                break
            assert known.isdisjoint(map(identity, causes))
            known |= set(map(identity, causes))
            for cause in causes:
                mended.mend(cause)
        assert mended.verdict(id).released


# --- what a release stands on ---


def without(world: World, *gone: str) -> tuple[Any, ...]:
    """The same question without some lines."""
    lines = [line for line in world.lines if line["id"] not in gone]
    return (lines, *question(world)[1:])


@given(worlds())
@random
def test_a_release_stands_on_decisions_without_which_a_category_would_come(world: World) -> None:
    asked, holdings = inquiry(*question(world)), held(world.lines)
    every = [*holdings.consents, *holdings.clearances]
    bare = inquiry(*without(world, *every))
    for id in holdings.records:
        verdict = explain(asked, id)
        own = [needed for needed in verdict.standing.decisions if needed.serves == id]
        if verdict.released:
            would_come = {c.fact.reason for c in explain(bare, id).causes if c.fact.rule != "R7"}
            assert {needed.category for needed in own} == would_come


@given(worlds())
@random
def test_a_decision_that_is_needed_alone_withholds_by_its_end_and_no_other_does(world: World) -> None:
    asked, holdings = inquiry(*question(world)), held(world.lines)
    told = {id: explain(asked, id) for id in holdings.records}
    for gone in (*holdings.consents, *holdings.clearances):
        after = inquiry(*without(world, gone))
        serving = {id for id, verdict in told.items() if (gone, id) in needed_alone(verdict)}
        assert serving == {
            id
            for id, verdict in told.items()
            if verdict.released and after.judgement.categories[after.linkage.node_of[EntryId(id)]]
        }


def needed_alone(verdict: Verdict) -> set[tuple[str, str]]:
    """The decisions that serve what was asked for, and are needed alone."""
    decisions = verdict.standing.decisions
    return {(n.id, n.serves) for n in decisions if n.alone and n.serves == verdict.asked}


@given(worlds())
@random
def test_a_record_that_needs_support_is_released_with_a_chain_of_it(world: World) -> None:
    asked = inquiry(*question(world))
    for id, record in held(world.lines).records.items():
        verdict = explain(asked, id)
        support = verdict.standing.support
        if not verdict.released or not world.policy["needs_support"][record.kind]:
            assert support == ()
            continue
        passed = [str(support[0].giver), *(str(step.taker) for step in support)]
        assert passed == chain_of_support(world, id)


def chain_of_support(world: World, id: str) -> list[str]:
    """The records from the nearest one that needs no support to this one, along released links."""
    setting = setting_of(world)
    released = specification.release(*question(world))
    graph: nx.DiGraph[str] = nx.DiGraph()
    for link in released["links"]:
        line = setting.holdings.links[link]
        way = world.policy["links"][line["type"]]["supports"]
        if way != "none":
            graph.add_edge(*((line["from"], line["to"]) if way == "forward" else (line["to"], line["from"])))
    needs = world.policy["needs_support"]
    roots = [r for r in released["records"] if not needs[setting.holdings.records[r].kind] and r in graph]
    paths = [
        list(p)
        for root in roots
        if nx.has_path(graph, root, id)
        for p in nx.all_shortest_paths(graph, root, id)
    ]
    return min(paths, key=lambda path: (len(path), path))


@given(worlds())
@random
def test_a_property_is_released_as_the_specification_has_it(world: World) -> None:
    asked, released = inquiry(*question(world)), judged(setting_of(world))
    told, expected = dict[str, Verdict](), set[str]()
    for id, record in released.setting.holdings.records.items():
        for stated in properties_held(record):
            if isinstance(stated, dict):
                asked_for = f"{id}#{shown(stated.get('name'))}={shown(stated.get('value'))}"
                told[asked_for] = explain(asked, asked_for)
                expected |= {asked_for} if is_shown(id, stated, released) else set()
    assert {asked_for for asked_for, verdict in told.items() if verdict.released} == expected
    assert {asked_for for asked_for, verdict in told.items() if not verdict.causes} == expected


def is_shown(id: str, stated: dict[str, Any], released: Released) -> bool:
    """Whether a partner sees this property of a record."""
    omitted = f"property.{stated.get('name')}" in released.setting.agreement.get("omit", ())
    return id in released.records and is_property_released(stated, released) and not omitted
