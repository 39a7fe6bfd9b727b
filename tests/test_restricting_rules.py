"""A restriction under changed rules (DESIGN 4): what became narrower holds at once, what became wider waits."""

from datetime import date
from typing import Any

import pytest

from graph.release import Header
from tests.building import Agency, agreement, policy, rules
from tests.plain_lines import case
from tests.restricted_agency import ALL, LINES, agency, coded


@pytest.mark.parametrize(
    ("changed", "gone"),
    [
        ({"kinds": ["case"]}, ALL - {"C-1", "C-2"}),
        ({"offices": ["SAC-LA"]}, ALL),
        ({"link_types": ["CONTAINS"]}, ALL - {"C-1", "C-2", "D-1", "D-2", "L-1", "L-2"}),
        ({"suspended": True}, ALL),
        ({"expires": date(2026, 11, 24)}, ALL),
    ],
)
def test_an_agreement_that_became_narrower_is_restricted_by_the_next_load(
    changed: Any, gone: set[str]
) -> None:
    made = agency()
    made.rules = rules(agreement(**changed))
    made.restrict()
    assert made.seen() == ALL - gone


def test_what_the_agreement_omits_by_now_is_withdrawn_by_the_next_load() -> None:
    made = agency()
    made.rules = rules(agreement(omit=["document.author", "case.title", "property.name"]))
    made.restrict()
    shown = made.shown()
    assert (shown["C-1"].get("title"), [v["name"] for v in shown["S-1"]["properties"]]) == (None, ["alias"])


def test_a_wider_policy_adds_nothing_until_it_is_published() -> None:
    made = agency()
    made.load(coded(case("C-3", "NY03-0003"), "T3"))
    made.publish()
    made.rules = rules(under=policy(codes={"REL": "release", "T3": "release"}))
    made.restrict()
    assert made.seen() == ALL
    made.publish()
    assert made.seen() == ALL | {"C-3"}


def header_after(before: dict[str, Any], after: dict[str, Any]) -> Header:
    """What a release says of itself that was published under one agreement and restricted under another."""
    made = Agency(rules(agreement(**before)))
    made.load(*LINES)
    made.publish()
    made.rules = rules(agreement(**after))
    made.restrict()
    return made.header()


def test_a_purpose_that_is_required_by_now_is_required_at_once() -> None:
    assert header_after({"purpose_required": False}, {"purpose_required": True}).purpose_required is True


def test_a_purpose_that_is_no_longer_required_is_required_until_it_is_published() -> None:
    assert header_after({"purpose_required": True}, {"purpose_required": False}).purpose_required is True


OLD: dict[str, Any] = {
    "partner": "Old",
    "caveat": "Old.",
    "effective": date(2026, 3, 1),
    "expires": date(2027, 3, 1),
}
NEW: dict[str, Any] = {
    "partner": "New",
    "caveat": "New.",
    "effective": date(2026, 2, 1),
    "expires": date(2027, 4, 1),
}
KINDS: dict[str, dict[str, Any]] = {
    "old": {"kinds": ["case", "document"]},
    "new": {"kinds": ["case", "document", "subject"]},
}


def told_of(header: Header) -> dict[str, Any]:
    names = ("partner", "caveat", "effective", "expires", "kinds")
    return {name: getattr(header, name) for name in names}


def test_what_became_wider_of_an_agreement_is_promised_to_nobody_before_it_is_published() -> None:
    made = Agency(rules(agreement(**OLD, **KINDS["old"])))
    made.load(*LINES)
    made.publish()
    before = told_of(made.header())
    made.rules = rules(agreement(**NEW, **KINDS["new"]))
    made.restrict()
    assert told_of(made.header()) == before
    [plan] = made.publisher.plan(made.rules, made.now, list(made.rules.agreements))
    assert plan.restriction is not None
    assert told_of(plan.restriction.header) == before
    made.publish()
    assert told_of(made.header()) == {
        "partner": "New",
        "caveat": "New.",
        "effective": "2026-02-01",
        "expires": "2027-04-01",
        "kinds": ("case", "document", "subject"),
    }


def test_what_became_narrower_of_an_agreement_is_promised_to_nobody_any_more() -> None:
    header = header_after(NEW | KINDS["new"], OLD | KINDS["old"])
    assert told_of(header) == {
        "partner": "New",
        "caveat": "New.",
        "effective": "2026-03-01",
        "expires": "2027-03-01",
        "kinds": ("case", "document"),
    }


def test_an_agreement_that_lasts_longer_is_asked_about_though_nothing_is_added_yet() -> None:
    made = Agency(rules(agreement(**OLD)))
    made.load(*LINES)
    made.publish()
    made.rules = rules(agreement(**OLD | {"expires": NEW["expires"]}))
    [plan] = made.publisher.plan(made.rules, made.now, list(made.rules.agreements))
    assert (plan.publication.adds, plan.publication.added, plan.publication.updated) == (True, 0, 0)
