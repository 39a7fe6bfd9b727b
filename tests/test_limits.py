"""Limits on queries: each is refused with its code, quickly, and before anything is looked up."""

import gc
import time
import tracemalloc
from collections.abc import Callable

import pytest
from graphql import get_operation_ast, parse

from graph.strict import read_table
from schema.execute import Answering, Question
from schema.limits import Limits, Scale, Weight
from schema.partner import PARTNER_SCHEMA
from schema.shapes import shapes_of
from tests.partner_world import CURSOR_KEY, answer, codes, view

SHAPES = shapes_of(PARTNER_SCHEMA)


def weight(query: str, **variables: object) -> Weight:
    document = parse(query)
    operation = get_operation_ast(document)
    assert operation is not None
    return Scale(SHAPES, document, variables).weigh(operation)


def codes_under(limits: Limits, query: str, **variables: object) -> list[str]:
    told = Answering(CURSOR_KEY, limits).answer(view(), Question(query, None, variables))
    return [fault["extensions"]["code"] for fault in told.faults]


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ __typename }", 0),
        ("{ agreement { id release { version } } }", 2),
        ("{ cases { totalCount } }", 1),
        ("{ cases { nodes { id } } }", 1 + 20),
        (
            "{ cases(first: 7) { nodes { id } edges { cursor node { id } } pageInfo { endCursor } } }",
            2 + 7 * 3,
        ),
        ("{ cases(last: 7) { nodes { id } } }", 1 + 7),
        ("{ cases(first: 0) { nodes { id } } }", 1),
        ("{ cases(first: null) { nodes { id } } }", 1 + 20),
        ("{ cases(first: 1000) { nodes { id } } }", 1 + 100),
        ("{ cases(first: -3) { nodes { id } } }", 1),
        ("{ cases(first: 3) { nodes { documents(first: 5) { nodes { id } } } } }", 1 + 3 * (1 + 1 + 5)),
        ("{ cases(first: 3, filter: {}) { nodes { id } } }", 1 + 1000 + 3),
        ("{ nodes(ids: [1, 2, 3]) { id } }", 3),
        ('{ search(text: "a", kinds: [CASE, SUBJECT], first: 3) { nodes { id } } }', 1 + 1000 + 2 + 3),
        ("{ path(from: 1, to: 2) { length records { id } links { id } } }", 1 + 1000 + 4 + 4),
        (
            '{ node(id: "x") { ... on Subject { properties { values { sources { id } } } } } }',
            1 + 4 * (1 + 4 * (1 + 4)),
        ),
        (
            "{ ...F ...F } fragment F on Query { cases(first: 2) { ...G } } "
            "fragment G on CaseConnection { nodes { id } }",
            6,
        ),
        ("{ ... { cases(first: 2) { ... on CaseConnection { nodes { id } } } } }", 3),
        ("query ($n: Int = 4) { cases(first: $n) { nodes { id } } }", 1 + 4),
        ("query ($n: Int) { cases(first: $n) { nodes { id } } }", 1 + 20),
        (
            '{ node(id: 1) { ... on Case { links(first: 3, types: ["A", "B"], kinds: CASE) { edges { cursor } } } } }',
            1 + 1 + (2 + 1) + 3,
        ),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", 1),
    ],
)
def test_cost_is_the_number_of_objects_asked_for(query: str, cost: int) -> None:
    assert weight(query).cost == cost


def test_a_long_text_under_many_names_is_paid_for_under_each() -> None:
    """One text under 40 names, in 10,000 places that a loop of links leads to, would be an answer of gigabytes."""
    pages = ("documents(first: 100)", "cases(first: 1)", "documents(first: 100)")
    opening = "".join(f"{page} {{ nodes {{ " for page in pages)

    def asking(fields: str) -> str:
        return f'{{ case(number: "x") {{ {opening} {fields} {"} } " * len(pages)} }} }}'

    once, often = asking("narrative"), asking(" ".join(f"n{n}: narrative" for n in range(38)))
    assert weight(once).cost == 1 + 1 + 100 * (1 + 1 + 1 * (1 + 1 + 100))
    assert weight(often).cost == 1 + 1 + 100 * (1 + 1 + 1 * (1 + 1 + 100 * (1 + 38)))
    assert (codes(once), codes(often)) == ([], ["TOO_COSTLY"])


def test_cost_follows_the_variables() -> None:
    paged = "query ($n: Int = 4) { cases(first: $n) { nodes { id } } }"
    listed = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert [weight(paged, n=n).cost for n in (0, 9, None, "x", 10**12)] == [1, 10, 21, 21, 101]
    assert weight(listed, ids=["a"] * 50).cost == 50


