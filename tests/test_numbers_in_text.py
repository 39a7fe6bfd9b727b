"""R10: numbers as they stand in text: folded, found from the left, masked, and what a number is cut from."""

import itertools

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.content import shown_numbers
from graph.model import Token
from graph.numbers import WITHHELD, Patterns, fold
from tests.building import policy
from tests.specification import numbers as specification

PLAIN = "[A-Z]{2}[0-9]{2}-[0-9]{4}(?:-[0-9]{3})?"
LOOKING = ["(?<![A-Z])[A-Z]{2}[0-9]{2}(?![0-9])", "(?<=NO )[0-9]+", "[0-9]{4}(?=-)"]
ODD = "NYLA0139-_/. \u00e9\u00df\ufb01\u00bd\u00b2\u2013\u2043\u2212\ufe63"
ODD += "\u200b\u00ad\u034f\ufe0f\uff11\u0663\uff2e\u0130\u0149"
# Without what Unicode has not assigned: `regex` and Python may know different versions of it.
ASSIGNED = st.characters(exclude_categories=("Cs", "Cn"))
texts = st.one_of(st.text(ASSIGNED, max_size=12), st.text(ODD, max_size=24))


def read(*sources: str) -> Patterns:
    """These patterns, which are without mistakes."""
    mistakes: list[str] = []
    patterns = Patterns.read(sources, "identifier_patterns", mistakes)
    assert mistakes == []
    return patterns


def found(text: str, *sources: str) -> list[str]:
    """The tokens of a text, folded."""
    return [token.text for token in read(*(sources or (PLAIN,))).tokens(text)]


# --- patterns ---


def test_each_pattern_that_cannot_be_used_is_told_by_its_place_and_the_others_are_kept() -> None:
    with pytest.raises(regex.error) as wrong:
        regex.compile("[", regex.POSIX)
    mistakes: list[str] = []
    read = Patterns.read(["[0-9]{2}", "[", "[0-9]*", "[A-Z]+"], "identifier_patterns", mistakes)
    assert mistakes == [
        f"identifier_patterns[1]: not a pattern: {wrong.value}",
        "identifier_patterns[2]: matches the empty text, so it would match everywhere",
    ]
    assert [pattern.pattern for pattern in read.patterns] == ["[0-9]{2}", "[A-Z]+"]


def test_no_pattern_at_all_is_a_mistake() -> None:
    mistakes: list[str] = []
    assert Patterns.read([], "identifier_patterns", mistakes).patterns == ()
    assert mistakes == ["identifier_patterns: empty; every case and document would be withheld"]


# --- folding ---


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("ny03-0001", "NY03-0001"),
        ("ＮＹ０３－０００１", "NY03-0001"),
        ("-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u058a\u301c", "-" * 14),
        ("\u0661\u06f2\u096c\U0001d7d9", "1261"),
        ("a\u00adb\u200bc\u200dd\u2060e\ufefff\u034fg\ufe00h\ufe0fi\U000e0001j", "ABCDEFGHIJ"),
        ("ß ﬁ ½ ² ŉ", "SS FI 1⁄2 2 ʼN"),
        ("_ / . [", "_ / . ["),
    ],
)
def test_text_is_folded_character_by_character(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(texts)
@settings(max_examples=150, deadline=None)
def test_folding_is_that_of_the_specification(text: str) -> None:
    assert fold(text) == specification.fold(text)


# --- tokens ---


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("no number", []),
        ("See NY03-0001, ny03-0002-001.", ["NY03-0001", "NY03-0002-001"]),
        ("NY03-0001a_b-1c-d", ["NY03-0001A_B-1C"]),
        ("NY03-0001-", ["NY03-0001"]),
        ("NY03-0001--1", ["NY03-0001"]),
        ("NY03-0001-12", ["NY03-0001-12"]),
        ("NY03-0001-\u0662", ["NY03-0001-2"]),
        ("NY03-0001-\u00bd", ["NY03-0001-1"]),
        ("NY03-0001\u00e9\u4e2d\u2167", ["NY03-0001\u00c9\u4e2dVIII"]),
        ("NY03-0001/NY03-0002", ["NY03-0001", "NY03-0002"]),
        ("NY03-0001NY03-0002", ["NY03-0001NY03-0002"]),
        ("XNY03-0001", ["NY03-0001"]),
        ("N\u00adY03\u2011\u200b0001", ["NY03-0001"]),
        ("NY 03-0001", []),
    ],
)
def test_a_token_is_the_leftmost_match_with_all_that_clings_to_its_end(text: str, tokens: list[str]) -> None:
    assert found(text) == tokens


