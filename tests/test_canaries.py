"""Nothing of what is withheld is in any byte of an answer: not an id, number, name, code, category or other partner.

Random questions reach every field of every type; wrong ones bring about every kind of refusal; stores fail.
"""

import logging
import random
from collections.abc import Iterator
from typing import Any, Final

import orjson
import pytest
from graphql import GraphQLObjectType

from graph.errors import StoreUnreachable
from graph.model import AgreementId
from graph.release import Header, Release, ReleasedDocument, ReleasedSubject
from schema.partner import PARTNER_SCHEMA
from server.pages import page_routes
from tests import canaries
from tests.building import Agency
from tests.memory_releases import MemoryReleases
from tests.partner_client import Client, Seen
from tests.random_questions import Questions

Reached = set[tuple[str, str]]

NEVER: Final = ("did you mean", "traceback", "sqlite", "neo4j", "exception", ".py")
FIELDS: Final[Reached] = {
    (name, field)
    for name, type in PARTNER_SCHEMA.type_map.items()
    if isinstance(type, GraphQLObjectType) and not name.startswith("__")
    for field in type.fields
}


@pytest.fixture(name="agency", scope="module")
def _agency() -> Agency:
    return canaries.agency()


@pytest.fixture(name="client", scope="module")
def _client(agency: Agency) -> Client:
    return Client(agency.releases)


def questions(agency: Agency, client: Client, *, typed: bool) -> Questions:
    """Questions with words that are released."""
    content = agency.content()
    numbers = [r.number for r in content.records.values() if not isinstance(r, ReleasedSubject)]
    words = [
        *content.records,
        *content.links,
        *numbers,
        "John Doe",
        "name",
        "CONTAINS",
        "KNOWS",
        "Doe",
        "fraud",
    ]
    lists = ("cases", "documents", "subjects", "changes")
    told = client.ask(f"{{ {' '.join(f'{field} {{ edges {{ cursor }} }}' for field in lists)} }}")
    cursors = [edge["cursor"] for page in told.values() for edge in page["edges"]]
    known = {"after": cursors, "before": cursors, "since": [agency.header().version]}
    return Questions(PARTNER_SCHEMA, words, random.Random(0), 5, typed, known)


def found(answer: Seen | str) -> list[str]:
    """Which of the words that must not be there are there."""
    text = repr(answer).casefold()
    return [word for word in (*canaries.SOUGHT, *NEVER) if word in text]


def reached(told: Any) -> Iterator[tuple[str, str]]:
    """Each field that has a value, with the type that it is of."""
    if isinstance(told, list):
        yield from (pair for part in told for pair in reached(part))
    elif isinstance(told, dict):
        given = [key.split("_")[0] for key, part in told.items() if part is not None and key != "__typename"]
        yield from ((told["__typename"], name) for name in given if "__typename" in told)
        yield from (pair for part in told.values() for pair in reached(part))


def test_what_is_released_and_what_is_not_is_as_the_canaries_say(agency: Agency) -> None:
    assert agency.seen() == {str(line["id"]) for line in canaries.RELEASED}


@pytest.mark.untraced
def test_questions_to_every_field_of_every_type_bring_up_nothing_that_is_withheld(
    agency: Agency, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    asking, met = questions(agency, client, typed=True), Reached()
    with caplog.at_level(logging.DEBUG, "server"), caplog.at_level(logging.DEBUG, "schema"):
        for _ in range(80):
            for answer in client.all_seen([asking.right() for _ in range(20)]):
                assert found(answer) == []
                met |= set(reached(orjson.loads(answer[2]).get("data")))
            if met == FIELDS:
                break
    assert met == FIELDS
    assert found(caplog.text) == []


def test_wrong_questions_bring_up_nothing_that_is_withheld(
    agency: Agency, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    asking, codes = questions(agency, client, typed=False), set[str]()
    with caplog.at_level(logging.DEBUG, "server"), caplog.at_level(logging.DEBUG, "schema"):
        for answer in client.all_seen([asking.any() for _ in range(200)]):
            assert found(answer) == []
            errors = orjson.loads(answer[2]).get("errors", [])
            codes |= {error["extensions"]["code"] for error in errors}
    assert {
        "GRAPHQL_PARSE_FAILED",
        "GRAPHQL_VALIDATION_FAILED",
        "BAD_VARIABLES",
        "BAD_CURSOR",
    } - codes == set()
    assert "INTERNAL" not in codes
    assert found(caplog.text) == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("{ case }", "Field 'case' of type 'Case' must have a selection of subfields."),
        ("{ ..a }", "Syntax Error: Unexpected '..'"),
        ("{ a(b: .5) }", "Syntax Error: Invalid number, expected digit before '.'"),
        ("{ a(b: 'c') }", "Syntax Error: Unexpected single quote character (')"),
        ("{ cases { totalCounts } }", "Cannot query field 'totalCounts' on type 'CaseConnection'."),
        ("{ cases(frist: 1) { totalCount } }", "Unknown argument 'frist' on field 'Query.cases'."),
        ("{ nodes(ids: []) { ... on Cases { id } } }", "Unknown type 'Cases'."),
        ("{ cases(orderBy: NUMBERS) { totalCount } }", "Value 'NUMBERS' does not exist in 'CaseOrder' enum."),
    ],
)
def test_a_mistake_is_told_without_a_suggestion(client: Client, query: str, told: str) -> None:
    assert client.post({"query": query}).json()["errors"][0]["message"] == told


def test_the_schema_and_the_pages_name_nothing_that_an_agency_has(client: Client) -> None:
    for route in page_routes(graphiql=False):
        assert [
            word for word in canaries.SOUGHT if word in client.send("GET", route.path).text.casefold()
        ] == []


class Failing(MemoryReleases):
    """A store whose failures speak of what they should not."""

    def read(self, agreement: AgreementId) -> Release | None:
        raise StoreUnreachable("CANARY.agent at sqlite:///CANARY of NY03-7777")


class FailingAtOnce(Failing):
    """One that fails before it has told what there is."""

    def header(self, agreement: AgreementId) -> Header | None:
        raise RuntimeError("CANARY in graph/stores/sqlite.py")


@pytest.mark.parametrize("store", [Failing, FailingAtOnce])
def test_a_store_that_fails_tells_the_partner_nothing(agency: Agency, store: type[Failing]) -> None:
    failing = store()
    failing._releases = agency.releases._releases  # type: ignore[attr-defined]
    [answer] = Client(failing).all_seen([{"query": "{ agreement { id } }"}])
    assert (answer[0], found(answer)) == (503, [])


def test_a_fault_of_our_own_tells_the_partner_nothing(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is in the log that the agency reads, which is no place for a partner."""

    def broken(*_given: object) -> list[ReleasedDocument]:
        raise RuntimeError("CANARY in NY03-7777")

    monkeypatch.setattr("graph.view.View.documents", broken)
    query = "{ subjects { nodes { properties { values { sources { id } } } } } }"
    [answer] = Client(agency.releases).all_seen([{"query": query}])
    assert (answer[0], found(answer), b"INTERNAL" in answer[2]) == (200, [], True)
    assert "CANARY in NY03-7777" in caplog.text
