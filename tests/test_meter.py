"""The over-withholding meter counts what the rules withhold, and supposes by the same rules."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from graph.explaining.inquiry import Inquiry
from graph.meter import meter
from graph.propagate import Passages, carried, marked
from graph.shares import Share
from graph.sole_source import MANY, NOBODY, sole_sources
from tests.explaining import inquiry
from tests.holdings_strategy import World, worlds

LOOKED_AT = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def asked(world: World, **changed: Any) -> Inquiry:
    """The world under its first agreement, but for what a test changes: its lines or its policy."""
    given = {"lines": world.lines, "policy": world.policy} | changed
    return inquiry(given["lines"], given["policy"], world.agreements[0], world.today, world.tainted)


def living(seen: Inquiry) -> list[int]:
    """The nodes that are counted: loaded, and not deleted."""
    nodes = range(len(seen.linkage.nodes.ids))
    return [node for node in nodes if seen.is_loaded(node) and "deleted" not in seen.reasons(node)]


# --- sums ---


def totals(shares: Iterable[Share]) -> tuple[int, int]:
    told = list(shares)
    return sum(share.held.total for share in told), sum(share.released.total for share in told)


@given(worlds())
@LOOKED_AT
def test_the_parts_add_up_to_the_whole(world: World) -> None:
    seen = asked(world)
    shares, nodes = meter(seen).shares, living(seen)
    whole = len(nodes), sum(bool(seen.judgement.released[node]) for node in nodes)
    assert totals([shares.whole]) == whole
    assert totals(shares.kinds) == totals(shares.offices) == whole
    assert totals(shares.years) == whole
    assert totals(shares.programs) == (shares.whole.held.case, shares.whole.released.case)
    assert shares.whole.withheld == sum(bool(seen.reasons(node)) for node in nodes)


@given(worlds())
@LOOKED_AT
def test_each_reason_is_counted_with_those_that_have_no_other(world: World) -> None:
    seen = asked(world)
    reasons = [seen.reasons(node) for node in living(seen)]
    shown = meter(seen)
    for parts in (shown.shares.kinds, shown.shares.offices, shown.shares.years):
        summed = Counter[str]()
        for share in parts:
            summed.update(dict(share.reasons))
        assert summed == {told.reason: told.withheld.total for told in shown.reasons}
    assert {told.reason: (told.withheld.total, told.alone.total) for told in shown.reasons} == {
        reason: (sum(reason in each for each in reasons), sum(each == (reason,) for each in reasons))
        for reason in {reason for each in reasons for reason in each}
    }


# --- one source alone ---


def freed_without(seen: Inquiry, node: int) -> set[int]:
    """The nodes that would have no category if this one had none of its own."""
    own = seen.basis.own.copy()
    own[node] = 0
    left = carried(own, seen.basis.passages)
    return set(np.flatnonzero((seen.judgement.categories != 0) & (left == 0)).tolist())


@given(worlds())
@LOOKED_AT
def test_what_comes_from_one_record_alone_is_what_would_be_free_without_it(world: World) -> None:
    seen = asked(world)
    own = seen.basis.own
    sole = sole_sources(own, seen.judgement.categories, seen.basis.passages)
    assert {node: set(np.flatnonzero(sole == node).tolist()) for node in np.flatnonzero(own).tolist()} == {
        node: freed_without(seen, node) for node in np.flatnonzero(own).tolist()
    }
    assert np.array_equal(sole == NOBODY, seen.judgement.categories == 0)


def test_two_sources_meet_in_a_long_chain() -> None:
    count = 2_000
    giver = np.array([*range(count - 1), *range(1, count)])
    taker = np.array([*range(1, count), *range(count - 1)])
    chain = Passages(giver, taker, np.full(len(giver), 3, np.uint64), giver)
    own = np.zeros(count, np.uint64)
    own[0] = 1
    sole = sole_sources(own, carried(own, chain), chain)
    assert np.array_equal(sole, np.zeros(count, np.int64))
    own[-1] = 2
    assert np.array_equal(sole_sources(own, carried(own, chain), chain), np.full(count, MANY))


# --- suppositions ---


def gained(seen: Inquiry, then: Inquiry) -> int:
    """How many records are released then, and were not."""
    return len(then.judgement.released_ids() - seen.judgement.released_ids())


@given(worlds())
@LOOKED_AT
def test_what_a_record_would_release_is_released_once_it_is_recoded(world: World) -> None:
    seen = asked(world)
    lines = {str(line["id"]): line for line in world.lines if line["kind"] != "delete"}
    deleted = {str(line["id"]) for line in world.lines if line["kind"] == "delete"}
    marks = marked(np.zeros_like(seen.basis.own), seen.linkage.links, seen.policy)
    for holder in meter(seen).holders.told:
        line, node = lines[holder.id], seen.linkage.node_of[holder.id]
        # What a link's mark or a consent does to a record, no code of it undoes; a mark may be of its code's category.
        decided = marks[node] or seen.linkage.nodes.own[node] != seen.basis.own[node]
        if holder.id in world.tainted or holder.id in deleted or decided:
            continue
        mended = line | {
            "access_codes": ["REL"],
            "source_system": "CASE-MANAGEMENT",
            "revised": "2090-01-01T00:00:00Z",
        }
        assert holder.releases == gained(seen, asked(world, lines=[*world.lines, mended]))


@given(worlds())
@LOOKED_AT
def test_what_citations_and_unknown_types_hold_back_is_released_without_them(world: World) -> None:
    seen = asked(world)
    groups = {group.name: group.gain.releases for group in meter(seen).groups}
    silent = {key: said for key, said in world.policy.items() if key != "implied_citation"}
    known = [
        line for line in world.lines if line["kind"] != "link" or line.get("type") in world.policy["links"]
    ]
    deletions = {line["id"] for line in world.lines} - {line["id"] for line in known}
    known = [line for line in known if line["id"] not in deletions]
    assert groups["implied"] == gained(seen, asked(world, policy=silent))
    assert groups["unknown_type"] == gained(seen, asked(world, lines=known))


@given(worlds())
@LOOKED_AT
def test_nothing_is_told_of_what_holds_back_nothing(world: World) -> None:
    told = meter(asked(world))
    holders = (*told.holders.told, *told.never_loaded.told, *told.uncoded.told)
    assert [holder for holder in holders if holder.others > holder.reaches] == []
    assert [reason for reason in told.reasons if not reason.withheld.total] == []
