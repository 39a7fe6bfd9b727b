"""`caselink check`: what is printed of scenarios that hold, that differ and that cannot be read, and how it ends."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from server.home import default
from tests.command_line import Desk, Ran, run

HOLDS = """
rule = "R3"
why = "A report that cites an intercept is withheld like it."
source = "The memo"
load = \"\"\"
case C1 title="See AA00-0002"
document D1
document D2 T3
C1 -CONTAINS-> D1,D2
D1 -CITES-> D2
\"\"\"
[expect.partner]
records = "C1"
withheld = \"\"\"
D1 title_iii<D2
D2 title_iii
\"\"\"
shown = 'C1 title="See [number withheld]" synopsis='
"""
NOTHING_EXPECTED = HOLDS.partition("shown")[0].replace('records = "C1"', 'records = ""')
DIFFERS = """
rule = "R3"
why = "A report that cites an intercept is shared."
source = "Nobody"
load = \"\"\"
case C1
document D1
document D2 T3
subject S1 .name=Doe@D1 .alias=Jo
S1 -SUBJECT_OF-> C1
C1 -CONTAINS-> D1,D2
D1 -CITES-> D2
L9: D1 -MENTIONS-> S1 T3
{"kind": "case"}
\"\"\"
[expect.partner]
records = "C1 D1"
links = "C1 -CONTAINS-> D1"
withheld = \"\"\"
D2 title_iii date
L9 title_iii unsound
S1 kind
\"\"\"
shown = "C1 title=Freight"
"""
TOLD = """\
differs.toml (R3) differs
  A report that cites an intercept is shared.
  at first, the load
    rejected lines
      expected  0 rejected
      came      1 rejected: {"kind": "case"}: at $.id: There is no id: id must be a text that is not empty.
1 scenario: 0 hold, 1 differ
"""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scenarios, in which the command is given."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "holds.toml").write_text(HOLDS, encoding="utf-8")
    return tmp_path


def differ(folder: Path, text: str = DIFFERS) -> Ran:
    """What is printed of one that differs."""
    (folder / "differs.toml").write_text(text, encoding="utf-8")
    return run("check", "differs.toml")


@pytest.mark.usefixtures("folder")
def test_a_scenario_that_holds_is_counted_and_exits_with_0() -> None:
    assert run("check", "holds.toml") == Ran(0, "1 scenario: 1 hold, 0 differ\n", "")


def test_a_folder_is_searched_at_any_depth_and_each_file_is_checked_once(folder: Path) -> None:
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "b.toml").write_text(HOLDS, encoding="utf-8")
    (folder / "deep" / "note.txt").write_text("no scenario", encoding="utf-8")
    ran = run("check", ".", "holds.toml", "deep", "--json")
    assert ran.code == 0
    assert [one["path"] for one in ran.json()["scenarios"]] == ["deep/er/b.toml", "holds.toml"]


def test_rejected_lines_that_are_not_expected_are_told(folder: Path) -> None:
    assert differ(folder) == Ran(1, TOLD, "")


def test_what_differs_is_told_with_what_was_expected_what_came_and_its_cause(folder: Path) -> None:
    text = DIFFERS.replace('{"kind": "case"}\n', "")
    ran = differ(folder, text)
    assert ran == Ran(
        1,
        """\
differs.toml (R3) differs
  A report that cites an intercept is shared.
  at first, agreement partner
    D1
      expected  released
      came      withheld: title_iii<D2
        title_iii: D2 is coded T3 (R1, R3), along D1-CITES->D2
    S1
      expected  withheld: kind
      came      released
    C1-CONTAINS->D1
      expected  released
      came      no such link is released
    S1-SUBJECT_OF->C1
      expected  no such link is released
      came      released
    D2
      expected  withheld: date title_iii
      came      withheld: title_iii
        title_iii: D2 is coded T3 (R1)
    L9
      expected  withheld: title_iii unsound
      came      withheld: title_iii
        title_iii: L9 is coded T3 (R1)
    C1 title
      expected  "Freight"
      came      absent
