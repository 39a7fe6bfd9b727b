"""Filters and orders of the partner's lists (DESIGN 6)."""

import gc
import weakref

import pytest

from tests.partner_world import ask, codes, view


def found(field: str, arguments: str) -> list[str]:
    """The ids that a list gives, checked against its total."""
    connection = ask(f"{{ {field}{arguments} {{ nodes {{ id }} totalCount }} }}")[field]
    assert connection["totalCount"] == len(connection["nodes"])
    return [node["id"] for node in connection["nodes"]]


ALL_CASES = ["c1", "c4", "c2", "c3"]
"""By number: a masked one reads `[number withheld]`, and `[` comes after the capital letters."""


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("{}", ALL_CASES),
        ('{number: {eq: "NY03-0001"}}', ["c1", "c4"]),
        ('{number: {eq: "ny03-0001"}}', []),
        ('{number: {in: ["NY03-0002", "NY03-0001", "x"]}}', ["c1", "c4", "c2"]),
        ("{number: {in: []}}", []),
        ('{number: {startsWith: "ny03-0001"}}', ["c1", "c4"]),
        ('{number: {contains: "0002"}}', ["c2"]),
        ('{number: {eq: "[number withheld]"}}', ["c3"]),
        ('{number: {startsWith: "NY99"}}', []),
        ('{title: {eq: "freight two"}}', ["c3"]),
        ('{title: {eq: "Freight two"}}', []),
        ('{title: {startsWith: "FREIGHT"}}', ["c1", "c3"]),
        ('{title: {contains: "IGHT D"}}', ["c1"]),
        ('{title: {contains: ""}}', ["c1", "c4", "c3"]),
        ("{title: {}}", ["c1", "c4", "c3"]),
        ("{title: null}", ALL_CASES),
        ("{title: {eq: null}}", ["c1", "c4", "c3"]),
        ('{status: {eq: "open"}}', ["c1"]),
        ('{program: {in: ["fraud", "trade"]}}', ["c1"]),
        ('{office: {contains: "-"}}', ["c1", "c4"]),
        ('{office: {eq: "SAC-NY"}, title: {contains: "zebra"}}', []),
        ('{office: {startsWith: "sac", contains: "la", eq: "SAC-LA"}}', ["c4"]),
        ('{opened: {from: "2003-04-05"}}', ["c1", "c4", "c3"]),
        ('{opened: {from: "2003-04-06"}}', ["c3"]),
        ('{opened: {to: "2003-04-05"}}', ["c1", "c4"]),
        ('{opened: {from: "2003-04-05", to: "2003-04-05"}}', ["c1", "c4"]),
        ('{opened: {from: "2004-01-02", to: "2003-01-01"}}', []),
        ("{opened: {}}", ["c1", "c4", "c3"]),
        ('{closed: {from: "0001-01-01"}}', ["c3"]),
        ('{hasSubject: "s1"}', ["c1"]),
        ('{hasSubject: "s3"}', []),
        ('{hasSubject: "c1"}', []),
        ('{hasSubject: "d1"}', []),
        ('{hasSubject: "l09"}', []),
        ('{hasSubject: "nobody"}', []),
        ('{hasSubject: ""}', []),
        ("{hasSubject: null}", ALL_CASES),
    ],
)
def test_cases_are_those_that_meet_every_part_of_the_filter(filter: str, expected: list[str]) -> None:
    assert found("cases", f"(filter: {filter})") == expected


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("{}", ["d1", "d2", "d3"]),
        ('{type: {eq: "other"}}', ["d3"]),
        ('{title: {contains: "straße"}}', ["d3"]),
        ('{title: {eq: "straße 1"}}', []),
        ('{office: {eq: "SAC-NY"}}', ["d1"]),
        ('{prepared: {to: "2003-04-05"}}', ["d3"]),
        ('{number: {contains: "-001-"}}', []),
        ('{mentions: "s1"}', ["d1", "d2"]),
        ('{mentions: "s2"}', ["d1"]),
        ('{mentions: "c3"}', ["d1"]),
        ('{mentions: "d1"}', ["d3"]),
        ('{mentions: "d2"}', ["d1"]),
        ('{mentions: "c1"}', []),
        ('{mentions: "l06"}', []),
        ('{mentions: "nobody"}', []),
        ('{mentions: "s1", type: {eq: "Attachment"}}', ["d2"]),
    ],
)
def test_documents_are_those_that_meet_every_part_of_the_filter(filter: str, expected: list[str]) -> None:
    assert found("documents", f"(filter: {filter})") == expected


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("{}", ["s1", "s3", "s2"]),
        ('{type: {eq: "person"}}', ["s1", "s3"]),
        ('{name: {eq: "Doe, John"}}', ["s1"]),
        ('{name: {startsWith: "DOE"}}', ["s1", "s3"]),
        ('{name: {startsWith: "Doe, J.", contains: "John"}}', []),
        ("{name: {in: []}}", []),
        ("{name: {}}", ["s1", "s3"]),
        ('{name: {eq: "Johnny"}}', []),
        ('{name: {eq: "vehicle"}}', []),
        ('{property: {name: "alias", value: {eq: "Johnny"}}}', ["s1"]),
        ('{property: {name: "ALIAS", value: {eq: "Johnny"}}}', []),
        ('{property: {name: "plate", value: {}}}', ["s2"]),
        ('{property: {name: "plate", value: {in: []}}}', []),
        ('{property: {name: "height", value: {}}}', []),
        ('{property: {name: "name", value: {contains: "zoe"}}, type: {eq: "person"}}', ["s3"]),
        ('{property: {name: "alias", value: {}}, name: {eq: "Doe, J."}}', ["s1"]),
    ],
)
def test_subjects_are_those_that_meet_every_part_of_the_filter(filter: str, expected: list[str]) -> None:
    assert found("subjects", f"(filter: {filter})") == expected


