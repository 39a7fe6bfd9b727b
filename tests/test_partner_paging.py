"""Pages: what they show, what they say of the rest, and going on from a cursor in a later version (DESIGN 6)."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import OpaqueId
from graph.numbers import WITHHELD
from graph.release import ReleasedCase
from graph.view import View
from tests.partner_world import ask, codes, content, view

INFO = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


def numbered(*numbers: str) -> View:
    """A View of cases with these numbers; each one's id is its number."""
    return view(content(tuple(ReleasedCase(OpaqueId(number), number) for number in numbers), ()))


LETTERS = numbered(*"abcdefg")


def page(arguments: str = "", of: View = LETTERS) -> Any:
    return ask(
        f"{{ cases{arguments} {{ nodes {{ number }} edges {{ cursor node {{ number }} }} {INFO} }} }}", of
    )["cases"]


def numbers(arguments: str = "", of: View = LETTERS) -> str:
    return "".join(node["number"] for node in page(arguments, of)["nodes"])


def cursor(number: str, arguments: str = "(first: 100)", of: View = LETTERS) -> str:
    cursors = {edge["node"]["number"]: str(edge["cursor"]) for edge in page(arguments, of)["edges"]}
    return cursors[number]


A, C, E, G = (cursor(letter) for letter in "aceg")


@pytest.mark.parametrize(
    ("arguments", "shown", "has_previous", "has_next"),
    [
        ("", "abcdefg", False, False),
        ("(first: 3)", "abc", False, True),
        ("(first: 7)", "abcdefg", False, False),
        ("(first: 0)", "", False, True),
        ("(last: 3)", "efg", True, False),
        ("(last: 0)", "", True, False),
        (f'(first: 2, after: "{C}")', "de", True, True),
        (f'(first: 9, after: "{C}")', "defg", True, False),
        (f'(after: "{G}")', "", True, False),
        (f'(first: 0, after: "{C}")', "", True, True),
        (f'(last: 2, before: "{E}")', "cd", True, True),
        (f'(before: "{E}")', "abcd", False, True),
        (f'(first: 1, before: "{E}")', "a", False, True),
        (f'(after: "{E}", before: "{C}")', "", True, True),
        (f'(last: 2, after: "{G}", before: "{A}")', "", True, False),
        (f'(last: 1, after: "{A}")', "g", True, False),
        (f'(after: "{A}", before: "{E}")', "bcd", True, True),
        (f'(last: 1, after: "{A}", before: "{E}")', "d", True, True),
        (f'(after: "{E}", before: "{A}")', "", True, True),
        (f'(before: "{A}")', "", False, True),
        ("(first: null, after: null, last: null, before: null)", "abcdefg", False, False),
    ],
)
def test_a_page_says_what_it_shows_and_whether_there_is_more(
    arguments: str, shown: str, has_previous: bool, has_next: bool
) -> None:
    told = page(arguments)
    assert "".join(node["number"] for node in told["nodes"]) == shown
    assert [edge["node"] for edge in told["edges"]] == told["nodes"]
    assert told["totalCount"] == 7
    assert told["pageInfo"] == {
        "hasNextPage": has_next,
        "hasPreviousPage": has_previous,
        "startCursor": told["edges"][0]["cursor"] if shown else None,
        "endCursor": told["edges"][-1]["cursor"] if shown else None,
    }


def test_a_page_is_of_twenty_unless_asked_and_of_a_hundred_at_most() -> None:
    many = numbered(*(f"{n:03}" for n in range(130)))
    lengths = [len(page(arguments, many)["nodes"]) for arguments in ("", "(first: 100)", "(last: 100)")]
    assert lengths == [20, 100, 100]


PAGED = (
    "cases{0} {{ totalCount }}",
    "documents{0} {{ totalCount }}",
    "subjects{0} {{ totalCount }}",
    'node(id: "c1") {{ ... on Record {{ links{0} {{ totalCount }} }} }}',
)
FORWARD_ONLY = (
    'node(id: "c1") {{ ... on Case {{ documents{0} {{ totalCount }} }} }}',
    'node(id: "c1") {{ ... on Case {{ subjects{0} {{ totalCount }} }} }}',
    'node(id: "c1") {{ ... on Case {{ relatedCases{0} {{ totalCount }} }} }}',
    'node(id: "d1") {{ ... on Document {{ cases{0} {{ totalCount }} }} }}',
    'node(id: "d1") {{ ... on Document {{ subjects{0} {{ totalCount }} }} }}',
    'node(id: "d1") {{ ... on Document {{ attachments{0} {{ totalCount }} }} }}',
    'node(id: "s1") {{ ... on Subject {{ cases{0} {{ totalCount }} }} }}',
    'node(id: "s1") {{ ... on Subject {{ documents{0} {{ totalCount }} }} }}',
)


@pytest.mark.parametrize("field", [*PAGED, *FORWARD_ONLY])
@pytest.mark.parametrize("arguments", ["(first: 101)", "(first: -1)", "(first: 2147483647)"])
def test_first_outside_its_range_is_a_bad_page_on_every_list(field: str, arguments: str) -> None:
    assert codes("{" + field.format(arguments) + "}") == ["BAD_PAGE"]


@pytest.mark.parametrize("field", PAGED)
@pytest.mark.parametrize(
    "arguments", ["(last: 101)", "(last: -1)", "(first: 1, last: 1)", "(first: 0, last: 0)"]
)
def test_last_outside_its_range_or_with_first_is_a_bad_page(field: str, arguments: str) -> None:
    assert codes("{" + field.format(arguments) + "}") == ["BAD_PAGE"]


