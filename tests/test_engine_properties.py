"""R13 of the engine on random holdings, and that neither the order of agreements nor another one matters.

`tests/test_engine_agrees.py` compares the engine with the specification; here it is held to what the rules promise,
as `tests/test_specification_properties.py` holds the specification.
"""

from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graph.agreement import agreement_of
from graph.draft import Moment, Rules
from graph.model import AgreementId
from graph.policy_file import policy_of
from graph.release import Content, Header
from tests import specification
from tests.building import Agency
from tests.engine import ask, holdings_of
from tests.holdings_strategy import World, worlds
from tests.plain_lines import Made, delete
from tests.test_specification_properties import claims, may_be_coded, standing, taken_last

random = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def released(world: World, *more: Made, taint: str | None = None) -> dict[str, Any]:
    """What the first agreement may see, with more lines taken and one more id named by a rejected line."""
    tainted = world.tainted | ({taint} if taint else set())
    return ask([*world.lines, *more], world.policy, world.agreements[0], world.today, tainted).release()


@given(worlds())
@random
def test_r13_holdings_cut_down_to_a_release_give_it_again(world: World) -> None:
    question = (world.policy, world.agreements[0], world.today, world.tainted)
    cut = specification.cut_down(world.lines, *question)
    assert ask(cut, *question).release() == released(world)


@given(worlds(), st.data())
@random
def test_r13_a_code_a_deletion_a_citation_and_a_rejected_line_never_add(
    world: World, data: st.DataObject
) -> None:
    holdings = standing(world)
    decisions = [*holdings.consents, *holdings.clearances]
    lines = [*(r.line for r in holdings.records.values() if not r.deleted), *holdings.links.values()]
    coded = [line for line in lines if may_be_coded(line)]
    documents = [line for line in lines if line["kind"] == "document"]
    assume(coded and documents)
    before = claims(released(world), world)

    line = data.draw(st.sampled_from(coded))
    code = data.draw(st.sampled_from(["T3", "TAR", "NO SUCH CODE"]))
    more = taken_last({**line, "access_codes": [*line.get("access_codes", []), code]})
    assert claims(released(world, more), world) <= before

    gone = data.draw(st.sampled_from([*holdings.records, *decisions]))
    assert claims(released(world, delete(gone)), world) <= before

    cites = data.draw(st.sampled_from(documents))
    more = taken_last({**cites, "title": f"{cites.get('title')} ; NY03-0001"})
    after = claims(released(world, more), world)
    assert {said for said in after if said[:2] != (cites["id"], "title")} <= before

    taint = data.draw(st.sampled_from([*holdings.records, *holdings.links, *decisions]))
    assert claims(released(world, taint=taint), world) <= before


@given(worlds())
@random
def test_no_release_depends_on_another_agreement_or_on_the_order_of_them(world: World) -> None:
    one, other = world.agreements
    together, reversed_ = published(world, [one, other]), published(world, [other, one])
    alone = published(world, [one]) | published(world, [other])
    assert together == reversed_ == alone


def published(world: World, tables: Sequence[dict[str, Any]]) -> dict[AgreementId, tuple[Header, Content]]:
    """By agreement, all that its partner can be told."""
    under = policy_of(world.policy)
    agreements = [agreement_of(each, under, f"agreements/{each['id']}.toml") for each in tables]
    agency = Agency(
        rules=Rules(under, {each.id: each for each in agreements}),
        holdings=holdings_of(world.lines, under.patterns, world.tainted),
        now=Moment(world.today.toordinal(), "2026-11-24T09:00:00Z", "UTC", clock_is_set=False),
    )
    agency.publish()
    return {each.id: (agency.header(each.id), agency.content(each.id)) for each in agreements}
