"""Review without end: when a record is due, in which order, what reviewers say of it and how long that holds."""

from datetime import date
from typing import Any

import pytest

from graph.model import EntryId
from graph.officer import Officer, Role
from graph.review.queue import Risk
from tests.building import TODAY
from tests.plain_lines import case, delete, document, link, prop, subject
from tests.reviewing_world import AGENT, C1, D1, L1, QUALITY, SUPERVISOR, WHY, Reviewers, day


def approved_on(on: str) -> dict[str, str]:
    return {"state": "approved", "agent": "agent.lee", "supervisor": "sup.ortiz", "date": on}


# --- when ---


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ({}, "2027-11-01"),
        ({"approval": approved_on("2026-11-20")}, "2027-11-20"),
        ({"approval": approved_on("2026-11-32")}, "2027-11-01"),
        ({"access_codes": ["T3"]}, "2026-12-01"),
        ({"access_codes": ["BSA"]}, "2027-01-30"),
        ({"access_codes": ["BSA", "T3"]}, "2026-12-01"),
        ({"access_codes": ["6E"]}, "2027-11-01"),
        ({"access_codes": []}, "2026-11-01"),
        ({"prepared": "2016-11-24"}, "2017-11-24"),
        ({"prepared": "2016-11-23"}, "2019-11-23"),
        ({"prepared": "soon"}, "2000-12-31"),
    ],
)
def test_a_record_is_due_by_its_categories_and_its_age(changed: dict[str, Any], due: str) -> None:
    world = Reviewers.over(C1 | changed, old_after=3652, old_days=1095)
    assert date.fromordinal(world.review("C-1").due).isoformat() == due


def test_a_carried_category_counts_as_its_own_does() -> None:
    world = Reviewers.over(C1 | {"access_codes": ["T3"]}, D1, L1)
    assert world.review("D-1").due == day("2026-12-01")


def test_a_deleted_record_is_not_reviewed() -> None:
    world = Reviewers.over(C1, delete("C-1"))
    assert (world.reviewing.review(EntryId("C-1")), world.reviewing.reviews) == (None, {})


# --- attest ---


def test_an_attest_begins_the_interval_anew_and_says_who_and_when() -> None:
    world = Reviewers.over(C1 | {"prepared": "2020-01-01"})
    assert world.queue() == [("C-1", "Due since 2020-12-31")]
    marked = world.attest("C-1")
    assert (marked.event, marked.told) == ("reviewed", {"id": "C-1", "reason": WHY, "office": "HQ"})
    review = world.review("C-1")
    assert (review.due, review.last_by, review.last_at) == (
        TODAY.toordinal() + 365,
        "tan",
        "2026-11-24T09:00:00Z",
    )
    assert world.queue() == []
    world.pass_days(365)
    assert world.queue() == [("C-1", "Due since 2027-11-24")]


def test_an_attest_is_for_this_very_content() -> None:
    world = Reviewers.over(C1 | {"prepared": "2020-01-01"})
    world.attest("C-1")
    world.agency.load({**C1, "prepared": "2020-01-01", "revised": "2026-11-24T00:00:00Z"})
    assert world.queue() == []
    world.agency.load(C1 | {"prepared": "2020-01-01", "title": "Another one"})
    assert world.queue() == [("C-1", "Due since 2020-12-31")]
    assert world.review("C-1").last_by == "tan"


def test_what_was_seen_and_is_another_one_now_is_not_attested() -> None:
    world = Reviewers.over(C1)
    seen = world.version("C-1")
    world.agency.load(C1 | {"title": "Another one"})
    assert world.refused(QUALITY, lambda one: one.attest(EntryId("C-1"), seen, WHY)) == "CHANGED"


# --- assign and defer ---


def test_a_review_is_assigned_until_it_is_done() -> None:
    world = Reviewers.over(C1)
    world.act(SUPERVISOR, lambda one: one.assign(EntryId("C-1"), " kim ", WHY))
    assert world.review("C-1").assignee == "kim"
    world.agency.load(C1 | {"title": "Another one"})
    assert world.review("C-1").assignee == "kim"
    world.attest("C-1")
    assert world.review("C-1").assignee is None


