"""Compiled plans: what graphql-core answers, they answer in the same bytes."""

import gc
import weakref
from functools import cache
from typing import Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import OpaqueId
from graph.view import View
from schema.execute import Answering, Question
from schema.limits import Limits
from schema.meanings import MEANINGS, meaning_of
from schema.partner import PARTNER_SCHEMA
from schema.writing import as_json
from tests.both_ways import by_plan, in_both_ways, plan_of
from tests.partner_world import CURSOR_KEY, LINKS, RECORDS, answer, ask, view
from tests.planned_queries import QUERIES, fields
from tests.query_strategy import Words, questions

PAGED = {
    "cases(first: 2)": "cases",
    "documents(orderBy: PREPARED_DESC, first: 2)": "documents",
    "subjects(first: 1)": "subjects",
    'node(id: "c1") { ... on Case { x: documents(first: 1)': "",
    'node(id: "d1") { ... on Document { x: links(first: 3)': "",
    'node(id: "s1") { ... on Subject { x: links(types: ["KNOWS"])': "",
}


@cache
def words() -> Words:
    cursors: list[str] = []
    for field in PAGED:
        closing = " }" * (field.count("{"))
        told: Any = ask(f"{{ {field} {{ edges {{ cursor }} }}{closing} }}")
        while "edges" not in told:
            told = next(iter(told.values()))
        cursors += [edge["cursor"] for edge in told["edges"]]
    texts = (
        "NY03-0001",
        "NY03-0001-001",
        "Freight diversion",
        "person",
        "name",
        "Doe, John",
        "MENTIONS",
        "open",
    )
    return Words([record.id for record in RECORDS] + [link.id for link in LINKS[:3]], texts, cursors)


SHOWN = view()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_random_question_is_answered_in_the_same_bytes_by_plan_and_by_graphql_core(
    data: st.DataObject,
) -> None:
    in_both_ways(SHOWN, data.draw(questions(words())))


@pytest.mark.long
@settings(max_examples=10_000, deadline=None)
@given(st.data())
def test_ten_thousand_random_questions_are_answered_in_the_same_bytes(data: st.DataObject) -> None:
    in_both_ways(SHOWN, data.draw(questions(words())))


def test_every_field_of_the_schema_has_a_meaning() -> None:
    assert [place for place in fields() if meaning_of(*place) is None] == []


def test_no_meaning_is_of_a_field_that_the_schema_does_not_have() -> None:
    assert MEANINGS.keys() - set(fields()) == set()


def arguments() -> list[tuple[str, str, str]]:
    return [
        (type.name, name, argument)
        for type in PARTNER_SCHEMA.type_map.values()
        if isinstance(type, GraphQLObjectType | GraphQLInterfaceType) and not is_introspection_type(type)
        for name, field in type.fields.items()
        for argument in field.args
    ]


def test_a_plan_asks_for_every_argument_that_a_field_has() -> None:
    """What makes a field's question is given each of its arguments, by the name that its resolver has for it."""
    expected = {(type, field) for type, field, _ in arguments() if type not in ("Node", "Record")}
    made = {place for place in expected if getattr(meaning_of(*place), "make", None) is not None}
    assert made == expected


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_plan_answers_as_graphql_core_does(query: str) -> None:
    in_both_ways(SHOWN, Question(query, None, {}))


@pytest.mark.parametrize(
    ("query", "is_the_plan_s"),
    [
        ("{ agreement { id } a: cases(first: 101) { totalCount } b: cases(first: -1) { totalCount } }", True),
        ('{ documents(after: "none") { nodes { id } } }', True),
        ('{ changes(since: "never") { edges { cursor } } }', True),
        (
            "{ cases(first: 101) { totalCount } ...F } fragment F on Query { cases(first: 101) { nodes { id } } }",
            True,
        ),
        ("query ($n: Int = 101) { agreement { id } cases(first: $n) { totalCount } }", True),
        ('{ path(from: "c1", to: "c2", maxLength: -1) { length } cases(first: 101) { totalCount } }', False),
        ('{ node(id: "c1") { ... on Case { documents(first: 101) { totalCount } } } }', False),
    ],
)
def test_what_leaves_nothing_of_the_data_is_told_by_the_plan_and_all_other_errors_by_graphql_core(
    query: str, is_the_plan_s: bool
) -> None:
    question = Question(query, None, {})
    told = in_both_ways(SHOWN, question)
    assert (len(told.faults), by_plan(SHOWN, question) is not None) == (
        2 if "path(" in query else 1,
        is_the_plan_s,
    )


@pytest.mark.parametrize("first", [None, 0, 1, 2, 100, 101, -1])
@pytest.mark.parametrize("skip", [True, False])
def test_one_query_is_answered_for_each_of_its_variables(first: int | None, skip: bool) -> None:
    query = (
        "query ($n: Int = 3, $s: Boolean!, $a: String) {"
        " cases(first: $n, after: $a) { totalCount nodes { id @skip(if: $s) number"
        " documents(first: $n) { nodes { id } } } } }"
    )
    in_both_ways(SHOWN, Question(query, None, {"n": first, "s": skip}))
    in_both_ways(SHOWN, Question(query, None, {"s": skip}))
    in_both_ways(SHOWN, Question(query, None, {"s": skip, "a": "no cursor"}))


