"""The audit log is append-only and hash-chained: a changed, dropped or reordered line shows (DESIGN 7)."""

import stat
import threading
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.errors import StoreLocked
from server.audit.chain import BEGINNING
from server.audit.chain_check import What, check
from server.audit.files import lines_of
from server.audit.journal import Journal


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    return tmp_path / "office.jsonl"


def written(file: Path, count: int = 5) -> list[bytes]:
    """The lines of a journal in which so many things were written."""
    for number in range(count):
        Journal(file).append("rejects accepted", reason=f"reason {number}", files=["a.jsonl"])
    return file.read_bytes().splitlines(keepends=True)


def found(file: Path) -> list[tuple[What, int]]:
    """What is wrong, and with which line."""
    return [(finding.what, finding.first) for finding in check(lines_of(file)).findings]


def lines(file: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in file.read_bytes().splitlines()]


def test_a_line_tells_when_and_what_and_follows_from_the_one_before(file: Path) -> None:
    written(file, 2)
    first, second = lines(file)
    assert [set(line) for line in (first, second)] == [
        {"n", "at", "event", "reason", "files", "previous"}
    ] * 2
    assert (first["event"], first["reason"], first["files"]) == ("rejects accepted", "reason 0", ["a.jsonl"])
    assert (first["previous"], len(second["previous"])) == (BEGINNING, 64)
    assert (first["n"], second["n"]) == (1, 2)
    assert first["at"].endswith("+00:00")
    assert first["at"] <= second["at"]


def test_a_whole_journal_is_not_broken(file: Path) -> None:
    written(file)
    assert found(file) == []


def test_an_empty_journal_is_not_broken(file: Path) -> None:
    file.touch()
    assert found(file) == []
    written(file, 2)
    assert found(file) == []


def test_a_changed_line_shows_in_the_line_after_it(file: Path) -> None:
    for place in range(4):
        file.unlink(missing_ok=True)
        text = written(file)
        text[place] = text[place].replace(b"reason", b"Reason")
        file.write_bytes(b"".join(text))
        assert found(file) == [(What.CHANGED, place + 1)]


def test_a_dropped_line_shows(file: Path) -> None:
    for place in range(4):
        file.unlink(missing_ok=True)
        text = written(file)
        del text[place]
        file.write_bytes(b"".join(text))
        assert found(file) == [(What.DROPPED, place + 1)]


def test_lines_in_another_order_show(file: Path) -> None:
    first, second, *rest = written(file)
    file.write_bytes(b"".join([second, first, *rest]))
    assert found(file) == [(What.MOVED, 1)]
    file.write_bytes(b"".join([first, second, *reversed(rest)]))
    assert found(file) == [(What.MOVED, 3), (What.MOVED, 4)]


def test_a_line_put_in_or_written_twice_shows(file: Path) -> None:
    first, second, *rest = written(file)
    file.write_bytes(b"".join([first, first, second, *rest]))
    assert found(file) == [(What.ADDED, 1)]
    told = {"n": 2, "event": "rejects accepted", "previous": orjson.loads(second)["previous"]}
    file.write_bytes(b"".join([first, orjson.dumps(told) + b"\n", second, *rest]))
    assert found(file) == [(What.ADDED, 2)]


@pytest.mark.parametrize("cut", [b"", b"[]\n", b"7\n", b'{"event": "x"}\n', b'{"event": "rejects acc'])
def test_what_is_no_line_of_a_journal_shows(file: Path, cut: bytes) -> None:
    text = written(file)
    file.write_bytes(b"".join([*text[:2], cut.rstrip(b"\n") + b"\n", *text[2:]]))
    assert found(file) == [(What.ADDED, 3), (What.CHANGED, 3)]


def test_it_is_read_by_its_owner_only(file: Path) -> None:
    written(file, 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_line_longer_than_a_megabyte_does_not_break_the_chain(file: Path) -> None:
    Journal(file).append("rejects accepted", reason="x" * 2**21, files=[])
    written(file, 2)
    assert found(file) == []


def test_a_line_that_a_kill_has_cut_is_told_from_one_that_somebody_has_cut(file: Path) -> None:
    text = written(file, 3)
    file.write_bytes(b"".join(text)[:-20])
    Journal(file).append("rejects accepted", reason="after the kill", files=[])
    assert found(file) == [(What.CUT_SHORT, 3)]
    assert orjson.loads(file.read_bytes().splitlines()[-1])["reason"] == "after the kill"
    text = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*text[:2], text[2][:-20] + b"\n", text[3]]))
    assert found(file) == [(What.CHANGED, 3)]


def test_a_journal_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "office.jsonl"
    file.mkdir()
    with pytest.raises(StoreLocked) as refused:
        Journal(file).append("rejects accepted")
    assert str(refused.value) == f"{file}: cannot be written (Is a directory); make room or mend its rights"


def test_a_folder_that_is_missing_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "audit" / "office.jsonl"
    written(file, 2)
    assert (found(file), len(lines(file))) == ([], 2)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_writers_that_come_together_wait_for_each_other(file: Path) -> None:
    threads = [threading.Thread(target=written, args=(file, 20)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found(file), len(lines(file))) == ([], 80)
