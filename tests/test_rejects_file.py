"""The rejects file: each line that could not be stored, with its place, a path and a sentence (DESIGN 3, 5)."""

import stat
from pathlib import Path

import orjson
import pytest

from graph.errors import StoreLocked, Unreadable
from loaders.drawn import Place, Rejected, told
from loaders.lines import LinesFormat
from loaders.load import Loading
from server.rejects import Rejects, rejected_lines
from tests.building import policy
from tests.memory_holdings import MemoryHoldings

FIRST = Rejected(Place("a.jsonl", 3), "$.id", "There is no id.", b'{"kind": "case"}')
SECOND = Rejected(Place("a.jsonl", 7), "$", "The line is not UTF-8.", b"caf\xe9")


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "rejects"
    folder.mkdir()
    return folder


def load(file: Path, folder: Path, text: bytes) -> list[tuple[str, int, str]]:
    """The place and path of each line that is on file after this text was loaded from the file."""
    file.write_bytes(text)
    rejects = Rejects(folder, str(file))
    Loading(told(file), LinesFormat(file), MemoryHoldings(), policy().patterns, rejects, lambda _: None).run()
    return [(line["file"], line["line"], line["path"]) for line in rejected_lines(folder)]


def test_each_rejected_line_is_told_with_its_place_a_path_and_a_sentence(folder: Path) -> None:
    rejects = Rejects(folder, "/in/a.jsonl")
    rejects.write([FIRST])
    rejects.write([SECOND])
    assert list(rejected_lines(folder)) == [
        {
            **{"file": "a.jsonl", "line": 3, "path": "$.id"},
            **{"sentence": "There is no id.", "text": '{"kind": "case"}'},
        },
        {
            **{"file": "a.jsonl", "line": 7, "path": "$"},
            **{"sentence": "The line is not UTF-8.", "text": "caf\ufffd"},
        },
    ]
    assert [orjson.loads(line)["line"] for line in rejects.path.read_bytes().splitlines()] == [3, 7]


def test_it_is_read_by_its_owner_only(folder: Path) -> None:
    rejects = Rejects(folder, "/in/a.jsonl")
    rejects.write([FIRST])
    assert stat.S_IMODE(rejects.path.stat().st_mode) == 0o600


def test_files_of_one_name_in_two_folders_have_rejects_of_their_own(folder: Path) -> None:
    one, two = Rejects(folder, "/in/a.jsonl"), Rejects(folder, "/out/a.jsonl")
    one.write([FIRST])
    two.write([SECOND])
    assert {path.name.startswith("a.jsonl-") for path in (one.path, two.path)} == {True}
    assert sorted(line["line"] for line in rejected_lines(folder)) == [3, 7]


def test_a_load_of_the_same_path_makes_it_anew(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    assert load(file, folder, b"{}\n[]\n") == [(str(file), 1, "$.id"), (str(file), 2, "$")]
    assert load(file, folder, b'{"kind": "case", "id": "C-1"}\n[]\n') == [(str(file), 2, "$")]


@pytest.mark.parametrize(
    "text", [b'{"kind": "case", "id": "C-1"}\n', b"", b"\n\n"], ids=["good", "empty", "blank"]
)
def test_there_is_none_where_nothing_was_rejected(folder: Path, tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "a.jsonl"
    assert load(file, folder, b"{}\n") == [(str(file), 1, "$.id")]
    assert load(file, folder, text) == []
    assert list(folder.iterdir()) == []


def test_a_file_whose_name_is_not_utf_8_has_rejects_too(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "caf\udce9.jsonl"
    assert [(line, path) for _, line, path in load(file, folder, b"{}\n")] == [(1, "$.id")]


def test_a_rejects_file_that_a_kill_has_cut_still_tells_what_is_whole(folder: Path) -> None:
    rejects = Rejects(folder, "/in/a.jsonl")
    rejects.write([FIRST, SECOND])
    rejects.path.write_bytes(rejects.path.read_bytes()[:-30])
    assert [line["line"] for line in rejected_lines(folder)] == [3]


def test_a_rejects_file_that_cannot_be_written_is_told_and_nothing_is_taken(
    folder: Path, tmp_path: Path
) -> None:
    file, holdings = tmp_path / "a.jsonl", MemoryHoldings()
    file.write_bytes(b'{"kind": "case", "id": "C-1"}\n[]\n')
    rejects = Rejects(folder, str(file))
    rejects.path.mkdir()
    with pytest.raises(StoreLocked) as refused:
        Loading(str(file), LinesFormat(file), holdings, policy().patterns, rejects, lambda _: None).run()
    assert (
        str(refused.value)
        == f"{rejects.path}: cannot be written (Is a directory); make room or mend its rights"
    )
    assert list(holdings.entries()) == []


def test_the_rejects_of_an_earlier_load_stay_until_the_first_are_written(folder: Path) -> None:
    Rejects(folder, "/in/a.jsonl").write([FIRST])
    again = Rejects(folder, "/in/a.jsonl")
    assert [line["line"] for line in rejected_lines(folder)] == [3]
    again.write([SECOND])
    again.write([])
    again.write([FIRST])
    assert [line["line"] for line in rejected_lines(folder)] == [7, 3]
    Rejects(folder, "/in/a.jsonl").write([])
    assert list(folder.iterdir()) == []


def test_rejects_that_cannot_be_written_whole_leave_the_earlier_ones_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    Rejects(folder, "/in/a.jsonl").write([FIRST])
    again = Rejects(folder, "/in/a.jsonl")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreLocked) as refused:
        again.write([SECOND])
    monkeypatch.undo()
    assert str(refused.value) == (
        f"{again.path}: cannot be written (No space left on device); make room or mend its rights"
    )
    assert [line["line"] for line in rejected_lines(folder)] == [3]
    assert list(folder.iterdir()) == [again.path]


def test_a_folder_that_is_missing_is_made_again(folder: Path) -> None:
    folder.rmdir()
    Rejects(folder, "/in/a.jsonl").write([FIRST])
    assert [line["line"] for line in rejected_lines(folder)] == [3]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("a" * 100, "a" * 100),
        ("a" * 255, "a" * 100),
        ("é" * 127, "é" * 50),
        ("a" + "é" * 127, "a" + "é" * 49),
        ("€" * 85, "€" * 33),
    ],
)
def test_a_long_name_is_cut_to_100_bytes_between_two_characters(folder: Path, name: str, stem: str) -> None:
    rejects = Rejects(folder, f"/in/{name}")
    rejects.write([FIRST])
    assert rejects.path.name[:-15] == stem
    assert [line["line"] for line in rejected_lines(folder)] == [3]


@pytest.mark.parametrize("line", [b"{", b"[]", b"7", b"", b"{}", b'{"file": "a.jsonl"}'])
def test_a_line_that_was_damaged_is_told_with_its_place(folder: Path, line: bytes) -> None:
    rejects = Rejects(folder, "/in/a.jsonl")
    rejects.write([FIRST])
    rejects.path.write_bytes(rejects.path.read_bytes() + line + b"\n")
    with pytest.raises(Unreadable) as refused:
        list(rejected_lines(folder))
    assert str(refused.value) == (
        f"{rejects.path} line 2: was damaged; load its file again, or remove this one"
    )
