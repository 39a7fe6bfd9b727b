"""What the docs show as printed is what commands print, `--json` and in words."""

import json
from typing import Any

import pytest

from tests import worked_example
from tests.audit_lines import given, write_log
from tests.command_line import Desk
from tests.documentation import ROOT, Page
from tests.documented_commands import COMMANDS, names
from tests.explaining import C1, CITES, D1, IN_C1, WIRE
from tests.partner_port import home_on_a_port

MANUAL = Page.of("docs/commands.md")
SCENARIO = ROOT / "tests" / "scenarios" / "r03_carrying" / "a_report_that_cites_an_intercept.toml"
VOLATILE = (
    "home",
    "path",
    "store",
    "token",
    "published_at",
    "version",
    "rules",
    "at",
    "request",
    "log",
    "token_id",
    "made",
    "bytes",
    "took",
)


def without_volatile(told: Any) -> Any:
    """What a command printed, without what differs from one home, policy or minute to the next."""
    if isinstance(told, list):
        return [without_volatile(part) for part in told]
    if isinstance(told, dict):
        return {name: "…" if name in VOLATILE else without_volatile(part) for name, part in told.items()}
    return told


@pytest.fixture(name="desk", scope="module")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A folder in which the examples' home is made."""
    return Desk(tmp_path_factory.mktemp("docs"))


@pytest.fixture(name="printed", scope="module")
def _printed(desk: Desk) -> dict[str, Any]:
    """What each command prints with `--json`, on the worked example."""
    holdings = str(worked_example.FOLDER / "holdings.jsonl")
    deletion = desk.file("deletion.jsonl", {"kind": "delete", "id": "D-13"})
    given = {
        "caselink init": ("init", "--test", "--seed", "docs"),
        "caselink load": ("load", holdings),
        "caselink rejects list": ("rejects", "list"),
        "caselink rejects accept": ("rejects", "accept", "--reason", "none"),
        "caselink publish": ("publish", "--as-of", worked_example.TODAY.isoformat()),
        "caselink explain": ("explain", "D-3", "--agreement", "ndex"),
        "caselink check": ("check", str(SCENARIO)),
        "caselink simulate": ("simulate", str(deletion), "--agreement", "ndex"),
        "caselink token revoke": ("token", "revoke", "7f", "--reason", "a test"),
        "caselink token": ("token", "--agreement", "ndex", "--user", "analyst"),
        "caselink export": ("export", "--agreement", "ndex", str(desk.folder / "ndex.jsonl")),
        "caselink status": ("status",),
    }
    printed = {words: desk.done(*arguments, "--json").json() for words, arguments in given.items()}
    others = {
        "caselink backup": desk.done("backup", desk.folder / "backup", "--json").json(),
        "caselink restore": Desk(desk.folder / "new")
        .done("restore", desk.folder / "backup", "--json")
        .json(),
        "caselink verify": desk.done("verify", "--json").json(),
        "caselink keys rotate": _rotated(Desk(desk.folder / "rotated")),
        "caselink query": _asked(desk),
        "caselink audit verify": _verified(Desk(desk.folder / "audited")),
        "caselink audit disclosures": _disclosed(desk),
        "caselink policy show": _shown(Desk(desk.folder / "small")),
        "caselink withdraw": _withdrawn(Desk(desk.folder / "withdrawn")),
        "caselink drop": _dropped(Desk(desk.folder / "dropped")),
        "caselink findings": _found(Desk(desk.folder / "found")),
        "caselink report": _reported(Desk(desk.folder / "cited")),
        "caselink clock set-back": _set_back(Desk(desk.folder / "another")),
    }
    return printed | others


def _asked(desk: Desk) -> Any:
    """What is printed where the partner app of a home is asked."""
    asked, token = desk.file("asked.graphql", "{ cases { totalCount } }"), desk.folder / "token"
    token.write_text(desk.done("token", "--agreement", "ndex", "--user", "analyst").out, encoding="utf-8")
    with home_on_a_port(desk.home) as url:
        return desk.done("query", asked, "--url", url, "--token-file", token, "--json").json()


