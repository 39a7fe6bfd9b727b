"""Rows of Neo4j-style CSV that cannot be taken: each is told, withholds whom it may mean, and the rest is read."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from graph.errors import MappingError
from graph.model import EntryId
from graph.numbers import Patterns
from graph.sources import open_sources
from loaders import rows as rows_module
from loaders.drawn import Place, Rejected
from loaders.load import Loading
from loaders.tables import TableFormat
from tests.memory_holdings import MemoryHoldings
from tests.small_tables import (
    CRIMES,
    KNOWS,
    PARTIES,
    PERSONS,
    drawn,
    ids,
    mapping,
    rejections,
    written,
)

RAGGED = "give each column its cell, and put a cell with a comma or a line break in quotes."
QUOTES = "quote a field whole, and double each quote in it."
UTF8 = "The cell is not UTF-8; save the file as UTF-8."
TWICE = "The id stands in an earlier row too; if two nodes are meant, give ids a group, as in :ID(Person)."


@pytest.fixture
def short_rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Rows may have 200 bytes."""
    limit = csv.field_size_limit()
    monkeypatch.setattr(rows_module, "LONGEST", 200)
    yield
    csv.field_size_limit(limit)


class NoRejectsFile:
    """Rejected lines go nowhere."""

    def write(self, rejected: Sequence[Rejected]) -> None:
        pass


def load(path: Path, holdings: MemoryHoldings) -> None:
    """Take a path into the holdings."""
    tables = TableFormat(path, mapping())
    Loading(str(path), tables, holdings, Patterns(()), NoRejectsFile(), tell=lambda loaded: None).run()


def test_a_ragged_row_of_nodes_withholds_whom_it_may_mean_and_the_rest_is_read(tmp_path: Path) -> None:
    text = PERSONS + "1,Ann,Lee,,,Person\n2,Bob\n3,Cee,Dee,,,,Person\n4,Eve,Roe,,,Person\n"
    path = written(tmp_path, "persons.csv", text)
    assert ids(path) == ["x-1", "line 3 rejected", "line 4 rejected", "x-4"]
    assert rejections(path) == [
        (3, "$", f"The row has 2 cells and the first row 6; {RAGGED}", "x-2", ("x-2",)),
        (4, "$", f"The row has 7 cells and the first row 6; {RAGGED}", "x-3", ("x-3",)),
    ]


@pytest.mark.parametrize(
    ("row", "by", "named"),
    [
        ("a,b,7,Person", None, ("x-b", "x-7")),
        ("a,7", None, ("x-a", "x-7")),
        ("a,7,7,Person", "x-7", ("x-7",)),
        ("a", None, ()),
    ],
)
def test_an_id_in_a_ragged_row_is_counted_from_both_ends(
    tmp_path: Path, row: str, by: str | None, named: tuple[str, ...]
) -> None:
    path = written(tmp_path, "a.csv", f"first,:ID,:LABEL\n{row}\n")
    assert [(rejected_by, ids) for _, _, _, rejected_by, ids in rejections(path)] == [(by, named)]


def test_a_ragged_row_of_relationships_withholds_both_ends(tmp_path: Path) -> None:
    path = written(tmp_path, "links.csv", PARTIES + "1,2\n3,4,PARTY_TO,more\n5,6,PARTY_TO\n")
    assert ids(path) == ["line 2 rejected", "line 3 rejected", "x-PARTY_TO:5:6"]
    assert rejections(path) == [
        (2, "$", f"The row has 2 cells and the first row 3; {RAGGED}", None, ("x-1", "x-2")),
        (3, "$", f"The row has 4 cells and the first row 3; {RAGGED}", None, ("x-3", "x-4", "x-PARTY_TO")),
    ]


def test_a_stray_quote_breaks_its_own_line_alone(tmp_path: Path) -> None:
    text = PERSONS + '1,"Ann,Lee,,,Person\n2,"Bob"s,Lee,,,Person\n"3,Cee,,,,Person\n4,Dee,Roe,,,Person\n'
    path = written(tmp_path, "persons.csv", text)
    assert ids(path) == ["line 2 rejected", "line 3 rejected", "line 4 rejected", "x-4"]
    wrong = "The row does not read as CSV ({}); " + QUOTES
    assert rejections(path) == [
        (2, "$", wrong.format("',' expected after '\"'"), "x-1", ("x-1",)),
        (3, "$", wrong.format("',' expected after '\"'"), "x-2", ("x-2",)),
        (4, "$", wrong.format("unexpected end of data"), None, ("x-3,Cee,,,,Person\n", "x-3")),
    ]


