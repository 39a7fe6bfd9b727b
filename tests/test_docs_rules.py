"""docs/rules.md is complete and true: the keys of policy and agreement, the reasons, and what each example gives."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from graph.agreement import _Agreement
from graph.policy import SYSTEM_CATEGORIES
from graph.policy_tables import (
    CategoryTable,
    DatesTable,
    LinkTable,
    OfficeTable,
    PolicyTables,
    ReviewTable,
    SupportTable,
    WordsTable,
)
from graph.scope import Out
from tests import worked_example
from tests.command_line import Desk
from tests.documentation import Page, code, toml_keys
from tests.engine import ask

RULES = Page.of("docs/rules.md")
HEADINGS = [heading for heading in RULES.headings() if re.match(r"R\d+ ", heading)]
SHOWN = re.compile(r"`(\w+)`: (?:`([^`]*)`|absent)")

Shapes = dict[str, type[msgspec.Struct]]


def test_the_rules_are_fourteen_and_in_order() -> None:
    assert [heading.split()[0] for heading in HEADINGS] == [f"R{number}" for number in range(1, 15)]


def test_every_key_of_the_policy_is_in_the_table() -> None:
    tables: Shapes = {
        "dates": DatesTable,
        "needs_support": SupportTable,
        "vocabulary": WordsTable,
        "review": ReviewTable,
    }
    named: Shapes = {"categories.NAME": CategoryTable, "links.TYPE": LinkTable, "offices.OFFICE": OfficeTable}
    expected = toml_keys(PolicyTables) - {*tables, "categories", "links", "codes", "offices"} | {"codes.CODE"}
    for name, shape in (*tables.items(), *named.items()):
        expected |= toml_keys(shape, f"{name}.")
    expected = expected - {"review.categories"} | {"review.categories.NAME"}
    told = RULES.part("# The policy file").first_cells()
    assert (set(told), len(told)) == (expected, len(expected))


def test_every_key_of_an_agreement_is_in_the_table() -> None:
    told = RULES.part("# An agreement file").first_cells()
    assert (set(told), len(told)) == (toml_keys(_Agreement), len(toml_keys(_Agreement)))


def test_the_categories_that_the_system_gives_are_told() -> None:
    [sentence] = re.findall(r"At most 64 categories\. (.*?) are three of them", RULES.text)
    assert tuple(code(sentence)) == SYSTEM_CATEGORIES


def test_every_reason_is_in_the_table() -> None:
    assert RULES.part("## Reasons").first_cells() == [str(way.name).lower() for way in Out]


# --- the examples ---


@pytest.fixture(name="given", scope="module")
def _given() -> dict[str, Any]:
    """What `ndex` has of the worked example, and why it has not the rest."""
    answer = ask(
        worked_example.lines(),
        worked_example.policy(),
        worked_example.agreement("ndex"),
        worked_example.TODAY,
    )
    release = answer.release()
    assert release == worked_example.expected("ndex")
    values = {f"{subject}#{name}={value}" for subject, name, value in release["properties"]}
    return release | {"values": values, "causes": answer.causes()}


def outcome(given: dict[str, Any], id: str) -> str:
    """Whether a record, a link or a value is released, as the tables say it."""
    if id in {*given["records"], *given["links"], *given["values"]}:
        return "released"
    return f"withheld: {', '.join(sorted(given['causes'][id]))}" if id in given["causes"] else "withheld"


def held() -> set[str]:
    """Every record, link and value of the worked example."""
    lines = worked_example.lines()
    values = {
        f"{line['id']}#{prop['name']}={prop['value']}"
        for line in lines
        if line["kind"] == "subject"
        for prop in line["properties"]
    }
    return {line["id"] for line in lines} | values


@pytest.mark.parametrize("heading", HEADINGS)
def test_what_the_examples_of_a_rule_say_is_so(given: dict[str, Any], heading: str) -> None:
    rows = {code(row[0])[0]: row[2] for row in RULES.part(f"## {heading}").rows()}
    assert bool(rows) != heading.startswith("R13 ")  # which says how releases compare, not what a line gives
    assert set(rows) - held() == set()
    assert {id: told.partition("; ")[0] for id, told in rows.items()} == {
        id: outcome(given, id) for id in rows
    }
    fields = {id: dict(SHOWN.findall(told)) for id, told in rows.items() if "; " in told}
    shown = {id: given["fields"].get(id, given["link_fields"].get(id)) for id in fields}
    assert fields == {id: {name: shown[id].get(name, "") for name in fields[id]} for id in fields}


def test_what_the_examples_say_of_a_line_stands_in_it() -> None:
    lines = (worked_example.FOLDER / "holdings.jsonl").read_text(encoding="utf-8")
    quoted = [span for row in RULES.rows() if len(row) == 3 for span in code(row[1]) if '"' in span]
    assert len(quoted) > 20
    assert [span for span in quoted if span not in lines] == []


# --- a file that does not fit ---


def test_the_example_of_mistakes_is_what_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.replace("policy.toml", "floor = 2000-01-01", 'floor = "2000-01-01"')
    desk.replace("policy.toml", 'T3 = "title_iii"', 'T3 = "title_3"')
    contains = '[links.CONTAINS]\nfrom = ["case"]\nto = ["document"]\ncarries = '
    desk.replace("policy.toml", f'{contains}"forward"', f'{contains}"down"')
    ran = desk.run("publish")
    assert (ran.code, ran.err) == (2, RULES.part("# When a file does not fit").examples("")[0])
