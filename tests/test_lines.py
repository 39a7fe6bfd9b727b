"""JSON Lines are drawn as they stand, and memory does not grow with them (DESIGN 3)."""

import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.errors import Unreadable
from loaders.drawn import Drawn, Place, Rejected
from loaders.lines import LONGEST, LinesFormat


def drawn(folder: Path, text: bytes) -> Sequence[Drawn | Rejected]:
    """What a file with this text yields."""
    file = folder / "lines.jsonl"
    file.write_bytes(text)
    format = LinesFormat(file)
    lines = list(format.draw())
    assert format.position() == format.size() == len(text)
    return lines


def texts(folder: Path, text: bytes) -> list[tuple[int, bytes]]:
    """The number and text of each line that was drawn."""
    return [(line.place.line, line.text) for line in drawn(folder, text)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (b"", []),
        (b"\n", []),
        (b"{}", [(1, b"{}")]),
        (b"{}\n", [(1, b"{}")]),
        (b"{}\n[]\n", [(1, b"{}"), (2, b"[]")]),
        (b"\n \t\r\n{}\n\n\n[]", [(3, b"{}"), (6, b"[]")]),
        (b"{}\r\n[]\r\n", [(1, b"{}"), (2, b"[]")]),
        (b"\xef\xbb\xbf{}\n[]", [(1, b"{}"), (2, b"[]")]),
        (b"\xef\xbb\xbf\n{}", [(2, b"{}")]),
        (b"{}\n\xef\xbb\xbf[]", [(1, b"{}"), (2, b"\xef\xbb\xbf[]")]),
        (b"\xff\n{}", [(1, b"\xff"), (2, b"{}")]),
        (b'{"a": "\xe2\x80\xa8"}\n', [(1, b'{"a": "\xe2\x80\xa8"}')]),
    ],
)
def test_lines_are_drawn_in_order_with_their_numbers_and_blank_ones_passed_over(
    tmp_path: Path, text: bytes, lines: list[tuple[int, bytes]]
) -> None:
    assert texts(tmp_path, text) == lines


def test_a_line_knows_its_file(tmp_path: Path) -> None:
    [line] = drawn(tmp_path, b"\n{}")
    assert line == Drawn(Place(str(tmp_path / "lines.jsonl"), 2), b"{}")


def test_the_longest_line_is_drawn_and_a_longer_one_is_rejected_and_the_next_drawn(tmp_path: Path) -> None:
    longest = b'{"id": "C-1"' + b" " * (LONGEST - 13) + b"}"
    assert texts(tmp_path, longest + b"\n{}") == [(1, longest), (2, b"{}")]
    for end in (b"\n{}", b"\n{}\n"):
        first, second = drawn(tmp_path, b" " + longest + end)
        assert isinstance(first, Rejected)
        assert (first.place.line, first.path, first.by) == (1, "$", "C-1")
        assert first.sentence == "The line is longer than 16 MiB; split it, or leave out what no field needs."
        assert (second.place.line, second.text) == (2, b"{}")
    [last] = drawn(tmp_path, longest + b" ")
    assert isinstance(last, Rejected)


def test_a_line_of_100_mb_takes_no_more_memory_than_the_longest_that_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "huge.jsonl"
    with file.open("wb") as opened:
        opened.write(b'{"kind": "case", "id": "C-1", "synopsis": "')
        for _ in range(100):
            opened.write(b"x" * 2**20)
        opened.write(b'"}\n{"kind": "case", "id": "C-2"}\n')
    tracemalloc.start()
    found = [(type(line), line.place.line) for line in LinesFormat(file).draw()]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [(Rejected, 1), (Drawn, 2)]
    assert peak < 5 * LONGEST


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_told_with_its_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        Unreadable, match=r": cannot be read \(.+\); check the path and its rights$"
    ) as refused:
        list(LinesFormat(tmp_path / name).draw())
    assert str(refused.value).startswith(f"{tmp_path / name}: ")


def test_the_size_of_what_is_no_plain_file_is_unknown(tmp_path: Path) -> None:
    assert [LinesFormat(tmp_path / name).size() for name in ("missing.jsonl", ".")] == [0, 0]
