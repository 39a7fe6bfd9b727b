"""A table that was amended any number of times is the table that a copy would be, and those before it stay."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from graph.amended import Amended, amended

ROWS = st.dictionaries(st.integers(0, 39), st.text(min_size=1, max_size=1))
KEYS = st.lists(st.integers(0, 39), max_size=4)
AMENDMENTS = st.lists(st.tuples(KEYS, st.dictionaries(st.integers(0, 39), st.just("new"), max_size=3)))
STARTS = ROWS | st.just({n: str(n) for n in range(40)})


def told(table: Mapping[int, str]) -> tuple[object, ...]:
    """All that a table tells."""
    rows = [(key, table.get(key), table.get(key, "none"), key in table) for key in range(40)]
    return rows, len(table), sorted(table), [table[key] for key in sorted(table)]


@given(STARTS, AMENDMENTS)
def test_an_amended_table_tells_what_a_changed_copy_tells(
    start: dict[int, str], amendments: list[tuple[list[int], dict[int, str]]]
) -> None:
    table: Mapping[int, str] = start
    copy = dict(start)
    for gone, come in amendments:
        before, then = table, told(table)
        table = amended(table, gone, come)
        copy = {key: row for key, row in copy.items() if key not in gone} | come
        assert (told(table), told(before)) == (told(copy), then)


def test_few_changes_share_the_table_and_many_make_one_of_both() -> None:
    start = {n: n for n in range(80)}
    few = amended(start, range(5), {n: -n for n in range(5, 10)})
    many = amended(few, [10], {})
    assert (type(few), type(many)) == (Amended, dict)
    assert many == {n: n for n in range(11, 80)} | {n: -n for n in range(5, 10)}


def test_without_a_change_it_is_the_very_same() -> None:
    start = {1: "one"}
    assert amended(start, [], {}) is start
