"""Every failure of a command is a sentence on stderr, its own exit code, and never a traceback (DESIGN 5)."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from graph.stores.sqlite_holdings import open_holdings
from server.cli import caselink
from tests.command_line import Desk, Ran, run
from tests.plain_lines import case

C1 = case("C-1", "NY03-0001")
COMMANDS = {
    *("init", "load", "rejects", "publish", "serve", "token", "explain", "simulate", "export", "schema"),
    *("status", "clock", "demo", "query", "policy", "report", "check", "audit"),
    *("backup", "restore", "keys", "withdraw"),
    *("verify", "findings", "drop"),
}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.stores.sqlite.WAIT_SECONDS", 0.05)


def failed(ran: Ran) -> str:
    """The sentence of a command that could not do it: on stderr, and nothing on stdout."""
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("caselink: ")
    assert "Traceback" not in ran.err
    return ran.err.removeprefix("caselink: ").rstrip("\n")


def test_the_commands_are_those_of_the_design_so_far() -> None:
    context = click.Context(caselink)
    assert {
        name for name in caselink.list_commands(context) if caselink.get_command(context, name)
    } == COMMANDS


def test_a_command_is_told_of_in_the_list_as_in_its_own_help() -> None:
    context = click.Context(caselink)
    assert [name for name, told in caselink.told.items() if not told.endswith(".")] == []
    assert caselink.get_command(context, "nonsense") is None
    listed = caselink.get_help(context)
    assert [name for name in COMMANDS if f"\n  {name} " not in listed] == []


def test_the_list_of_commands_imports_none_of_them() -> None:
    asked = "import sys; from server.cli import caselink; import click; caselink.get_help(click.Context(caselink));"
    told = f"{asked} print({{'strawberry', 'neo4j', 'uvicorn'}} & sys.modules.keys() or 'nothing')"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "nothing\n"


@pytest.mark.parametrize(
    "arguments",
    [
        *[[], ["nonsense"], ["load"], ["load", "--format", "xml", "x"], ["publish", "--as-of", "2020-02-30"]],
        *[["export", "x"], ["rejects"], ["rejects", "accept"], ["init", "--colour"], ["publish", "more"]],
    ],
    ids=" ".join,
)
def test_a_command_that_is_not_understood_says_how_it_is_used(desk: Desk, arguments: list[str]) -> None:
    ran = desk.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: caselink ")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "command", ["status", "publish", "load x.jsonl", "rejects list", "export --agreement a x"]
)
def test_without_a_home_each_command_says_how_to_make_one(tmp_path: Path, command: str) -> None:
    ran = run("--home", tmp_path / "none", *command.split())
    assert (
        failed(ran)
        == f"{tmp_path / 'none'}: no caselink home; make one with: caselink --home {tmp_path / 'none'} init"
    )


def test_the_home_may_be_named_by_the_environment(desk: Desk) -> None:
    ran = run("status", "--json", environment={"CASELINK_HOME": str(desk.home)})
    assert (ran.code, ran.json()["holdings"]["store"]) == (0, str(desk.home / "holdings.sqlite"))


@pytest.mark.parametrize("command", ["load {file}", "publish", "publish --dry-run"])
@pytest.mark.parametrize("name", ["policy.toml", "agreements/ndex.toml"])
def test_rules_that_do_not_fit_stop_it_and_change_nothing(desk: Desk, command: str, name: str) -> None:
    desk.load(C1)
    desk.done("publish")
    seen, held = desk.exported(), desk.done("status", "--json").json()["holdings"]
    with (desk.home / name).open("a") as rules:
        rules.write("\n[colour]\n")
    file = desk.file("more.jsonl", case("C-2", "NY03-0002"), C1 | {"access_codes": ["T3"]})
    told = failed(desk.run(*command.format(file=file).split()))
    assert told.startswith(
        f"{name} does not fit; nothing was changed. Mend:\n  colour: unknown key; known are "
    )
    desk.replace(name, "\n[colour]\n", "")
    assert (desk.exported(), desk.done("status", "--json").json()["holdings"]) == (seen, held)


def test_settings_that_do_not_fit_are_told(desk: Desk) -> None:
    (desk.home / "caselink.toml").write_text("colour = 1\n")
    assert failed(desk.run("status")).startswith(
        f"{desk.home / 'caselink.toml'} does not fit:\n  colour: unknown key"
    )


def test_an_address_that_is_none_is_told(desk: Desk) -> None:
    (desk.home / "caselink.toml").write_text('[holdings]\nurl = "neo4j://["\n')
    assert failed(desk.run("status")).startswith(f"{desk.home / 'caselink.toml'} does not fit:\n  holdings")


def test_a_key_that_cannot_be_read_is_told(desk: Desk) -> None:
    (desk.home / "keys" / "version.key").write_text("lost")
    assert failed(desk.run("publish")).startswith(f"{desk.home / 'keys' / 'version.key'}: no key can be read")


@pytest.mark.parametrize("name", ["holdings.sqlite", "releases.sqlite"])
def test_a_store_that_is_no_database_is_told(desk: Desk, name: str) -> None:
    (desk.home / name).write_text("These are notes. " * 100)
    for command in (["status"], ["publish"], ["load", str(desk.file("given.jsonl", C1))]):
        assert (
            failed(desk.run(*command))
            == f"{desk.home / name}: is no whole SQLite file; restore it from a backup"
        )


def test_a_store_that_another_program_writes_to_is_told_and_loses_nothing(desk: Desk) -> None:
    desk.load(C1)
    other = sqlite3.connect(desk.home / "holdings.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    told = failed(desk.load(case("C-2", "NY03-0002")))
    assert (
        told == f"{desk.home / 'holdings.sqlite'}: another program is writing to it; wait for it, or stop it"
    )
    other.close()
    desk.load(case("C-2", "NY03-0002"))
    assert desk.done("status", "--json").json()["holdings"]["held"] == {"case": 2}


def test_a_clock_that_goes_back_is_told_and_nothing_is_loaded(desk: Desk) -> None:
    today = datetime.now(UTC).date()
    tomorrow = (today + timedelta(days=1)).isoformat()
    with open_holdings(desk.home / "holdings.sqlite") as holdings:
        holdings.remember("latest_day", tomorrow)
    for ran in (desk.load(C1), desk.run("publish")):
        assert failed(ran).endswith(
            f"but this home has seen {tomorrow}; set the clock right. Going back would show again what has ended"
            f" since. If {tomorrow} was wrong, run: caselink clock set-back {today} --reason TEXT"
        )
    assert desk.done("status", "--json").json()["holdings"]["held"] == {}


def test_what_a_person_stops_says_that_it_can_be_run_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("graph.publish.Publisher.plan", stop)
    ran = desk.run("publish")
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.strip() == "Stopped; what was acknowledged is kept, and the command can be run again."


def test_a_failure_of_the_system_is_a_sentence_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr("graph.publish.Publisher.plan", fail)
    assert failed(desk.run("publish")) == "somewhere: No space left on device; check the disk and rights"


def test_a_full_disk_that_names_no_file_may_be_that_of_the_output(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.publish.Publisher.plan", fail)
    told = failed(desk.run("publish"))
    assert told == "standard output or a file: No space left on device; check the disk and rights"


def test_a_fault_of_caselink_itself_is_one_sentence_with_its_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("one\nthing by   nothing")

    monkeypatch.setattr("graph.publish.Publisher.plan", fail)
    ran = desk.run("publish")
    place = f"commands/{Path(__file__).name}:{fail.__code__.co_firstlineno + 1}"
    assert (ran.code, ran.out) == (70, "")
    assert ran.err == (
        "caselink: this is a fault in caselink, not yours: ZeroDivisionError: one thing by nothing"
        f" ({place}). What was acknowledged is kept.\n"
    )


def test_help_is_a_result(desk: Desk) -> None:
    for arguments in (["--help"], ["load", "--help"], ["rejects", "--help"]):
        ran = desk.run(*arguments)
        assert (ran.code, ran.err, ran.out.startswith("Usage: caselink ")) == (0, "", True)
