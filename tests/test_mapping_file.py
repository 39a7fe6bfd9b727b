"""A mapping as TOML: every mistake at once, each with its path, before a file is opened."""

import pytest

from graph.errors import MappingError
from loaders.mapping_file import read_mapping

DAY = 'expected a day like 2009-05-08, without quotes, or { column = "…", format = "…" }'
ANY_OF = "expected a text, or a list of texts any of which will do"


def mistakes(text: str) -> list[str]:
    with pytest.raises(MappingError) as refused:
        read_mapping(text, "m.toml")
    first, *told = str(refused.value).split("\n  ")
    assert first == "m.toml does not fit; nothing was changed. Mend:"
    return told


def test_a_mapping_that_is_no_toml_is_refused() -> None:
    assert mistakes("id_prefix = ") == ["not TOML: Invalid value (at end of document)"]


def test_a_mapping_without_a_prefix_is_refused_with_its_unknown_keys() -> None:
    assert mistakes("prefix = 1") == [
        "prefix: unknown key; known are id_prefix, ignore, every_record, nodes, relationships",
        "id_prefix: missing",
    ]


@pytest.mark.parametrize("prefix", ["", "implied:", "implied:x-"])
def test_a_prefix_that_sets_no_ids_apart_is_refused(prefix: str) -> None:
    assert mistakes(f'id_prefix = "{prefix}"') == ["id_prefix: must not be empty, nor begin with implied:"]


def test_every_mistake_is_told_with_its_path() -> None:
    assert mistakes(
        """
        id_prefix = "x-"
        [ignore]
        labels = ["Crime", 1]
        [every_record]
        title = "t"
        [nodes.Crime]
        kind = "case"
        number = 7
        titel = "{x}"
        [nodes.Person]
        kind = "person"
        [nodes.Thing]
        [nodes.Place]
        kind = ["subject"]
        [nodes.Phone]
        kind = "subject"
        number = "{no}"
        [nodes.Car]
        kind = "subject"
        type = "a } brace"
        created = "2017-08-31"
        approval = { state = "approved", agents = "a" }
        coding = [
          "REL",
          { codes = "REL" },
          { codes = ["A"] },
          { codes = ["A"], equals = { x = 1 }, contains = { y = [], z = ["a", 2] } },
        ]
        properties = [
          { name = "plate" },
          { name = "make", value = 3 },
          { name = "year", value = { column = "y", format = "%d/%m" } },
          { name = "model", value = { columns = "y", format = "%d" } },
        ]
        [relationships.A]
        [relationships.B]
        link = "B"
        reverse = "yes"
        [relationships.C]
        link = "C"
        role = "{{{a}"
        since = 2017-08-31T00:00:00Z
        """
    ) == [
        "ignore.labels[1]: expected a text, got a whole number",
        "every_record.title: unknown key; known are source_system, office, approval, access_codes",
        "nodes.Crime.titel: unknown key; known are kind, source_system, office, number, title, status, program,"
        " synopsis, prepared, opened, closed, approval, access_codes, coding",
        "nodes.Crime.number: expected a text, got a whole number",
        "nodes.Person.kind: expected one of case, document, subject; or list the label in ignore.labels",
        "nodes.Thing.kind: expected one of case, document, subject; or list the label in ignore.labels",
        "nodes.Place.kind: expected one of case, document, subject; or list the label in ignore.labels",
        "nodes.Phone.number: unknown key; known are kind, source_system, office, type, created, approval, access_codes,"
        " coding, properties",
        "nodes.Car.type: a brace stands alone; write {column}, or {{ and }} for braces",
        f"nodes.Car.created: {DAY}",
        "nodes.Car.approval.agents: unknown key; known are state, agent, supervisor, date",
        "nodes.Car.approval.agent: missing",
        "nodes.Car.approval.supervisor: missing",
        "nodes.Car.coding[0]: expected a table",
        "nodes.Car.coding[1].codes: expected a list, got a text",
        "nodes.Car.coding[2]: no condition; codes of every row stand in access_codes",
        f"nodes.Car.coding[3].equals.x: {ANY_OF}",
        f"nodes.Car.coding[3].contains.y: {ANY_OF}",
        f"nodes.Car.coding[3].contains.z: {ANY_OF}",
        "nodes.Car.properties[0].value: missing",
        f"nodes.Car.properties[1].value: {DAY}",
        "nodes.Car.properties[2].value.format: states no whole day with its century; an example is %d/%m/%Y",
        "nodes.Car.properties[3].value.columns: unknown key; known are column, format",
        "nodes.Car.properties[3].value.column: missing",
        "relationships.A.link: missing",
        "relationships.B.reverse: expected true or false, got a text",
        f"relationships.C.since: {DAY}",
    ]


def test_what_is_mapped_and_ignored_at_once_is_refused() -> None:
    assert mistakes(
        """
        id_prefix = "x-"
        [ignore]
        labels = ["Crime"]
        types = ["KNOWS"]
        [nodes.Crime]
        kind = "case"
        [relationships.KNOWS]
        link = "KNOWS"
        """
    ) == [
        "nodes.Crime: is in ignore.labels too; leave it out of one",
        "relationships.KNOWS: is in ignore.types too; leave it out of one",
    ]


def test_a_mapping_knows_each_column_that_it_needs_and_where() -> None:
    mapping = read_mapping(
        """
        id_prefix = "x-"
        [every_record]
        office = "{force}"
        approval = { state = "{state}", agent = "a", supervisor = "b" }
        [nodes.Report]
        kind = "document"
        title = "{title} {part}"
        narrative = "{title}"
        prepared = { column = "on", format = "%d.%m.%Y" }
        coding = [{ codes = ["T3"], equals = { secret = "y" }, contains = { text = "wire" } }]
        [relationships.KNOWS]
        link = "KNOWS"
        role = "{how}"
        until = { column = "to", format = "%Y-%m-%d" }
        """,
        "m.toml",
    )
    needs = (dict(mapping.nodes["Report"].needs), dict(mapping.relationships["KNOWS"].needs))
    assert needs == (
        {
            "force": "nodes.Report.office",
            "title": "nodes.Report.title",
            "part": "nodes.Report.title",
            "on": "nodes.Report.prepared",
            "state": "nodes.Report.approval.state",
            "secret": "nodes.Report.coding[0].equals",
            "text": "nodes.Report.coding[0].contains",
        },
        {"how": "relationships.KNOWS.role", "to": "relationships.KNOWS.until"},
    )
