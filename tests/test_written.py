"""Who knows the last write that he read is told of those since, or that he has to read everything."""

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from graph.model import EntryId
from graph.written import MOST_NOTED, latest, noted, since


def ids(*stated: str) -> list[EntryId]:
    return [EntryId(id) for id in stated]


def test_nothing_is_known_where_nothing_was_noted() -> None:
    assert (latest(None), since(None, None), since(None, "a"), since("no JSON", "a")) == (None,) * 4


def test_what_was_written_since_is_told_and_no_more() -> None:
    text = noted(noted(noted(None, "a", ids("C-1")), "b", ids("C-2", "L-1")), "c", ids("C-2"))
    told = [since(text, name) for name in ("a", "b", "c", "another", None)]
    assert (latest(text), told) == ("c", [{"C-2", "L-1"}, {"C-2"}, set(), None, None])


def test_after_a_large_write_everything_is_read_and_then_no_more() -> None:
    large = noted(noted(None, "a", ids("C-1")), "b", ids(*map(str, range(MOST_NOTED + 1))))
    text = noted(large, "c", ids("C-2"))
    assert [since(text, name) for name in ("a", "b", "c")] == [None, {"C-2"}, set()]


@given(st.lists(st.integers(1, MOST_NOTED // 2), max_size=12), st.integers(0, 11))
def test_however_much_is_written_it_stays_short_and_never_tells_too_little(
    sizes: list[int], known: int
) -> None:
    writes = [(str(n), ids(*(f"{n}-{i}" for i in range(size)))) for n, size in enumerate(sizes)]
    text: str | None = reduce(lambda text, write: noted(text, *write), writes, None)
    told = since(text, str(known))
    later = {id for _, some in writes[known + 1 :] for id in some}
    assert told is None or told == later
    assert (told is not None) or known >= len(sizes) or len(later) + len(sizes) > MOST_NOTED
    assert text is None or text.count(",") < 3 * MOST_NOTED
