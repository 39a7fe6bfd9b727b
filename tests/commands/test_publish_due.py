"""`caselink publish --due`: what a day changes without any event is published, and no more (issue 6, time)."""

import json
from datetime import date
from pathlib import Path

import pytest

from graph.keys import ReleaseKeys, marking
from graph.model import AgreementId
from graph.stores.sqlite_releases import open_releases
from tests.command_line import Desk
from tests.plain_lines import case, consent
from tests.set_clock import set_clock

C1 = case("C-1", "NY03-0001")
ENDS = case("C-2", "NY03-0002", access_codes=["TAR"])
STARTS = case("C-3", "NY03-0003", access_codes=["TAR"])
ENDING = consent("N-1", "third_agency", record="C-2", expires="2027-02-01")
STARTING = consent("N-2", "third_agency", record="C-3", effective="2027-02-01")
BEFORE, THEN = "2027-01-31", "2027-02-01"


@pytest.fixture(name="desk")
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A home in which on 1 February 2027 one consent ends and another starts."""
    desk = Desk(tmp_path)
    set_clock(monkeypatch, BEFORE)
    desk.done("init")
    desk.load(C1, ENDS, STARTS, ENDING, STARTING)
    desk.done("publish")
    assert (desk.seen(), serves_until(desk)) == ({"C-1", "C-2"}, THEN)
    return desk


def serves_until(desk: Desk) -> str | None:
    with open_releases(desk.home / "releases.sqlite", marking(ReleaseKeys(b"n" * 32, b"v" * 32))) as releases:
        header = releases.header(AgreementId("ndex"))
    assert header is not None
    return None if header.serves_until is None else date.fromordinal(header.serves_until).isoformat()


def events(desk: Desk) -> list[str]:
    return [
        json.loads(line)["event"] for line in (desk.home / "audit/office.jsonl").read_bytes().splitlines()
    ]


def test_before_its_day_nothing_is_done_and_nothing_is_said(desk: Desk) -> None:
    known = events(desk)
    ran = desk.done("publish", "--due")
    assert (ran.out, ran.err, events(desk)) == ("", "", known)
    assert desk.done("publish", "--due", "--json").json() == {"dry_run": False, "releases": []}


def test_on_its_day_what_ends_goes_and_what_starts_comes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, THEN, "00:00")
    [told] = desk.done("publish", "--due", "--json").json()["releases"]
    assert (told["added"], told["withdrawn"], told["held_back"]) == (1, 1, 0)
    assert (desk.seen(), events(desk)[-1]) == ({"C-1", "C-3"}, "publishing")
    assert serves_until(desk) == "2030-01-01"
    assert desk.done("publish", "--due").out == ""


def test_a_day_that_comes_late_is_made_up_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, "2027-06-01")
    desk.done("publish", "--due")
    assert desk.seen() == {"C-1", "C-3"}


def test_while_a_file_is_open_it_withdraws_and_adds_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.load("no line", name="open.jsonl").code == 3
    set_clock(monkeypatch, THEN)
    ran = desk.done("publish", "--due")
    assert ran.err.endswith(
        "1 line rejected. Nothing is added until it loads without any, or `caselink rejects accept`.\n"
    )
    assert (desk.seen(), serves_until(desk)) == ({"C-1"}, "2030-01-01")


def test_after_a_change_of_the_rules_it_withdraws_and_waits_for_a_person(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.replace("agreements/ndex.toml", 'caveat = "', 'caveat = "New. ')
    set_clock(monkeypatch, THEN)
    ran = desk.run("publish", "--due")
    assert (ran.code, ran.err.splitlines()[0]) == (
        4, "The policy or the agreement has changed since the last publication.",
    )  # fmt: skip
    assert desk.seen() == {"C-1"}
    assert desk.done("publish", "--due").out == ""
    assert desk.run("publish").code == 4
    desk.done("publish", "--yes")
    assert desk.seen() == {"C-1", "C-3"}


def test_more_than_the_share_that_is_asked_about_waits_for_a_person(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = desk.home / "caselink.toml"
    settings.write_text(settings.read_text("utf-8") + "[publish]\nask_records = 0\n", encoding="utf-8")
    set_clock(monkeypatch, THEN)
    ran = desk.run("publish", "--due")
    assert (ran.code, ran.err.splitlines()[-1]) == (
        4,
        "caselink: What must go was withdrawn, and nothing was added there."
        " Look at it and run: caselink publish",
    )
    assert desk.seen() == {"C-1"}


def test_an_agreement_that_has_no_release_gets_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (desk.home / "agreements" / "ndex.toml").read_text(encoding="utf-8")
    desk.agreement(text.replace('id = "ndex"', 'id = "second"', 1), name="second")
    set_clock(monkeypatch, THEN)
    [told] = desk.done("publish", "--due", "--json").json()["releases"]
    assert told["agreement"] == "ndex"


def test_a_release_whose_day_has_not_come_gains_nothing(desk: Desk) -> None:
    desk.load(case("C-4", "NY03-0004"), name="more.jsonl")
    desk.done("publish", "--due")
    assert desk.seen() == {"C-1", "C-2"}


def test_a_clock_that_goes_back_brings_nothing_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, THEN)
    desk.done("publish", "--due")
    set_clock(monkeypatch, BEFORE)
    desk.done("publish", "--due")
    assert desk.seen() == {"C-1", "C-3"}
    ran = desk.run("publish")
    assert (ran.code, ran.err[:46]) == (2, "caselink: The day is 2027-01-31, but this home")
    assert desk.seen() == {"C-1", "C-3"}


def test_an_agreement_that_ends_gives_nothing_any_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, "2032-01-01")
    desk.done("publish", "--due")
    assert desk.seen() == set()


@pytest.mark.parametrize("other", [["--yes"], ["--dry-run"], ["--agreement", "ndex"]])
def test_it_goes_with_no_other_option(desk: Desk, other: list[str]) -> None:
    ran = desk.run("publish", "--due", *other)
    assert (ran.code, ran.err) == (2, "caselink: --due: goes with --json alone; name the others without it\n")