def test_depth_aliases_and_directives_are_counted_as_if_fragments_were_written_out() -> None:
    query = """
        query ($n: Int @a) @a { one: agreement @a { ...F @a ... on Agreement @a { id } } ...G ...G }
        fragment F on Agreement @a { two: release { three: version } }
        fragment G on Query { four: __typename @a }
    """
    assert weight(query) == Weight(depth=3, aliases=5, directives=8, cost=2 + 3)


LEVELS = 90
SPREADS_TWICE = "".join(f"fragment F{n} on Query{{...F{n + 1}...F{n + 1}}}" for n in range(LEVELS))
FLAT_BOMB = f"{{...F0}}{SPREADS_TWICE}fragment F{LEVELS} on Query{{agreement{{id}}}}"
DEEP_BOMB = (
    '{case(number:"x"){...F0}}'
    + "".join(
        f"fragment F{n} on Case{{a:relatedCases{{nodes{{...F{n + 1}...F{n + 1}}}}}}}" for n in range(12)
    )
    + "fragment F12 on Case{id}"
)


@pytest.mark.parametrize(("bomb", "expected"), [(FLAT_BOMB, ["TOO_COSTLY"]), (DEEP_BOMB, ["TOO_DEEP"])])
@pytest.mark.timed
def test_a_bomb_of_fragments_that_each_spread_the_next_twice_costs_under_20_ms_to_weigh(
    bomb: str, expected: list[str]
) -> None:
    document = parse(bomb)
    operation = get_operation_ast(document)
    assert operation is not None
    times = []
    for _ in range(5):
        start = time.process_time()
        Scale(SHAPES, document, {}).weigh(operation)
        times.append(time.process_time() - start)
    assert min(times) < 0.020
    assert codes(bomb) == expected


@pytest.mark.timed
def test_a_bomb_of_827_bytes_is_refused_in_under_20_ms() -> None:
    levels = 14
    spread_twice = "".join(
        f"fragment F{n} on Case{{relatedCases{{nodes{{...F{n + 1} ...F{n + 1}}}}}}}" for n in range(levels)
    )
    bomb = f'{{case(number:"x"){{...F0}}}}{spread_twice}fragment F{levels} on Case{{id}}'
    assert len(bomb) < 1000
    times = []
    for _ in range(5):
        start = time.process_time()
        assert codes(bomb) == ["TOO_DEEP"]
        times.append(time.process_time() - start)
    assert min(times) < 0.020


NESTED_BEYOND_ALL_MEASURE = (
    f"{{ ...F }} fragment F on Query {{ {'a {' * 150} ...G {'}' * 150} }}"
    f" fragment G on Query {{ {'a {' * 150} a {'}' * 150} }}"
)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{" + "a " * 1001 + "}", "TOO_MANY_TOKENS"),
        ("#\n" * 1001 + "{ __typename }", "TOO_MANY_TOKENS"),
        ("{ cases { nodes " + "{ relatedCases { nodes " * 8 + "{ id }" + "} }" * 8 + "} }", "TOO_DEEP"),
        ("{" * 300 + "}" * 300, "GRAPHQL_PARSE_FAILED"),
        ("{ a" * 250 + "}" * 250, "TOO_DEEP"),
        ("{ case(number: " + "[" * 300 + "]" * 300 + ") { id } }", "TOO_DEEP"),
        (NESTED_BEYOND_ALL_MEASURE, "TOO_DEEP"),
        ("{" + " ".join(f"a{n}: __typename" for n in range(41)) + "}", "TOO_MANY_ALIASES"),
        ("{ __typename " + "@include(if: true) " * 41 + "}", "TOO_MANY_DIRECTIVES"),
        ("query " + "@a " * 41 + "{ __typename }", "TOO_MANY_DIRECTIVES"),
        ("{" + "agreement { id } " * 200 + "}", "TOO_MANY_REPEATS"),
        (
            "{" + " ".join(f"a{n}: cases(filter: {{}}) {{ totalCount }}" for n in range(20)) + "}",
            "TOO_COSTLY",
        ),
        (
            "{ cases(first: 100) { nodes { documents(first: 100) { nodes { subjects { nodes { id } } } } } } }",
            "TOO_COSTLY",
        ),
    ],
)
def test_a_query_beyond_a_limit_is_refused_with_its_code(query: str, code: str) -> None:
    told = answer(query)
    assert [fault["extensions"]["code"] for fault in told.faults] == [code]
    assert (told.executed, told.data) == (False, None)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(tokens=16, depth=3, aliases=1, directives=0, cost=2), []),
        (Limits(tokens=15, depth=3, aliases=1, directives=0, cost=2), ["TOO_MANY_TOKENS"]),
        (Limits(tokens=16, depth=2, aliases=1, directives=0, cost=2), ["TOO_DEEP"]),
        (Limits(tokens=16, depth=3, aliases=0, directives=0, cost=2), ["TOO_MANY_ALIASES"]),
        (Limits(tokens=16, depth=3, aliases=1, directives=0, cost=1), ["TOO_COSTLY"]),
    ],
)
def test_a_query_at_every_limit_is_answered_and_one_beyond_any_is_not(
    limits: Limits, expected: list[str]
) -> None:
    assert codes_under(limits, "{ a: cases(first: 1) { nodes { id } } }") == expected