def _verified(desk: Desk) -> Any:
    """What is printed of logs of which one was touched."""
    desk.folder.mkdir()
    desk.done("init")
    files = write_log(
        desk.home / "audit" / "partner", *(given("ndex", user, "a") for user in ("a", "b", "c"))
    )
    path = files.path(1)
    path.write_bytes(path.read_bytes().replace(b'"user":"b"', b'"user":"x"'))
    return desk.run("audit", "verify", "--json").json()


def _disclosed(desk: Desk) -> Any:
    """What is printed of a record that was given once."""
    [opaque] = desk.done("audit", "disclosures", "D-13", "--json").json()["ids"]["ndex"]
    write_log(desk.home / "audit" / "partner", given("ndex", "analyst.one", opaque))
    return desk.done("audit", "disclosures", "D-13", "--json").json()


def _shown(desk: Desk) -> Any:
    """What is printed of the small policy that stands in the docs."""
    desk.folder.mkdir()
    desk.done("init")
    [policy] = MANUAL.part("## caselink policy show").examples("toml")
    (desk.home / "policy.toml").write_text(policy, encoding="utf-8")
    return desk.done("policy", "show", "--json").json()


def _reported(desk: Desk) -> Any:
    """What is printed of a case, a wire report in it, and one that cites it."""
    desk.folder.mkdir()
    desk.done("init", "--test")
    desk.load(C1, D1, WIRE, *IN_C1[:2], CITES)
    desk.done("publish", "--as-of", worked_example.TODAY.isoformat())
    return desk.done("report", "--json").json()


def _dropped(desk: Desk) -> Any:
    """What is printed of a case and a document in it."""
    desk.folder.mkdir()
    desk.done("init", "--test")
    desk.load(C1, D1, IN_C1[0])
    desk.done("publish", "--as-of", worked_example.TODAY.isoformat())
    return desk.done("drop", "--yes", "--json").json()


def _found(desk: Desk) -> Any:
    """What is printed of a case whose title has words of a category."""
    desk.folder.mkdir()
    desk.done("init")
    desk.load(C1 | {"title": "Heard by the grand jury"})
    return desk.done("findings", "--json").json()


def _withdrawn(desk: Desk) -> Any:
    """What is printed where a record is withdrawn before anything was published."""
    desk.folder.mkdir()
    desk.done("init")
    desk.load(C1)
    return desk.done("withdraw", "C-1", "--reason", "a test", "--json").json()


def _rotated(desk: Desk) -> Any:
    """What is printed where a home gets new keys."""
    desk.folder.mkdir()
    desk.done("init")
    return desk.done("keys", "rotate", "--json").json()


def _set_back(desk: Desk) -> Any:
    """What is printed where a home's day is set back."""
    desk.folder.mkdir()
    desk.done("init", "--test")
    desk.done("publish", "--as-of", "2010-05-09")
    return desk.done("clock", "set-back", "2010-05-08", "--reason", "a test", "--json").json()


def test_every_command_that_prints_json_has_an_example_of_it(printed: dict[str, Any]) -> None:
    assert {words for words, command in COMMANDS.items() if "--json" in names(command)} == set(printed)


def test_the_json_of_the_examples_is_what_is_printed(printed: dict[str, Any]) -> None:
    told = {words: json.loads(MANUAL.part(f"## {words}").examples("json")[0]) for words in printed}
    assert without_volatile(told) == without_volatile(printed)


@pytest.mark.usefixtures("printed")
def test_the_example_of_an_explanation_is_what_is_printed(desk: Desk) -> None:
    told = MANUAL.part("## caselink explain").examples("")[0]
    assert told == desk.done("explain", "D-3", "--agreement", "ndex").out
