"""A change reads what it can reach and the neighbours of that, in every store, and nothing else."""

from collections.abc import Iterator
from typing import cast

import pytest

from graph.store import StoredHoldings
from tests.building import Agency
from tests.counting_holdings import CountingHoldings
from tests.plain_lines import Made, case, clearance, document, link, prop, subject
from tests.store_contract import HOLDINGS


@pytest.fixture(params=HOLDINGS)
def counting(request: pytest.FixtureRequest) -> Iterator[CountingHoldings]:
    with request.param(request).open() as store:
        yield CountingHoldings(store)


def file(number: int, *more: Made, narrative: str = "") -> list[Made]:
    """A case with a report, and a subject that the report mentions."""
    n = f"{number:04}"
    return [
        case(f"C-{number}", f"NY03-{n}"),
        document(f"D-{number}", f"NY03-{n}-001", narrative),
        subject(f"S-{number}", prop("name", f"Doe {number}")),
        link(f"L-{number}", f"C-{number}", "CONTAINS", f"D-{number}"),
        link(f"M-{number}", f"D-{number}", "MENTIONS", f"S-{number}"),
        *more,
    ]


def of_file(*numbers: int) -> set[str]:
    return {f"{letter}-{number}" for number in numbers for letter in "CDSLM"}


def published(counting: CountingHoldings, *lines: Made) -> Agency:
    made = Agency(holdings=cast(StoredHoldings, counting))
    made.load(*lines)
    made.publish()
    return made


def read_for(counting: CountingHoldings, made: Agency, *lines: Made) -> set[str]:
    """What is read to judge these lines once they are loaded."""
    made.load(*lines)
    counting.read.clear()
    counting.scans = 0
    made.restrict()
    assert counting.scans == 0
    return set(counting.read)


def coded(line: Made, *codes: str) -> Made:
    return line | {"access_codes": list(codes)}


def test_a_recode_reads_its_file_and_no_other(counting: CountingHoldings) -> None:
    made = published(counting, *(line for number in range(1, 30) for line in file(number)))
    assert read_for(counting, made, coded(case("C-7", "NY03-0007"), "T3")) == of_file(7)
    assert made.seen() == {id for n in range(1, 30) if n != 7 for id in of_file(n)}


def test_a_recode_that_reaches_nobody_reads_the_record_and_its_neighbours(counting: CountingHoldings) -> None:
    made = published(counting, *(line for number in range(1, 30) for line in file(number)))
    new_name = subject("S-7", prop("name", "Roe"))
    assert read_for(counting, made, new_name) == {"S-7", "M-7", "D-7"}


def test_a_number_that_is_withheld_reads_what_mentions_it(counting: CountingHoldings) -> None:
    files = [line for number in range(1, 30) for line in file(number)]
    mentioning = case("C-90", "NY03-0090", synopsis="See NY03-0007.")
    made = published(counting, *files, mentioning)
    assert read_for(counting, made, coded(case("C-7", "NY03-0007"), "T3")) == of_file(7) | {"C-90"}
    assert made.shown()["C-90"]["synopsis"] == "See [number withheld]."


@pytest.mark.parametrize("number", ["", "NY", "\u200b"])
def test_what_is_no_number_but_begins_every_one_reads_no_record_for_that(
    counting: CountingHoldings, number: str
) -> None:
    made = published(counting, *(line for number in range(1, 30) for line in file(number)))
    assert read_for(counting, made, case("C-90", number)) == {"C-90"}


def test_a_new_number_reads_the_documents_that_cite_it(counting: CountingHoldings) -> None:
    files = [line for number in range(1, 30) for line in file(number)]
    made = published(counting, *files, *file(50, narrative="As in NY03-0077."), *file(51))
    new = coded(case("C-77", "NY03-0077"), "T3")
    assert read_for(counting, made, new) == of_file(50) | {"C-77"}
    assert made.seen() == {id for n in (*range(1, 30), 51) for id in of_file(n)} | {"C-50"}


def test_a_neighbour_with_many_links_is_not_read_through(counting: CountingHoldings) -> None:
    hub = subject("S-HUB", prop("name", "Everywhere"))
    tied = [link(f"H-{number}", f"D-{number}", "MENTIONS", "S-HUB") for number in range(1, 30)]
    made = published(counting, hub, *tied, *(line for number in range(1, 30) for line in file(number)))
    title = case("C-7", "NY03-0007", title="Corrected")
    assert read_for(counting, made, title) == {"C-7", "L-7", "D-7"}


def test_an_ended_clearance_reads_what_it_kept_free(counting: CountingHoldings) -> None:
    files = [line for number in range(1, 30) for line in file(number)]
    attached = link("A-1", "D-1", "HAS_ATTACHMENT", "D-2")
    made = published(
        counting, *files, coded(file(1)[1], "T3"), attached, clearance("K-1", attached, "title_iii")
    )
    assert {"D-2", "S-2"} < made.seen()
    read = read_for(counting, made, {"kind": "delete", "id": "K-1"})
    assert read == of_file(2) | {"A-1", "D-1", "L-1", "M-1", "C-1", "S-1", "K-1"}
    assert {"D-2", "S-2"}.isdisjoint(made.seen())
