"""Holdings in a SQLite file: every id is found again, streaming is one snapshot, and each failure is a sentence."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import StoreError, StoreLocked, StoreUnreachable
from graph.model import Entry, EntryId, Kind
from graph.store import Batch, Taint
from graph.stores.sqlite_holdings import SqliteHoldings, open_holdings
from tests.building import Agency
from tests.ordinary_user import as_ordinary_user
from tests.plain_lines import case, delete, subject

C1 = Entry(EntryId("C-1"), Kind.CASE, b'{"kind":"case","id":"C-1"}', "2004-01-01T00:00:00.000000000")


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    return tmp_path / "holdings.sqlite"


@pytest.fixture(name="holdings")
def _holdings(file: Path) -> Iterator[SqliteHoldings]:
    with open_holdings(file) as holdings:
        yield holdings


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.stores.sqlite.WAIT_SECONDS", 0.05)


@pytest.mark.parametrize(
    "id",
    [
        "é",
        "e\u0301",
        "\U0001f600",
        "a b",
        'a"b',
        "a'b",
        "a\\b",
        "a\nb",
        "\u2028",
        "a\u0000b",
        "%",
        "null",
        "1",
    ],
)
def test_an_id_of_any_characters_is_found_again(holdings: SqliteHoldings, id: str) -> None:
    made = Agency(holdings=holdings)
    made.load(case("a", "NY03-0001"), case(id, "NY03-0001"))
    assert set(holdings.held([EntryId(id), EntryId("b")])) == {id}
    counts = made.load(case(id, "NY03-0001"), subject(id), delete(id))
    assert (counts.unchanged, counts.rejected, counts.deleted, counts.unheld) == (1, 1, 1, 0)


def test_what_was_taken_is_there_when_the_file_is_opened_again(file: Path) -> None:
    with open_holdings(file) as holdings:
        holdings.take(Batch(puts=[C1], taints=[Taint(EntryId("C-1"), "C-1")], memory={"name": "text"}))
    with open_holdings(file) as holdings:
        [entry] = holdings.entries()
        assert (entry.line, entry.revised, entry.deleted, entry.tainted) == (C1.line, C1.revised, False, True)
        assert (holdings.recall("name"), holdings.recall("other")) == ("text", None)


def test_entries_are_one_snapshot_whatever_another_connection_writes_meanwhile(
    file: Path, holdings: SqliteHoldings
) -> None:
    holdings.take(Batch(puts=[C1, Entry(EntryId("C-2"), Kind.CASE, b"{}")]))
    streamed = holdings.entries()
    first = next(streamed)
    with open_holdings(file) as other:
        other.take(Batch(puts=[Entry(EntryId("C-3"), Kind.CASE, b"{}")]))
    assert {first.id, *(entry.id for entry in streamed)} == {"C-1", "C-2"}
    assert {entry.id for entry in holdings.entries()} == {"C-1", "C-2", "C-3"}


def test_a_batch_that_fails_leaves_nothing_of_itself(holdings: SqliteHoldings) -> None:
    holdings.remember("name", "before")
    broken = Entry(EntryId("C-2"), Kind.CASE, None)  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        holdings.take(Batch(puts=[C1, broken], memory={"name": "after"}))
    assert (list(holdings.entries()), holdings.recall("name")) == ([], "before")


def test_it_may_be_closed_twice(file: Path) -> None:
    holdings = open_holdings(file)
    holdings.close()
    holdings.close()


def test_what_a_delete_erases_leaves_the_file(file: Path) -> None:
    secret = "Zanzibar freight"
    with open_holdings(file) as holdings:
        made = Agency(holdings=holdings)
        made.load(case("C-1", "NY03-0001", title=secret, synopsis=f"{secret} " * 2_000))
    assert secret.encode() in file.read_bytes()
    with open_holdings(file) as holdings:
        Agency(holdings=holdings).load(delete("C-1"))
    assert [each.name for each in file.parent.iterdir() if secret.encode() in each.read_bytes()] == []


# --- failures ---


def test_a_file_that_another_program_writes_to_is_told(file: Path, holdings: SqliteHoldings) -> None:
    with open_holdings(file) as other, other._database.writing(), pytest.raises(StoreLocked) as refused:
        holdings.take(Batch(puts=[C1]))
    assert str(refused.value) == f"{file}: another program is writing to it; wait for it, or stop it"
    holdings.take(Batch(puts=[C1]))


def test_a_file_that_is_no_database_is_told_and_left_as_it_was(file: Path) -> None:
    text = b"These are notes, and no database at all. " * 100
    file.write_bytes(text)
    with pytest.raises(StoreError) as refused:
        open_holdings(file)
    assert str(refused.value) == f"{file}: is no whole SQLite file; restore it from a backup"
    assert file.read_bytes() == text


def test_a_file_whose_folder_is_missing_is_told(tmp_path: Path) -> None:
    file = tmp_path / "missing" / "holdings.sqlite"
    with pytest.raises(StoreUnreachable) as refused:
        open_holdings(file)
    assert str(refused.value) == f"{file}: cannot be opened; is the folder there, and yours?"


def test_a_file_that_is_read_only_is_told_and_loses_nothing() -> None:
    with as_ordinary_user() as folder:
        file = folder / "holdings.sqlite"
        with open_holdings(file) as holdings:
            holdings.take(Batch(puts=[C1]))
        file.chmod(0o444)
        folder.chmod(0o555)
        with pytest.raises(StoreLocked) as refused:
            open_holdings(file)
        assert str(refused.value) == (
            f"{file}: it is read-only; give this user the right to write it and its folder"
        )
        file.chmod(0o600)
        folder.chmod(0o700)
        with open_holdings(file) as holdings:
            assert [entry.id for entry in holdings.entries()] == ["C-1"]


def test_a_folder_whose_name_means_something_in_an_address_is_just_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c%20d é"
    folder.mkdir()
    with open_holdings(folder / "h.sqlite") as holdings:
        holdings.take(Batch(puts=[C1]))
    assert (folder / "h.sqlite").exists()


def test_what_stands_in_a_damaged_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "holdings.sqlite"
    open_holdings(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO entry (id, kind, line, deleted) VALUES ('C-1', 'no kind', '{}', 0)")
    connection.close()
    with open_holdings(path) as holdings, pytest.raises(StoreError) as refused:
        list(holdings.entries())
    assert str(refused.value) == (
        f"{path}: is damaged ('no kind' is not a valid Kind); restore it from a backup"
    )
