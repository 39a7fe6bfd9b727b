"""A home that is dropped in files: all of it goes, partners are answered 503, and nobody goes on with it."""

import json
import re
from contextlib import closing
from pathlib import Path

import pytest

from graph.model import AgreementId
from graph.readers import Reader
from server import dropping
from server.home import open_home
from server.stores import open_reader
from tests.command_line import Desk, run
from tests.commands.test_command_line import failed
from tests.plain_lines import case, document, link

LINES = [
    case("C-1", "NY03-0001", title="Ephemeral"),
    document("D-1", "NY03-0001-001"),
    link("L-1", "C-1", "CONTAINS", "D-1"),
]
STORES = {"holdings.sqlite", "releases.sqlite", "releases.sqlite.readers"}


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.load(*LINES)
    desk.done("publish", "--yes")
    return desk


def files(desk: Desk) -> set[str]:
    return {path.name for path in desk.home.iterdir() if path.is_file()}


def timeless(told: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ by .*?: ", "NOW by SOMEBODY: ", told)


def test_all_of_it_goes_and_what_is_somebody_s_evidence_stays(desk: Desk) -> None:
    before = files(desk)
    told = desk.done("drop", "--yes", "--json").json()
    assert told == {
        "home": str(desk.home),
        "agreements": ["ndex"],
        "held": {"case": 1, "document": 1, "link": 1},
    }
    assert {name for name in before - files(desk) if "-" not in name} == STORES
    assert [
        path for path in desk.home.rglob("*") if path.is_file() and b"Ephemeral" in path.read_bytes()
    ] == []
    lines = (desk.home / "audit" / "office.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["event"] for line in lines][-2:] == ["dropping the home", "home dropped"]
    desk.done("audit", "verify")


@pytest.mark.parametrize(
    "command",
    [("load", "x"), ("publish",), ("verify",), ("backup", "x"), ("serve",), ("rejects", "list"), ("report",)],
    ids=" ".join,
)
def test_no_command_goes_on_with_it(desk: Desk, command: tuple[str, ...]) -> None:
    desk.done("drop", "--yes")
    assert timeless(failed(desk.run(*command))) == (
        f"{desk.home}: was dropped at NOW by SOMEBODY: nothing of it is held or published; make a new home,"
        " or restore a backup into one"
    )
    assert STORES & files(desk) == set()


def test_status_tells_it_plainly(desk: Desk) -> None:
    assert desk.done("status", "--json").json()["dropped"] is None
    desk.done("drop", "--yes")
    assert timeless(desk.done("status").out).startswith(
        f"{desk.home}: was dropped at NOW by SOMEBODY: nothing of it"
    )
    told = desk.done("status", "--json").json()
    assert (set(told), set(told["dropped"])) == ({"dropped"}, {"begun", "who", "ended"})


@pytest.mark.parametrize(("typed", "code"), [(None, 4), ("\n", 4), ("hom\n", 4), ("home\n", 0)])
def test_it_is_asked_for_by_the_name_of_its_folder(desk: Desk, typed: str | None, code: int) -> None:
    ran = run("--home", desk.home, "drop", typed=typed)
    assert (ran.code, files(desk) >= STORES) == (code, code != 0)
    assert ran.err.splitlines()[:4] == [
        f"For good, all of {desk.home} is taken out of its stores:",
        "releases: ndex",
        "holdings: case 1, document 1, link 1",
        "Every partner is refused from then on, and no command goes on with this home.",
    ]


def test_a_partner_process_that_runs_has_nothing_more_to_answer_from_and_stops_the_rest(desk: Desk) -> None:
    with closing(open_reader(open_home(desk.home, {}))) as reader:
        reader.enrol(Reader("one that lives", 10**9, 2.0))
        told = failed(desk.run("drop", "--yes"))
        assert dict(reader.headers()) == {}
        assert reader.revocations().has("a token", AgreementId("ndex"), issued=0)
        assert told == (
            "partner processes of this home still run: 1. They refuse everybody, for nothing is released any more;"
            " stop them, and run this again to take the rest away"
        )
        assert "`caselink drop` ends that" in failed(desk.run("publish"))
        assert "`caselink drop` ends that" in desk.done("status").out
        reader.leave("one that lives")
    desk.done("drop", "--yes")
    assert STORES & files(desk) == set()


def test_a_partner_process_that_was_killed_stops_nothing(desk: Desk) -> None:
    with closing(open_reader(open_home(desk.home, {}))) as reader:
        reader.enrol(Reader("one that was killed", 0, 0.1))
    desk.done("drop", "--yes")
    assert STORES & files(desk) == set()


def test_what_was_stopped_half_way_is_ended_by_the_same_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killing:
        killing.setattr(
            dropping.Dropping, "_holdings", lambda _self: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        assert desk.run("drop", "--yes").code == 130
    assert files(desk) & STORES == {"holdings.sqlite"}
    assert "`caselink drop` ends that" in failed(desk.run("publish", "--yes"))
    asked = run("--home", desk.home, "drop", typed="home\n")
    assert (asked.code, "`caselink drop` ends that" in asked.err, files(desk) & STORES) == (0, True, set())
    desk.done("drop", "--yes")


def test_files_that_are_shared_by_a_link_go_with_the_link(desk: Desk) -> None:
    shared = desk.folder / "shared"
    shared.mkdir()
    (desk.home / "releases.sqlite").rename(shared / "releases.sqlite")
    (desk.home / "releases.sqlite").symlink_to("../shared/releases.sqlite")
    desk.done("drop", "--yes")
    assert (STORES & files(desk), list(shared.iterdir())) == (set(), [])


def test_a_backup_of_it_is_restored_into_a_new_home(desk: Desk) -> None:
    desk.done("backup", desk.folder / "copy")
    desk.done("drop", "--yes")
    again = Desk(desk.folder / "again")
    again.folder.mkdir()
    again.done("restore", desk.folder / "copy")
    assert again.done("status", "--json").json()["holdings"]["held"] == {"case": 1, "document": 1, "link": 1}


def test_a_mark_that_cannot_be_read_refuses_too(desk: Desk) -> None:
    (desk.home / "dropped").write_text("", encoding="utf-8")
    assert failed(desk.run("publish")).startswith(f"{desk.home / 'dropped'}: says that the home was dropped")
