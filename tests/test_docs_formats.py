"""docs/formats.md is complete and true: each field of each kind, each key of a mapping, and its examples."""

import json
from pathlib import Path

import pytest

from graph.model import FIELDS, PROPERTY_FIELDS, RECORD_KINDS, Kind
from loaders.check import Line, check
from loaders.drawn import Drawn, Place
from loaders.headers import NodeHeader, RelationshipHeader, read_header
from loaders.mapping_file import (
    _SHAPES,
    _Every,
    _Ignore,
    _Mapping,
    _Property,
    _Relationship,
    _Rule,
    read_mapping,
)
from tests.command_line import Desk
from tests.documentation import Page, code, toml_keys

FORMATS = Page.of("docs/formats.md")
EVERY_LINE = {"kind", "id", "revised"}


def tables(heading: str) -> list[set[str]]:
    """The keys of each table of a part; none stands twice."""
    told = [[key for row in table for key in code(row[0])] for table in FORMATS.part(heading).tables()]
    assert [len(table) for table in told] == [len(set(table)) for table in told]
    return list(map(set, told))


# --- JSON Lines ---


def test_what_every_line_has_is_told() -> None:
    assert tables("## Every line") == [EVERY_LINE]


@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_a_kind_is_told(kind: Kind) -> None:
    of_properties = [set(PROPERTY_FIELDS)] if kind is Kind.SUBJECT else []
    assert tables(f"## {kind}") == [set(FIELDS[kind].names) - EVERY_LINE, *of_properties]


def test_every_kind_is_told_and_no_other() -> None:
    [row] = [row for row in FORMATS.part("## Every line").rows() if row[0] == "`kind`"]
    assert code(row[1]) == [*Kind, "delete"]


def test_the_example_lines_can_be_stored() -> None:
    lines = FORMATS.examples("jsonl")[0].splitlines()
    checked = [check(Drawn(Place("docs", number), line.encode())) for number, line in enumerate(lines, 1)]
    assert [type(line) for line in checked] == [Line] * 5
    unknown = {
        name for line in map(json.loads, lines) for name in line if name not in FIELDS[line["kind"]].names
    }
    assert unknown == set()


def test_the_example_of_a_rejected_line_is_what_is_written(tmp_path: Path) -> None:
    told = json.loads(FORMATS.part("# What is rejected").examples("json")[0])
    desk = Desk(tmp_path)
    desk.done("init")
    assert desk.load("", "", told["text"], name=told["file"]).code == 3
    [rejects] = (desk.home / "rejects").iterdir()
    assert json.loads(rejects.read_bytes()) == told | {"file": str(tmp_path / told["file"])}


# --- CSV ---


def test_every_key_of_a_mapping_is_told() -> None:
    parts = {
        "ignore": toml_keys(_Ignore),
        "every_record": toml_keys(_Every),
        "nodes.LABEL": {key for kind in RECORD_KINDS for key in toml_keys(_SHAPES[kind])},
        "relationships.TYPE": toml_keys(_Relationship),
    }
    expected = toml_keys(_Mapping) - {"ignore", "every_record", "nodes", "relationships"}
    expected |= {f"{part}.{key}" for part, known in parts.items() for key in known}
    assert tables("## The mapping") == [expected, toml_keys(_Rule), toml_keys(_Property)]


def test_the_example_mapping_fits() -> None:
    mapping = read_mapping(FORMATS.examples("toml")[0], "mapping.toml")
    assert (set(mapping.nodes), set(mapping.relationships)) == ({"Crime", "Person"}, {"PARTY_TO"})


def test_the_example_tables_are_such_tables() -> None:
    mistakes: list[str] = []
    heads = [example.splitlines()[0].split(",") for example in FORMATS.examples("csv")]
    read = [read_header(head, "docs", mistakes) for head in heads]
    assert ([type(header) for header in read], mistakes) == ([NodeHeader, RelationshipHeader], [])


def test_the_example_of_a_misfit_is_what_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [told] = [text for text in FORMATS.examples("") if text.startswith("caselink: ")]
    desk = Desk(tmp_path)
    desk.done("init")
    monkeypatch.chdir(tmp_path)
    mapping = FORMATS.examples("toml")[0].replace('labels = ["Officer"]\n', "")
    (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
    officer = "10,Officer,Lee,,\n"
    (tmp_path / "people.csv").write_text(FORMATS.examples("csv")[0] + officer, encoding="utf-8")
    ran = desk.run("load", "--format", "neo4j-csv", "--mapping", "mapping.toml", "people.csv")
    assert (ran.code, ran.err) == (2, told)


def test_the_example_tables_load_by_the_example_mapping(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    (tmp_path / "mapping.toml").write_text(FORMATS.examples("toml")[0], encoding="utf-8")
    paths = [tmp_path / "people.csv", tmp_path / "parties.csv"]
    for path, table in zip(paths, FORMATS.examples("csv"), strict=True):
        path.write_text(table, encoding="utf-8")
    given = ("--format", "neo4j-csv", "--mapping", tmp_path / "mapping.toml")
    assert desk.done("load", *given, *paths, "--json").json()["loaded"] == 2
