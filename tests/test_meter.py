"""The over-withholding meter counts what the rules withhold, and supposes by the same rules."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from graph.holding_back import MOST, Astray, Group, Holder, Holders
from graph.inquiry import Inquiry
from graph.meter import Meter, meter
from graph.model import EntryId
from graph.propagate import Passages, carried, marked
from graph.shares import ByKind, Share
from graph.sole_source import MANY, NOBODY, sole_sources
from graph.suppose import Gain
from tests import worked_example
from tests.explaining import C1, CITES, D1, D2, IN_C1, S1, WIRE, inquiry
from tests.holdings_strategy import World, worlds
from tests.plain_lines import Made, case, document, link

LOOKED_AT = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def asked(world: World, **changed: Any) -> Inquiry:
    """The world under its first agreement, but for what a test changes: its lines or its policy."""
    given = {"lines": world.lines, "policy": world.policy} | changed
    return inquiry(given["lines"], given["policy"], world.agreements[0], world.today, world.tainted)


def of(*lines: Made, **agreement: Any) -> Meter:
    """The meter of these lines under the worked example's rules."""
    mou = worked_example.agreement("ndex") | agreement
    return meter(inquiry(lines, worked_example.policy(), mou, worked_example.TODAY))


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


# --- known ---


def test_a_wire_report_that_holds_back_a_citing_one() -> None:
    told = of(C1, D1, WIRE, *IN_C1[:2], CITES, S1)
    assert told.shares.whole == Share(None, ByKind(1, 2, 1), ByKind(1, 0, 0))
    assert told.shares.years == (
        Share("2003", ByKind(1, 2, 1), ByKind(1, 0, 0), (("title_iii", 2), ("support", 1))),
    )
    wire = {"authority": "18 U.S.C. 2510-2523", "label": "Reports resulting from Title III wire intercepts"}
    two: dict[str, Any] = {"withheld": ByKind(0, 2, 0), "alone": ByKind(0, 2, 0)}
    assert [asdict(reason) for reason in told.reasons] == [
        {"reason": "title_iii", **wire, **as_dicts(two), "carried": 1, "cited": 0, "one_record": 2},
        {"reason": "support", "label": None, "authority": None}
        | as_dicts({"withheld": ByKind(0, 0, 1), "alone": ByKind(0, 0, 1)})
        | {"carried": 0, "cited": 0, "one_record": 0},
    ]
    assert told.holders == Holders(
        1, (Holder(EntryId("D-2"), True, ("title_iii",), links=2, reaches=1, others=1, releases=2),)
    )
    assert (told.never_loaded, told.uncoded, told.astray) == (Holders(0, ()), Holders(0, ()), ())


def as_dicts(counts: dict[str, ByKind]) -> dict[str, dict[str, int]]:
    return {name: asdict(count) for name, count in counts.items()}


def test_a_number_in_a_text_that_is_all_that_withholds() -> None:
    naming = document("D-1", "NY03-0001-001", "See NY03-0001-002.")
    told = of(C1, naming, WIRE, *IN_C1[:2])
    assert [(reason.reason, reason.carried, reason.cited) for reason in told.reasons] == [("title_iii", 1, 1)]
    assert told.groups[3] == Group("implied", 1, Gain(1, 1))
    cited_twice = of(C1, naming, WIRE, *IN_C1[:2], CITES)
    assert [(reason.reason, reason.carried, reason.cited) for reason in cited_twice.reasons] == [
        ("title_iii", 1, 0)
    ]
    assert cited_twice.groups[3] == Group("implied", 1, Gain(0, 0))


def test_what_waits_for_support_follows_what_it_waits_for() -> None:
    wire_case = case("C-2", "NY03-0002", access_codes=["T3"])
    held = [document(f"D-{n}", f"NY03-0002-00{n}") for n in (3, 4)]
    ties = [link(f"L-{n}", "C-2", "RELATED_TO", "C-1") for n in (3,)]
    named = [link(f"M-{n}", "C-2", "X_SUPPORTS", f"D-{n}") for n in (3, 4)]
    told = meter(
        inquiry(
            [C1, wire_case, *held, *ties, *named],
            worked_example.policy() | {"links": worked_example.policy()["links"] | {"X_SUPPORTS": SUPPORTS}},
            worked_example.agreement("ndex"),
            worked_example.TODAY,
        )
    )
    assert told.holders == Holders(
        1, (Holder(EntryId("C-2"), True, ("title_iii",), links=3, reaches=0, others=0, releases=3),)
    )


SUPPORTS: Made = {"from": ["case"], "to": ["document"], "carries": "none", "supports": "forward"}


