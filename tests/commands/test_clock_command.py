"""`caselink clock set-back`: a clock that was once wrong is mended by a person, and the audit log tells of it."""

import json
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from graph.readers import Reader
from graph.stores.sqlite_holdings import open_holdings
from server.commands.session import writing_holdings
from server.home import open_home
from server.stores import open_reader
from tests.command_line import Desk
from tests.plain_lines import case

C1 = case("C-1", "NY03-0001")


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    """A desk whose clock once told a day in ten years."""
    desk = Desk(tmp_path)
    desk.done("init")
    with open_holdings(desk.home / "holdings.sqlite") as holdings:
        holdings.remember("latest_day", wrong())
    return desk


def today() -> date:
    return datetime.now(UTC).date()


def wrong() -> str:
    return (today() + timedelta(days=3650)).isoformat()


def latest(desk: Desk) -> str | None:
    with open_holdings(desk.home / "holdings.sqlite") as holdings:
        return holdings.recall("latest_day")


def audited(desk: Desk) -> list[tuple[str, str, str]]:
    log = desk.home / "audit" / "office.jsonl"
    lines = [json.loads(line) for line in log.read_bytes().splitlines()] if log.exists() else []
    return [
        (line["reason"], line["latest"], line["day"]) for line in lines if line["event"] == "clock set back"
    ]


def test_a_home_that_saw_a_day_to_come_works_again_once_it_is_set_back(desk: Desk) -> None:
    assert desk.load(C1).code == 2
    ran = desk.done("clock", "set-back", today().isoformat(), "--reason", "The battery was empty")
    assert ran.out == f"The latest day seen was {wrong()} and is {today()} now. The battery was empty\n"
    assert audited(desk) == [("The battery was empty", wrong(), today().isoformat())]
    assert desk.load(C1).code == 0
    desk.done("publish")
    assert desk.seen() == {"C-1"}


def seen_by_a_partner_process(desk: Desk, day: date) -> None:
    """Keep this day as one that a partner process has seen by its clock."""
    with closing(open_reader(open_home(desk.home, {}))) as reader:
        reader.enrol(Reader("killed", 0), {"UTC": day.toordinal()})


def test_a_day_to_come_that_a_partner_process_saw_is_told_and_set_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(C1)
    desk.done("publish")
    lines = desk.done("status").out.splitlines()
    seen_by_a_partner_process(desk, date.fromisoformat(wrong()))
    told = desk.done("status")
    assert [
        line for line in told.out.splitlines() if line not in lines and not line.startswith("reader")
    ] == [
        f"clock  a partner process has seen {wrong()} in UTC, which has not come: what ends by then is refused, and all"
        " where the clock is more than a day behind; if that day was wrong, set its machine's clock right, and run:"
        f" caselink clock set-back {today()} --reason TEXT"
    ]
    assert desk.done("status", "--json").json()["seen"] == {"UTC": wrong()}
    ran = desk.done("clock", "set-back", today().isoformat(), "--reason", "a test")
    assert ran.out == f"The latest day seen was {wrong()} and is {today()} now. a test\n"
    assert audited(desk) == [("a test", wrong(), today().isoformat())]
    assert desk.done("status", "--json").json()["seen"] == {"UTC": today().isoformat()}
    assert "clock  " not in desk.done("status").out


def test_new_keys_leave_the_day_seen_as_it_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(C1)
    desk.done("publish")
    seen_by_a_partner_process(desk, today())
    desk.done("keys", "rotate")
    assert desk.done("status", "--json").json()["seen"] == {"UTC": today().isoformat()}


def test_it_tells_the_same_as_json(desk: Desk) -> None:
    told = desk.done("clock", "set-back", "2020-02-29", "--reason", "x", "--json").json()
    assert (told, latest(desk)) == ({"latest": wrong(), "day": "2020-02-29"}, "2020-02-29")


def test_a_day_after_today_is_refused(desk: Desk) -> None:
    day = today() + timedelta(days=2)
    ran = desk.run("clock", "set-back", day.isoformat(), "--reason", "x")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"caselink: {day} is after today, {today()}; name a day that has come\n"
    assert (latest(desk), audited(desk)) == (wrong(), [])


def test_what_is_not_back_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    ran = desk.run("clock", "set-back", "2020-01-01", "--reason", "x")
    assert ran.err == (
        "caselink: This home has seen no day yet; there is nothing to set back to 2020-01-01\n"
    )
    with writing_holdings(open_home(desk.home, {})) as holdings:
        holdings.remember("latest_day", "2020-01-01")
    ran = desk.run("clock", "set-back", "2020-01-01", "--reason", "x")
    assert ran.err == (
        "caselink: This home has seen 2020-01-01 as its latest day; there is nothing to set back to 2020-01-01\n"
    )
    assert audited(desk) == []


def test_a_blank_reason_is_none(desk: Desk) -> None:
    ran = desk.run("clock", "set-back", today().isoformat(), "--reason", " ")
    assert (ran.code, ran.err) == (
        2,
        "caselink: --reason: say why the day seen was wrong; it is kept in the audit log\n",
    )
    assert latest(desk) == wrong()


def test_where_the_audit_log_cannot_be_written_the_day_stays(desk: Desk) -> None:
    (desk.home / "audit" / "office.jsonl").mkdir()
    assert desk.run("clock", "set-back", today().isoformat(), "--reason", "x").code == 2
    assert latest(desk) == wrong()
