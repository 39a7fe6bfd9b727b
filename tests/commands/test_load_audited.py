"""`caselink load` and the audit log: told before and after, and what cannot be told is not done."""

import json
import os
import shutil

import pytest

from server.audit.chain_check import check
from server.audit.files import lines_of
from tests.command_line import Desk
from tests.commands.two_cases import C1, WIRE, told


def events(desk: Desk) -> list[str]:
    """What the audit log tells of, in its order."""
    log = desk.home / "audit" / "office.jsonl"
    assert check(lines_of(log)).findings == []
    return [json.loads(line)["event"] for line in log.read_bytes().splitlines()]


def test_a_load_is_told_before_its_first_line_is_stored_and_after_its_last(desk: Desk) -> None:
    desk.load(C1)
    loading, loaded = (
        json.loads(line) for line in (desk.home / "audit" / "office.jsonl").read_bytes().splitlines()
    )
    file = str(desk.folder / "given.jsonl")
    assert (loading["event"], loading["files"]) == ("loading", [file])
    assert (loaded["event"], [each["path"] for each in loaded["files"]]) == ("loaded", [file])


def test_a_load_that_cannot_be_told_of_is_not_done(desk: Desk) -> None:
    log = desk.home / "audit" / "office.jsonl"
    log.mkdir()
    ran = desk.load(C1)
    sentence = f"caselink: {log}: cannot be written (Is a directory); make room or mend its rights\n"
    assert told(ran) == (2, "", sentence)
    assert desk.done("status", "--json").json()["holdings"]["held"] == {}


def test_a_log_that_fails_after_the_load_is_told_with_what_was_done(
    published: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = published.home / "audit" / "office.jsonl"

    def spoil(*_: object) -> None:
        log.unlink()
        log.mkdir()

    monkeypatch.setattr("server.commands.printing.Progress.end", spoil)
    assert told(published.load(C1 | WIRE)) == (
        2,
        "",
        f"caselink: {log}: cannot be written (Is a directory); make room or mend its rights. The lines are stored"
        " and the withdrawals done; only the log does not tell of them\n",
    )
    assert published.seen() == {"C-2"}


def test_a_log_whose_folder_was_cleared_away_begins_anew(desk: Desk) -> None:
    shutil.rmtree(desk.home / "audit")
    assert desk.load(C1).code == 0
    assert events(desk) == ["loading", "loaded"]


def test_the_drop_of_a_release_is_audited_before_it_is_done(published: Desk) -> None:
    (published.home / "agreements" / "ndex.toml").unlink()
    before = len(events(published))
    published.load(C1)
    assert events(published)[before:] == ["loading", "dropping", "loaded"]
    lines = (published.home / "audit" / "office.jsonl").read_bytes().splitlines()
    assert json.loads(lines[before + 1])["agreements"] == ["ndex"]


def test_a_drop_that_cannot_be_audited_is_not_done(published: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (published.home / "agreements" / "ndex.toml").unlink()
    log = published.home / "audit" / "office.jsonl"

    def spoil(*_: object) -> None:
        log.unlink()
        log.mkdir()

    monkeypatch.setattr("server.commands.printing.Progress.end", spoil)
    ran = published.load(C1 | WIRE)
    assert (ran.code, ran.out) == (2, "")
    status = published.run("status", "--json").json()
    kept = [release["agreement"] for release in status["releases"]["published"]]
    assert (kept, status["restriction_due"]) == (["ndex"], True)


def test_a_lost_folder_of_agreements_erases_no_release(published: Desk) -> None:
    (published.home / "agreements").rename(published.folder / "elsewhere")
    for ran in (published.load(C1), published.run("publish", "--yes")):
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"caselink: {published.home / 'agreements'}: cannot be read (")
    (published.folder / "elsewhere").rename(published.home / "agreements")
    assert published.seen() == {"C-1", "C-2", "D-1", "L-1"}


@pytest.mark.parametrize("failure", [KeyError("getpwuid(): uid not found: 4242"), OSError("No username set")])
def test_a_user_without_a_name_is_told_by_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def nameless() -> str:
        raise failure

    monkeypatch.setattr("getpass.getuser", nameless)
    assert desk.load(C1).code == 0
    lines = (desk.home / "audit" / "office.jsonl").read_bytes().splitlines()
    assert {json.loads(line)["who"] for line in lines} == {f"uid {os.getuid()}"}