def test_of_several_patterns_the_longest_match_at_the_first_place_counts() -> None:
    sources = ["[0-9]{2}", "[A-Z]{2}[0-9]{2}", "[A-Z]{2}[0-9]{2}/[0-9]{2}"]
    for order in itertools.permutations(sources):
        assert found("NY03/11/22 LA44.", *order) == ["NY03/11", "22", "LA44"]


@pytest.mark.parametrize(
    "source",
    ["NY|NY03|NY03/1", "NY03/1|NY03|NY", "(?:NY|NY03)(?:/1)?", "NY(?:03)??(?:/1)??", "NY03?(?:/1)*?"],
)
def test_the_longest_match_counts_however_the_pattern_is_written(source: str) -> None:
    assert found("NY03/1.", source) == ["NY03/1"]


@given(
    st.text(alphabet="AB1-", max_size=9),
    st.sampled_from(
        [
            *("A|AB", "(?:A|AB)(?:B|-1)?", "(?:A|AB|ABA)(?:1|BA1)?", "A*?B", "(?:A+?|B)-?", "(?:AB?)+?1?"),
            *("A(?!B)|AB1", "(?<=A)B|A", "(?:A|B1?){1,2}?", "(A|B)\\1?"),
        ]
    ),
)
@settings(max_examples=150, deadline=None)
def test_the_leftmost_longest_match_is_found_as_by_trying_every_place_and_length(
    text: str, source: str
) -> None:
    pattern = regex.compile(source)
    matches = (
        (start, end)
        for start in range(len(text))
        for end in range(len(text), start, -1)
        if any(m.span() == (start, end) for m in _every_match(pattern, text, start))
    )
    first = next(matches, None)
    spans = list(read(source).spans(text))
    assert (spans[0][0] if spans else None) == (first[0] if first else None)
    if first is not None:
        assert spans[0][1] >= first[1]
        assert text[first[1] : spans[0][1]].strip("AB1-") == ""


def _every_match(pattern: "regex.Pattern[str]", text: str, start: int) -> list["regex.Match[str]"]:
    """Each match that begins at a place: the pattern is made to end at every length, look-aheads seeing all."""
    ends = (
        regex.compile(f"(?:{pattern.pattern})(?<=^.{{{end}}})") for end in range(start + 1, len(text) + 1)
    )
    return [match for each in ends if (match := each.match(text, start)) is not None]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("NY03 XNY03 NY033", ["NY03"]),
        ("NO 77 and 77", ["77"]),
        ("2003-1 2004", ["2003-1"]),
        ("NO 0012-3", ["0012-3"]),
    ],
)
def test_a_pattern_may_look_around(text: str, tokens: list[str]) -> None:
    assert found(text, *LOOKING) == tokens


def test_a_pattern_of_look_arounds_alone_finds_nothing_and_hides_nothing() -> None:
    assert found("NY03-0001 A", "(?=A)", "(?<=N)(?=Y)") == []
    assert found("NY03-0001 NY03-0002", "(?=N)", PLAIN, "(?<=N)") == ["NY03-0001", "NY03-0002"]
    assert found("A12", "(?=A)", "[0-9]{2}") == ["12"]


