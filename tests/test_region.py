"""Incremental = full: after any changes, what was judged by its region is what judging everything anew gives."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.agreement import agreement_of
from graph.draft import Rules
from graph.keys import marking
from graph.model import RECORD_KINDS
from graph.planning import Publication
from graph.policy_file import policy_of
from graph.standing import Account, Standing
from graph.stores import sqlite_holdings, sqlite_releases
from tests.building import KEYS, Agency, Given, agreement, moment, policy, rules
from tests.holdings_strategy import (
    LINKS,
    RECORDS,
    World,
    clearances,
    consents,
    links,
    records,
    worlds,
)
from tests.plain_lines import Made, case, clearance, delete, document, link

Step = tuple[str, Any]


@st.composite
def lines_of_a_change(draw: st.DrawFn) -> list[Given]:
    """One to three lines: any line, again or anew."""
    return [draw(changed_line()) for _ in range(draw(st.integers(1, 3)))]


@st.composite
def changed_line(draw: st.DrawFn) -> Given:
    what = draw(st.sampled_from(["record"] * 4 + ["link"] * 4 + ["gone"] * 2 + ["decision", "rejected"]))
    if what == "record":
        return draw(records(draw(st.sampled_from(RECORDS))))
    if what == "link":
        return draw(links(draw(st.sampled_from(LINKS)), RECORDS))
    if what == "gone":
        return delete(draw(st.sampled_from([*RECORDS, *LINKS, "K-0", "K-1", "N-0", "N-1"])))
    if what == "rejected":
        return f'{{"kind": "nothing", "id": "{draw(st.sampled_from([*RECORDS, *LINKS]))}"}}'
    tied: list[Made] = [draw(links(draw(st.sampled_from(LINKS)), RECORDS))]
    if draw(st.booleans()):
        return draw(clearances(draw(st.sampled_from(["K-0", "K-1"])), tied))
    return draw(consents(draw(st.sampled_from(["N-0", "N-1"])), RECORDS))


STEPS = st.one_of(
    lines_of_a_change().map(lambda lines: ("load", lines)),
    lines_of_a_change().map(lambda lines: ("load", lines)),
    lines_of_a_change().map(lambda lines: ("load", lines)),
    st.just(("publish", None)),
    st.sampled_from([("wait", 1), ("wait", 400)]),
)


class Twins:
    """Two agencies that are told the same: one judges regions, the other forgets and judges everything anew."""

    def __init__(self, world: World, quick: Agency, whole: Agency) -> None:
        policy = policy_of(world.policy)
        agreements = [agreement_of(tables, policy, "agreement.toml") for tables in world.agreements]
        rules = Rules(policy, {each.id: each for each in agreements})
        self.quick, self.whole = (
            replace(each, rules=rules, now=moment(world.today)) for each in (quick, whole)
        )
        self.regions = 0

    def take(self, step: Step) -> None:
        what, given = step
        for each in (self.quick, self.whole):
            if what == "load":
                each.load(*given)
            elif what == "wait":
                each.now = replace(each.now, day=each.now.day + timedelta(days=given).days)
        told = [self.told(each, adding=what == "publish") for each in (self.quick, self.whole)]
        assert told[0] == told[1]
        assert self.releases(self.quick) == self.releases(self.whole)
        self.compare_what_is_kept()

    def told(self, each: Agency, *, adding: bool) -> list[Publication]:
        if each is self.whole:
            each.holdings.forget()
        return each.publish() if adding else each.restrict()

    def releases(self, each: Agency) -> dict[str, Any]:
        return {id: each.releases.read(id) for id in each.rules.agreements}

    def compare_what_is_kept(self) -> None:
        quick, whole = (each.holdings.account() for each in (self.quick, self.whole))
        if whole is None or quick is None:
            assert (quick, whole) == (None, None)
            return
        accounts = [Account.decode(text) for text in (quick, whole)]
        assert accounts[0].agreements == accounts[1].agreements
        assert self.standings(self.quick) == self.standings(self.whole)
        assert self.quick.holdings.changed() == {}

    def standings(self, each: Agency) -> dict[str, Standing]:
        """Of the records: an end that no link names any more may be told of or not."""
        ids = [entry.id for entry in each.holdings.entries() if entry.kind in RECORD_KINDS]
        return {id: Standing.decode(body) for id, body in each.holdings.standings(ids).items()}


def begin(world: World, quick: Agency, whole: Agency) -> Twins:
    twins = Twins(world, quick, whole)
    for each in (twins.quick, twins.whole):
        each.load(*world.lines)
        each.publish()
    return twins


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(worlds(), st.lists(STEPS, min_size=1, max_size=6))
def test_a_region_is_judged_as_the_whole_is(world: World, steps: list[Step]) -> None:
    twins = begin(world, Agency(), Agency())
    for step in steps:
        twins.take(step)


@pytest.mark.long
@settings(max_examples=170, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(), st.lists(STEPS, min_size=4, max_size=12))
def test_a_thousand_changes_are_judged_as_the_whole_is(world: World, steps: list[Step]) -> None:
    twins = begin(world, Agency(), Agency())
    for step in steps:
        twins.take(step)


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(), st.lists(STEPS, min_size=1, max_size=8))
def test_regions_in_files_are_judged_as_the_whole_is(world: World, steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        holdings = sqlite_holdings.open_holdings(Path(folder) / "holdings.sqlite")
        releases = sqlite_releases.open_releases(Path(folder) / "releases.sqlite", marking(KEYS))
        with holdings, releases:
            twins = begin(world, Agency(holdings=holdings, releases=releases), Agency())
            for step in steps:
                twins.take(step)


def released(*lines: Given, under: Rules | None = None) -> Twins:
    """Twins that have published these lines."""
    quick, whole = (Agency() if under is None else Agency(under) for _ in range(2))
    twins = Twins.__new__(Twins)
    twins.quick, twins.whole = quick, whole
    for each in (quick, whole):
        each.load(*lines)
        each.publish()
    return twins


def test_a_clearance_that_fits_a_link_only_once_that_has_changed_reaches_beyond_the_link() -> None:
    """R4: it is the link that is touched, not the clearance, and by the link itself as much passes as before."""
    numbered = [document(f"D-{n}", f"NY03-0001-00{n}") for n in (1, 3)]
    tied = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2, 3)]
    cites, derives = (link("L-5", "D-1", type_, "D-2") for type_ in ("CITES", "DERIVED_FROM"))
    twins = released(
        case("C-1", "NY03-0001"),
        document("D-2", "NY03-0001-002", access_codes=["T3"]),
        *numbered,
        *tied,
        link("L-4", "D-1", "HAS_ATTACHMENT", "D-3"),
        cites,
        clearance("K-1", derives, "title_iii"),
    )
    assert twins.quick.seen() == {"C-1"}
    twins.take(("load", [derives]))
    twins.take(("publish", None))
    assert twins.quick.seen() == {"C-1", "D-1", "D-3", "L-1", "L-3", "L-4"}
    twins.take(("load", [cites]))
    assert twins.quick.seen() == {"C-1"}


def test_a_number_that_is_shown_no_more_is_masked_in_the_contact_of_an_office_too() -> None:
    """R10: the contact is the policy's text, and no line of the holdings has the number."""
    under = policy(offices={"SAC-LA": {"contact": "the desk of NY03-0001"}})
    shown, withheld = case("C-1", "NY03-0001"), case("C-1", "NY03-0001", access_codes=["T3"])
    other = case("C-2", "NY03-0002", office="SAC-LA")
    twins = released(shown, other, under=rules(agreement(under=under), under=under))
    assert twins.quick.shown()["C-2"]["contact"] == "the desk of NY03-0001"
    twins.take(("load", [withheld]))
    assert twins.quick.shown()["C-2"]["contact"] == "the desk of [number withheld]"
    twins.take(("load", [shown]))
    twins.take(("publish", None))
    assert twins.quick.shown()["C-2"]["contact"] == "the desk of NY03-0001"
