"""What a store keeps is put into another as it is: entries, taints, memory, releases, histories, tokens taken back."""

from pathlib import Path

from graph.copying import copy_holdings, copy_releases
from graph.model import AgreementId, EntryId
from graph.revocations import Revocations
from graph.store import Batch, Paper
from graph.stores import sqlite_holdings, sqlite_releases
from graph.stores.sqlite_copy import snapshot
from tests.building import Agency
from tests.memory_holdings import MemoryHoldings
from tests.memory_releases import MARK, MemoryReleases
from tests.plain_lines import case, delete, document, link

LINES = [case("C-1", "NY03-0001"), document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1")]
NDEX = AgreementId("ndex")


def agency() -> Agency:
    """One that has published twice, with a deletion, a rejected line and a token taken back."""
    made = Agency()
    made.load(*LINES, case("C-2", "NY03-0002"))
    made.publish()
    made.load(delete("C-2"), {"kind": "link", "id": "L-9", "from": "C-1"})
    made.publish("ndex")
    made.releases.revoke(Revocations(frozenset({"7f"}), {NDEX: 17}))
    return made


def test_holdings_come_through_a_file_as_they_were(tmp_path: Path) -> None:
    source, target, told = agency().holdings, MemoryHoldings(), list[int]()
    papers = [Paper("desk", EntryId("C-1"), "asked", waits=True), Paper("review", EntryId("C-1"), "")]
    source.take(Batch(papers=papers))
    with sqlite_holdings.open_holdings(tmp_path / "copy.sqlite") as between:
        copy_holdings(source, between, told.append)
        copy_holdings(between, target, told.append)
    entries = {entry.id: entry for entry in source.entries()}
    assert {entry.id: entry for entry in target.entries()} == entries
    assert (target.taints(), target.remembered()) == (source.taints(), source.remembered())
    assert list(target.every_paper()) == papers
    assert told == [len(entries)] * 2
    assert source.taints() != set()


def test_releases_come_through_a_file_as_they_were(tmp_path: Path) -> None:
    source, target = agency().releases, MemoryReleases()
    with sqlite_releases.open_releases(tmp_path / "copy.sqlite", MARK) as between:
        copy_releases(source, between)
        copy_releases(between, target)
    assert (target.read(NDEX), target.past(NDEX)) == (source.read(NDEX), source.past(NDEX))
    assert (target.headers(), target.revocations()) == (source.headers(), source.revocations())
    assert len(target.past(NDEX).versions) == 2


def test_a_file_is_copied_as_it_was_when_that_was_asked(tmp_path: Path) -> None:
    with sqlite_holdings.open_holdings(tmp_path / "holdings.sqlite") as holdings:
        holdings.remember("name", "then")
        with snapshot(tmp_path / "holdings.sqlite") as copy:
            holdings.remember("name", "later")
            copy(tmp_path / "copy.sqlite")
        assert holdings.recall("name") == "later"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite", "holdings.sqlite"]
    with sqlite_holdings.open_holdings(tmp_path / "copy.sqlite") as copied:
        assert copied.recall("name") == "then"
