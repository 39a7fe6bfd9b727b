"""The holdings in a database are one home's: another home is refused, reads and writes alike (issue 6)."""

from pathlib import Path

import pytest

from graph.errors import StoreRefused
from server.home import Home, make_home, open_home
from server.owner import claim, refuse_others
from tests.command_line import Desk
from tests.memory_holdings import MemoryHoldings
from tests.neo4j_server import Neo4jServer
from tests.plain_lines import case
from tests.store_contract import access, emptied


def home(folder: Path) -> Home:
    """A new home in this folder."""
    make_home(folder, neo4j=None, test=False, seed=None)
    return open_home(folder, {})


def test_holdings_of_nobody_become_the_home_s_that_writes_first(tmp_path: Path) -> None:
    first, second, holdings = home(tmp_path / "first"), home(tmp_path / "second"), MemoryHoldings()
    for either in (first, second):
        refuse_others(either, holdings)
    claim(first, holdings)
    claim(first, holdings)
    before = holdings.remembered()
    for refused in (refuse_others, claim):
        with pytest.raises(StoreRefused, match="are another home's, whose keys this one does not have"):
            refused(second, holdings)
    assert holdings.remembered() == before


def test_a_home_knows_its_holdings_after_a_change_of_its_keys(tmp_path: Path) -> None:
    changed, holdings = home(tmp_path / "home"), MemoryHoldings()
    claim(changed, holdings)
    retired = changed.folder / "keys" / "retired"
    retired.mkdir()
    changed.key_file("naming").rename(retired / "naming-20260101T000000.000000.key")
    changed.key_file("naming").write_text("ab" * 32 + "\n", encoding="ascii")
    claim(changed, holdings)
    (retired / "naming-20260101T000000.000000.key").unlink()
    claim(changed, holdings)


@pytest.mark.neo4j
def test_no_command_of_another_home_reads_or_changes_what_a_server_holds(
    neo4j_holdings_server: Neo4jServer, tmp_path: Path
) -> None:
    url, user, password = access(emptied(neo4j_holdings_server))
    desks = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        desk = Desk(tmp_path / name)
        desk.done("init")
        (desk.home / "password").write_text(password, encoding="utf-8")
        with (desk.home / "caselink.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'[holdings]\nurl = "{url}"\nuser = "{user}"\npassword_file = "password"\n')
        desks.append(desk)
    first, second = desks
    assert first.load(case("C-1", "NY03-0001")).code == 0
    first.done("publish")
    seen = first.seen()
    refused = [
        second.load(case("C-1", "NY03-0002")),
        second.run("publish"),
        second.run("explain", "C-1", "--agreement", "ndex"),
        second.run("status"),
    ]
    assert {(ran.code, ran.out, "are another home's" in ran.err) for ran in refused} == {(2, "", True)}
    assert first.load(case("C-1", "NY03-0001")).code == 0
    assert first.seen() == seen
    emptied(neo4j_holdings_server)
