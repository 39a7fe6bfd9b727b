"""Two worlds whose releases pass through the same contents tell the same changes, to the byte, whatever else goes on in
them: restrictions of what was never released, other agreements, publications that change nothing, order of loading."""

from collections.abc import Callable
from typing import Any

import pytest

from graph.model import OpaqueId
from tests.building import Agency, agreement, policy, rules
from tests.partner_client import Client
from tests.partner_world import NDEX
from tests.plain_lines import Made, case, delete, document, link, prop, subject

C1, C2 = case("C-1", "NY03-0001", synopsis="See NY03-0002."), case("C-2", "NY03-0002")
D1 = document("D-1", "NY03-0001-001", "Doe met Roe.")
S1 = subject("S-1", prop("name", "Doe"), prop("alias", "J", sources=["D-1"]))
LINES = [C1, C2, D1, S1, link("L-1", "C-1", "CONTAINS", "D-1"), link("L-2", "D-1", "MENTIONS", "S-1")]
SECRET = case("C-9", "NY03-0009", access_codes=["T3"], synopsis="As in NY03-0001.")
HIDDEN = [SECRET, document("D-9", "NY03-0009-001"), link("L-9", "C-9", "CONTAINS", "D-9")]

ASKED = """query ($since: String, $first: Int, $after: String) {
  changes(since: $since, first: $first, after: $after) {
    edges { cursor node { kind recordId version record { id kind office } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
  agreement { release { version publishedAt recordCount linkCount } }
}"""

Steps = list[tuple[Made, ...]]
# What is loaded before each publication: D-1 goes and comes again, S-1 loses what D-1 asserts with it.
STEPS: Steps = [
    tuple(LINES),
    (C2 | {"title": "Another"},),
    (D1 | {"access_codes": ["CS"]},),
    (D1,),
    (delete("L-2"),),
    (case("C-3", "NY03-0003"),),
]


def plain(step: tuple[Made, ...], agency: Agency) -> None:
    agency.load(*step)
    agency.restrict()
    agency.publish()


def beside_what_is_withheld(step: tuple[Made, ...], agency: Agency) -> None:
    """Withheld records come, are cited, recoded and deleted meanwhile; each is restricted and published by itself."""
    agency.load(*HIDDEN, path="hidden.jsonl")
    agency.restrict()
    agency.publish()
    agency.load(*reversed(step))
    agency.restrict()
    agency.load(SECRET | {"access_codes": ["CS"], "title": str(len(step))}, path="hidden.jsonl")
    agency.publish()
    agency.load(delete("D-9"), path="hidden.jsonl")
    agency.restrict()
    agency.publish()


def beside_another_agreement(step: tuple[Made, ...], agency: Agency) -> None:
    """Another partner's release goes up and down."""
    agency.load(*step)
    agency.restrict()
    agency.publish("ndex")
    agency.publish("county")
    agency.publish()


def lived(live: Callable[[tuple[Made, ...], Agency], None]) -> tuple[Agency, list[str]]:
    """An agency that went through the steps, and the versions that `ndex` saw after each."""
    under = policy()
    made = Agency(rules(agreement(under=under), agreement("county", under, kinds=["case"]), under=under))
    made.publish()
    seen = []
    for step in STEPS:
        live(step, made)
        seen.append(made.header().version)
    return made, seen


def told(agency: Agency, versions: list[str]) -> list[bytes]:
    """Every answer: since nothing, since each version, in pages of 2 and whole, and for what is no version."""
    client = Client(agency.releases, NDEX)
    answers = []
    for since in (None, *versions, "none"):
        after = None
        for _ in range(6):
            variables: dict[str, Any] = {"since": since, "first": 2, "after": after}
            response = client.post({"query": ASKED, "variables": variables})
            answers.append(response.content)
            data = response.json().get("data")
            after = data and data["changes"]["pageInfo"]["endCursor"]
        answers.append(client.post({"query": ASKED, "variables": {"since": since, "first": 100}}).content)
    return answers


@pytest.mark.parametrize("live", [beside_what_is_withheld, beside_another_agreement])
def test_two_worlds_that_passed_through_the_same_contents_tell_the_same_changes(
    live: Callable[[tuple[Made, ...], Agency], None],
) -> None:
    one, versions = lived(plain)
    other, others = lived(live)
    assert versions == others
    assert told(one, versions) == told(other, versions)
    assert len(set(told(one, versions))) > 12


def test_a_version_of_another_agreement_is_as_unknown_as_any_other_text() -> None:
    agency, _ = lived(plain)
    client = Client(agency.releases, NDEX)
    theirs = agency.header("county").version
    answers = [
        client.post({"query": ASKED, "variables": {"since": since}}).content
        for since in (theirs, "none", "", "\x00", "x" * 5000)
    ]
    assert answers == [answers[0]] * 5
    assert b'"RESYNC"' in answers[0]


def test_what_is_added_and_withdrawn_is_told_by_its_id_alone_and_stays_paged_while_the_release_changes() -> (
    None
):
    agency, _ = lived(plain)
    client = Client(agency.releases, NDEX)
    first = client.ask(ASKED, first=2)["changes"]
    before = {edge["node"]["recordId"] for edge in first["edges"]}
    gone = OpaqueId(min(set(agency.content().records) - before))
    agency.load(delete(agency.names()[gone]))
    agency.restrict()
    agency.publish()
    rest = client.ask(ASKED, first=100, after=first["pageInfo"]["endCursor"])["changes"]
    met = before | {edge["node"]["recordId"] for edge in rest["edges"]}
    assert met == set(agency.content().records) | (before - set(agency.content().records))
    since = client.ask(ASKED, since=agency.header().version)["changes"]["edges"]
    assert since == []


def test_what_was_withdrawn_has_no_record() -> None:
    agency, versions = lived(plain)
    agency.load(delete("C-3"))
    agency.restrict()
    client = Client(agency.releases, NDEX)
    [edge] = client.ask(ASKED, since=versions[-1])["changes"]["edges"]
    node = edge["node"]
    assert (node["kind"], node["record"], node["version"]) == (
        "WITHDRAWN",
        None,
        agency.header().version,
    )
    assert node["recordId"] not in agency.content().records
