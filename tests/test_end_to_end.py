"""The worked example through the real commands, on both stores: exactly `tests/contract/expected`, whatever the order.

On Neo4j the holdings and the releases lie on two servers, as an agency has them.
"""

import json
import random
import signal
from pathlib import Path
from typing import Any

import pytest

from graph.exporting import export_lines, known_names
from graph.keys import naming
from graph.model import AgreementId
from graph.release import Release
from loaders.sample import write_sample
from server.home import open_home
from server.stores import open_holdings, open_reader
from tests import worked_example
from tests.agency import AS_OF, Agency, as_expected
from tests.homes_in_neo4j import keep_in_neo4j
from tests.killing import Point, When, command
from tests.neo4j_server.emptying import empty
from tests.neo4j_server.server import Neo4jServer
from tests.partner_walk import walk

EXPECTED = {id: worked_example.expected(id) for id in worked_example.AGREEMENTS}
HOLDINGS = worked_example.FOLDER / "holdings.jsonl"


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def agency(request: pytest.FixtureRequest, tmp_path: Path) -> Agency:
    """A new home on each store."""
    if request.param == "sqlite":
        made = Agency(tmp_path / "home")
        made.make()
        return made
    holdings: Neo4jServer = request.getfixturevalue("neo4j_holdings_server")
    releases: Neo4jServer = request.getfixturevalue("neo4j_releases_server")
    for server in (holdings, releases):
        with server.driver() as driver:
            empty(driver)
    made = Agency(tmp_path / "home")
    made.make()
    keep_in_neo4j(made.home, holdings=holdings, releases=releases)
    return made


def released(agency: Agency) -> dict[str, Any]:
    agency.run("publish", "--as-of", AS_OF)
    return {id: as_expected(agency.exported(id)) for id in worked_example.AGREEMENTS}


def test_the_worked_example_gives_its_releases(agency: Agency) -> None:
    agency.run("load", str(HOLDINGS))
    assert released(agency) == EXPECTED


def test_loading_twice_changes_nothing(agency: Agency) -> None:
    agency.run("load", str(HOLDINGS), str(HOLDINGS))
    first = agency.told("publish", "--as-of", AS_OF)["releases"]
    agency.run("load", str(HOLDINGS))
    again = agency.told("publish", "--as-of", AS_OF)["releases"]
    assert [release["version"] for release in again] == [release["version"] for release in first]
    assert released(agency) == EXPECTED


def test_any_order_that_keeps_deletes_behind_gives_the_same(agency: Agency, tmp_path: Path) -> None:
    lines = worked_example.lines()
    deletes = [line for line in lines if line["kind"] == "delete"]
    others = [line for line in lines if line["kind"] != "delete"]
    random.Random(1).shuffle(others)
    shuffled = tmp_path / "shuffled.jsonl"
    shuffled.write_text("".join(json.dumps(line) + "\n" for line in others + deletes), encoding="utf-8")
    agency.run("load", str(shuffled))
    assert released(agency) == EXPECTED


def test_all_that_a_partner_can_reach_is_what_the_export_says(agency: Agency) -> None:
    agency.run("load", str(HOLDINGS))
    agency.run("publish", "--as-of", AS_OF)
    home = open_home(agency.home, {})
    with agency.served() as asking, open_holdings(home) as holdings:
        reader = open_reader(home)
        for id in map(AgreementId, worked_example.AGREEMENTS):
            release = reader.read(id)
            assert release is not None
            names = known_names(holdings.entries(), naming(home.release_keys(), id))
            walked = Release(release.header, walk(asking(id)))
            assert list(export_lines(walked, names)) == agency.exported(id)
        reader.close()


def test_a_load_withdraws_before_it_ends_and_only_publish_adds(agency: Agency, tmp_path: Path) -> None:
    agency.run("load", str(HOLDINGS))
    agency.run("publish", "--as-of", AS_OF)
    lines = {line["id"]: line for line in worked_example.lines() if line["kind"] == "document"}
    recoded = tmp_path / "recoded.jsonl"
    opened, closed = lines["D-6"] | {"access_codes": ["REL"]}, lines["D-1"] | {"access_codes": ["CS"]}
    recoded.write_text(json.dumps(opened) + "\n" + json.dumps(closed) + "\n", encoding="utf-8")
    agency.run("load", str(recoded))
    loaded = as_expected(agency.exported("ndex"))
    assert set(loaded["records"]) < set(EXPECTED["ndex"]["records"])
    assert {"D-1", "D-4", "S-2", "S-9"} & set(loaded["records"]) == set()
    agency.run("publish", "--as-of", AS_OF)
    assert set(as_expected(agency.exported("ndex"))["records"]) - set(loaded["records"]) == {"D-6"}


def holds_some(agency: Agency) -> bool:
    with open_holdings(open_home(agency.home, {})) as holdings:
        return holdings.counts() != {}


def test_a_load_that_is_killed_can_be_run_again(agency: Agency, tmp_path: Path) -> None:
    sample = tmp_path / "sample.jsonl"
    write_sample(sample, cases=1_000)
    place = 0
    while not holds_some(agency):  # a store may be made ready by many writes
        place += 8
        assert command(agency.home, "load", sample, point=Point(place, When.AFTER)) == -signal.SIGKILL
    killed = agency.told("status")
    assert [source["finished"] for source in killed["open"]] == [False]
    assert agency.told("publish", "--as-of", AS_OF)["releases"] == []
    agency.run("load", str(sample))
    versions = [release["version"] for release in agency.told("publish", "--as-of", AS_OF)["releases"]]
    untouched = Agency(tmp_path / "untouched")
    untouched.make()
    untouched.run("load", str(sample))
    assert versions == [
        release["version"] for release in untouched.told("publish", "--as-of", AS_OF)["releases"]
    ]
