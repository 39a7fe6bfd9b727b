"""What others wrote, partners among them, is told on one line: it forges no other, and moves no cursor."""

from pathlib import Path

import pytest

from tests import worked_example
from tests.audit_lines import given, write_log
from tests.command_line import Desk
from tests.plain_lines import case

FORGED = "x\n2026-11-24 ndex: bob\x1b[2J\u202e"


def test_a_partners_user_forges_no_line_of_who_was_given_a_record(desk: Desk) -> None:
    desk.done("load", worked_example.FOLDER / "holdings.jsonl")
    desk.done("publish")
    own = desk.done("audit", "disclosures", "D-1", "--json").json()["ids"]["ndex"][0]
    write_log(desk.home / "audit" / "partner", given("ndex", FORGED, own))
    told = desk.done("audit", "disclosures", "D-1").out.splitlines()
    shown = " ndex: x\ufffd2026-11-24 ndex: bob\ufffd[2J\ufffd for “a test”, case T-1, request "
    assert [shown in line for line in told] == [False, True]


@pytest.mark.parametrize("command", [("load",), ("simulate",)])
def test_a_key_of_a_rejected_line_forges_no_other(desk: Desk, tmp_path: Path, command: tuple[str]) -> None:
    file = tmp_path / "twice.jsonl"
    file.write_text('{"kind": "case", "id": "C-1", "a\\nb": 1, "a\\nb": 2}\n')
    ran = desk.run(*command, file)
    told = ran.err if command == ("simulate",) else desk.done("rejects", "list").out
    assert told.splitlines()[0].endswith(
        "a\ufffdb: The key a\ufffdb stands twice; one of the two would be lost."
    )
    assert len(told.splitlines()) == 2


def test_a_reason_for_a_withdrawal_forges_no_other(desk: Desk) -> None:
    desk.load(case("C\n1", "NY03-0001"))
    told = desk.done("withdraw", "C\n1", "--reason", FORGED).out.splitlines()
    shown = "x\ufffd2026-11-24 ndex: bob\ufffd[2J\ufffd"
    assert told == [f"C\ufffd1 is withdrawn, and no partner is shown it from now on. {shown}"]
    (line,) = desk.done("withdraw").out.splitlines()
    assert (line.startswith("C\ufffd1: withdrawn by "), line.endswith(f": {shown}")) == (True, True)


def test_what_was_asked_for_moves_no_cursor_where_it_is_refused(desk: Desk) -> None:
    desk.load(case("C-1", "NY03-0001"))
    ran = desk.run("explain", "C\x1b[2J\u202e", "--agreement", "ndex")
    assert (ran.code, ran.err.split(": ")[1]) == (2, "C\ufffd[2J\ufffd")


ODD = "\udcff"
"""A byte that is no UTF-8, as Python hands on what is typed or what a file is called."""


@pytest.mark.parametrize(
    "arguments",
    [
        ("withdraw", ODD, "--reason", "a test"),
        ("withdraw", "C-1", "--reason", ODD),
        ("token", "--agreement", "ndex", "--user", ODD),
        ("token", "revoke", "abc", "--reason", ODD),
        ("rejects", "accept", "--reason", ODD),
        ("explain", ODD, "--agreement", "ndex"),
        ("export", "--agreement", ODD, "file"),
        ("audit", "disclosures", ODD),
    ],
)
def test_what_is_no_text_is_refused_and_nothing_is_done(desk: Desk, arguments: tuple[str, ...]) -> None:
    desk.load(case("C-1", "NY03-0001"))
    before = (desk.home / "audit" / "office.jsonl").read_bytes()
    ran = desk.run(*arguments)
    assert (ran.code, ran.err.rpartition(": ")[2]) == (
        2,
        "is no text in UTF-8; set the terminal to UTF-8 and type it again\n",
    )
    assert (desk.home / "audit" / "office.jsonl").read_bytes() == before


def test_a_home_is_backed_up_to_a_folder_of_any_name_by_a_user_of_any_name(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: f"ana{ODD}")
    ran = desk.done("backup", desk.folder / f"kept{ODD}")
    assert ran.out.startswith(f"{desk.folder}/kept\\xff: ")
    assert ((desk.folder / f"kept{ODD}") / "manifest.json").exists()
    line = (desk.home / "audit" / "office.jsonl").read_bytes().splitlines()[-1]
    assert (b'"who":"ana\\\\xff"' in line, b'kept\\\\xff"' in line) == (True, True)
