"""`caselink init`, `rejects`, `export` and `status`: what each prints, as sentences and as JSON (DESIGN 5)."""

import json
from pathlib import Path

import pytest

from graph.sources import Source, open_sources, with_source
from graph.store import Batch
from graph.stores.sqlite_holdings import open_holdings
from server.audit.chain_check import check
from server.audit.files import lines_of
from tests.command_line import Desk, run
from tests.ordinary_user import as_ordinary_user
from tests.plain_lines import case, delete, document, link

C1 = case("C-1", "NY03-0001")
BAD = '{"kind": "case"}'


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init")
    return desk


# --- init ---


def test_init_says_what_it_made_and_what_to_read(tmp_path: Path) -> None:
    ran = run("--home", tmp_path / "home", "init")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"Made {tmp_path / 'home'}. Its policy.toml and agreements/*.toml say what is shared; read them first.\n"
    )
    assert run("--home", tmp_path / "other", "init", "--json").json() == {"home": str(tmp_path / "other")}


def test_init_of_a_home_that_is_there_is_refused(desk: Desk) -> None:
    ran = desk.run("init")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"caselink: {desk.home}: is a caselink home already; name another folder, or remove this one first\n"
    )


def test_keys_can_be_set_in_a_test_home_only(tmp_path: Path) -> None:
    ran = run("--home", tmp_path / "home", "init", "--seed", "x")
    assert (ran.code, ran.err) == (
        2,
        "caselink: --seed: only with --test; keys that can be guessed protect nothing\n",
    )
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("url", ["nonsense", "http://one", 'neo4j://o"ne'])
def test_init_refuses_an_address_that_its_home_could_not_use(tmp_path: Path, url: str) -> None:
    ran = run("--home", tmp_path / "home", "init", "--neo4j", url)
    assert (ran.code, ran.out) == (2, "")
    assert not (tmp_path / "home").exists()


def test_init_sets_the_holdings_server_and_the_releases_stay_in_a_file(tmp_path: Path) -> None:
    run("--home", tmp_path / "home", "init", "--neo4j", "neo4j://one:7687")
    text = (tmp_path / "home" / "caselink.toml").read_text()
    assert ("[holdings]" in text, 'url = "neo4j://one:7687"' in text, "[releases]" in text) == (
        True,
        True,
        False,
    )


# --- rejects ---


def test_rejected_lines_are_listed_with_place_path_and_sentence(desk: Desk) -> None:
    file = desk.file("bad.jsonl", C1, BAD, "{")
    desk.run("load", file)
    ran = desk.done("rejects", "list")
    assert ran.out.splitlines() == [
        f"{file} line 2 at $.id: There is no id: id must be a text that is not empty.",
        f"{file} line 3 at $: The line is not JSON: unexpected end of data at character 2.",
        f"{file}: open, 2 lines rejected; publishing adds nothing",
    ]


def test_of_a_load_that_was_stopped_it_is_told_that_it_was_and_no_count_of_rejected_lines(desk: Desk) -> None:
    with open_holdings(desk.home / "holdings.sqlite") as holdings:
        stopped = with_source(open_sources(holdings), "half.jsonl", Source(0, finished=False))
        holdings.take(Batch(memory=stopped))
    why = "its load has not come to its end; publishing adds nothing"
    assert desk.done("rejects", "list").out == f"half.jsonl: open, {why}\n"
    assert f"open  half.jsonl: {why}" in desk.done("status").out.splitlines()


def test_rejected_lines_are_listed_as_json(desk: Desk) -> None:
    file = desk.file("bad.jsonl", BAD)
    desk.run("load", file)
    sentence = "There is no id: id must be a text that is not empty."
    line = {"file": str(file), "line": 1, "path": "$.id", "sentence": sentence, "text": BAD}
    assert desk.done("rejects", "list", "--json").json() == {
        "open": [{"path": str(file), "rejected": 1, "finished": True}],
        "lines": [line],
    }