def test_who_reviews_is_of_the_office_as_the_desk_reads_it() -> None:
    for office in (" SAC-NY ", "  "):
        world = Reviewers.over(C1 | {"office": office})
        assert world.attest("C-1", AGENT).event == "reviewed"
    world = Reviewers.over(C1 | {"office": "SAC-LA"})
    seen = world.version("C-1")
    assert world.refused(AGENT, lambda one: one.attest(EntryId("C-1"), seen, WHY)) == "FORBIDDEN"


def test_a_review_is_put_off_until_a_day_if_nothing_changes_meanwhile() -> None:
    world = Reviewers.over(C1 | {"prepared": "2020-01-01"})
    world.act(AGENT, lambda one: one.defer(EntryId("C-1"), "2026-11-26", WHY))
    assert (world.queue(), world.review("C-1").deferred) == ([], day("2026-11-26"))
    world.pass_days(2)
    assert world.queue() == [("C-1", "Due since 2020-12-31")]
    world.pass_days(-1)
    world.agency.load(C1 | {"prepared": "2020-01-01", "title": "Another one"})
    assert world.queue() == [("C-1", "Due since 2020-12-31")]


@pytest.mark.parametrize("until", ["2026-11-24", "2026-11-23", "soon", ""])
def test_a_review_is_put_off_to_a_day_to_come(until: str) -> None:
    world = Reviewers.over(C1)
    assert world.refused(AGENT, lambda one: one.defer(EntryId("C-1"), until, WHY)) == "UNFIT"


# --- who ---


@pytest.mark.parametrize(
    ("role", "office", "may"),
    [
        (Role.INVESTIGATOR, "SAC-NY", []),
        (Role.AUDITOR, "SAC-NY", []),
        (Role.AGENT, "SAC-NY", ["attest", "defer"]),
        (Role.AGENT, "SAC-LA", []),
        (Role.SUPERVISOR, "SAC-NY", ["attest", "assign", "defer"]),
        (Role.SUPERVISOR, "SAC-LA", []),
        (Role.QUALITY, "HQ", ["attest", "assign", "defer", "accept"]),
    ],
)
def test_each_role_may_do_its_own_in_its_office(role: Role, office: str, may: list[str]) -> None:
    world = Reviewers.over(C1 | {"title": "grand jury"})
    who, id, version = Officer("somebody", office, frozenset({role})), EntryId("C-1"), world.version("C-1")
    finding = world.finding("words_without_code:C-1:grand_jury")
    acts = {
        "attest": lambda one: one.attest(id, version, WHY),
        "assign": lambda one: one.assign(id, "kim", WHY),
        "defer": lambda one: one.defer(id, "2030-01-01", WHY),
        "accept": lambda one: one.accept(finding, version, WHY),
    }
    refused = {name for name, does in acts.items() if name not in may}
    assert {world.refused(who, acts[name]) for name in refused} <= {"FORBIDDEN"}
    for name in may:
        world.act(who, acts[name])


@pytest.mark.parametrize(("id", "more"), [("C-1", [delete("C-1")]), ("C-2", []), ("L-1", [D1, L1])])
def test_what_is_no_held_record_and_a_deleted_one_are_unknown(id: str, more: list[dict[str, Any]]) -> None:
    assert Reviewers.over(C1, *more).refused(QUALITY, lambda one: one.assign(EntryId(id), "kim", WHY)) == (
        "UNKNOWN"
    )


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_a_reason_is_said(reason: str) -> None:
    world = Reviewers.over(C1)
    assert world.refused(QUALITY, lambda one: one.assign(EntryId("C-1"), "kim", reason)) == "UNFIT"
    assert world.refused(QUALITY, lambda one: one.assign(EntryId("C-1"), reason, WHY)) == "UNFIT"


