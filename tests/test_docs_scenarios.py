"""What docs/scenarios.md says is so: its example holds, its difference is printed, its keys and lines are known."""

from pathlib import Path

import pytest

from server.scenarios.checked import Checked, checked_json
from server.scenarios.compare import differences
from server.scenarios.expectation import ExpectTable
from server.scenarios.notation import Notation
from server.scenarios.scenario_file import DAY, NUMBERS, FirstTable, ThenTable, read_scenario
from tests import worked_example
from tests.building import policy
from tests.command_line import run
from tests.documentation import Page, code, toml_keys

PAGE = Page.of("docs/scenarios.md")
[EXAMPLE] = PAGE.examples("toml")


def test_the_example_holds() -> None:
    assert differences(read_scenario(EXAMPLE, "example.toml", worked_example.policy(), str)) == []


def test_the_difference_is_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = EXAMPLE.partition("[[then]]")[0]
    text = (
        first.replace(first.splitlines()[1], 'why = "A report that cites a wire intercept is shared."')
        .replace('records = "C1 D1"', 'records = "C1 D1 D3"')
        .replace("D3 title_iii<D2\n", "")
    )
    (tmp_path / "report.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [run("check", "report.toml").out] == PAGE.part("## What differs").examples("")


def test_every_key_is_told() -> None:
    told = {key.split(".")[0] for key in PAGE.part("## The file").first_cells()}
    assert told == toml_keys(FirstTable)
    [of_then] = [row[1] for row in PAGE.part("## The file").rows() if row[0] == "`then`"]
    assert set(code(of_then)) == toml_keys(ThenTable)
    assert set(PAGE.part("## What is expected").first_cells()) == toml_keys(ExpectTable)


def test_the_defaults_are_told() -> None:
    rows = {row[0]: row[1] for row in PAGE.part("## The file").rows()}
    assert f"; {DAY.isoformat()} without it" in rows["`day`"]
    assert f"; `{NUMBERS}` without it" in rows["`numbers`"]


@pytest.mark.parametrize("line", PAGE.part("## Lines of `load`").first_cells())
def test_every_line_of_the_notation_is_known(line: str) -> None:
    mistakes: list[str] = []
    assert Notation(policy(), ["ndex"], NUMBERS).lines(line, "load", mistakes) != ()
    assert mistakes == []


def test_every_key_of_the_json_is_told() -> None:
    [differing, *_] = differences(
        read_scenario(EXAMPLE.replace('"C1 D1"', '"D1"'), "s.toml", worked_example.policy(), str)
    )
    told = checked_json(Checked("s.toml", None, differing=(differing,)))
    assert isinstance(told["differences"], list)
    assert (set(told) | set(told["differences"][0]) | {"scenarios"}) - set(
        code(PAGE.part("## JSON").prose())
    ) == set()