def test_the_cost_of_a_query_that_is_kept_ready_is_weighed_with_each_request_s_variables() -> None:
    asked = "query ($n: Int) { cases(first: $n) { nodes { documents(first: $n) { nodes { id } } } } }"
    limits = Limits(cost=100)
    assert [codes_under(limits, asked, n=n) for n in (5, 50, 5)] == [[], ["TOO_COSTLY"], []]
    answering = Answering(CURSOR_KEY, limits)
    told = [answering.answer(view(), Question(asked, None, {"n": n})).executed for n in (5, 50, 5, 50)]
    assert told == [True, False, True, False]


def test_a_page_whose_size_is_sent_with_a_decimal_point_costs_as_much() -> None:
    """JSON has one sort of numbers, and so has graphql-core: to it 100.0 is one hundred."""
    asked = "query ($n: Int) { cases(last: $n) { nodes { documents(first: $n) { nodes { id } } } } }"
    sizes = (50, 50.0, 50.5, 1e300)
    whole = 1 + 50 * (1 + 1 + 50)
    usual = 1 + 20 * (1 + 1 + 20)
    largest = 1 + 100 * (1 + 1 + 100)
    assert [weight(asked, n=n).cost for n in sizes] == [whole, whole, usual, largest]
    for limits, expected in ((Limits(cost=whole), []), (Limits(cost=whole - 1), ["TOO_COSTLY"])):
        assert [codes_under(limits, asked, n=n) for n in (50, 50.0)] == [expected, expected]
    answering = Answering(CURSOR_KEY, Limits(cost=usual))
    told = [answering.answer(view(), Question(asked, None, {"n": n})).executed for n in (20, 50.0, 20.0)]
    assert told == [True, False, True]


def test_only_the_operation_that_is_asked_for_is_weighed() -> None:
    costly = "cases(first: 100) { nodes { documents(first: 100) { nodes { cases { nodes { id } } } } } }"
    two = f"query A {{ __typename }} query B {{ {costly} }}"
    answering = Answering(CURSOR_KEY, Limits())
    told = [answering.answer(view(), Question(two, name, {})) for name in ("A", "B")]
    assert [each.executed for each in told] == [True, False]


def test_introspection_that_feeds_on_itself_is_refused() -> None:
    deep = "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }"
    assert codes(deep) == ["GRAPHQL_VALIDATION_FAILED"]


def test_a_home_may_set_each_limit_and_none_below_nothing() -> None:
    mistakes: list[str] = []
    assert read_table(Limits, {"depth": 9, "cost": 0}, "limits", mistakes) == Limits(depth=9, cost=0)
    assert read_table(Limits, {"depth": -1, "bytes": "many", "speed": 7}, "limits", mistakes) is None
    assert [mistake.partition(":")[0] for mistake in mistakes] == [
        "limits.speed",
        "limits.bytes",
        "limits.depth",
    ]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{" + " ".join(f"a{n}: __typename" for n in range(10_000)) + "}", "TOO_MANY_TOKENS"),
        ("{" * 3000 + "}" * 3000, "GRAPHQL_PARSE_FAILED"),
        ("{ a" * 1500 + "}" * 1500, "TOO_DEEP"),
        (FLAT_BOMB, "TOO_COSTLY"),
        ("{" + "agreement { x } " * 240 + "}", "TOO_MANY_REPEATS"),
        ("{" + "cases { nodes { id } } " * 140 + "}", "TOO_MANY_REPEATS"),
    ],
    ids=[
        "10,000 aliases",
        "3,000 braces",
        "1,500 fields within fields",
        "a bomb of fragments",
        "240 times a field that is not there",
        "140 times the same",
    ],
)
@pytest.mark.timed
def test_a_hostile_query_costs_under_20_ms_and_no_memory_that_stays(query: str, code: str) -> None:
    answering, shown = Answering(CURSOR_KEY, Limits()), view()

    def ask(n: int) -> None:
        told = answering.answer(shown, Question(f"{query}{' ' * n}", None, {}))
        assert [fault["extensions"]["code"] for fault in told.faults] == [code]

    assert min(seconds(ask, n) for n in range(6)) < 0.020
    tracemalloc.start()
    grown = []
    for n in range(3):
        ask(n)
        gc.collect()
        grown.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    # Python remembers which attributes were not found. A document that is kept has ten times that.
    assert grown[2] - grown[0] < 60_000


def seconds(ask: Callable[[int], None], n: int) -> float:
    started = time.process_time()
    ask(n)
    return time.process_time() - started