def test_an_end_that_was_never_loaded_an_uncoded_record_and_an_unknown_type() -> None:
    told = of(
        *(C1, D1, D2 | {"access_codes": []}, *IN_C1[:2]),
        *(link("L-A", "D-1", "CITES", "D-NEVER"), case("C-2", "NY03-0002"), case("C-3", "NY03-0003")),
        *(link("L-B", "C-2", "NO_SUCH_TYPE", "D-2"), link("L-W", "D-1", "CONTAINS", "C-3")),
    )
    assert told.never_loaded == Holders(
        1, (Holder(EntryId("D-NEVER"), False, ("uncoded",), links=1, reaches=2, others=2, releases=2),)
    )
    assert told.uncoded == Holders(
        1, (Holder(EntryId("D-2"), True, ("uncoded",), links=2, reaches=1, others=1, releases=2),)
    )
    assert told.groups == (
        Group("never_loaded", 1, Gain(2, 2)),
        Group("uncoded", 1, Gain(2, 2)),
        Group("deleted", 0, Gain(0, 0)),
        Group("implied", 0, Gain(0, 0)),
        Group("unknown_type", 1, Gain(1, 1)),
        Group("other_kinds", 1, Gain(1, 1)),
    )
    assert told.astray == (
        Astray("CONTAINS", "other_kinds", 1, Gain(1, 1)),
        Astray("NO_SUCH_TYPE", "unknown_type", 1, Gain(1, 1)),
    )


def test_offices_programs_and_years_are_those_of_the_lines() -> None:
    told = of(
        case("C-1", "NY03-0001", office="<b>", program="fraud"),
        case("C-2", "NY03-0002", office="SAC-LA", program="fraud", prepared="1999-12-31"),
        case("C-3", "NY03-0003", program="no such program", prepared="nonsense"),
        document("D-1", "NY03-0001-001"),
        case("C-4", "NY03-0004", office="SAC-LA", prepared="1999-01-01"),
    )
    one, none = ByKind(1, 0, 0), ByKind()
    assert told.shares.offices == (
        Share("SAC-LA", ByKind(2, 0, 0), none, (("date", 2),)),
        Share("SAC-NY", ByKind(1, 1, 0), none, (("date", 1), ("support", 1))),
        Share("<b>", one, one),
    )
    assert told.shares.programs == (
        Share(None, ByKind(2, 0, 0), none, (("date", 2),)),
        Share("fraud", ByKind(2, 0, 0), one, (("date", 1),)),
    )
    assert told.shares.years == (
        Share(None, one, none, (("date", 1),)),
        Share("1999", ByKind(2, 0, 0), none, (("date", 2),)),
        Share("2003", ByKind(1, 1, 0), one, (("support", 1),)),
    )


def test_a_deleted_record_is_not_counted_and_what_it_withholds_is() -> None:
    told = of(C1, D1, *IN_C1[:2], CITES, WIRE, {"kind": "delete", "id": "D-2"})
    assert told.shares.whole == Share(None, ByKind(1, 1, 0), ByKind(1, 0, 0))
    assert told.groups[2] == Group("deleted", 1, Gain(1, 1))
    assert [holder.id for holder in told.holders.told] == ["D-2"]


def test_of_many_that_hold_back_others_the_first_are_told() -> None:
    wires = [document(f"W-{n:02}", f"NY03-0001-1{n:02}", access_codes=["T3"]) for n in range(MOST + 3)]
    citing = [document(f"D-{n:02}", f"NY03-0001-2{n:02}") for n in range(MOST + 3)]
    ties = [link(f"L-{n}", f"D-{n:02}", "CITES", f"W-{n:02}") for n in range(MOST + 3)]
    told = of(*wires, *citing, *ties)
    assert (told.holders.count, [holder.id for holder in told.holders.told]) == (
        MOST + 3,
        [f"W-{n:02}" for n in range(MOST)],
    )


def test_what_would_be_released_is_told_before_what_would_not() -> None:
    unsupported = [document(f"U-{n}", f"NY03-0009-00{n}") for n in range(5)]
    told = of(
        *(C1, D1, WIRE, *IN_C1[:2], CITES, *unsupported),
        document("W", "NY03-0009-009", access_codes=["T3"]),
        *(link(f"L-U{n}", f"U-{n}", "CITES", "W") for n in range(5)),
    )
    assert [(holder.id, holder.others, holder.releases) for holder in told.holders.told] == [
        ("D-2", 1, 2),
        ("W", 5, 0),
    ]


def test_a_chain_of_attachments_that_one_record_holds_back_is_released_as_one() -> None:
    row = [document(f"R-{n:02}", f"NY03-0001-1{n:02}") for n in range(40)]
    row[0]["access_codes"] = ["T3"]
    ties = [link(f"T-{n}", f"R-{n:02}", "HAS_ATTACHMENT", f"R-{n + 1:02}") for n in range(39)]
    told = of(C1, *row, *ties, link("T-C", "C-1", "CONTAINS", "R-00"))
    assert [(holder.id, holder.others, holder.releases) for holder in told.holders.told] == [("R-00", 39, 40)]


def test_an_agreement_that_is_suspended_has_nothing_to_gain_from_any_review() -> None:
    told = of(C1, D1, WIRE, *IN_C1[:2], CITES, suspended=True)
    assert (told.shares.whole.released, told.holders.told) == (ByKind(), ())