def test_without_rejects_the_lists_are_empty(desk: Desk) -> None:
    assert desk.done("rejects", "list").out == ""
    assert desk.done("rejects", "list", "--json").json() == {"open": [], "lines": []}


def test_a_rejects_file_that_was_damaged_is_told(desk: Desk) -> None:
    desk.load(BAD)
    [file] = (desk.home / "rejects").iterdir()
    file.write_bytes(b"notes\n")
    for arguments in ([], ["--json"]):
        ran = desk.run("rejects", "list", *arguments)
        assert (ran.code, ran.out, ran.err) == (
            2,
            "",
            f"caselink: {file} line 1: was damaged; load its file again, or remove this one\n",
        )
    desk.load(BAD)
    assert len(desk.done("rejects", "list", "--json").json()["lines"]) == 1


def test_accepting_rejects_lets_publishing_add_and_stands_in_the_audit_log(desk: Desk) -> None:
    desk.load(C1, BAD)
    desk.run("publish")
    ran = desk.done("rejects", "accept", "--reason", "A test line of the supplier")
    assert ran.out == "Accepted 1 file; publishing adds again. A test line of the supplier\n"
    desk.done("publish")
    assert desk.seen() == {"C-1"}
    log = desk.home / "audit" / "office.jsonl"
    told = [json.loads(line) for line in log.read_bytes().splitlines()]
    accepted = [line for line in told if line["event"] == "rejects accepted"]
    assert [(line["reason"], line["files"]) for line in accepted] == [
        ("A test line of the supplier", [str(desk.folder / "given.jsonl")])
    ]
    assert check(lines_of(log)).findings == []


def test_accepting_tells_the_same_as_json(desk: Desk) -> None:
    desk.load(BAD, name="b.jsonl")
    desk.load(BAD, name="a.jsonl")
    told = desk.done("rejects", "accept", "--reason", "x", "--json").json()
    assert told == {"accepted": [str(desk.folder / "a.jsonl"), str(desk.folder / "b.jsonl")]}


def test_a_blank_reason_is_none(desk: Desk) -> None:
    desk.load(BAD)
    assert desk.run("rejects", "accept", "--reason", " ").code == 2
    assert len(desk.done("status", "--json").json()["open"]) == 1


def test_where_the_audit_log_cannot_be_written_nothing_is_accepted(desk: Desk) -> None:
    desk.load(BAD)
    log = desk.home / "audit" / "office.jsonl"
    log.unlink(missing_ok=True)
    log.mkdir()
    ran = desk.run("rejects", "accept", "--reason", "x")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"caselink: {log}: cannot be written (Is a directory); make room or mend its rights\n"
    assert len(desk.done("status", "--json").json()["open"]) == 1


# --- export ---


def test_an_export_is_written_whole_with_its_caveat_first(desk: Desk) -> None:
    desk.load(C1, document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1"))
    desk.done("publish")
    path = desk.folder / "out.jsonl"
    ran = desk.done("export", "--agreement", "ndex", "--format", "jsonl", path)
    assert (ran.out, ran.err) == (f"{path}: 2 records and 1 link of ndex.\n", "")
    kinds = [json.loads(line)["kind"] for line in path.read_bytes().splitlines()]
    assert kinds == ["caveat", "case", "document", "link"]
    told = desk.done("export", "--agreement", "ndex", path, "--json").json()
    [published] = desk.done("status", "--json").json()["releases"]["published"]
    version = published["version"]
    assert told == {"path": str(path), "format": "jsonl", "version": version, "records": 2, "links": 1}


def test_an_agreement_without_a_release_is_told(desk: Desk) -> None:
    ran = desk.run("export", "--agreement", "ndex", desk.folder / "out.jsonl")
    assert (ran.code, ran.err) == (
        2,
        "caselink: --agreement ndex: nothing is published for it; run: caselink publish\n",
    )
    assert not (desk.folder / "out.jsonl").exists()


def test_an_export_under_other_keys_than_it_was_published_by_is_told(desk: Desk) -> None:
    desk.load(C1)
    desk.done("publish")
    (desk.home / "keys" / "naming.key").write_text("11" * 32)
    ran = desk.run("export", "--agreement", "ndex", desk.folder / "out.jsonl")
    assert (ran.code, ran.out, ran.err.startswith("caselink: ")) == (2, "", True)
    assert not (desk.folder / "out.jsonl").exists()


def test_an_export_that_cannot_be_written_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    desk.load(C1)
    desk.done("publish")
    target = desk.file("out.jsonl", C1)
    monkeypatch.setattr("pathlib.Path.replace", fail)
    ran = desk.run("export", "--agreement", "ndex", target)
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        f"caselink: {target}: cannot be written (Input/output error); check the folder and its rights\n",
    )
    assert {path.name for path in desk.folder.iterdir()} == {"home", "given.jsonl", "out.jsonl"}
    assert json.loads(target.read_bytes())["id"] == "C-1"


