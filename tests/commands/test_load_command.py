"""`caselink load`: counts, exit codes 0, 3 and 2, and what it withdraws is withdrawn before it ends (DESIGN 5)."""

import os
import sqlite3

import pytest

from graph.errors import StoreError
from tests.building import Given
from tests.command_line import Desk
from tests.commands.two_cases import C1, C2, WIRE, told
from tests.plain_lines import case, delete

BAD = '{"kind": "case"}'


# --- exit codes ---


def test_it_ends_with_0_where_all_is_loaded(desk: Desk) -> None:
    ran = desk.load(C1, C1, delete("C-1"), delete("X"))
    assert told(ran) == (
        0,
        f"{desk.folder / 'given.jsonl'}: 4 loaded, 0 rejected, 1 unchanged, 1 deleted.\n",
        "",
    )


@pytest.mark.parametrize("text", [b"", b"\n\n", b"\xef\xbb\xbf"], ids=["empty", "blank", "a byte order mark"])
def test_it_ends_with_0_for_a_file_without_lines(desk: Desk, text: bytes) -> None:
    (desk.folder / "empty.jsonl").write_bytes(text)
    ran = desk.run("load", desk.folder / "empty.jsonl")
    assert told(ran) == (0, f"{desk.folder / 'empty.jsonl'}: 0 loaded, 0 rejected.\n", "")


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ([C1, BAD], "1 loaded, 1 rejected"),
        ([BAD, BAD], "0 loaded, 2 rejected"),
        ([BAD, C1, "{"], "1 loaded, 2 rejected"),
    ],
    ids=["some", "all", "first and last"],
)
def test_it_ends_with_3_where_some_or_all_lines_are_rejected(
    desk: Desk, lines: list[Given], counts: str
) -> None:
    ran = desk.load(*lines)
    [rejects] = (desk.home / "rejects").iterdir()
    assert ran.code == 3
    assert ran.out == (
        f"{desk.folder / 'given.jsonl'}: {counts}. See {rejects}; until this file"
        " loads without any, or `caselink rejects accept`, publishing adds nothing.\n"
    )


def test_it_ends_with_2_where_a_file_cannot_be_read_and_loads_the_others(desk: Desk) -> None:
    missing = desk.folder / "missing.jsonl"
    ran = desk.run("load", missing, desk.file("good.jsonl", C1))
    assert told(ran) == (
        2,
        f"{desk.folder / 'good.jsonl'}: 1 loaded, 0 rejected.\n",
        f"caselink: {missing}: cannot be read (No such file or directory); check the path and its rights\n",
    )
    assert desk.done("status", "--json").json()["holdings"]["held"] == {"case": 1}


def test_2_goes_before_3(desk: Desk) -> None:
    assert desk.run("load", desk.folder / "missing.jsonl", desk.file("bad.jsonl", BAD)).code == 2
    assert desk.run("load", desk.file("bad.jsonl", BAD), desk.folder).code == 2


def test_it_tells_the_same_as_json(desk: Desk) -> None:
    ran = desk.run("load", "--json", desk.file("a.jsonl", C1, BAD), desk.folder / "missing.jsonl")
    [rejects] = (desk.home / "rejects").iterdir()
    zero = {"read": 0, "taken": 0, "unchanged": 0, "deleted": 0, "ignored": 0, "unheld": 0, "rejected": 0}
    missing = str(desk.folder / "missing.jsonl")
    failure = f"{missing}: cannot be read (No such file or directory); check the path and its rights"
    assert ran.json() == {
        "loaded": 1,
        "rejected": 1,
        "files": [
            zero
            | {"path": str(desk.folder / "a.jsonl"), "read": 2, "taken": 1, "rejected": 1}
            | {"rejects": str(rejects), "failure": None},
            zero | {"path": missing, "rejects": None, "failure": failure},
        ],
        "releases": [],
    }


def test_a_mapping_is_for_tables_alone_and_tables_need_one(desk: Desk) -> None:
    file = desk.file("a.jsonl", C1)
    for arguments in (["--mapping", str(file)], ["--format", "neo4j-csv"]):
        ran = desk.run("load", *arguments, file)
        assert (ran.code, ran.out, ran.err.startswith(f"caselink: {arguments[0]}")) == (2, "", True)
    assert desk.done("status", "--json").json()["holdings"]["held"] == {}


# --- it withdraws before it ends ---


def test_what_a_load_withdraws_is_withdrawn_when_it_ends(published: Desk) -> None:
    ran = published.load(C1 | WIRE, case("C-3", "NY03-0003"))
    assert published.seen() == {"C-2"}
    first, second, *_ = ran.out.splitlines()
    assert first == f"{published.folder / 'given.jsonl'}: 2 loaded, 0 rejected."
    assert second.endswith("1 record and 0 links released; 0 records added, 0 updated, 2 withdrawn")


