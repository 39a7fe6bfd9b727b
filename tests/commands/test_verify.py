"""`caselink verify` finds whatever in a home is not what the rules say, and `--repair` with a publication mends it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from server.commands.session import writing_holdings
from server.home import open_home
from tests.command_line import Desk
from tests.plain_lines import case, consent, document, link
from tests.set_clock import set_clock

WITHHELD = case("C-2", "NY03-0002", access_codes=["T3"])
LINES = [
    case("C-1", "NY03-0001", synopsis="As in NY03-0002."),
    WITHHELD,
    document("D-1", "NY03-0001-001"),
    link("L-1", "C-1", "CONTAINS", "D-1"),
]
SAME = "What is published and kept is what the rules say.\n"


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(*LINES)
    desk.done("publish")
    return desk


def change(desk: Desk, file: str, *statements: str) -> None:
    """Do to a store what no command does."""
    with closing(sqlite3.connect(desk.home / file)) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0


def found(desk: Desk) -> set[tuple[Any, ...]]:
    ran = desk.run("verify", "--json")
    findings = ran.json()["findings"]
    assert ran.code == (1 if findings else 0)
    return {(each["agreement"], each["what"], *each["ids"]) for each in findings}


def test_a_home_as_commands_leave_it_has_nothing_to_tell(desk: Desk) -> None:
    assert desk.done("verify").out == SAME
    desk.load(LINES[2] | {"access_codes": ["T3"]}, case("C-3", "NY03-0003"), name="more.jsonl")
    assert desk.done("verify").out == SAME
    desk.done("publish")
    desk.load(WITHHELD | {"access_codes": ["REL"]}, name="more.jsonl")
    assert desk.done("verify").out == SAME


@pytest.mark.parametrize(
    ("file", "statement", "expected"),
    [
        ("releases.sqlite", "UPDATE record SET body = replace(body, 'Plain', 'New') WHERE instr(body, 'synopsis')",
         {("ndex", "damaged"), ("ndex", "shows_more", "C-1"), ("ndex", "missing", "C-1")}),
        ("releases.sqlite", "UPDATE record SET body = replace(body, '[number withheld]', 'NY03-0002')",
         {("ndex", "damaged"), ("ndex", "shows_more", "C-1"), ("ndex", "missing", "C-1")}),
        ("releases.sqlite", "DELETE FROM link", {("ndex", "damaged"), ("ndex", "missing", "L-1")}),
        ("releases.sqlite", "UPDATE release SET header = replace(header, '\"total\":\"', '\"total\":\"0')",
         {("ndex", "damaged")}),
        ("releases.sqlite", "UPDATE version SET name = 'another'", {("ndex", "history")}),
        ("releases.sqlite", "UPDATE release SET header = replace(header, '\"expires\":\"2', '\"expires\":\"3')",
         {("ndex", "promises")}),
        ("holdings.sqlite", "UPDATE entry SET line = replace(line, 'T3', 'REL') WHERE id = 'C-2'",
         {("ndex", "missing", "C-1", "C-2"), (None, "standings", "C-2"), ("ndex", "counts")}),
        ("holdings.sqlite", "UPDATE entry SET line = replace(line, 'REL', 'T3') WHERE id = 'C-1'",
         {("ndex", "not_released", "C-1", "D-1", "L-1"), (None, "standings", "C-1", "D-1"), ("ndex", "counts")}),
        ("holdings.sqlite", "UPDATE standing SET body = zeroblob(10) WHERE id = 'D-1'", {(None, "standings", "D-1")}),
        ("holdings.sqlite", "DELETE FROM term WHERE id = 'C-1'", {(None, "terms", "C-1")}),
    ],
)  # fmt: skip
def test_what_was_changed_behind_its_back_is_told_and_mended(
    desk: Desk, file: str, statement: str, expected: set[tuple[Any, ...]]
) -> None:
    change(desk, file, statement)
    assert found(desk) == expected
    assert "run: caselink publish" in desk.run("verify", "--repair").err
    desk.done("publish", "--yes")
    assert found(desk) == set()


def test_a_link_that_is_not_found_by_its_ends_is_told(desk: Desk) -> None:
    change(desk, "holdings.sqlite", "UPDATE entry SET tail = head WHERE id = 'L-1'")
    assert found(desk) == {(None, "terms", "L-1")}


def test_a_release_whose_day_has_come_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.load(
        case("C-4", "NY03-0004", access_codes=["TAR"]),
        consent("N-1", "third_agency", record="C-4", expires="2029-01-01"),
        name="more.jsonl",
    )
    desk.done("publish")
    set_clock(monkeypatch, "2028-12-31")
    assert desk.done("verify").out == SAME
    set_clock(monkeypatch, "2029-01-01")
    assert found(desk) == {("ndex", "due")}
    desk.done("publish", "--due")
    assert desk.done("verify").out == SAME


def test_a_load_that_was_stopped_before_its_withdrawals_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise SystemExit(9)

    monkeypatch.setattr("graph.publish.Publisher.restrict", killed)
    desk.load(LINES[0] | {"access_codes": ["T3"]})
    assert found(desk) == {(None, "restriction_due")}


def test_a_release_without_an_agreement_on_file_is_told(desk: Desk) -> None:
    (desk.home / "agreements" / "ndex.toml").unlink()
    assert found(desk) == {("ndex", "not_on_file")}


def test_where_a_command_writes_meanwhile_nothing_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = iter([1, 2])
    monkeypatch.setattr("server.commands.verify.written", lambda _: next(sizes))
    assert desk.run("verify").err == (
        "caselink: Another command wrote to this home meanwhile; nothing can be said. Run it again\n"
    )


def test_while_a_command_writes_nothing_is_said(desk: Desk) -> None:
    with writing_holdings(open_home(desk.home, {})):
        ran = desk.run("verify")
    assert (ran.code, "Another command wrote to this home meanwhile" in ran.err) == (2, True)
    assert desk.done("verify").out == SAME


def test_many_ids_are_told_in_part(desk: Desk) -> None:
    desk.load(*(case(f"C-{n}", f"NY03-{n:04}") for n in range(100, 130)), name="many.jsonl")
    desk.done("publish")
    change(desk, "holdings.sqlite", "DELETE FROM standing WHERE id LIKE 'C-1__'")
    [line] = desk.run("verify").out.splitlines()
    assert line.endswith("C-119 and 10 more)")