@pytest.mark.parametrize(("named", "told"), [("/", "/"), (".", "."), ("", "."), ("..", "..")])
def test_an_export_to_a_folder_is_told(desk: Desk, named: str, told: str) -> None:
    desk.load(C1)
    desk.done("publish")
    ran = desk.run("export", "--agreement", "ndex", named)
    assert (ran.code, ran.out, ran.err) == (2, "", f"caselink: {told}: is a folder; name a file in it\n")


# --- status ---


def test_status_tells_what_is_held_published_and_open(desk: Desk) -> None:
    desk.load(C1, document("D-1", "NY03-0001-001"), delete("D-1"))
    desk.agreement(
        (desk.home / "agreements" / "ndex.toml").read_text().replace('"ndex"', '"county"'), "county"
    )
    desk.done("publish", "--agreement", "ndex")
    desk.load(BAD, name="bad.jsonl")
    [published] = desk.done("status", "--json").json()["releases"]["published"]
    told = f"ndex {published['version']}, published {published['published_at']}: 1 record, 0 links"
    ran = desk.done("status")
    assert ran.out.splitlines() == [
        f"holdings  {desk.home / 'holdings.sqlite'}: case 1",
        f"releases  {desk.home / 'releases.sqlite'}",
        f"  {told}",
        "  county: not published",
        f"open  {desk.folder / 'bad.jsonl'}: 1 line rejected; publishing adds nothing",
    ]
    told_as_json = desk.done("status", "--json").json()
    assert {*told_as_json.pop("took")} == {"load", "publish"}
    assert told_as_json == {
        "holdings": {"store": str(desk.home / "holdings.sqlite"), "held": {"case": 1}, "writer": None},
        "releases": {
            "store": str(desk.home / "releases.sqlite"),
            "published": [published],
            "unpublished": ["county"],
        },
        "open": [{"path": str(desk.folder / "bad.jsonl"), "rejected": 1, "finished": True}],
        "readers": [],
        "seen": {},
        "restriction_due": False,
        "refused": False,
        "restored": None,
        "dropped": None,
        "writing": None,
    }


def test_status_of_a_new_home_is_that_nothing_is_held(desk: Desk) -> None:
    assert desk.done("status").out.splitlines() == [
        f"holdings  {desk.home / 'holdings.sqlite'}: nothing",
        f"releases  {desk.home / 'releases.sqlite'}",
        "  ndex: not published",
    ]


def test_a_home_that_may_not_be_written_is_told() -> None:
    with as_ordinary_user() as folder:
        desk = Desk(folder)
        desk.done("init")
        desk.load(C1)
        desk.home.chmod(0o555)
        ran = desk.load(C1)
        desk.home.chmod(0o700)
        assert (ran.code, ran.out, ran.err.startswith(f"caselink: {desk.home}")) == (2, "", True)
        assert desk.done("status", "--json").json()["holdings"]["held"] == {"case": 1}