def test_a_broken_line_of_relationships_withholds_the_ends_that_can_be_read(tmp_path: Path) -> None:
    path = written(tmp_path, "links.csv", PARTIES + '1,2,"PARTY_TO\n3,"4\n')
    assert [(line, by, named) for line, _, _, by, named in rejections(path)] == [
        (2, None, ("x-1", "x-2")),
        (3, None, ("x-3", "x-4\n", "x-4")),
    ]


def test_a_lone_carriage_return_breaks_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "links.csv", PARTIES + "1,2\r3,4,PARTY_TO\n5,6,PARTY_TO\n")
    assert ids(path) == ["line 2 rejected", "x-PARTY_TO:5:6"]
    assert rejections(path)[0][3:] == (None, ("x-1", "x-2\r3"))


def test_a_row_that_is_not_utf8_is_rejected_and_the_file_is_read(tmp_path: Path) -> None:
    rows = b"1,Ann,Lee,,,Person\n2,R\xe9my,Lee,,,Person\n\xe9,Cee,Lee,,,Person\n4,Zo\xc3\xab,Lee,,,Person\n"
    path = written(tmp_path, "persons.csv", PERSONS.encode() + rows)
    assert ids(path) == ["x-1", "line 3 rejected", "line 4 rejected", "x-4"]
    assert rejections(path) == [
        (3, "$.first", UTF8, "x-2", ("x-2",)),
        (4, "$.nr", UTF8, None, ()),
    ]


def test_the_line_with_bytes_that_are_not_utf8_stands_in_the_rejection_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, "links.csv", KNOWS.encode() + b'1,2,KNOWS,"a\n\xff",\n')
    assert drawn(path) == [
        Rejected(
            Place(str(path), 2),
            "$.how",
            UTF8,
            b'1,2,KNOWS,"a\n\xff",\n',
            by=EntryId("x-KNOWS:1:2"),
            named=(EntryId("x-KNOWS:1:2"), EntryId("x-1"), EntryId("x-2")),
        )
    ]


def test_a_relationship_of_which_an_end_or_the_type_is_not_utf8_withholds_the_ends_that_are(
    tmp_path: Path,
) -> None:
    rows = b"\xff,2,PARTY_TO\n1,\xff,PARTY_TO\n1,2,\xff\n"
    path = written(tmp_path, "links.csv", PARTIES.encode() + rows)
    assert rejections(path) == [
        (2, "$.:START_ID", UTF8, None, ("x-2",)),
        (3, "$.:END_ID", UTF8, None, ("x-1",)),
        (4, "$.:TYPE", UTF8, None, ("x-1", "x-2")),
    ]


def test_bytes_in_a_column_without_a_name_are_told_by_its_place(tmp_path: Path) -> None:
    header = b":START_ID,:END_ID,:TYPE,x:IGNORE\n"
    path = written(tmp_path, "links.csv", header + b"1,2,PARTY_TO,\xff\n")
    assert [path for _, path, _, _, _ in rejections(path)] == ["$[3]"]


@pytest.mark.parametrize(
    ("row", "path", "sentence", "named"),
    [
        (",2,PARTY_TO", "$.:START_ID", "There is no id of this end; fill the column in.", ("x-2",)),
        ("1,,PARTY_TO", "$.:END_ID", "There is no id of this end; fill the column in.", ("x-1",)),
        ("1,2,", "$.:TYPE", "There is no type; it says what the row is.", ("x-1", "x-2")),
    ],
)
def test_a_relationship_without_an_end_or_a_type_withholds_what_it_names(
    tmp_path: Path, row: str, path: str, sentence: str, named: tuple[str, ...]
) -> None:
    file = written(tmp_path, "links.csv", f"{PARTIES}{row}\n1,2,PARTY_TO\n")
    assert ids(file) == ["line 2 rejected", "x-PARTY_TO:1:2"]
    assert rejections(file) == [(2, path, sentence, None, named)]


def test_a_node_without_an_id_or_a_label_is_rejected(tmp_path: Path) -> None:
    path = written(tmp_path, "persons.csv", PERSONS + ",Ann,Lee,,,Person\n2,Bob,Lee,,,\n")
    assert rejections(path) == [
        (2, "$.nr", "There is no id; fill the column in.", None, ()),
        (3, "$.:LABEL", "There is no label; it says what the row is.", "x-2", ("x-2",)),
    ]


