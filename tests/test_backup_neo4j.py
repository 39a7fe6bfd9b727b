"""A home in Neo4j is backed up into files and restored: into an emptied server, or into files (decision 19)."""

from pathlib import Path

import pytest

from graph.stores import bolt_holdings, sqlite_holdings
from graph.stores.bolt_holdings import BoltHoldings
from tests.building import Given
from tests.command_line import Desk
from tests.homes_in_neo4j import keep_in_neo4j
from tests.neighbours import HOME
from tests.neo4j_server import Neo4jServer
from tests.plain_lines import case, document, link
from tests.store_contract import access, emptied
from tests.test_backup import ACCEPT, Restored

LINES: list[Given] = [
    case("C-1", "NY03-0001"),
    document("D-1", "NY03-0001-001"),
    link("L-1", "C-1", "CONTAINS", "D-1"),
    "no line",
]


def all_of(holdings: BoltHoldings) -> object:
    with holdings:
        return {entry.id: entry for entry in holdings.entries()}, holdings.taints()


@pytest.mark.neo4j
def test_it_comes_back_from_files_and_nothing_is_restored_over_what_is_there(
    neo4j_holdings_server: Neo4jServer, tmp_path: Path
) -> None:
    url, user, password = access(emptied(neo4j_holdings_server))
    desk, other = Desk(tmp_path), Restored(tmp_path)
    desk.done("init")
    in_files = (desk.home / "caselink.toml").read_text("utf-8")
    keep_in_neo4j(desk.home, holdings=neo4j_holdings_server)
    assert desk.load(*LINES).code == 3
    desk.done("rejects", "accept", "--reason", "a test")
    desk.done("publish")
    seen = desk.seen()
    desk.done("backup", tmp_path / "backup")
    before = all_of(bolt_holdings.open_holdings(url, user, password, HOME))

    ran = other.run("restore", tmp_path / "backup")
    assert (ran.code, "holdings of this home are there already" in ran.err) == (2, True)
    emptied(neo4j_holdings_server)
    other = Restored(tmp_path / "again")
    other.folder.mkdir()
    other.done("restore", tmp_path / "backup")
    assert all_of(bolt_holdings.open_holdings(url, user, password, HOME)) == before

    third = Restored(tmp_path / "files")
    third.folder.mkdir()
    (tmp_path / "files.toml").write_text(in_files, encoding="utf-8")
    third.done("restore", tmp_path / "backup", "--settings", tmp_path / "files.toml")
    with sqlite_holdings.open_holdings(third.home / "holdings.sqlite") as holdings:
        assert ({entry.id: entry for entry in holdings.entries()}, holdings.taints()) == before
    for made in (other, third):
        made.done(*ACCEPT)
        made.done("publish")
        assert made.seen() == seen == {"C-1", "D-1", "L-1"}
