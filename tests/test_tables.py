"""Neo4j-style CSV under a mapping: what rows become, and that what cannot be taken withholds whom it names."""

import csv
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from graph.errors import MappingError, StoreLocked, Unreadable
from graph.model import EntryId
from graph.numbers import Patterns
from graph.sources import open_sources
from loaders import rows as rows_module
from loaders.drawn import Drawn, Place, Rejected
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
    lines,
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


def misfit(path: Path) -> str:
    with pytest.raises(MappingError) as refused:
        drawn(path)
    return str(refused.value).removeprefix("small.toml does not fit; nothing was changed. Mend:\n  ")


# --- what rows become ---


def test_a_crime_becomes_a_case_with_what_every_record_has(tmp_path: Path) -> None:
    path = written(tmp_path, "crimes.csv", CRIMES + "1,Theft,NR-1,2/08/2017,boss,Crime\n")
    assert lines(path) == [
        {
            "kind": "case",
            "id": "x-1",
            "source_system": "POLICE",
            "office": "North",
            "access_codes": ["REL"],
            "approval": {"state": "approved", "agent": "clerk", "supervisor": "boss"},
            "prepared": "2017-08-02",
            "number": "NR-1",
            "title": "Theft (NR-1)",
        }
    ]


def test_a_person_becomes_a_subject_with_what_its_own_table_says(tmp_path: Path) -> None:
    path = written(tmp_path, "persons.csv", PERSONS + "1,Ann,Lee,123,19800229,Person\n2,,,,,Person\n")
    person = {
        "kind": "subject",
        "source_system": "POLICE",
        "office": "South",
        "access_codes": [],
        "approval": {"state": "draft", "agent": "a", "supervisor": "b"},
        "type": "person",
        "created": "2017-08-31",
    }
    described = {"name": "description", "value": "a {person}", "sources": []}
    known = [
        {"name": "name", "value": "Ann Lee", "sources": []},
        {"name": "identifier", "value": "123", "sources": [], "access_codes": ["MED"]},
        {"name": "birth_date", "value": "1980-02-29", "sources": []},
    ]
    assert lines(path) == [
        person | {"id": "x-1", "properties": [*known, described]},
        person | {"id": "x-2", "properties": [described]},
    ]


def test_a_relationship_becomes_a_link_the_way_round_that_the_mapping_says(tmp_path: Path) -> None:
    text = KNOWS + "1,2,KNOWS,neighbour,01.02.2003\n1,2,PARTY_TO,,\n"
    assert lines(written(tmp_path, "links.csv", text)) == [
        {
            "kind": "link",
            "id": "x-KNOWS:1:2",
            "type": "KNOWS",
            "from": "x-2",
            "to": "x-1",
            "role": "neighbour",
            "since": "2003-02-01",
            "access_codes": ["REL"],
        },
        {"kind": "link", "id": "x-PARTY_TO:1:2", "type": "PARTY_TO", "from": "x-1", "to": "x-2"},
    ]


@pytest.mark.parametrize(
    ("type", "number", "codes"),
    [
        ("Theft", "7", ["REL"]),
        ("Drugs", "7", ["REL", "UCO", "CS"]),
        ("Arms", "17", ["REL", "UCO"]),
        ("Drugs", "1", ["REL", "CS"]),
        ("drugs", "7", ["REL"]),
    ],
)
def test_a_rule_codes_the_rows_that_meet_all_its_conditions(
    tmp_path: Path, type: str, number: str, codes: list[str]
) -> None:
    path = written(tmp_path, "crimes.csv", CRIMES + f"1,{type},{number},2/08/2017,boss,Crime\n")
    assert [line["access_codes"] for line in lines(path)] == [codes]


def test_a_rule_codes_a_link(tmp_path: Path) -> None:
    path = written(tmp_path, "links.csv", KNOWS + "1,2,KNOWS,informant,\n")
    assert [line["access_codes"] for line in lines(path)] == [["REL", "CS"]]


@pytest.mark.parametrize("date", ["00/00/2000", "2017-08-02", "31/02/2017", "soon"])
def test_a_date_in_another_format_is_loaded_as_it_stands(tmp_path: Path, date: str) -> None:
    path = written(tmp_path, "crimes.csv", CRIMES + f"1,Theft,NR-1,{date},boss,Crime\n")
    assert [line["prepared"] for line in lines(path)] == [date]


def test_an_empty_cell_is_an_absent_field(tmp_path: Path) -> None:
    path = written(tmp_path, "crimes.csv", CRIMES + "1,,,,,Crime\n")
    assert [(line["approval"], set(line)) for line in lines(path)] == [
        (
            {"state": "approved", "agent": "clerk"},
            {"kind", "id", "access_codes", "source_system", "office", "approval"},
        )
    ]


