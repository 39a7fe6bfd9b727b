"""docs/partners.md is complete and true: examples and their answers, errors, filters, orders, limits and headers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType
from msgspec.structs import asdict

from graph.model import RECORD_KINDS, AgreementId
from graph.view import View
from schema.errors import TEXTS, Code
from schema.execute import Answering, Question
from schema.limits import Limits
from schema.partner import PARTNER_SCHEMA
from server import problems
from server.home import open_home
from server.problems import Problem
from server.stores import open_reader
from tests.documentation import Page, code
from tests.documented_home import documented_home
from tests.partner_client import Client
from tests.partner_world import as_read, published, release

PARTNERS = Page.of("docs/partners.md")
EXAMPLES = re.findall(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", PARTNERS.text, re.DOTALL)
NAME = re.compile(r"[0-9a-f]{32}|[\w-]{80,}")  # a version or an id; a cursor
IN_OTHER_WORDS = {Code.GRAPHQL_PARSE_FAILED, Code.GRAPHQL_VALIDATION_FAILED, Code.BAD_VARIABLES}

# A query for each code that a query can meet, but INTERNAL, which none should.
WRONG = {
    Code.GRAPHQL_PARSE_FAILED: "{",
    Code.GRAPHQL_VALIDATION_FAILED: "{ nothing }",
    Code.BAD_VARIABLES: "query ($number: String!) { case(number: $number) { id } }",
    Code.BAD_OPERATION: "query A { agreement { id } } query B { agreement { id } }",
    Code.TOO_MANY_TOKENS: "{" + " a" * Limits().tokens + "}",
    Code.TOO_DEEP: "{ cases { nodes "
    + "{ documents { nodes { cases { nodes " * 8
    + "{ id }"
    + " } } } }" * 8
    + " } }",
    Code.TOO_MANY_ALIASES: "{" + " ".join(f"a{n}: __typename" for n in range(Limits().aliases + 1)) + "}",
    Code.TOO_MANY_DIRECTIVES: "{ agreement { " + "id @skip(if: false) " * (Limits().directives + 1) + "} }",
    Code.TOO_MANY_REPEATS: "{ agreement { " + "id " * 900 + "} }",
    Code.TOO_COSTLY: "{ cases(first: 100) { nodes { documents(first: 100) { nodes { cases { nodes { id } } } } } } }",
    Code.BAD_PAGE: "{ cases(first: 101) { totalCount } }",
    Code.BAD_CURSOR: '{ cases(after: "none") { totalCount } }',
    Code.RESYNC: '{ changes(since: "none") { edges { cursor } } }',
    Code.BAD_ARGUMENT: "{ nodes(ids: [" + '"a" ' * 101 + "]) { id } }",
}


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that the page tells its reader to make, made as it tells him."""
    return documented_home(tmp_path_factory.mktemp("docs"))


@pytest.fixture(name="view", scope="module")
def _view(home: Path) -> View:
    """What `ndex` sees there."""
    reader = open_reader(open_home(home, {}))
    read = reader.read(AgreementId("ndex"))
    reader.close()
    assert read is not None
    return View(read)


@pytest.fixture(name="answering", scope="module")
def _answering(home: Path) -> Answering:
    """Answers with the keys of that home."""
    return Answering(open_home(home, {}).key("cursor"), Limits())


@pytest.fixture(name="client", scope="module")
def _client() -> Client:
    """A user of a partner, over HTTP."""
    return Client(published(release()))


# --- examples ---


def without_names(told: Any) -> Any:
    """An answer without versions and cursors, which mean nothing to a reader but that they are of that shape."""
    if isinstance(told, list):
        return [without_names(part) for part in told]
    if isinstance(told, dict):
        return {key: without_names(part) for key, part in told.items()}
    return NAME.sub("…", told) if isinstance(told, str) else told


def test_every_query_of_the_page_has_its_answer() -> None:
    assert len(EXAMPLES) == len(PARTNERS.examples("graphql"))


@pytest.mark.parametrize(("query", "told"), EXAMPLES)
def test_an_example_is_answered_as_it_is_told(
    view: View, answering: Answering, query: str, told: str
) -> None:
    answer = answering.answer(view, Question(query, None, {}))
    assert (without_names(as_read(answer)), answer.faults) == (without_names(json.loads(told)), [])


def test_the_example_of_a_release_is_that_of_the_answers(view: View) -> None:
    header = view.header
    shown = {"agreement": header.agreement, "version": header.version, "caveat": header.caveat}
    told = json.loads(PARTNERS.part("## The release").examples("json")[0])
    assert without_names(told) == without_names({"extensions": {"release": shown}})