@pytest.mark.parametrize("field", [*PAGED, *FORWARD_ONLY])
@pytest.mark.parametrize("made", ["", "x", A, A[:-1]])
def test_what_is_no_cursor_of_a_list_is_a_bad_cursor_there(field: str, made: str) -> None:
    given_a_filter = field.startswith("cases{")
    arguments = f'(after: "{made}", filter: {{}})' if given_a_filter else f'(after: "{made}")'
    assert codes("{" + field.format(arguments) + "}") == ["BAD_CURSOR"]


@pytest.mark.parametrize(
    "arguments",
    [
        "orderBy: TITLE",
        "filter: {}",
        'filter: {number: {eq: "a"}}',
        'filter: {number: {in: ["a"]}}',
        'filter: {title: {eq: "a"}}',
    ],
)
def test_a_cursor_goes_on_under_its_own_filter_and_order_alone(arguments: str) -> None:
    assert codes(f'{{ cases(after: "{A}", {arguments}) {{ totalCount }} }}', LETTERS) == ["BAD_CURSOR"]


def test_the_filter_of_a_cursor_may_be_written_in_another_order() -> None:
    one = cursor("b", '(filter: {number: {in: ["b", "c"], contains: ""}, hasSubject: null})')
    assert numbers(f'(after: "{one}", filter: {{number: {{contains: "", in: ["b", "c"]}}}})') == "c"


def test_a_default_order_that_is_written_out_is_the_same_order() -> None:
    assert numbers(f'(after: "{C}", orderBy: NUMBER)') == "defg"


def test_a_cursor_of_one_record_is_none_of_another() -> None:
    asked = '{{ node(id: "{0}") {{ ... on Document {{ subjects{1} {{ edges {{ cursor }} }} }} }} }}'
    sealed = ask(asked.format("d1", ""))["node"]["subjects"]["edges"][0]["cursor"]
    assert codes(asked.format("d2", f'(after: "{sealed}")')) == ["BAD_CURSOR"]


def test_a_cursor_of_links_goes_on_under_its_own_choice_alone() -> None:
    asked = '{{ node(id: "c1") {{ ... on Record {{ links({0}) {{ edges {{ cursor link {{ id }} }} }} }} }} }}'
    edges = ask(asked.format("direction: OUT, kinds: [CASE, DOCUMENT]"))["node"]["links"]["edges"]
    after = f'after: "{edges[0]["cursor"]}"'
    on = ask(asked.format(f"kinds: [CASE, DOCUMENT], direction: OUT, first: 1, {after}"))
    assert on["node"]["links"]["edges"] == edges[1:2]
    assert [
        codes(asked.format(f"{other} {after}"))
        for other in ("", "direction: OUT,", "kinds: [CASE, DOCUMENT],")
    ] == [["BAD_CURSOR"]] * 3


def test_paging_goes_on_where_the_record_of_the_cursor_has_gone() -> None:
    later = numbered(*"abdefg")
    assert numbers(f'(first: 2, after: "{C}")', later) == "de"
    assert numbers(f'(last: 2, before: "{C}")', later) == "ab"


def test_paging_goes_on_from_the_place_where_the_record_was() -> None:
    moved = view(
        content((ReleasedCase(OpaqueId("c"), "z"), *(ReleasedCase(OpaqueId(x), x) for x in "abdefg")), ())
    )
    assert numbers(f'(after: "{C}")', moved) == "defgz"


def test_new_records_stand_where_their_order_puts_them() -> None:
    later = numbered(*"abcdefg", "cc", "aa")
    assert numbers(f'(after: "{C}")', later) == "ccdefg"


ORDERS = ("NUMBER", "OPENED_ASC", "OPENED_DESC", "TITLE")
FEW = st.one_of(st.none(), st.sampled_from(["2003-01-01", "2003-01-02", "1999-12-31", "0001-01-01"]))
CASES = st.lists(st.tuples(st.sampled_from(["NY03-0001", "a", "é", WITHHELD]), FEW, FEW), max_size=12).map(
    lambda rows: tuple(
        ReleasedCase(OpaqueId(f"c{place:02}"), number, title=title, opened=opened)
        for place, (number, title, opened) in enumerate(rows)
    )
)


def walked(of: View, order: str, size: int, backwards: bool) -> list[str]:
    """The ids of all cases, page by page."""
    names = ("last", "before", "startCursor") if backwards else ("first", "after", "endCursor")
    seen: list[str] = []
    place = "null"
    while True:
        arguments = f"(orderBy: {order}, {names[0]}: {size}, {names[1]}: {place})"
        told = ask(f"{{ cases{arguments} {{ nodes {{ id }} {INFO} }} }}", of)["cases"]
        shown = [node["id"] for node in told["nodes"]]
        seen = shown + seen if backwards else seen + shown
        if not told["pageInfo"]["hasPreviousPage" if backwards else "hasNextPage"]:
            return seen
        place = f'"{told["pageInfo"][names[2]]}"'


@settings(max_examples=60, deadline=None)
@given(cases=CASES, size=st.integers(1, 5), order=st.sampled_from(ORDERS), backwards=st.booleans())
def test_a_walk_by_pages_of_any_size_meets_each_record_once_and_in_order(
    cases: tuple[ReleasedCase, ...], size: int, order: str, backwards: bool
) -> None:
    of = view(content(cases, ()))
    whole = ask(f"{{ cases(first: 100, orderBy: {order}) {{ nodes {{ id }} }} }}", of)["cases"]["nodes"]
    assert walked(of, order, size, backwards) == [node["id"] for node in whole]
    assert sorted(node["id"] for node in whole) == [case.id for case in cases]
