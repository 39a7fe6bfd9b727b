"""Findings and reviews of a few records, asked for over HTTP."""

from dataclasses import replace
from typing import Any

from graph.model import EntryId
from graph.office.audience import Audience
from graph.office.held_record import version_of
from graph.office.survey import Survey
from tests.at_the_desk import desk_over, reviews_over
from tests.building import Agency
from tests.finding_world import held
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, document, link, prop, subject
from tests.reviewing_world import QUALITY as TAN

OLD = {"prepared": "2020-01-01"}
C1 = case("C-1", "NY03-0001", **OLD, synopsis="The intercept is in NY03-0001-002.")
D2 = document("D-2", "NY03-0001-002", access_codes=["T3"], prepared="2026-11-20")
C3 = case("C-3", "LA03-0003", **OLD, office="SAC-LA", access_codes=[], title="grand jury")
S4 = subject("S-4", prop("name", "Ann Poe"), created="2026-11-20", approval={})
LINES = (C1, D2, C3, S4, link("L-1", "C-1", "CONTAINS", "D-2"), link("L-2", "S-4", "SUBJECT_OF", "C-1"))
SUPERVISOR = Who("sup.ortiz", "SAC-NY", "supervisor")
AGENT = Who("agent.kim", "SAC-NY", "agent")
FINDINGS = """query ($office: String, $rule: String, $blocking: Boolean, $first: Int, $after: String) {
  findings(office: $office, rule: $rule, blocking: $blocking, first: $first, after: $after) {
    totalCount nodes { id rule blocking text record { id } acceptedBy acceptedAt }
    pageInfo { hasNextPage endCursor } } }"""
QUEUE = """query ($office: String, $assignee: String, $first: Int, $after: String) {
  queue(office: $office, assignee: $assignee, first: $first, after: $after) {
    totalCount nodes { record { id } due overdue risk assignee deferredUntil lastBy lastAt }
    pageInfo { hasNextPage endCursor } } }"""
REVIEWED = "{ record { id } due overdue assignee deferredUntil lastBy lastAt }"
NUMBER = "withheld_number_in_synopsis:C-1:D-2"
FOUND = [NUMBER, "no_code:C-3:", "words_without_code:C-3:grand_jury", "no_approver:S-4:"]


def ids(client: OfficeClient, **variables: Any) -> list[str]:
    """The names of findings on one page."""
    return [node["id"] for node in client.ask(FINDINGS, **variables)["findings"]["nodes"]]


def queued(client: OfficeClient, **variables: Any) -> list[str]:
    """The records on one page of the queue."""
    return [node["record"]["id"] for node in client.ask(QUEUE, **variables)["queue"]["nodes"]]


def version(client: OfficeClient, id: str) -> str:
    told = client.ask("query ($id: ID!) { record(id: $id) { version } }", id=id)
    return str(told["record"]["version"])


def said(client: OfficeClient, mutation: str, told: str, **variables: Any) -> Any:
    """What a mutation gives; its arguments are the variables, all texts."""
    types = {"id": "ID!", "finding": "ID!"}
    stated = ", ".join(f"${name}: {types.get(name, 'String!')}" for name in variables)
    given = ", ".join(f"{name}: ${name}" for name in variables)
    return client.told(f"mutation ({stated}) {{ {mutation}({given}) {told} }}", **variables)


def word(made: Agency, record: Any = None) -> None:
    """An attest of C-1 by who saw it as it was before the last load."""
    seen = Survey.of(made.rules, made.now.day, held(*LINES, under=made.rules.policy), {})
    work = reviews_over(made, desk_over(made))
    work = work if record is None else replace(work, record=record)
    entry = seen.record(EntryId("C-1"))
    assert entry is not None
    asked = version_of(entry, None)
    work.act(TAN, Audience(seen, seen), entry.id, lambda one: one.attest(entry.id, asked, "seen"))