@pytest.mark.parametrize(
    ("field", "order", "expected"),
    [
        ("cases", "NUMBER", ["c1", "c4", "c2", "c3"]),
        ("cases", "null", ["c1", "c4", "c2", "c3"]),
        ("cases", "OPENED_ASC", ["c1", "c4", "c3", "c2"]),
        ("cases", "OPENED_DESC", ["c3", "c1", "c4", "c2"]),
        ("cases", "TITLE", ["c1", "c4", "c3", "c2"]),
        ("documents", "NUMBER", ["d1", "d2", "d3"]),
        ("documents", "PREPARED_ASC", ["d3", "d1", "d2"]),
        ("documents", "PREPARED_DESC", ["d1", "d3", "d2"]),
        ("documents", "TITLE", ["d1", "d3", "d2"]),
        ("subjects", "LABEL", ["s1", "s3", "s2"]),
        ("subjects", "TYPE", ["s1", "s3", "s2"]),
    ],
)
def test_orders_are_by_code_point_with_nulls_last_and_ties_by_id(
    field: str, order: str, expected: list[str]
) -> None:
    assert found(field, f"(orderBy: {order})") == expected


def test_a_filter_and_an_order_go_together() -> None:
    assert found("cases", "(filter: {title: {}}, orderBy: OPENED_DESC)") == ["c3", "c1", "c4"]


@pytest.mark.parametrize(
    "day", ['"2003-02-30"', '"2003-4-5"', '"00/00/2000"', '""', "2003", "true", '"2003-04-05T00:00"']
)
def test_what_is_no_real_day_is_no_date(day: str) -> None:
    assert codes(f"{{ cases(filter: {{opened: {{from: {day}}}}}) {{ totalCount }} }}") == [
        "GRAPHQL_VALIDATION_FAILED"
    ]


@pytest.mark.parametrize("day", ["2003-02-30", "", 2003, True, ["2003-04-05"], {"day": "2003-04-05"}])
def test_what_is_no_real_day_is_no_date_in_a_variable_either(day: object) -> None:
    asked = "query ($day: Date) { cases(filter: {opened: {from: $day}}) { totalCount } }"
    assert codes(asked, day=day) == ["BAD_VARIABLES"]


def test_a_variable_that_is_left_out_or_null_is_no_condition() -> None:
    asked = "query ($day: Date, $id: ID) { cases(filter: {closed: {from: $day}, hasSubject: $id}) { totalCount } }"
    assert [ask(asked), ask(asked, day=None, id=None)] == [{"cases": {"totalCount": 1}}] * 2


def test_a_view_that_is_not_held_any_more_is_let_go_of_with_all_that_was_sorted_for_it() -> None:
    old = view()
    assert ask("{ cases(orderBy: TITLE) { totalCount } }", old) == {"cases": {"totalCount": 4}}
    gone = weakref.ref(old)
    del old
    gc.collect()
    assert gone() is None