# --- in which order ---


def test_the_queue_is_in_the_order_of_what_a_mistake_would_cost() -> None:
    old = {"prepared": "2020-01-01"}
    world = Reviewers.over(
        C1 | old | {"synopsis": "before the grand jury"},
        case("C-2", "NY03-0002", **old, access_codes=["T3"]),
        case("C-3", "NY03-0003", **old | {"prepared": "2019-01-01"}),
        case("C-4", "NY03-0004", **old),
        case("C-5", "NY03-0005", access_codes=["REL", "??"]),
        case("C-6", "NY03-0006", access_codes=[], **old),
        document("D-2", "NY03-0002-001"),
        document("D-3", "NY03-0002-002", prepared="2026-11-20"),
        case("C-7", "NY03-0007", prepared="2026-11-20"),
        *(link(f"L-{n}", "C-2", "CONTAINS", f"D-{n}") for n in (2, 3)),
    )
    assert world.queue() == [
        ("C-5", "No code that the book has"),
        ("C-6", "No code that the book has"),
        ("C-2", "Its own categories alone hold back 2 others"),
        ("C-1", "Some partner has it: Its synopsis says “grand jury”, but it has no code for grand_jury."),
        ("D-2", "Due since 2003-05-05"),
        ("C-3", "Due since 2020-01-01"),
        ("C-4", "Due since 2020-12-31"),
    ]


def test_what_data_quality_accepted_is_suspicious_no_more() -> None:
    world = Reviewers.over(C1 | {"prepared": "2020-01-01", "title": "The grand jury's car park"})
    finding = world.finding("words_without_code:C-1:grand_jury")
    assert world.review("C-1").stakes.risk is Risk.SUSPICIOUS
    world.act(QUALITY, lambda one: one.accept(finding, world.version("C-1"), WHY))
    assert world.review("C-1").stakes.risk is Risk.AGE


# --- Data Quality's word over a finding ---


def test_a_word_over_a_finding_holds_for_what_it_says_and_stands_in() -> None:
    line = C1 | {"title": "The grand jury's car park"}
    world = Reviewers.over(line)

    def accepted() -> bool:
        found = [one for one in world.reviewing.every if one.rule == "words_without_code"]
        return [world.reviewing.accepted(finding) is not None for finding in found] == [True]

    finding = world.finding("words_without_code:C-1:grand_jury")
    marked = world.act(QUALITY, lambda one: one.accept(finding, world.version("C-1"), WHY))
    assert (marked.event, marked.told["finding"], accepted()) == ("finding accepted", finding.id, True)
    world.agency.load(line | {"access_codes": ["ASY"], "approval": approved_on("2026-11-20")})
    assert accepted()
    world.agency.load(line | {"title": "The grand jury's cars"})
    assert not accepted()
    world.agency.load(line)
    assert accepted()


# --- in time ---


def test_of_each_office_it_is_told_what_was_due_and_what_of_that_was_done_in_time() -> None:
    fresh = {"prepared": "2026-11-20"}
    world = Reviewers.over(
        case("C-1", "NY03-0001", **fresh),
        case("C-2", "NY03-0002", **fresh),
        case("C-3", "NY03-0003", **fresh | {"prepared": "2020-01-01"}),
        case("C-4", "LA03-0004", **fresh, office="SAC-LA", access_codes=[]),
        subject("S-1", prop("name", "Ann Poe"), created="2020-01-01", office=None),
    )
    assert world.timeliness() == {"SAC-LA": (1, 0), "SAC-NY": (1, 0), None: (1, 0)}
    for id in ("C-1", "C-3", "C-4"):
        world.attest(id)
    assert world.timeliness() == {"SAC-LA": (1, 0), "SAC-NY": (2, 1), None: (1, 0)}
    world.pass_days(365)
    assert world.timeliness() == {"SAC-LA": (1, 0), "SAC-NY": (3, 0), None: (1, 0)}
