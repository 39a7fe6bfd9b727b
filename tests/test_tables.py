"""Neo4j-style CSV under a mapping: what rows become."""

from pathlib import Path

import pytest

from loaders.drawn import Place
from tests.small_tables import (
    CRIMES,
    KNOWS,
    PARTIES,
    PERSONS,
    drawn,
    ids,
    lines,
    written,
)


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
