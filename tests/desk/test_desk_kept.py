"""What officers decided is kept: by backups, restored homes, new keys, and by whatever is tried in thought."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Desk
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, document, link

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002", access_codes=["T3"])
D1, L1, L2 = (
    document("D-1", "NY03-0001-001"),
    link("L-1", "C-1", "CONTAINS", "D-1"),
    link("L-2", "C-2", "CONTAINS", "D-1"),
)
AGENT, SUPERVISOR = Who("kim", roles="agent"), Who("ortiz", roles="supervisor")
CLEAR = """mutation { requestClearance(link: "L-2", categories: ["title_iii"], agreements: ["ndex"],
    end: "2031-01-01", reason: "a clean copy") { request { id version } } }"""
RECODE = """mutation ($version: String!) {
    recode(id: "C-1", codes: ["REL", "BSA"], reason: "cites one", version: $version) { text } }"""
APPROVE = """mutation ($id: ID!, $version: String!) {
    approve(request: $id, version: $version, reason: "so it is") { text } }"""
TOLD = '{ record(id: "C-1") { accessCodes requests { state } } requests { totalCount nodes { about } } }'


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    """D-1 is released by a clearance that was made at the desk; then C-1 is closed there."""
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.load(C1, C2, D1, L1, L2)
    desk.done("publish", "--yes")
    asked = ask(desk, AGENT, CLEAR)["requestClearance"]["request"]
    ask(desk, SUPERVISOR, APPROVE, **asked)
    desk.done("publish", "--yes")
    assert desk.seen() == {"C-1", "D-1", "L-1"}
    version = ask(desk, AGENT, '{ record(id: "C-1") { version } }')["record"]["version"]
    ask(desk, AGENT, RECODE, version=version)
    return desk


def ask(desk: Desk, who: Who, query: str, **variables: Any) -> Any:
    return OfficeClient.at(desk.home, who).ask(query, **variables)


def test_a_backup_that_is_restored_knows_what_was_decided(desk: Desk) -> None:
    told = ask(desk, AGENT, TOLD)
    assert told == {
        "record": {"accessCodes": ["REL", "BSA"], "requests": [{"state": "open"}]},
        "requests": {"totalCount": 1, "nodes": [{"about": "C-1"}]},
    }
    desk.done("backup", desk.folder / "backup")
    other = Desk(desk.folder / "other")
    other.folder.mkdir()
    other.done("restore", desk.folder / "backup")
    assert ask(other, AGENT, TOLD) == told
    other.done("restore", "--accept", "--reason", "nothing came after it")
    other.load(C1 | {"title": "Another"})
    assert ask(other, AGENT, TOLD)["record"]["accessCodes"] == ["REL", "BSA"]
    assert other.done("verify").code == 0


def test_new_keys_change_nothing_of_what_was_decided(desk: Desk) -> None:
    told, seen = ask(desk, AGENT, TOLD), desk.seen()
    desk.done("keys", "rotate")
    assert (ask(desk, AGENT, TOLD), desk.seen()) == (told, seen)
    assert desk.done("verify").code == 0


def test_lines_that_are_tried_in_thought_meet_what_was_decided(desk: Desk) -> None:
    told = desk.done("simulate", desk.file("tried.jsonl", C1), "--json").json()["ndex"]
    assert [told[each] for each in ("added", "changed", "withdrawn")] == [[], [], []]
    told = desk.done("simulate", desk.file("tried.jsonl", D1 | {"title": "Another"}), "--json").json()["ndex"]
    assert told["added"] == []


@pytest.mark.parametrize(
    ("statement", "ids"),
    [
        ("UPDATE entry SET line = replace(line, ',\"BSA\"', '') WHERE id = 'C-1'", ["C-1"]),
        ("UPDATE paper SET body = replace(body, 'BSA', 'TSA') WHERE id = 'C-1'", ["C-1"]),
        ("UPDATE entry SET deleted = 1 WHERE id LIKE 'implied:desk-%'", ["implied:desk-"]),
    ],
)
def test_verify_tells_what_is_held_otherwise_than_was_decided(
    desk: Desk, statement: str, ids: list[str]
) -> None:
    with closing(sqlite3.connect(desk.home / "holdings.sqlite")) as file:
        file.execute(statement)
        file.commit()
    ran = desk.run("verify", "--json")
    found = [each["ids"] for each in ran.json()["findings"] if each["what"] == "desk"]
    assert (ran.code, [id[: len("implied:desk-")] for each in found for id in each]) == (1, ids)
