"""What is deleted is in no file of the home when that is acknowledged, though servers have its stores open (R11)."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import Desk
from tests.office_client import OfficeClient, Who, stores_closed
from tests.plain_lines import case

MARK = "the Zanzibar wire"
AGENT = Who("kim", roles="agent")


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.load(case("C-1", "NY03-0001", title=MARK), case("C-2", "NY03-0002"))
    desk.done("publish", "--yes")
    with stores_closed():
        yield desk


def having(desk: Desk) -> list[str]:
    files = (path for path in desk.home.rglob("*") if path.is_file())
    return sorted(path.name for path in files if MARK.encode() in path.read_bytes())


def version(office: OfficeClient) -> str:
    told: str = office.ask('{ record(id: "C-1") { version } }')["record"]["version"]
    return told


def delete(office: OfficeClient) -> None:
    query = 'mutation ($v: String!) { delete(id: "C-1", reason: "court order", version: $v) { text } }'
    office.ask(query, v=version(office))


def test_what_an_officer_deletes_is_in_no_file_while_the_office_app_runs(desk: Desk) -> None:
    office = OfficeClient.at(desk.home, AGENT)
    version(office)
    before = having(desk)
    delete(office)
    assert (bool(before), having(desk)) == (True, [])


def test_what_a_line_deletes_is_in_no_file_while_the_office_app_runs(desk: Desk) -> None:
    office = OfficeClient.at(desk.home, AGENT)
    version(office)
    desk.load({"kind": "delete", "id": "C-1"})
    assert having(desk) == []


def test_what_is_withdrawn_and_then_deleted_is_in_no_file_either(desk: Desk) -> None:
    office = OfficeClient.at(desk.home, AGENT)
    office.ask('mutation { withdraw(id: "C-1", reason: "a source") { text } }')
    delete(office)
    assert having(desk) == []


def test_a_reader_that_stays_keeps_it_in_the_log_until_the_next_act(desk: Desk) -> None:
    office = OfficeClient.at(desk.home, AGENT)
    reader = sqlite3.connect(desk.home / "holdings.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entry").fetchone()
    delete(office)
    kept = having(desk)
    reader.close()
    office.ask('mutation { withdraw(id: "C-2", reason: "a source") { text } }')
    assert (bool(kept), having(desk)) == (True, [])