def test_the_program_that_follows_changes_has_all_that_is_released_and_then_nothing_new(
    view: View, answering: Answering
) -> None:
    asked: list[dict[str, Any]] = []

    def ask(query: str, **variables: Any) -> Any:
        asked.append(variables)
        answer = answering.answer(view, Question(query, None, variables))
        assert answer.faults == []
        return as_read(answer)

    names: dict[str, Any] = {"ask": ask}
    exec(PARTNERS.part("## Following changes").examples("python")[0], names)
    copy: dict[str, Any] = {"gone": {}}
    version = names["follow"](copy)
    released = {record.id for kind in RECORD_KINDS for record in view.records(kind)}
    assert (version, copy.keys() - {"gone"}) == (view.header.version, released)
    assert (names["follow"](copy, version), asked[-1]["since"]) == (version, version)


# --- errors, limits, headers ---


ELSEWHERE = {Code.TOO_SLOW, Code.ANSWER_TOO_LONG, Code.NO_INTROSPECTION, Code.SEARCH_NOT_READY}
"""It takes a slow machine, another setting or a large release to meet these: other tests do."""


def told_errors() -> dict[str, tuple[str, str]]:
    """By code: the status and the text that the page tells."""
    rows = PARTNERS.part("## Errors").rows()
    told = {code(row[0])[0]: (row[1], row[2]) for row in rows}
    assert len(told) == len(rows)
    return told


def test_every_error_is_told_with_its_text() -> None:
    known = {p.code: p.text for p in vars(problems).values() if isinstance(p, Problem)} | {
        code.value: f"{text} *" if code in IN_OTHER_WORDS else text for code, text in TEXTS.items()
    }
    assert {code: text for code, (_, text) in told_errors().items()} == known


def test_every_problem_is_told_with_its_status() -> None:
    known = {p.code: p.status for p in vars(problems).values() if isinstance(p, Problem)}
    told = {code: int(told_errors()[code][0].split()[-1]) for code in known}
    assert told == known


def test_each_code_that_a_query_alone_can_meet_has_a_query_here() -> None:
    assert set(WRONG) == set(Code) - {Code.INTERNAL, *ELSEWHERE}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_error_in_a_query_has_the_status_that_is_told(client: Client, wrong: Code) -> None:
    response = client.post({"query": WRONG[wrong]})
    error = response.json()["errors"][0]
    status, text = told_errors()[wrong]
    assert (error["extensions"]["code"], response.status_code) == (wrong, int(status))
    assert wrong in IN_OTHER_WORDS or error["message"] == text


def test_plain_json_has_the_status_that_is_told(client: Client) -> None:
    asked = {"query": WRONG[Code.TOO_DEEP]}
    assert client.post(asked, {"Accept": "application/json"}).status_code == 200


def test_the_limits_are_told_with_their_defaults() -> None:
    told = {row[0].strip("`"): int(row[1]) for row in PARTNERS.part("## Limits").rows()}
    assert told == {key: limit for key, limit in asdict(Limits()).items() if limit and key != "prepared"}


def test_the_cost_that_is_told_is_what_counts(client: Client) -> None:
    query = "{ cases(first: 100) { nodes { documents(first: 20) { nodes { id } } } } }"
    response = client.post({"query": query})
    assert response.json()["extensions"]["cost"] == 2_201


def test_every_header_of_an_answer_is_told(client: Client) -> None:
    gone = Client(published())
    responses = [
        client.post({"query": "{ agreement { id } }"}),
        client.post({"query": "{ agreement { id } }"}, {"Authorization": "Bearer none"}),
        client.send("GET", "/graphql"),
        gone.post({"query": "{ agreement { id } }"}),
    ]
    assert [response.status_code for response in responses] == [200, 401, 405, 503]
    told = {header.lower() for row in PARTNERS.part("## Headers").tables()[1] for header in code(row[0])}
    assert told == {name for response in responses for name in response.headers} - {"content-length"}


# --- what can be asked ---


def test_every_part_of_every_filter_is_told() -> None:
    told = {code(row[0])[0]: code(row[1]) for row in PARTNERS.part("## Filters").rows()}
    inputs = [type for type in PARTNER_SCHEMA.type_map.values() if isinstance(type, GraphQLInputObjectType)]
    assert told == {type.name: list(type.fields) for type in inputs}


def test_every_order_is_told() -> None:
    told = {code(row[0])[0]: code(row[1]) for row in PARTNERS.part("## Orders").rows()}
    enums = [type for type in PARTNER_SCHEMA.type_map.values() if isinstance(type, GraphQLEnumType)]
    assert told == {type.name: list(type.values) for type in enums if type.name.endswith("Order")}


def test_every_way_from_a_record_is_told() -> None:
    told = {field for row in PARTNERS.part("## Records").rows() for field in code(row[1])}
    types = [PARTNER_SCHEMA.type_map[name] for name in ("Case", "Document", "Subject")]
    assert told == {
        name
        for type in types
        if isinstance(type, GraphQLObjectType)
        for name, field in type.fields.items()
        if "first" in field.args
    }
