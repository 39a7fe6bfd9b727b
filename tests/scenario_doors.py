"""A scenario seen through every door there is: what each store, the View, GraphQL and the export have of each step.

Every door is asked for all that it has, and must have exactly what the pure run of `caselink check` found, which is
held against the scenario itself. All in the holdings' ids.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from graph.agreement import Agreement
from graph.draft import Moment, Rules
from graph.exporting import export_lines
from graph.judge import next_change
from graph.model import RECORD_KINDS, AgreementId, EntryId
from graph.planning import Publication
from graph.release import Content, Release
from graph.release_store import Releases
from graph.sources import accept, open_sources
from graph.store import StoredHoldings
from graph.view import View
from schema.execute import Question
from server.scenarios.run import FILE, run
from server.scenarios.scenario import HELD_BACK, Expected, Scenario, Step, Why
from tests import specification
from tests.building import Agency
from tests.engine import Answer, ask
from tests.partner_walk import walk
from tests.partner_world import ANSWERING, as_read
from tests.store_contract import header

Shown = Mapping[str, Mapping[str, Any]]
"""What is shown of each released record and link, by id."""


def through_stores(scenario: Scenario, holdings: StoredHoldings, releases: Releases) -> None:
    """Load and publish each step in these stores, as the commands do, and look at each release through every door."""
    agency = Agency(
        Rules(scenario.policy, scenario.agreements), holdings, releases, now=moment(scenario.steps[0])
    )
    agency.publish()
    for step, outcome in zip(scenario.steps, run(scenario), strict=True):
        agency.now = moment(step)
        for publication in loaded(agency, step):
            counted = counts(step.expected[publication.agreement], holdings)
            assert publication.withheld == counted, f"{scenario.name}, {step.why}: what publish counts"
        for id, came in outcome.came.items():
            release = releases.read(id)
            assert release is not None
            wanted = shown(came.content)
            assert agency.shown(id) == wanted, f"{scenario.name}, {step.why}: the export for {id}"
            through_view(release)


def loaded(agency: Agency, step: Step) -> list[Publication]:
    """Load, withdraw, and publish, which adds nothing while a file is open."""
    agency.load(*step.lines, path=FILE)
    agency.restrict()
    if step.accept:
        accept(agency.holdings)
    adding = [] if open_sources(agency.holdings) else list(agency.rules.agreements)
    return agency.publisher.write(agency.publisher.plan(agency.rules, agency.now, adding))


def counts(expected: Expected, holdings: StoredHoldings) -> dict[str, int]:
    """How many records each reason of a scenario withholds, as `publish` counts them."""
    records = {entry.id for entry in holdings.entries() if entry.kind in RECORD_KINDS}
    told = reasons(expected, records).values()
    return dict(Counter(reason for whys in told for reason in whys))


def moment(step: Step) -> Moment:
    """A day that was set."""
    return Moment(step.day, "2026-11-24T09:00:00Z", "UTC", clock_is_set=True)


def shown(content: Content) -> dict[str, dict[str, Any]]:
    """A content whose opaque ids are the holdings' own, as the export has it."""
    names = {id: EntryId(id) for id in (*content.records, *content.links)}
    lines = export_lines(Release(header(content), content), names)
    return {str(line["id"]): line for line in lines if line["kind"] != "caveat"}


def through_view(release: Release) -> None:
    """A walk over GraphQL meets the release, no more and no less."""
    view = View(release)

    def post(query: str, variables: Mapping[str, Any]) -> Any:
        answer = ANSWERING.answer(view, Question(query, None, variables))
        assert answer.faults == []
        return as_read(answer)

    assert walk(post) == release.content


# --- the specification ---


@dataclass(frozen=True)
class Asked:
    """One step's question to the specification: every line so far that could be stored, in order."""

    scenario: Scenario
    step: Step
    lines: list[dict[str, Any]]
    tainted: frozenset[str]

    def of(self, id: AgreementId) -> tuple[Any, ...]:
        """The question for one agreement."""
        agreement = self.scenario.agreement_tables[id]
        day = date.fromordinal(self.step.day)
        return self.lines, self.scenario.policy_tables, agreement, day, self.tainted


def questions(scenario: Scenario, tainted: list[frozenset[str]]) -> Iterator[Asked]:
    """The question of each step. tainted: by step, the ids that rejected lines named."""
    lines: list[dict[str, Any]] = []
    for step, outcome, ids in zip(scenario.steps, run(scenario), tainted, strict=True):
        rejected = [one.text for one in outcome.rejected]
        lines += [orjson.loads(line) for line in step.lines if line not in rejected]
        yield Asked(scenario, step, list(lines), ids)


def through_specification(scenario: Scenario, tainted: list[frozenset[str]]) -> None:
    """The specification and the engine release and withhold alike, and as the scenario has it.

    Holdings cut down to what is released give the same release (R13).
    """
    before: dict[AgreementId, tuple[Answer, int]] = {}
    for asked in questions(scenario, tainted):
        for id, expected in asked.step.expected.items():
            question = asked.of(id)
            answer, told = ask(*question), specification.release(*question)
            assert answer.release() == told, f"{scenario.name}, {asked.step.why}: {id}"
            causes = specification.causes(*question)
            assert answer.causes() == causes
            standing = specification.cut_down(*question)
            assert ask(standing, *question[1:4]).release() == told, f"{scenario.name}: R13 for {id}"
            assert set(told["records"]) == expected.records | held_back(expected, causes)
            if id in before and not asked.step.lines:
                assert_foreseen(*before[id], answer, scenario.agreements[id], asked.step.day)
            before[id] = answer, asked.step.day
            assert {record: whys for record, whys in causes.items() if whys} == reasons(expected, causes)


def held_back(expected: Expected, records: Collection[str]) -> set[str]:
    """The records that nothing withholds, and that wait."""
    return {id for id, whys in expected.withheld.items() if whys == {Why(HELD_BACK)} and id in records}


def reasons(expected: Expected, records: Collection[str]) -> dict[str, set[str]]:
    """The reasons that the scenario gives for each withheld record, wherever they come from."""
    waiting = held_back(expected, records)
    return {
        id: {why.reason for why in whys}
        for id, whys in expected.withheld.items()
        if id in records and id not in waiting
    }


def assert_foreseen(before: Answer, day: int, after: Answer, agreement: Agreement, today: int) -> None:
    """What time alone changes is foreseen: readers refuse the earlier release from that day on (DESIGN 4)."""
    if before.content != after.content:
        foreseen = next_change(before.judgement, before.policy, agreement, day)
        assert foreseen is not None
        assert day < foreseen <= today
