"""What is told of a mistake in a query: its code and the client's own words, and never a suggestion."""

from typing import cast

import pytest
from graphql import get_introspection_query

from graph.model import OpaqueId
from graph.release import ReleasedCase
from graph.view import View
from schema.execute import Answering, Question
from schema.limits import Limits
from schema.partner import PARTNER_SCHEMA
from tests.partner_world import CURSOR_KEY, answer, ask, codes, view


def test_fragments_in_a_circle_are_refused_as_such() -> None:
    told = answer("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")
    assert [fault["extensions"]["code"] for fault in told.faults] == ["GRAPHQL_VALIDATION_FAILED"]


@pytest.mark.parametrize(
    "query",
    [
        get_introspection_query(),
        get_introspection_query(
            descriptions=True,
            specified_by_url=True,
            directive_is_repeatable=True,
            schema_description=True,
            input_value_deprecation=True,
        ),
    ],
)
def test_the_usual_introspection_queries_are_within_the_limits(query: str) -> None:
    assert {type["name"] for type in ask(query)["__schema"]["types"]} == set(PARTNER_SCHEMA.type_map)


def test_a_number_of_many_digits_is_refused_and_nothing_of_python_is_told() -> None:
    told = answer("{ cases(first: " + "9" * 5000 + ") { totalCount } }")
    assert told.faults == [
        {
            "message": "The query does not fit the schema.",
            "locations": [{"line": 1, "column": 16}],
            "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
        }
    ]


@pytest.mark.parametrize(
    "query",
    [
        "{ casse { id } }",
        "{ cases { node { id } } }",
        "{ cases(fist: 1) { totalCount } }",
        "{ cases(orderBy: NUMBR) { totalCount } }",
        "{ cases(filter: {numbr: {}}) { totalCount } }",
        "{ node(id: 1) { ... on Cse { id } } }",
        "{ node(id: 1) { number } }",
        "query ($o: CaseOrdr) { cases(orderBy: $o) { totalCount } }",
        "{ __typename @skp(if: true) }",
        "{ __typename @skip(iff: true) }",
        "{ ...Fragmnt } fragment Fragment on Query { __typename }",
    ],
)
def test_a_mistake_in_a_query_is_told_without_a_suggestion(query: str) -> None:
    told = answer(query)
    assert told.faults != []
    assert [
        fault["message"] for fault in told.faults if "mean" in fault["message"] or "?" in fault["message"]
    ] == []
    assert {fault["extensions"]["code"] for fault in told.faults} == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize("order", ["NUMBR", "numbers", 1, {"NUMBER": 1}])
def test_a_mistake_in_a_variable_is_told_without_a_suggestion(order: object) -> None:
    told = answer("query ($o: CaseOrder) { cases(orderBy: $o) { totalCount } }", o=order)
    assert [(fault["extensions"]["code"], "mean" in fault["message"]) for fault in told.faults] == [
        ("BAD_VARIABLES", False)
    ]


@pytest.mark.parametrize(
    "query",
    [
        "query ($x: Boolean = true) { cases(first: 0) { totalCount @skip(if: $x) } }",
        "query ($x: Boolean = true) { cases(first: 0) @skip(if: $x) { totalCount } }",
        "query ($x: Boolean = true) { ... @include(if: $x) { __typename } }",
        "query ($x: ID = 1) { nodes(ids: [$x]) { id } }",
        'query ($x: StringFilter = {eq: "a"}) { subjects(filter: {property: {name: "a", value: $x}}) { totalCount } }',
    ],
)
def test_a_variable_that_is_null_where_no_null_may_be_is_the_client_s_mistake_and_not_logged(
    query: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = answer(query, x=None)
    assert [(fault["message"], fault["extensions"]) for fault in told.faults] == [
        ("The variables do not fit the query.", {"code": "BAD_VARIABLES"})
    ]
    assert (told.executed, told.data, caplog.records) == (True, None, [])


def test_what_graphql_core_says_of_a_value_that_we_gave_is_our_mistake(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_view: View, _id: OpaqueId) -> object:
        return ReleasedCase(OpaqueId("c1"), number=cast(str, ["no", "text"]))

    monkeypatch.setattr(View, "node", broken)
    question = Question('{ node(id: "c1") { ... on Case { number } } }', None, {})
    told = Answering(CURSOR_KEY, Limits(), plans=False).answer(view(), question)
    assert [fault["extensions"]["code"] for fault in told.faults] == ["INTERNAL"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize("query", ["{ node(id: null) { id } }", "{ nodes(ids: [null]) { id } }"])
def test_null_is_called_null(query: str) -> None:
    assert [fault["message"] for fault in answer(query).faults] == [
        "Expected value of non-null type 'ID!' not to be null."
    ]


@pytest.mark.parametrize(
    "query", ["", "{", "}", "query", '{ case(number: "\\uD800") { id } }', "\x00", "{ a(b: 1.) }"]
)
def test_what_is_no_graphql_is_told_so(query: str) -> None:
    assert codes(query) == ["GRAPHQL_PARSE_FAILED"]


@pytest.mark.parametrize("query", ["mutation { a }", "subscription { a }"])
def test_a_partner_can_do_nothing_but_query(query: str) -> None:
    assert codes(query) == ["GRAPHQL_VALIDATION_FAILED"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("query A { __typename } query B { __typename }", None),
        ("query A { __typename }", "B"),
        ("fragment A on Query { __typename }", None),
    ],
)
def test_one_operation_is_asked_for(query: str, name: str | None) -> None:
    told = Answering(CURSOR_KEY, Limits()).answer(view(), Question(query, name, {}))
    assert [fault["extensions"]["code"] for fault in told.faults] == ["BAD_OPERATION"]