@given(texts, st.lists(st.sampled_from([PLAIN, "[0-9]{2}", "[A-Z]+-?", *LOOKING]), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_tokens_are_those_of_the_specification(text: str, sources: list[str]) -> None:
    folded = fold(text)
    assert list(read(*sources).spans(folded)) == list(specification.tokens(folded, sources))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("NY03-0001_LA03-0007.pdf", [Token("NY03-0001_LA03-0007", (0, 10))]),
        ("NY03-0001-001", [Token("NY03-0001-001", (0,))]),
        ("ABNY03-0001", [Token("NY03-0001", (0,))]),
        ("NY03-0001 la03-0007", [Token("NY03-0001", (0,)), Token("LA03-0007", (0,))]),
    ],
)
def test_a_token_tells_each_place_in_it_at_which_a_pattern_matches(text: str, tokens: list[Token]) -> None:
    assert read(PLAIN).tokens(text) == tokens


# --- masks ---


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("See NY03-0001, NY03-0002.", "See NY03-0001, ###."),
        ("see ny03\u20110001 and ｎｙ０３-0002", "see ny03\u20110001 and ###"),
        ("(\u200bN\u200bY03-0002\u200b)", "(\u200b###\u200b)"),
        ("NY03-0001a", "###"),
        ("NY03-0001 NY03-00011", "NY03-0001 ###"),
        ("ﬁ NY03-0002 ﬁ½", "ﬁ ### ﬁ½"),
        ("NY03-0002½", "###"),
        ("NY03-0002", "###"),
        ("NY03-0001", "NY03-0001"),
        ("no number [number withheld]", "no number [number withheld]"),
        ("", ""),
    ],
)
def test_a_token_that_is_not_shown_is_replaced_and_all_else_stays_as_it_was_written(
    text: str, masked: str
) -> None:
    assert read(PLAIN).mask(text, {"NY03-0001"}) == masked.replace("###", WITHHELD)


@given(texts, st.sets(st.sampled_from(["NY03-0001", "NY03", "03", "A"])))
@settings(max_examples=150, deadline=None)
def test_masks_are_those_of_the_specification(text: str, shown: set[str]) -> None:
    sources = [PLAIN, "[A-Z]{2}[0-9]{2}", *LOOKING]
    assert read(*sources).mask(text, shown) == specification.masked(text, shown, sources)


@given(texts)
@settings(max_examples=100, deadline=None)
def test_masking_twice_is_masking_once(text: str) -> None:
    patterns = read(PLAIN, "[0-9]{2}/[0-9]{2}")
    once = patterns.mask(text, ())
    assert patterns.mask(once, ()) == once


# --- heads ---


@pytest.mark.parametrize(
    ("number", "heads"),
    [
        ("NY99-0100-002", ["NY99-0100"]),
        ("NY99-0100", []),
        ("NY99-0100/2-1", ["NY99-0100"]),
        ("NY99-0100_A-1", ["NY99-0100"]),
        ("NY99-0100A-1", []),
        ("NY99-0100-002-003", ["NY99-0100", "NY99-0100-002"]),
        ("-NY99-0100", []),
        ("", []),
    ],
)
def test_a_head_stands_before_a_character_that_is_no_letter_or_digit_and_is_itself_a_number(
    number: str, heads: list[str]
) -> None:
    assert read(PLAIN).heads(number) == heads


def test_a_number_is_shown_only_if_every_head_of_it_is_the_number_of_a_released_record() -> None:
    known = policy(identifier_patterns=["[A-Z]{2}[0-9]{2}(?:-[0-9]+)*"])
    released = {"NY03-1-2", "NY03-1", "NY03", "LA03-1-2", "LA03-1", "SF03-7-1", "SF03"}
    assert shown_numbers(frozenset(released), known) == {"NY03-1-2", "NY03-1", "NY03", "SF03"}


@pytest.mark.parametrize(
    ("folded", "is_number"),
    [
        ("NY03-0001", True),
        ("NY03-0001-001", True),
        ("NY03-0001 ", False),
        ("XNY03-0001", False),
        ("NY03-0001\n", False),
        ("28/2003", False),
        ("", False),
    ],
)
def test_r5_a_number_is_one_that_a_pattern_matches_whole(folded: str, is_number: bool) -> None:
    assert read(PLAIN).is_number(folded) is is_number
