"""What a database keeps under an id is one home's: another that has the id too is refused (issue 6)."""

from pathlib import Path

import pytest

from graph.errors import StoreRefused
from graph.stores.home_labels import HomeId
from server.home import Home, make_home, open_home
from server.owner import claim, claim_releases, refuse_others, refuse_others_releases
from tests.command_line import Desk
from tests.homes_in_neo4j import keep_in_neo4j
from tests.memory_holdings import MemoryHoldings
from tests.memory_releases import MemoryReleases
from tests.neighbours import HOME, NEIGHBOUR
from tests.neo4j_server import Neo4jServer
from tests.plain_lines import case
from tests.store_contract import emptied


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


def test_releases_of_nobody_become_the_home_s_that_writes_first(tmp_path: Path) -> None:
    first, second, releases = home(tmp_path / "first"), home(tmp_path / "second"), MemoryReleases()
    for either in (first, second):
        refuse_others_releases(either, releases)
    claim_releases(first, releases)
    claim_releases(first, releases)
    before = releases.owner()
    for refused in (refuse_others_releases, claim_releases):
        with pytest.raises(
            StoreRefused, match=r"the releases that .* are another home's, whose keys this one"
        ):
            refused(second, releases)
    assert releases.owner() == before is not None


def named(folder: Path, server: Neo4jServer, section: str, home_id: HomeId | None = HOME) -> Desk:
    """A home that keeps its holdings, or its releases, on this server."""
    folder.mkdir()
    desk = Desk(folder)
    desk.done("init")
    keep_in_neo4j(desk.home, home_id, **{section: server})
    return desk


def test_a_home_is_told_how_to_have_an_id_of_its_own(tmp_path: Path) -> None:
    first, second, holdings = home(tmp_path / "first"), home(tmp_path / "second"), MemoryHoldings()
    claim(first, holdings)
    file = second.folder / "caselink.toml"
    said = []
    for text in (file.read_text("utf-8"), ""):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(StoreRefused) as refused:
            refuse_others(open_home(second.folder, {}), holdings)
        said.append(str(refused.value).rpartition("; ")[2])
    assert said == [
        "both have one home_id in caselink.toml, and this one needs another: 16 random digits of 0123456789abcdef",
        "give this one an id: a line home_id in caselink.toml, of 16 random digits of 0123456789abcdef",
    ]


@pytest.mark.neo4j
@pytest.mark.parametrize("section", ["holdings", "releases"])
def test_a_home_that_is_given_an_id_does_not_begin_anew_beside_what_it_has_without_one(
    request: pytest.FixtureRequest, tmp_path: Path, section: str
) -> None:
    server = emptied(request.getfixturevalue(f"neo4j_{section}_server"))
    first, second = (named(tmp_path / name, server, section, None) for name in ("first", "second"))
    assert first.load(case("C-1", "NY03-0001")).code == 0
    first.done("publish")
    seen = first.seen()
    for desk in (first, second):
        settings = desk.home / "caselink.toml"
        settings.write_text(f'home_id = "{NEIGHBOUR}"\n' + settings.read_text("utf-8"), encoding="utf-8")
    refused = first.run("status")
    assert (refused.code, refused.out, refused.err) == (
        2,
        "",
        f"caselink: {first.home}: where [{section}] in caselink.toml points to, this home has {section} from when"
        " it had no home_id; take home_id out of caselink.toml again, or move them: docs/operations.md, “Homes that"
        " share a database”\n",
    )
    assert second.load(case("C-1", "NY03-0002")).code == 0
    second.done("publish")
    first.replace("caselink.toml", f'home_id = "{NEIGHBOUR}"\n', "")
    assert (first.seen(), second.seen()) == (seen, seen)
    emptied(server)


@pytest.mark.neo4j
def test_no_command_of_another_home_with_the_id_reads_or_changes_what_a_server_holds(
    neo4j_holdings_server: Neo4jServer, tmp_path: Path
) -> None:
    server = emptied(neo4j_holdings_server)
    first, second = (named(tmp_path / name, server, "holdings") for name in ("first", "second"))
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


@pytest.mark.neo4j
def test_no_command_of_another_home_with_the_id_changes_or_takes_away_what_a_server_serves(
    neo4j_releases_server: Neo4jServer, tmp_path: Path
) -> None:
    server = emptied(neo4j_releases_server)
    first, second = (named(tmp_path / name, server, "releases") for name in ("first", "second"))
    assert first.load(case("C-1", "NY03-0001")).code == 0
    first.done("publish")
    seen = first.seen()
    (second.home / "agreements" / "ndex.toml").rename(second.home / "agreements" / "county.toml")
    refused = [second.load(case("C-1", "NY03-0002")), second.run("publish"), second.run("status")]
    assert {(ran.code, ran.out, "are another home's" in ran.err) for ran in refused} == {(2, "", True)}
    first.done("keys", "rotate")
    first.done("publish")
    assert first.seen() == seen
    first.done("keys", "rotate")
    assert second.run("publish").code == 2
    emptied(server)
