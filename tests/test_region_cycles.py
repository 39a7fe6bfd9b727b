"""Deletion in cycles, of support and of carrying: nothing supports itself, and nothing is left behind (R3, R7)."""

from dataclasses import dataclass
from typing import cast

import pytest

from graph.store import StoredHoldings
from tests.building import Agency, Given, agreement, policy, rules
from tests.counting_holdings import CountingHoldings
from tests.memory_holdings import MemoryHoldings
from tests.plain_lines import Made, case, clearance, consent, delete, document, link, subject

T3 = {"access_codes": ["T3"]}


@dataclass
class Watched:
    """An agency that reads its holdings whole once, when it first publishes."""

    agency: Agency
    counting: CountingHoldings

    def seen(self) -> set[str]:
        return self.agency.seen()

    def change(self, *lines: Given) -> set[str]:
        """What is seen after these lines were loaded, withdrawn from and published, each time by region alone."""
        self.agency.load(*lines)
        self.counting.scans = 0
        self.agency.restrict()
        self.agency.publish()
        assert self.counting.scans == 0
        return self.agency.seen()


def watched(*lines: Made) -> Watched:
    supporting = {
        "BACKS": {"from": ["document"], "to": ["document"], "carries": "both", "supports": "forward"}
    }
    under = policy(links=supporting)
    counting = CountingHoldings(MemoryHoldings())
    made = Agency(rules(agreement(under=under), under=under), cast(StoredHoldings, counting))
    made.load(*lines)
    made.publish()
    return Watched(made, counting)


def ring(size: int) -> list[Made]:
    """Reports each of which backs the next, all around."""
    reports = [document(f"D-{n}", f"NY03-0001-{n:03}") for n in range(size)]
    return reports + [link(f"B-{n}", f"D-{n}", "BACKS", f"D-{(n + 1) % size}") for n in range(size)]


def ids(size: int) -> set[str]:
    return {f"{letter}-{n}" for letter in "DB" for n in range(size)}


IN_CASE = [case("C-1", "NY03-0001"), link("L-1", "C-1", "CONTAINS", "D-0")]


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize(
    "gone", [delete("L-1"), delete("C-1"), case("C-1", "NY03-0001", prepared="1999-12-31")]
)
def test_a_ring_that_loses_its_support_supports_itself_no_more(size: int, gone: Made) -> None:
    made = watched(*ring(size), *IN_CASE)
    assert made.seen() == ids(size) | {"C-1", "L-1"}
    assert made.change(gone) & ids(size) == set()
    assert made.change(*IN_CASE) == ids(size) | {"C-1", "L-1"}


@pytest.mark.parametrize("size", [1, 2, 5])
def test_a_ring_of_carrying_is_free_once_nothing_of_it_is_coded(size: int) -> None:
    made = watched(*ring(size), *IN_CASE)
    coded = document("D-0", "NY03-0001-000") | T3
    assert made.change(coded) & ids(size) == set()
    assert made.change(coded, case("C-1", "NY03-0001", title="Other")) & ids(size) == set()
    assert made.change(document("D-0", "NY03-0001-000")) == ids(size) | {"C-1", "L-1"}


def test_a_ring_with_two_coded_records_is_free_when_both_are() -> None:
    made = watched(*ring(4), *IN_CASE)
    assert made.change(*(document(f"D-{n}", f"NY03-0001-{n:03}") | T3 for n in (1, 3))) == {"C-1"}
    assert made.change(document("D-1", "NY03-0001-001")) == {"C-1"}
    assert made.change(document("D-3", "NY03-0001-003")) == ids(4) | {"C-1", "L-1"}


def test_a_record_with_other_support_stays() -> None:
    others = [case("C-2", "NY03-0002"), link("L-2", "C-2", "CONTAINS", "D-2")]
    made = watched(*ring(4), *IN_CASE, *others)
    assert made.change(delete("L-1")) == ids(4) | {"C-1", "C-2", "L-2"}
    assert made.change(delete("L-2")) == {"C-1", "C-2"}


def test_sources_that_assert_each_other_are_withheld_together() -> None:
    """Each report is contained by a link that the other asserts, once a third asserts neither."""
    reports = [document(f"D-{n}", f"NY03-0001-{n:03}") for n in range(3)]
    first = link("L-0", "C-1", "CONTAINS", "D-0", sources=["D-1", "D-2"])
    second = link("L-1", "C-1", "CONTAINS", "D-1", sources=["D-0"])
    third = link("L-2", "C-1", "CONTAINS", "D-2")
    made = watched(case("C-1", "NY03-0001"), *reports, first, second, third)
    assert made.seen() == {"C-1", "D-0", "D-1", "D-2", "L-0", "L-1", "L-2"}
    assert made.change(delete("D-2")) == {"C-1"}


def test_decisions_in_a_ring_come_and_go() -> None:
    tar = document("D-0", "NY03-0001-000", access_codes=["TAR"])
    made = watched(*ring(3), *IN_CASE, subject("S-1"))
    assert made.change(tar) == {"C-1"}
    assert made.change(consent("N-1", "third_agency", record="D-0")) == ids(3) | {"C-1", "L-1"}
    assert made.change(delete("N-1")) == {"C-1"}
    cleared = [clearance(f"K-{n}", line, "third_agency") for n, line in enumerate(ring(3)[3:])]
    others = [link("L-9", "C-1", "CONTAINS", f"D-{n}") | {"id": f"L-9{n}"} for n in (1, 2)]
    free = {"C-1", "D-1", "D-2", "B-1", "L-91", "L-92"}
    assert made.change(*cleared, *others) == free
    assert made.change(delete("K-1")) == free
    assert made.change(delete("K-0")) == {"C-1"}