def test_the_second_row_with_an_id_is_rejected_and_withholds_the_first(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", PERSONS + "1,Ann,Lee,,,Person\n")
    written(tmp_path, "b.csv", CRIMES + "1,Theft,NR-1,2/08/2017,boss,Crime\n")
    assert ids(tmp_path) == ["x-1", "line 2 rejected"]
    assert rejections(tmp_path) == [(2, "$.:ID", TWICE, "x-1", ("x-1",))]


def test_an_id_that_no_store_could_keep_is_not_named(tmp_path: Path) -> None:
    path = written(tmp_path, "persons.csv", PERSONS + "9" * 3000 + ",short\n")
    assert [(by, named) for _, _, _, by, named in rejections(path)] == [(None, ())]


@pytest.mark.usefixtures("short_rows")
def test_a_line_that_is_too_long_is_rejected_with_its_beginning_alone(tmp_path: Path) -> None:
    long = "1," + "x" * 1000
    path = written(tmp_path, "links.csv", f"{PARTIES}{long}\n2,3,PARTY_TO\n")
    assert ids(path) == ["line 2 rejected", "x-PARTY_TO:2:3"]
    sentence = "The row that begins in line 2 is longer than 0 MiB; shorten it, or close its quotes."
    assert [(line, path, told, by) for line, path, told, by, _ in rejections(path)] == [
        (2, "$", sentence, None)
    ]


@pytest.mark.usefixtures("short_rows")
def test_nothing_of_a_text_that_is_too_long_passes_for_a_row(tmp_path: Path) -> None:
    text = '1,"' + "forged,2,PARTY_TO\n" * 30 + '",KNOWS\n4,5,PARTY_TO\n'
    path = written(tmp_path, "links.csv", PARTIES + text)
    assert ids(path) == [*(f"line {line} rejected" for line in range(2, 33)), "x-PARTY_TO:4:5"]
    assert [(line, named) for line, _, _, _, named in rejections(path)][:2] == [
        (2, ("x-1", "x-forged,2,PARTY_TO\n", "x-forged")),
        (3, ("x-forged", "x-2")),
    ]


@pytest.mark.usefixtures("short_rows")
def test_a_text_that_is_too_long_in_one_line_and_goes_on_in_the_next_is_rejected_whole(
    tmp_path: Path,
) -> None:
    text = '1,"' + "x" * 500 + '"" a\nforged,2,PARTY_TO\n",KNOWS\n4,5,PARTY_TO'
    path = written(tmp_path, "links.csv", PARTIES + text)
    assert ids(path) == ["line 2 rejected", "line 3 rejected", "line 4 rejected", "x-PARTY_TO:4:5"]


@pytest.mark.usefixtures("short_rows")
def test_a_quote_that_is_closed_after_too_many_lines_or_never_rejects_the_lines_up_to_there(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "links.csv", PARTIES + '1,"2,PARTY_TO\n' + "3,4,PARTY_TO\n" * 30)
    assert ids(path) == [f"line {line} rejected" for line in range(2, 33)]


@pytest.mark.usefixtures("short_rows")
def test_a_last_line_that_is_too_long_ends_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "links.csv", PARTIES + "1,2,PARTY_TO\n3," + "x" * 1000)
    assert ids(path) == ["x-PARTY_TO:1:2", "line 3 rejected"]


def test_a_rejected_row_withholds_its_record_until_a_good_row_of_it_is_taken(tmp_path: Path) -> None:
    holdings = MemoryHoldings()
    tainted = []
    for rows in ("1,Ann,Lee,,,Person\n", "1,Ann\n2,Bob,Roe,,,Person\n", "1,Ann,Roe,,,Person\n"):
        path = written(tmp_path, "persons.csv", PERSONS + rows)
        load(path, holdings)
        tainted.append({entry.id: entry.tainted for entry in holdings.entries()})
    assert tainted == [{"x-1": False}, {"x-1": True, "x-2": False}, {"x-1": False, "x-2": False}]


def test_a_load_that_the_mapping_refuses_writes_nothing(tmp_path: Path) -> None:
    holdings = MemoryHoldings()
    path = written(tmp_path, "persons.csv", PERSONS + "1,Ann,Lee,,,Person\n2,,,,,Cat\n")
    with pytest.raises(MappingError):
        load(path, holdings)
    assert (list(holdings.entries()), open_sources(holdings)) == ([], {})
