"""The acceptance tests (DESIGN 8.1): each scenario through engine, specification, stores, View, GraphQL and export.

`caselink check` holds the engine against the file; every other door is held against the engine.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from graph.model import EntryId
from graph.stores import bolt_holdings, bolt_releases, sqlite_holdings, sqlite_releases
from server.scenarios.compare import differences
from server.scenarios.scenario import Scenario
from server.scenarios.scenario_file import read_scenario
from tests import worked_example
from tests.building import Agency, rules
from tests.memory_releases import MARK
from tests.neo4j_server import Neo4jServer, empty
from tests.scenario_doors import loaded, through_specification, through_stores
from tests.store_contract import access, emptied

FOLDER = Path(__file__).parent / "scenarios"
FILES = sorted(FOLDER.rglob("*.toml"))
POLICY = worked_example.policy()
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where files are in memory, on systems that have such a place: these tests are not about what a disk keeps."""


def read(file: Path) -> Scenario:
    return read_scenario(
        file.read_text(encoding="utf-8"),
        file.relative_to(FOLDER).as_posix(),
        POLICY,
        lambda name: (file.parent / name).read_text(encoding="utf-8"),
    )


SCENARIOS = {file: read(file) for file in FILES}


def tainted(scenario: Scenario) -> list[frozenset[str]]:
    """By step, the ids that rejected lines named."""
    agency, found = Agency(rules(under=scenario.policy)), []
    for step in scenario.steps:
        loaded(agency, step)
        found.append(frozenset(str(EntryId(taint.id)) for taint in agency.holdings.taints()))
    return found


def test_there_are_at_least_eighty_in_a_folder_for_each_rule() -> None:
    folders = Counter(file.parent.name for file in FILES)
    assert sum(folders.values()) >= 80
    assert {f"r{number:02}" for number in range(1, 15)} <= {name.partition("_")[0] for name in folders}
    assert [file.name for file in FILES if not SCENARIOS[file].rule.startswith(rule_of(file))] == []


def rule_of(file: Path) -> str:
    """The rule that a folder is for."""
    name = file.parent.name.partition("_")[0]
    return f"R{int(name[1:])}" if name[1:].isdecimal() else ""


def test_each_is_another_one() -> None:
    assert [why for why, times in Counter(s.why for s in SCENARIOS.values()).items() if times > 1] == []
    asked = Counter(
        (repr(s.policy_tables), repr(s.agreement_tables), tuple((t.lines, t.day) for t in s.steps))
        for s in SCENARIOS.values()
    )
    assert [times for times in asked.values() if times > 1] == []


@pytest.mark.untraced
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_scenario_comes_out_alike_at_every_door(file: Path) -> None:
    scenario = SCENARIOS[file]
    assert differences(scenario) == []
    through_specification(scenario, tainted(scenario))
    with (
        TemporaryDirectory(dir=IN_MEMORY) as folder,
        sqlite_holdings.open_holdings(Path(folder, "holdings.sqlite")) as holdings,
        sqlite_releases.open_releases(Path(folder, "releases.sqlite"), MARK) as releases,
    ):
        through_stores(scenario, holdings, releases)


A_FEW = [
    FOLDER / "r11_deletion" / "the_tokens_of_a_deleted_text.toml",
    FOLDER / "r12_error" / "a_rejected_line_for_a_link_that_is_held.toml",
]
"""Seven steps with citations, deletions, rejects and what lifts them: a step takes Neo4j half a second at best."""


@pytest.mark.neo4j
def test_a_few_scenarios_come_out_alike_on_neo4j(
    neo4j_holdings_server: Neo4jServer, neo4j_releases_server: Neo4jServer
) -> None:
    through_neo4j(A_FEW, neo4j_holdings_server, neo4j_releases_server)


@pytest.mark.neo4j
@pytest.mark.long
def test_every_scenario_comes_out_alike_on_neo4j(
    neo4j_holdings_server: Neo4jServer, neo4j_releases_server: Neo4jServer
) -> None:
    through_neo4j(FILES, neo4j_holdings_server, neo4j_releases_server)


def through_neo4j(files: Iterable[Path], of_holdings: Neo4jServer, of_releases: Neo4jServer) -> None:
    """The same two servers for all, emptied before and in between."""
    emptied(of_holdings)
    emptied(of_releases)
    with (
        of_holdings.driver() as held,
        of_releases.driver() as released,
        bolt_holdings.open_holdings(*access(of_holdings)) as holdings,
        bolt_releases.open_releases(*access(of_releases), MARK) as releases,
    ):
        for file in files:
            empty(held)
            empty(released)
            through_stores(SCENARIOS[file], holdings, releases)