1 scenario: 0 hold, 1 differ
""",
        "",
    )


def test_values_and_sources_that_differ_are_told(folder: Path) -> None:
    shown = 'shown = """\nS1 .name=Doe@D1\nS1 -SUBJECT_OF-> C1 @D1\n"""'
    text = HOLDS.replace("case C1", "subject S1 .name=Doe .alias=Jo\nS1 -SUBJECT_OF-> C1\ncase C1").replace(
        "records", "links = 'S1 -SUBJECT_OF-> C1'\nrecords"
    )
    text = text.replace('"C1"', '"C1 S1"').replace(
        "shown = 'C1 title=\"See [number withheld]\" synopsis='", shown
    )
    assert differ(folder, text).out.splitlines()[3:-1] == [
        "    S1 properties",
        '      expected  name="Doe"@D1',
        '      came      alias="Jo"@, name="Doe"@',
        "    S1-SUBJECT_OF->C1 sources",
        "      expected  D1",
        "      came      none",
    ]


def test_a_later_step_that_differs_is_told_by_its_number_and_sentence(folder: Path) -> None:
    then = (
        '\n[[then]]\nwhy = "Recoded"\nload = "document D2"\n[then.expect.partner]\n'
        'records = "C1 D1"\nlinks = "C1 -CONTAINS-> D1"\n'
    )
    ran = differ(folder, HOLDS + then)
    assert ran.code == 1
    assert ran.out.splitlines()[2:6] == [
        "  then[0] (Recoded), agreement partner",
        "    D2",
        "      expected  no such record is released",
        "      came      released",
    ]


def test_many_causes_are_cut_short_in_text_and_whole_in_json(folder: Path) -> None:
    many = "\n".join(f"document X{n} T3\nD1 -CITES-> X{n}\nC1 -CONTAINS-> X{n}" for n in range(7))
    text = HOLDS.replace("case C1", f"{many}\ncase C1")
    assert "        and 3 causes more; --json tells all" in differ(folder, text).out.splitlines()
    [told] = run("check", "differs.toml", "--json").json()["scenarios"]
    [of_d1] = [one for one in told["differences"] if one["element"] == "D1"]
    assert len(of_d1["causes"]) == 8


def test_what_cannot_be_read_exits_with_2_and_keeps_no_other_from_being_checked(folder: Path) -> None:
    (folder / "bad.toml").write_text("rule = 1\n", encoding="utf-8")
    (folder / "latin.toml").write_bytes(b"rule = '\xe9'\n")
    ran = run("check", "bad.toml", "latin.toml", "holds.toml")
    assert (ran.code, ran.err) == (2, "")
    first, *mistakes = ran.out.splitlines()
    assert first == "bad.toml is no scenario:"
    assert mistakes[:6] == [
        "  rule: expected a text, got a whole number",
        "  why: missing",
        "  source: missing",
        "  expect: missing",
        "  expect.partner: missing; say what it may see",
        "latin.toml is no scenario:",
    ]
    assert mistakes[-1] == "3 scenarios: 1 hold, 0 differ, 2 cannot be read"


def test_json_tells_each_scenario_and_each_difference(folder: Path) -> None:
    differ(folder, NOTHING_EXPECTED)
    ran = run("check", "holds.toml", "differs.toml", "--json")
    head = {"rule": "R3", "why": "A report that cites an intercept is withheld like it.", "mistakes": []}
    different = {
        "step": 0,
        "step_why": "at first",
        "agreement": "partner",
        "element": "C1",
        "expected": "no such record is released",
        "came": "released",
        "causes": [],
    }
    assert (ran.code, ran.json()) == (
        1,
        {
            "scenarios": [
                {"path": "holds.toml", **head, "holds": True, "differences": []},
                {"path": "differs.toml", **head, "holds": False, "differences": [different]},
            ]
        },
    )


def test_junit_has_a_suite_a_folder_and_a_case_a_scenario(folder: Path) -> None:
    differ(folder, NOTHING_EXPECTED)
    (folder / "odd").mkdir()
    (folder / "odd" / "bad.toml").write_text('rule = "\\u0007"\n"\\u0007" = 1\n', encoding="utf-8")
    assert run("check", ".", "--junit", "report.xml").code == 2
    report = ET.parse(folder / "report.xml").getroot()
    assert [(suite.get("name"), *map(suite.get, ("tests", "failures", "errors"))) for suite in report] == [
        (".", "2", "1", "0"),
        ("odd", "1", "0", "1"),
    ]
    cases = {case.get("file"): [child.tag for child in case] for case in report.iter("testcase")}
    assert cases == {"differs.toml": ["failure"], "holds.toml": [], "odd/bad.toml": ["error"]}
    [failure] = report.iter("failure")
    assert (failure.get("message"), (failure.text or "").splitlines()[0]) == (
        "1 differences",
        "differs.toml (R3) differs",
    )


def test_a_report_that_cannot_be_written_is_told(folder: Path) -> None:
    ran = run("check", "holds.toml", "--junit", folder / "no" / "report.xml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("cannot be written (No such file or directory); name another file\n")


@pytest.mark.parametrize("path", ["nowhere.toml", "empty"])
def test_a_path_that_is_not_there_or_has_no_scenario_is_told(folder: Path, path: str) -> None:
    (folder / "empty").mkdir()
    ran = run("check", "holds.toml", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"caselink: {path}: ")


OPEN = default("policy.toml").replace('T3 = "title_iii"', 'T3 = "release"')


def test_a_scenario_is_judged_by_the_policy_that_is_named_else_by_the_homes_else_by_the_default(
    folder: Path,
) -> None:
    desk = Desk(folder)
    desk.done("init")
    (desk.home / "policy.toml").write_text(OPEN, encoding="utf-8")
    (folder / "default.toml").write_text(default("policy.toml"), encoding="utf-8")
    of_home = run("--home", desk.home, "check", "holds.toml")
    assert (of_home.code, of_home.err) == (
        1,
        f"Scenarios that state no policy are judged by {desk.home}/policy.toml.\n",
    )
    assert run("--home", desk.home, "check", "holds.toml", "--policy", "default.toml").code == 0
    assert run("check", "holds.toml") == Ran(0, "1 scenario: 1 hold, 0 differ\n", "")


def test_a_policy_that_does_not_fit_is_told_with_its_mistakes(folder: Path) -> None:
    (folder / "policy.toml").write_text(OPEN.replace('6E = "grand_jury"', '6E = "jury"'), encoding="utf-8")
    ran = run("check", "holds.toml", "--policy", "policy.toml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(
        "policy.toml does not fit; nothing was changed. Mend:\n  codes.6E: no category is called jury\n"
    )
    assert run("--home", folder / "no-home", "check", "holds.toml").code == 2