def test_what_a_rejected_line_names_is_withdrawn_when_the_load_ends(published: Desk) -> None:
    published.load('{"kind": "case", "id": "C-2", "revised": 7}')
    assert published.seen() == {"C-1", "D-1", "L-1"}


def test_what_a_load_withdraws_is_withdrawn_though_another_file_cannot_be_read(published: Desk) -> None:
    published.run("load", published.file("wire.jsonl", C2 | WIRE), published.folder / "missing.jsonl")
    assert published.seen() == {"C-1", "D-1", "L-1"}


def test_what_a_load_withdraws_is_withdrawn_though_another_file_cannot_be_taken(published: Desk) -> None:
    bad = published.file("bad.jsonl", BAD)
    published.run("load", bad)
    [rejects] = (published.home / "rejects").iterdir()
    rejects.unlink()
    rejects.mkdir()
    ran = published.run("load", published.file("wire.jsonl", C2 | WIRE), bad)
    assert (ran.code, f"{rejects}: cannot be written" in ran.err) == (2, True)
    assert published.seen() == {"C-1", "D-1", "L-1"}


def test_what_a_load_withdraws_is_withdrawn_though_a_person_stops_it(
    published: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("server.commands.printing.Progress.tell", stop)
    assert published.load(C2 | WIRE).code == 130
    monkeypatch.undo()
    [left] = published.done("publish", "--dry-run", "--json").json()["releases"]
    assert left["withdrawn"] == 0


def test_the_release_of_an_agreement_that_is_no_longer_on_file_is_withdrawn(published: Desk) -> None:
    (published.home / "agreements" / "ndex.toml").unlink()
    ran = published.load(C1)
    assert ran.err == "ndex: no agreement is on file; its release was withdrawn whole\n"
    assert published.done("status", "--json").json()["releases"]["published"] == []


# --- a withdrawal that fails ---


def test_a_withdrawal_that_fails_is_told_with_what_is_stored_and_done_by_the_next_publication(
    published: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.stores.sqlite.WAIT_SECONDS", 0.05)
    file = published.file("wire.jsonl", C1 | WIRE)
    store = published.home / "releases.sqlite"
    other = sqlite3.connect(store, isolation_level=None)

    def lock(*_: object) -> None:
        other.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr("server.commands.printing.Progress.end", lock)
    ran = published.run("load", file)
    other.close()
    monkeypatch.undo()
    assert told(ran) == (
        2,
        "",
        "caselink: The lines are stored, but the withdrawal is NOT done; partners are refused within a minute,"
        f" until it is; mend this and run any load or publish again: {store}: another program is writing to it;"
        " wait for it, or stop it\n",
    )
    assert published.done("status", "--json").json()["restriction_due"] is True
    published.done("publish")
    assert published.done("status", "--json").json()["restriction_due"] is False
    assert published.seen() == {"C-2"}


def test_a_withdrawal_that_fails_where_nothing_is_stored_is_the_stores_sentence_alone(
    published: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The store is tired")

    monkeypatch.setattr("graph.publish.Publisher.restrict", fail)
    ran = published.run("load", published.folder / "missing.jsonl")
    assert told(ran) == (2, "", "caselink: The store is tired\n")


# --- odd files ---


def test_a_path_that_cannot_be_read_keeps_its_earlier_rejects(desk: Desk) -> None:
    desk.load(BAD)
    listed = desk.done("rejects", "list", "--json").json()
    (desk.folder / "given.jsonl").rename(desk.folder / "elsewhere")
    assert desk.run("load", desk.folder / "given.jsonl").code == 2
    assert desk.done("rejects", "list", "--json").json() == listed


def test_a_file_with_the_longest_of_names_has_rejects_too(desk: Desk) -> None:
    assert desk.load(BAD, name="é" * 127).code == 3
    assert len(desk.done("rejects", "list", "--json").json()["lines"]) == 1


def test_a_file_whose_name_is_not_utf_8_is_loaded(desk: Desk) -> None:
    file = desk.folder / os.fsdecode(b"caf\xe9.jsonl")
    file.write_text(BAD + "\n")
    assert desk.run("load", file).code == 3
    assert len(desk.done("rejects", "list", "--json").json()["lines"]) == 1


def test_one_file_by_two_paths_is_one_file(desk: Desk) -> None:
    desk.load(BAD)
    (desk.folder / "link.jsonl").symlink_to(desk.folder / "given.jsonl")
    desk.file("given.jsonl", C1)
    desk.done("load", desk.folder / "link.jsonl")
    assert desk.done("status", "--json").json()["open"] == []
