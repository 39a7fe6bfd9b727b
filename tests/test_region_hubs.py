"""Hubs and chains: a change at one is judged by its region, says so where that is much, or judges all anew."""

from typing import cast

import pytest

from graph import excerpt, keeping, region
from graph.publish import Publisher
from graph.standing import Account
from graph.store import StoredHoldings
from tests.building import KEYS, Agency
from tests.counting_holdings import CountingHoldings
from tests.memory_holdings import MemoryHoldings
from tests.plain_lines import Made, case, delete, document, link, prop, subject


def star(size: int) -> list[Made]:
    """A subject that every report of one case mentions."""
    reports = [document(f"D-{n}", f"NY{n // 1000:02}-0001-{n % 1000:03}") for n in range(size)]
    contained = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in range(size)]
    mentioned = [link(f"M-{n}", f"D-{n}", "MENTIONS", "S-1") for n in range(size)]
    return [case("C-1", "NY03-0001"), subject("S-1", prop("name", "Hub")), *reports, *contained, *mentioned]


def changed(lines: list[Made], *change: Made) -> tuple[Agency, int, list[str]]:
    """An agency that published the lines and restricts after the change: how often it read all, what it told."""
    counting, told = CountingHoldings(MemoryHoldings()), list[str]()
    made = Agency(holdings=cast(StoredHoldings, counting))
    made.load(*lines)
    made.publish()
    made.load(*change)
    counting.scans = 0
    publisher = Publisher(made.holdings, made.releases, KEYS, told.append)
    publisher.restrict(made.rules, made.now)
    return made, counting.scans, told


def test_a_hub_is_judged_by_its_region_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excerpt, "TOLD_FROM", 50)
    made, scans, told = changed(star(60), subject("S-1", access_codes=["T3"]))
    assert made.seen() == {"C-1", *(f"{letter}-{n}" for letter in "DL" for n in range(60))}
    assert scans == 0
    assert told == [
        "A change reaches 60 further entries; reading them.",
        "A change reaches 60 further entries; reading them.",
    ]


@pytest.mark.parametrize(("where", "limit"), [(region, "MOST_HOPS"), (excerpt, "MOST_READ")])
def test_a_change_that_reaches_too_far_judges_all_anew(
    monkeypatch: pytest.MonkeyPatch, where: object, limit: str
) -> None:
    monkeypatch.setattr(where, limit, 2)
    made, scans, told = changed(star(3), case("C-1", "NY03-0001", access_codes=["T3"]))
    assert (made.seen(), told) == (set(), ["The change reaches far; all is judged anew."])
    assert scans > 0


@pytest.mark.parametrize(("share", "told"), [(4, ["The change reaches far; all is judged anew."]), (1, [])])
def test_what_reaches_more_than_a_share_of_all_that_is_held_judges_all_anew(
    monkeypatch: pytest.MonkeyPatch, share: int, told: list[str]
) -> None:
    monkeypatch.setattr(excerpt, "FEW", 2)
    monkeypatch.setattr(excerpt, "MOST_SHARE", share)
    made, scans, said = changed(star(5), case("C-1", "NY03-0001", access_codes=["T3"]))
    assert (made.seen(), said, scans > 0) == (set(), told, bool(told))


def test_how_much_is_held_is_known_after_each_change() -> None:
    made, _, _ = changed(star(5), delete("L-4"), case("C-9", "NY03-0009"), case("C-1", "NY03-0001"))
    account = made.holdings.account()
    assert account is not None
    assert Account.decode(account).held == len(star(5)) + 1
    made.publish()
    account = made.holdings.account()
    assert account is not None
    assert Account.decode(account).held == len(star(5)) + 1


def test_what_waits_for_publication_may_be_too_much_to_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_PENDING", 1)
    made, scans, _ = changed(star(1), *star(3))
    assert (scans, made.holdings.account()) == (0, None)
    made.restrict()
    assert (made.seen(), made.holdings.account()) == ({"C-1", "S-1", "D-0", "L-0", "M-0"}, None)
    made.publish()
    assert made.holdings.account() is not None


@pytest.mark.long
def test_a_hub_of_a_hundred_thousand_links_is_judged_by_its_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excerpt, "MOST_SHARE", 1)  # else it would be most of what this agency holds
    size = 100_000
    made, scans, told = changed(star(size), subject("S-1", access_codes=["T3"]))
    release = made.content()
    assert (len(release.records), len(release.links), scans) == (1 + size, size, 0)
    assert "A change reaches 100,000 further entries; reading them." in told


@pytest.mark.long
def test_a_long_chain_is_judged_as_the_whole_is() -> None:
    count = 1_000
    reports = [document(f"D-{n}", f"NY03-{n:04}-001") for n in range(count)]
    tied = [link(f"A-{n}", f"D-{n}", "HAS_ATTACHMENT", f"D-{n + 1}") for n in range(count - 1)]
    start = [case("C-1", "NY03-0001"), link("L-1", "C-1", "CONTAINS", "D-0")]
    made, scans, _ = changed([*start, *reports, *tied], document("D-0", "NY03-0000-001", access_codes=["T3"]))
    assert (made.seen(), scans) == ({"C-1"}, 0)
