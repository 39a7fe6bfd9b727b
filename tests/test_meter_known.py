"""The over-withholding meter of small holdings, of which the numbers are known."""

from dataclasses import asdict
from typing import Any

from graph.holding_back import MOST, Astray, Group, Holder, Holders
from graph.meter import Meter, meter
from graph.model import EntryId
from graph.shares import ByKind, Share
from graph.suppose import Gain
from tests import worked_example
from tests.explaining import C1, CITES, D1, D2, IN_C1, S1, WIRE, inquiry
from tests.plain_lines import Made, case, document, link


def of(*lines: Made, **agreement: Any) -> Meter:
    """The meter of these lines under the worked example's rules."""
    mou = worked_example.agreement("ndex") | agreement
    return meter(inquiry(lines, worked_example.policy(), mou, worked_example.TODAY))


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
