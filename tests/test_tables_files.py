"""Neo4j-style CSV in files, folders and zips: which are read, in which order, and in how much room."""

import sqlite3
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from graph.errors import StoreLocked, Unreadable
from loaders.drawn import Drawn, Place, Rejected
from loaders.tables import TableFormat
from tests.small_tables import (
    PARTIES,
    PERSONS,
    drawn,
    ids,
    mapping,
    written,
)


def test_a_folder_is_read_with_the_folders_in_it_by_name(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    written(tmp_path / "deep", "z.CSV", PARTIES + "1,2,PARTY_TO\n")
    written(tmp_path, "b.csv", PARTIES + "3,4,PARTY_TO\n")
    written(tmp_path, "model.json", "{}")
    written(tmp_path, "notes 1.csv", "free,text\n")
    written(tmp_path, "empty.csv", "")
    assert ids(tmp_path) == ["x-PARTY_TO:3:4", "x-PARTY_TO:1:2"]


def test_a_zip_is_read_by_the_names_in_it_and_nothing_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b/links.csv", PARTIES + "1,2,PARTY_TO\n")
        archive.writestr("a.csv", PERSONS + '1,"A\nB",Lee,,,Person\nshort\n')
        archive.writestr("model.json", "{}")
        archive.writestr("notes.csv", "free,text\n")
        archive.mkdir("folder.csv")
    assert [(line.place, type(line)) for line in drawn(path)] == [
        (Place("a.csv", 2), Drawn),
        (Place("a.csv", 4), Rejected),
        (Place("b/links.csv", 2), Drawn),
    ]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_or_zip_without_a_table_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.json", "{}")
    for place in (path, tmp_path):
        with pytest.raises(
            Unreadable, match=r"there is no \.csv file in it that the mapping does not ignore"
        ):
            drawn(place)


def test_a_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    assert ids(written(tmp_path, "links.txt", PARTIES + "1,2,PARTY_TO\n")) == ["x-PARTY_TO:1:2"]


def test_an_empty_file_and_one_of_a_header_alone_have_no_rows(tmp_path: Path) -> None:
    assert drawn(written(tmp_path, "a.csv", "")) == drawn(written(tmp_path, "b.csv", "nr:ID,:LABEL\n")) == []


def test_the_progress_ends_at_the_size(tmp_path: Path) -> None:
    path = written(tmp_path, "links.csv", PARTIES + "1,2,PARTY_TO\n")
    tables = TableFormat(path, mapping())
    before = (tables.position(), tables.size())
    tables.check()
    half = tables.position()
    list(tables.draw())
    size = path.stat().st_size
    assert (before, half, tables.position()) == ((0, 2 * size), size, 2 * size)


def test_what_is_not_there_has_no_size_and_cannot_be_read(tmp_path: Path) -> None:
    tables = TableFormat(tmp_path / "none.csv", mapping())
    assert tables.size() == 0
    with pytest.raises(Unreadable, match=r"none\.csv: cannot be read \(No such file or directory\)"):
        next(tables.draw())


def test_a_zip_that_is_damaged_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", PARTIES + "1,2,PARTY_TO\n")
    path.write_bytes(path.read_bytes().replace(b"1,2,PARTY_TO", b"1,3,PARTY_TO", 1))
    with pytest.raises(Unreadable, match="the zip is damaged or of an unknown make"):
        drawn(path)


def test_a_zip_with_a_password_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", PARTIES)
    # The first bit of the flags, in the member's header and in the central directory, says that it is encrypted.
    whole = bytearray(path.read_bytes())
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(whole)
    with pytest.raises(Unreadable, match=r"a\.csv in it asks for a password"):
        drawn(path)


# --- memory, and room on the disk ---


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    few, many = (_peak(tmp_path, rows) for rows in (300, 6_000))
    assert many < 1.2 * few


def _peak(folder: Path, count: int) -> int:
    path = folder / f"{count}.csv"
    with path.open("w") as file:
        file.write(PARTIES)
        file.writelines(f"{n},{n + 1},PARTY_TO\n" for n in range(count))
    tables = TableFormat(path, mapping())
    tracemalloc.start()
    drawn_rows = sum(1 for _ in tables.draw())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert drawn_rows == count
    return peak


def test_a_disk_without_room_to_count_ends_the_load_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def connect_to_little(name: str, isolation_level: None) -> sqlite3.Connection:
        connection = connect(name, isolation_level=isolation_level)
        connection.execute("PRAGMA max_page_count = 3")
        return connection

    path = written(tmp_path, "links.csv", PARTIES + "".join(f"{n},2,PARTY_TO\n" for n in range(2_000)))
    monkeypatch.setattr(sqlite3, "connect", connect_to_little)
    with pytest.raises(StoreLocked, match=r"temporary files does not do \(database or disk is full\)"):
        drawn(path)
