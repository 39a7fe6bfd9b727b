"""Whatever is done to a log of which the office was told each line, it shows: random tampering (DESIGN 7)."""

from hypothesis import given
from hypothesis import strategies as st

from server.audit.chain import START, Head, chained, encoded
from server.audit.chain_check import Placed, check

Log = list[bytes]


def log(texts: list[str]) -> tuple[Log, list[Head]]:
    """The lines that tell these, and the head after each."""
    head, lines, heads = START, [], []
    for text in texts:
        line, head = chained(head, encoded({"event": text}))
        lines.append(line[:-1])
        heads.append(head)
    return lines, heads


def anew(lines: Log, place: int, text: str) -> Log:
    """The log with another line there, and all after it written anew so that they follow."""
    texts = [text if row == place else f"{row}" for row in range(len(lines))]
    return [*lines[:place], *log(texts)[0][place:]]


@st.composite
def tampered(draw: st.DrawFn) -> tuple[Log, Log, list[Head]]:
    """A log, what somebody has made of it, and the heads that the office was told."""
    lines, heads = log(draw(st.lists(st.text(max_size=5), min_size=1, max_size=8)))
    place, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    changed = bytearray(lines[place])
    changed[draw(st.integers(0, len(changed) - 1))] ^= draw(st.integers(1, 255))
    swapped = [*lines]
    swapped[place], swapped[other] = swapped[other], swapped[place]
    made = draw(
        st.sampled_from(
            (
                [*lines[:place], bytes(changed), *lines[place + 1 :]],
                [*lines[:place], *lines[place + 1 :]],
                swapped,
                [*lines[:place], lines[other], *lines[place:]],
                lines[:place],
                anew(lines, place, "something else"),
            )
        )
    )
    return lines, made, heads


@given(tampered())
def test_it_shows_unless_nothing_was_done(case: tuple[Log, Log, list[Head]]) -> None:
    lines, made, heads = case
    placed = [Placed(line, f"1:{row}") for row, line in enumerate(made, start=1)]
    assert check(placed, heads).is_sound == (made == lines)
