"""A long text costs as much more as it is longer: nobody stops a load by a long line (R10, DESIGN 3)."""

import time
from collections.abc import Callable

import orjson
import pytest

from graph.gather import gather
from graph.model import Entry, EntryId, Kind
from graph.numbers import Patterns, fold
from loaders.check import check
from loaders.drawn import Drawn, Place
from tests.building import Agency, policy
from tests.plain_lines import document, link

PLAIN = "[A-Z]{2}[0-9]{2}-[0-9]{4}(?:-[0-9]{3})?"
TIMES = 16


def growth(work: Callable[[int], object], length: int) -> float:
    """How many times as long a text TIMES as long takes."""
    return _seconds(work, length * TIMES) / _seconds(work, length)


def _seconds(work: Callable[[int], object], length: int) -> float:
    """The least of three: a collection of cycles may come in one of them."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work(length)
        times.append(time.process_time() - start)
    return min(times)


def patterns(*sources: str) -> Patterns:
    return Patterns.read(sources, "identifier_patterns", [])


def cite(text: str) -> object:
    """What gathering one document with this narrative comes to, where every digit is a number."""
    line = orjson.dumps(document("D-1", "NY03-0001-001", narrative=text))
    return gather([Entry(EntryId("D-1"), Kind.DOCUMENT, line)], policy(identifier_patterns=["[0-9]"]))


@pytest.mark.parametrize(
    "text", ["NY03-0001 ", "NY03-0001", "NY03-0001_", "A", "AA0", "1-", "NY03\u20110001 "]
)
def test_masking_a_long_text_of_one_shape_is_not_quadratic(text: str) -> None:
    known = patterns(PLAIN)
    assert growth(lambda length: known.mask(text * length, ()), 2_000) < 4 * TIMES


def test_a_pattern_that_never_matches_does_not_make_the_others_quadratic() -> None:
    known = patterns(PLAIN, "ZZ[0-9]{9}")
    assert growth(lambda length: known.mask("NY03-0001 " * length, ()), 1_500) < 4 * TIMES


def test_a_pattern_without_a_bound_is_not_quadratic() -> None:
    known = patterns("[A-Z]{2}[0-9]+")
    assert growth(lambda length: known.tokens("NY" + "1" * length), 5_000) < 4 * TIMES


def test_folding_is_not_quadratic() -> None:
    assert growth(lambda length: fold("ＮＹ０３ß\u200b" * length), 2_000) < 4 * TIMES


def test_what_one_long_word_of_numbers_cites_is_not_quadratic() -> None:
    # The last letter takes four bytes, and makes every copy of a part of the word four times as long.
    assert growth(lambda length: cite("1" * length + "\U00010400"), 6_000) < 4 * TIMES


@pytest.mark.parametrize(
    "last", ['"k399": 0', '"k": 0', '"k": ', '"k": [}'], ids=["repeated", "good", "cut", "broken"]
)
def test_checking_a_line_of_many_keys_is_not_quadratic(last: str) -> None:
    def work(length: int) -> object:
        keys = ", ".join(f'"k{number}": 0' for number in range(length))
        return check(Drawn(Place("given.jsonl", 1), f"{{{keys}, {last}}}".encode()))

    assert growth(work, 400) < 4 * TIMES


def test_a_word_of_many_million_letters_that_clings_to_a_number_is_one_token() -> None:
    text = "NY03-0002" + "A" * 8_000_000
    assert list(patterns("[A-Z]{2}[0-9]{2}-[0-9]{4}").spans(text)) == [(0, len(text))]


def test_a_line_with_many_objects_on_it_withholds_each_without_being_quadratic() -> None:
    def load(length: int) -> object:
        links = [link(f"L-{n}", f"C-{n}", "CONTAINS", f"D-{n}") for n in range(length // 100)]
        return Agency().load(orjson.dumps(links))

    assert growth(load, 20_000) < 4 * TIMES