def test_quotes_hold_commas_quotes_and_line_breaks_of_any_kind(tmp_path: Path) -> None:
    text = PERSONS + '1,"Ann\r\n, ""A""","L\nee",,,Person\r\n\r\n2,Bob,Roe,,,Person'
    names = [line["properties"][0]["value"] for line in lines(written(tmp_path, "persons.csv", text))]
    assert names == ['Ann\r\n, "A" L\nee', "Bob Roe"]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf" + (PARTIES + "1,2,PARTY_TO\n").encode()
    assert ids(written(tmp_path, "links.csv", text)) == ["x-PARTY_TO:1:2"]


def test_columns_may_stand_in_any_order_and_have_types_and_options(tmp_path: Path) -> None:
    header = ":LABEL,lead:string[],on:date{timezone:Europe/London},skip:IGNORE,type:string,nr:long,a:b:c,:ID(Crime)\n"
    path = written(tmp_path, "crimes.csv", header + "Crime,boss,2/08/2017,-,Theft,9,-,5\n")
    assert [(line["id"], line["number"], line["prepared"]) for line in lines(path)] == [
        ("x-Crime/5", "9", "2017-08-02")
    ]


def test_ids_of_different_groups_are_different_ids(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", "nr:ID(Person),first,last,ssn,born,:LABEL\n1,Ann,Lee,,,Person\n")
    written(tmp_path, "b.csv", ":ID(Crime),type,nr,on,lead,:LABEL\n1,Theft,NR-1,2/08/2017,boss,Crime\n")
    written(tmp_path, "c.csv", ":START_ID(Person),:END_ID(Crime),:TYPE\n1,1,PARTY_TO\n")
    assert [(line["id"], line.get("from"), line.get("to")) for line in lines(tmp_path)] == [
        ("x-Person/1", None, None),
        ("x-Crime/1", None, None),
        ("x-PARTY_TO:Person/1:Crime/1", "x-Person/1", "x-Crime/1"),
    ]


def test_no_two_relationships_have_one_id_whatever_marks_their_parts_have(tmp_path: Path) -> None:
    text = (
        PARTIES
        + "1:2,3,PARTY_TO\n1,2:3,PARTY_TO\n1,2#2,PARTY_TO\n1,2,PARTY_TO\n1,2,PARTY_TO\n1%3A2,3,PARTY_TO\n"
    )
    assert ids(written(tmp_path, "links.csv", text)) == [
        "x-PARTY_TO:1%3A2:3",
        "x-PARTY_TO:1:2%3A3",
        "x-PARTY_TO:1:2%232",
        "x-PARTY_TO:1:2",
        "x-PARTY_TO:1:2#2",
        "x-PARTY_TO:1%253A2:3",
    ]


def test_a_repeated_relationship_is_numbered_over_all_files_and_alike_in_each_load(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", PARTIES + "1,2,PARTY_TO\n1,3,PARTY_TO\n1,2,PARTY_TO\n")
    written(tmp_path, "b.csv", PARTIES + "1,2,PARTY_TO\n2,1,PARTY_TO\n")
    expected = ["1:2", "1:3", "1:2#2", "1:2#3", "2:1"]
    assert ids(tmp_path) == ids(tmp_path) == [f"x-PARTY_TO:{ends}" for ends in expected]


def test_a_row_that_cannot_be_taken_keeps_its_number(tmp_path: Path) -> None:
    text = KNOWS.encode() + b"1,2,KNOWS,a,\n1,2,KNOWS,\xff,\n1,2,KNOWS,c,\n"
    assert ids(written(tmp_path, "links.csv", text)) == ["x-KNOWS:1:2", "line 3 rejected", "x-KNOWS:1:2#3"]


def test_rows_of_ignored_labels_and_types_are_passed_over_whatever_is_in_them(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", b":ID,:LABEL,x\n1,Officer,y\n,Officer,y\n")
    written(tmp_path, "b.csv", b":START_ID,:END_ID,:TYPE,x\n1,2,INVESTIGATED_BY,\xff\n,,INVESTIGATED_BY,\n")
    assert drawn(tmp_path) == []


def test_a_line_is_placed_by_its_file_and_the_line_on_which_its_row_begins(tmp_path: Path) -> None:
    path = written(tmp_path, "persons.csv", PERSONS + '1,"A\nB",,,,Person\n\n2,C,,,,Person\n')
    assert [line.place for line in drawn(path)] == [Place(str(path), 2), Place(str(path), 5)]


# --- files, folders and zips ---


def test_a_folder_is_read_with_the_folders_in_it_by_name(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    written(tmp_path / "deep", "z.CSV", PARTIES + "1,2,PARTY_TO\n")
    written(tmp_path, "b.csv", PARTIES + "3,4,PARTY_TO\n")
    written(tmp_path, "model.json", "{}")
    written(tmp_path, "notes 1.csv", "free,text\n")
    written(tmp_path, "empty.csv", "")
    assert ids(tmp_path) == ["x-PARTY_TO:3:4", "x-PARTY_TO:1:2"]


def test_a_zip_is_read_by_the_names_in_it_and_nothing_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b/links.csv", PARTIES + "1,2,PARTY_TO\n")
        archive.writestr("a.csv", PERSONS + '1,"A\nB",Lee,,,Person\nshort\n')
        archive.writestr("model.json", "{}")
        archive.writestr("notes.csv", "free,text\n")
        archive.mkdir("folder.csv")
    assert [(line.place, type(line)) for line in drawn(path)] == [
        (Place("a.csv", 2), Drawn),
        (Place("a.csv", 4), Rejected),
        (Place("b/links.csv", 2), Drawn),
    ]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_or_zip_without_a_table_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.json", "{}")
    for place in (path, tmp_path):
        with pytest.raises(
            Unreadable, match=r"there is no \.csv file in it that the mapping does not ignore"
        ):
            drawn(place)


def test_a_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    assert ids(written(tmp_path, "links.txt", PARTIES + "1,2,PARTY_TO\n")) == ["x-PARTY_TO:1:2"]


def test_an_empty_file_and_one_of_a_header_alone_have_no_rows(tmp_path: Path) -> None:
    assert drawn(written(tmp_path, "a.csv", "")) == drawn(written(tmp_path, "b.csv", "nr:ID,:LABEL\n")) == []


def test_the_progress_ends_at_the_size(tmp_path: Path) -> None:
    path = written(tmp_path, "links.csv", PARTIES + "1,2,PARTY_TO\n")
    tables = TableFormat(path, mapping())
    before = (tables.position(), tables.size())
    tables.check()
    half = tables.position()
    list(tables.draw())
    size = path.stat().st_size
    assert (before, half, tables.position()) == ((0, 2 * size), size, 2 * size)


def test_what_is_not_there_has_no_size_and_cannot_be_read(tmp_path: Path) -> None:
    tables = TableFormat(tmp_path / "none.csv", mapping())
    assert tables.size() == 0
    with pytest.raises(Unreadable, match=r"none\.csv: cannot be read \(No such file or directory\)"):
        next(tables.draw())


def test_a_zip_that_is_damaged_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", PARTIES + "1,2,PARTY_TO\n")
    path.write_bytes(path.read_bytes().replace(b"1,2,PARTY_TO", b"1,3,PARTY_TO", 1))
    with pytest.raises(Unreadable, match="the zip is damaged or of an unknown make"):
        drawn(path)


def test_a_zip_with_a_password_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", PARTIES)
    # The first bit of the flags, in the member's header and in the central directory, says that it is encrypted.
    whole = bytearray(path.read_bytes())
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(whole)
    with pytest.raises(Unreadable, match=r"a\.csv in it asks for a password"):
        drawn(path)


# --- what refuses the load before the first line ---


def test_every_label_and_type_that_the_mapping_does_not_name_is_told_before_the_first_line(
    tmp_path: Path,
) -> None:
    nodes = written(
        tmp_path, "a.csv", PERSONS + "1,Ann,Lee,,,Person\n2,,,,,Witness\n3,,,,,Witness\n4,,,,,Person;Boss\n"
    )
    links = written(tmp_path, "b.csv", PARTIES + "1,2,PARTY_TO\n1,2,SAW\n")
    assert misfit(tmp_path).split("\n  ") == [
        f"{nodes}: label Witness: the mapping does not name it; add [nodes.Witness], or list it in ignore.labels",
        f"{nodes}: label Person;Boss: the mapping does not name it;"
        " add [nodes.Person;Boss], or list it in ignore.labels",
        f"{links}: relationship type SAW: the mapping does not name it;"
        " add [relationships.SAW], or list it in ignore.types",
    ]


def test_every_column_that_the_mapping_needs_and_a_file_lacks_is_told(tmp_path: Path) -> None:
    nodes = written(tmp_path, "a.csv", "nr:ID,last,:LABEL\n1,Lee,Person\n2,Roe,Officer\n")
    links = written(tmp_path, "b.csv", PARTIES + "1,2,KNOWS\n")
    assert misfit(tmp_path).split("\n  ") == [
        f"{nodes}: column {column}: not there, and nodes.Person.properties[{place}].value needs it;"
        " add it, or change the mapping"
        for column, place in (("first", 0), ("ssn", 1), ("born", 2))
    ] + [
        f"{links}: column {column}: not there, and relationships.KNOWS.{field} needs it; add it, or change the mapping"
        for column, field in (("how", "role"), ("from", "since"))
    ]


@pytest.mark.parametrize(
    ("header", "mistake"),
    [
        ("a,b", "its first row is neither that of nodes (:ID, :LABEL) nor that of relationships (:START_ID, :END_ID,"
                " :TYPE), with commas between; add it, or list the file in ignore.files"),
        (":ID;:LABEL", "its first row is neither that of nodes (:ID, :LABEL) nor that of relationships (:START_ID,"
                       " :END_ID, :TYPE), with commas between; add it, or list the file in ignore.files"),
        (":ID,:START_ID,:LABEL", "its first row is neither that of nodes (:ID, :LABEL) nor that of relationships"
                                 " (:START_ID, :END_ID, :TYPE), with commas between; add it, or list the file in"
                                 " ignore.files"),
        ("a:ID,b", "column :LABEL: not there; add it to the first row"),
        (":END_ID,b", "column :START_ID: not there; add it to the first row\n"
                      "  FILE: column :TYPE: not there; add it to the first row"),
        ("a:ID,b:ID,:LABEL", "column :ID: stands twice, so it cannot be told which one is meant"),
        (":ID,:LABEL,x:int,x", "column x: stands twice, so it cannot be told which one is meant"),
        ('"a"b', "its first row is no row of CSV in UTF-8; save the file as such"),
    ],
)  # fmt: skip
def test_a_first_row_that_does_not_say_what_the_columns_are_refuses_the_file(
    tmp_path: Path, header: str, mistake: str
) -> None:
    path = written(tmp_path, "a.csv", f"{header}\n1,2,3\n")
    assert misfit(path) == f"{path}: {mistake}".replace("FILE", str(path))


def test_a_first_row_that_is_not_utf8_refuses_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", b":ID,:LABEL,\xe9\n")
    assert misfit(path) == f"{path}: its first row is no row of CSV in UTF-8; save the file as such"


def test_ids_with_a_group_and_ids_without_one_do_not_go_together(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", "nr:ID(Person),first,last,ssn,born,:LABEL\n")
    written(tmp_path, "b.csv", PARTIES)
    assert misfit(tmp_path) == (
        ":ID: some ids have a group, as in :ID(Person), and some have none; give every one its group"
    )


def test_no_more_than_fifty_mistakes_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", ":ID,:LABEL\n" + "".join(f"{n},L{n}\n" for n in range(200)))
    assert misfit(path).count("the mapping does not name it") == 50


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("a.csv", PARTIES + "1,2,PARTY_TO\n", PARTIES + "1,2,SAW\n", "relationship type SAW"),
        ("a.csv", PERSONS + "1,,,,,Person\n", PERSONS + "1,,,,,Cat\n", "label Cat"),
        ("a.csv", PARTIES + "1,2,PARTY_TO\n", "1,2,SAW\n", "its first row is neither"),
    ],
)
def test_a_file_that_changes_while_it_is_read_refuses_the_load_too(
    tmp_path: Path, name: str, before: str, after: str, told: str
) -> None:
    path = written(tmp_path, name, before)
    tables = TableFormat(path, mapping())
    tables.check()
    written(tmp_path, name, after)
    with pytest.raises(MappingError, match=told):
        list(tables.draw())


# --- rows that cannot be taken: each is told, names whom it can, and the rest is read ---


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


# --- memory, and room on the disk ---


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    few, many = (_peak(tmp_path, rows) for rows in (300, 6_000))
    assert many < 1.2 * few


def _peak(folder: Path, count: int) -> int:
    path = folder / f"{count}.csv"
    with path.open("w") as file:
        file.write(PARTIES)
        file.writelines(f"{n},{n + 1},PARTY_TO\n" for n in range(count))
    tables = TableFormat(path, mapping())
    tracemalloc.start()
    drawn_rows = sum(1 for _ in tables.draw())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert drawn_rows == count
    return peak


def test_a_disk_without_room_to_count_ends_the_load_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def connect_to_little(name: str, isolation_level: None) -> sqlite3.Connection:
        connection = connect(name, isolation_level=isolation_level)
        connection.execute("PRAGMA max_page_count = 3")
        return connection

    path = written(tmp_path, "links.csv", PARTIES + "".join(f"{n},2,PARTY_TO\n" for n in range(2_000)))
    monkeypatch.setattr(sqlite3, "connect", connect_to_little)
    with pytest.raises(StoreLocked, match=r"temporary files does not do \(database or disk is full\)"):
        drawn(path)