@pytest.mark.parametrize(
    "query",
    [
        'query ($v: ID = "c1") { node(id: $v) { id } }',
        'query ($v: String = "NY03-0001") { case(number: $v) { id } }',
        'query ($v: String = "NY03-0001-001") { document(number: $v) { id } }',
        'query ($v: [ID!] = ["c1"]) { nodes(ids: $v) { id } }',
        'query ($v: ID = "c1") { path(from: $v, to: "c2") { length } }',
        'query ($v: String = "doe") { search(text: $v) { totalCount } }',
        "query ($v: Boolean = true) { agreement @skip(if: $v) { id } }",
    ],
)
def test_a_null_in_place_of_what_must_be_stated_is_an_error_by_plan_too(query: str) -> None:
    in_both_ways(SHOWN, Question(query, None, {}))
    assert in_both_ways(SHOWN, Question(query, None, {"v": None})).faults != []


def test_a_choice_is_told_from_a_variable_of_that_name_in_another_operation(
    caplog: pytest.LogCaptureFixture,
) -> None:
    query = (
        "query A($v: Boolean!) { ...F } query B($v: [ID!]!) { nodes(ids: $v) { id } }"
        " fragment F on Query { agreement @skip(if: $v) { id } }"
    )
    assert in_both_ways(SHOWN, Question(query, "A", {"v": True})).data == {}
    assert in_both_ways(SHOWN, Question(query, "B", {"v": ["c2"]})).data == {"nodes": [{"id": "c2"}]}
    assert caplog.records == []


@pytest.mark.parametrize(
    "variables",
    [{"text": "NY03-0001", "id": "c1"}, {"text": "none", "id": 7}, {"id": "d1"}, {"text": "NY03-0002"}, {}],
)
@pytest.mark.parametrize("default", ["", ' = "c2"'])
def test_texts_that_are_variables_are_read_as_graphql_core_reads_them(
    variables: dict[str, Any], default: str
) -> None:
    for text, id in (("String!", "ID!"), ('String! = "NY03-0001"', f"ID!{default}")):
        query = f"query ($text: {text}, $id: {id}) {{ case(number: $text) {{ id }} node(id: $id) {{ id }} }}"
        answers = [
            Answering(CURSOR_KEY, Limits(), plans=plans).answer(SHOWN, Question(query, None, variables))
            for plans in (True, False)
        ]
        assert as_json(answers[0]) == as_json(answers[1])


def test_nothing_of_who_asked_stays_with_the_plan_of_what_is_refused() -> None:
    """An exception that is raised again and again gathers the frames, and the Views, of each time."""
    answering, question = (
        Answering(CURSOR_KEY, Limits()),
        Question("{ cases(first: 101) { totalCount } }", None, {}),
    )
    asked = view()
    for _ in range(3):
        assert answering.answer(asked, question).faults != []
    gone = weakref.ref(asked)
    del asked
    gc.collect()
    assert gone() is None


def test_a_plan_is_kept_for_each_choice_of_what_is_skipped_up_to_eight() -> None:
    variables = ", ".join(f"$v{n}: Boolean!" for n in range(4))
    chosen = " ".join(f"a{n}: agreement @skip(if: $v{n}) {{ id }}" for n in range(4))
    query = f"query ({variables}) {{ {chosen} }}"
    choices = [{f"v{n}": bool(choice >> n & 1) for n in range(4)} for choice in range(16)]
    kept = [plan_of(query, choice) is not None for choice in choices]
    assert kept == [True] * 8 + [False] * 8
    for choice in choices:
        told = ask(query, None, **choice)
        assert told == {f"a{n}": {"id": "ndex"} for n in range(4) if not choice[f"v{n}"]}


def test_what_would_become_long_is_not_compiled() -> None:
    """Of fragments that each spread the next twice a plan would be as long as the answer may be."""
    spread = "".join(
        f"fragment F{n} on Case {{ a: relatedCases(first: 0) {{ nodes {{ ...F{n + 1} }} }}"
        f" b: relatedCases(first: 0) {{ nodes {{ ...F{n + 1} }} }} }} "
        for n in range(9)
    )
    query = f"{{ cases(first: 0) {{ nodes {{ ...F0 }} }} }} {spread} fragment F9 on Case {{ id }}"
    assert plan_of(query) is None


@pytest.mark.parametrize(
    "query", ["{ __schema { queryType { name } } }", '{ __type(name: "Case") { name } }']
)
def test_introspection_is_graphql_core_s(query: str) -> None:
    assert plan_of(query) is None
    assert answer(query).data != {}


def test_a_plan_that_fails_leaves_the_answer_to_graphql_core(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_view: View, _id: OpaqueId) -> object:
        raise KeyError("gone")

    monkeypatch.setattr(View, "node", broken)
    told = answer('{ agreement { id } node(id: "c1") { id } }')
    assert told.data == {"agreement": {"id": "ndex"}, "node": None}
    assert [fault["extensions"]["code"] for fault in told.faults] == ["INTERNAL"]
    assert [record.getMessage() for record in caplog.records] == [
        "a plan failed; graphql-core answers instead",
        "a field could not be answered: ['node']",
    ]
