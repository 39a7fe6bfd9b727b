"""Neo4j-style CSV that its mapping does not fit is refused before the first line, with each mistake."""

from pathlib import Path

import pytest

from graph.errors import MappingError
from loaders.tables import TableFormat
from tests.small_tables import (
    PARTIES,
    PERSONS,
    drawn,
    mapping,
    written,
)


def misfit(path: Path) -> str:
    with pytest.raises(MappingError) as refused:
        drawn(path)
    return str(refused.value).removeprefix("small.toml does not fit; nothing was changed. Mend:\n  ")


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
