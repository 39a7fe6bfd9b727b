"""What was done to a log shows, and where: alone, and against the heads that the office was told (DESIGN 7)."""

from collections.abc import Sequence

from server.audit.chain import START, Head, chained, encoded
from server.audit.chain_check import Placed, What, check

COUNT = 10


def log(count: int = COUNT, text: str = "a") -> tuple[list[bytes], list[Head]]:
    """The lines of a log, and its head after each."""
    head, lines, heads = START, [], []
    for number in range(count):
        line, head = chained(head, encoded({"event": f"{text} {number}"}))
        lines.append(line.rstrip(b"\n"))
        heads.append(head)
    return lines, heads


LINES, HEADS = log()
OTHERS, _ = log(text="b")


def found(lines: Sequence[bytes], heads: Sequence[Head] = ()) -> list[tuple[What, int, int]]:
    placed = (Placed(line, f"1:{row}") for row, line in enumerate(lines, start=1))
    return [(finding.what, finding.first, finding.last) for finding in check(placed, heads).findings]


def test_a_log_that_nobody_touched_has_no_findings() -> None:
    assert found(LINES) == found(LINES, HEADS) == found(LINES, HEADS[::3]) == found([]) == []


def test_a_changed_line_is_named() -> None:
    for place in range(COUNT - 1):
        lines = [*LINES]
        lines[place] = lines[place].replace(b'"a ', b'"b ')
        assert found(lines) == [(What.CHANGED, place + 1, place + 1)]


def test_a_changed_last_line_shows_against_its_head() -> None:
    lines = [*LINES[:-1], LINES[-1].replace(b'"a ', b'"b ')]
    assert found(lines) == []
    assert found(lines, HEADS) == [(What.REWRITTEN, COUNT, COUNT)]


def test_dropped_lines_are_named() -> None:
    assert found([*LINES[:3], *LINES[5:]]) == [(What.DROPPED, 4, 4), (What.DROPPED, 5, 5)]
    assert found(LINES[2:]) == [(What.DROPPED, 1, 1), (What.DROPPED, 2, 2)]


def test_many_dropped_lines_are_named_together() -> None:
    lines, _ = log(300)
    assert found([lines[0], *lines[250:]]) == [(What.DROPPED, 2, 250)]


def test_moved_lines_are_named() -> None:
    lines = [*LINES]
    lines[3], lines[4] = lines[4], lines[3]
    assert found(lines) == [(What.MOVED, 4, 4)]
    assert found([LINES[0], *LINES[2:], LINES[1]]) == [(What.MOVED, 2, 2)]


def test_lines_that_were_put_in_are_named() -> None:
    assert found([*LINES[:4], LINES[3], *LINES[4:]]) == [(What.ADDED, 4, 4)]
    assert found([*LINES[:4], OTHERS[4], *LINES[4:]]) == [(What.ADDED, 5, 5)]


def test_a_number_that_was_changed_is_named() -> None:
    lines = [*LINES]
    lines[3] = lines[3].replace(b'"n":4', b'"n":7')
    assert found(lines) == [(What.CHANGED, 4, 4)]


def test_a_tail_that_was_cut_off_shows_against_the_heads() -> None:
    assert found(LINES[:6]) == []
    assert found(LINES[:6], HEADS) == [(What.CUT_OFF, 7, COUNT)]
    assert found(LINES[:6], HEADS[:7]) == [(What.CUT_OFF, 7, 7)]
    assert found([], HEADS) == [(What.CUT_OFF, 1, COUNT)]


def test_a_log_that_was_written_anew_shows_against_the_heads() -> None:
    assert found(OTHERS) == []
    assert found(OTHERS, HEADS[2:]) == [(What.REWRITTEN, 1, 3)]


def test_a_log_that_was_written_anew_from_some_line_on_shows_between_two_heads() -> None:
    head, lines = HEADS[4], LINES[:5]
    for number in range(5):
        line, head = chained(head, encoded({"event": f"anew {number}"}))
        lines.append(line.rstrip(b"\n"))
    assert found(lines, HEADS[::3]) == [(What.REWRITTEN, 5, 7)]


def test_a_cut_line_is_innocent_only_where_the_next_one_says_so() -> None:
    cut = LINES[3][:20]
    after, _ = chained(Head(4, "0" * 64), encoded({"event": "x"}), after_cut=True)
    assert found([*LINES[:3], cut, after.rstrip(b"\n")]) == [(What.CHANGED, 4, 4)]
    assert found([*LINES[:3], cut, *LINES[4:]]) == [(What.CHANGED, 4, 4)]
