"""The docs are complete and true: links, commands, options, settings and exit codes."""

import re
from pathlib import Path

import click
import msgspec
import pytest

from graph.errors import CaselinkError, NeedsAnswer, Tampered
from graph.questions import Asking
from schema.limits import Limits
from server.audit.settings import AuditTable
from server.cli import _FAULT, caselink
from server.commands.load import SOME_REJECTED
from server.issuers import IssuerTable
from server.office.issuers import OfficerTable
from server.settings import SCHEMES, TokensTable, _Server, _Settings
from tests.command_line import Desk
from tests.documentation import ROOT, Page, code, commands, pages, toml_keys
from tests.documented_commands import COMMANDS, names

MANUAL = Page.of("docs/commands.md")
OPERATIONS = Page.of("docs/operations.md")
PAGES = pages()


# --- all pages ---


def test_the_table_of_contents_has_every_page() -> None:
    listed = {link for link in Page.of("docs/index.md").links() if not link.startswith("..")}
    assert listed == {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"} | {"decisions"}


def test_every_link_leads_somewhere() -> None:
    links = [(page, link) for page in PAGES for link in page.links()]
    assert len(links) > 20
    assert [f"{page.path.name}: {link}" for page, link in links if not leads_somewhere(page, link)] == []


def leads_somewhere(page: Page, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (page.path.parent / name).resolve() if name else page.path
    return target.exists() and (not anchor or anchor in Page(target, target.read_text("utf-8")).anchors())


def test_no_page_names_a_path_of_some_machine() -> None:
    machine = re.compile(r"(?<![\w.])/(?:work|root|tmp|home|usr|opt|var)/\S*")
    assert [f"{page.path.name}: {path}" for page in PAGES for path in machine.findall(page.text)] == []


def test_every_command_in_an_example_could_be_given() -> None:
    given = [words for page in PAGES for words in commands(page)]
    assert {name for words in given for name in words if name in caselink.told} == {
        "audit", "backup", "check", "init", "load", "publish", "rejects", "report", "restore", "serve", "token",
    }  # fmt: skip
    for words in given:
        give(caselink, words)


def give(command: click.Command, words: list[str]) -> None:
    """Read a command's words as it would itself, and do nothing. Raises UsageError."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        _, rest, _ = command.make_parser(context).parse_args(list(words))
        if not rest and command.invoke_without_command:
            return
        named = command.get_command(context, rest[0])
        assert named is not None
        give(named, rest[1:])
    else:
        command.make_context(command.name, list(words))


def test_every_command_that_is_spoken_of_exists() -> None:
    spans = [span.split() for page in PAGES for span in code(page.prose()) if span.startswith("caselink ")]
    spoken = {words[1] for words in spans if not words[1].startswith("-")}
    assert spoken - set(caselink.told) == set()
    assert {"init", "publish", "serve"} - spoken == set()


def test_every_option_that_is_spoken_of_exists() -> None:
    known = {opt for command in (caselink, *COMMANDS.values()) for p in command.params for opt in p.opts}
    spans = [span for page in PAGES for span in code(page.prose())]
    spoken = {word for span in spans for word in re.findall(r"--[a-z][a-z0-9-]*", span)}
    elsewhere = {"--strict", "--home", "--files"}  # mypy's, and those of `make neo4j` and of the bench
    assert spoken - known - elsewhere == {"--help"}


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {t for page in PAGES for t in re.findall(r"(?:`|^)make ([a-z0-9-]+)", page.text, re.MULTILINE)}
    assert named - targets == set()
    assert {"setup", "demo", "test", "neo4j"} - named == set()


# --- commands and operations ---


def test_every_command_has_a_section() -> None:
    told = [heading for heading in MANUAL.headings() if heading in COMMANDS]
    assert sorted(told) == sorted(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS)
def test_every_option_of_a_command_is_in_its_table(words: str) -> None:
    told = [key.split()[0] for key in MANUAL.part(f"## {words}").first_cells()]
    assert sorted(told) == names(COMMANDS[words])


@pytest.mark.parametrize("words", COMMANDS)
def test_every_choice_of_an_option_is_told(words: str) -> None:
    choices = {c for p in COMMANDS[words].params if isinstance(p.type, click.Choice) for c in p.type.choices}
    assert choices - set(code(MANUAL.part(f"## {words}").prose())) == set()


def test_the_options_of_every_command_are_in_their_table() -> None:
    told = [key for key in MANUAL.part("# The commands").first_cells() if key.startswith("--")]
    assert sorted(told) == sorted([*(option.opts[0] for option in caselink.params), "--help"])


def test_the_exit_codes_are_those_of_the_program() -> None:
    told = [int(row[0]) for row in MANUAL.part("# The commands").rows() if row[0].isdecimal()]
    ending = (ROOT / "server" / "cli.py").read_text(encoding="utf-8")
    known = {0, _FAULT, SOME_REJECTED, CaselinkError.exit_code, NeedsAnswer.exit_code, Tampered.exit_code}
    assert told == sorted(known | {int(stated) for stated in re.findall(r"sys\.exit\((\d+)\)", ending)})


def test_every_key_of_the_settings_is_in_the_table() -> None:
    tables: dict[str, type[msgspec.Struct]] = {
        "audit": AuditTable,
        "tokens": TokensTable,
        "issuers": IssuerTable,
        "officers": OfficerTable,
        "holdings": _Server,
        "releases": _Server,
        "limits": Limits,
        "publish": Asking,
    }
    expected = toml_keys(_Settings) - set(tables)
    for name, shape in tables.items():
        expected |= toml_keys(shape, f"{name}.")
    told = OPERATIONS.part("## caselink.toml").first_cells()
    assert (set(told), len(told)) == (expected, len(expected))


def test_the_limits_are_told_with_their_defaults() -> None:
    rows = {row[0].strip("`"): row[1] for row in OPERATIONS.part("## caselink.toml").rows()}
    known = {key: limit for key, limit in msgspec.structs.asdict(Limits()).items() if limit is not None}
    assert {key: int(rows[f"limits.{key}"].split()[-1]) for key in known} == known


def test_the_addresses_of_a_neo4j_are_those_that_are_taken() -> None:
    [sentence] = re.findall(r"An address begins with ([^.]*)\.", OPERATIONS.part("## caselink.toml").text)
    assert code(sentence) == list(SCHEMES)


def test_every_file_of_a_home_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load("no line")
    desk.done("publish")
    made = {path.relative_to(desk.home) for path in desk.home.rglob("*") if path.is_file()}
    told = OPERATIONS.part("## A home").first_cells()
    shown = {pattern.rstrip("/") for pattern in told}
    assert {str(path) for path in made if not _is_told(path, shown)} == set()
    assert {pattern for pattern in shown if not list(desk.home.glob(pattern))} == set()


def _is_told(path: Path, shown: set[str]) -> bool:
    return any(path.match(pattern) or str(path.parent) == pattern for pattern in shown)


def test_decisions_are_numbered_one_by_one_and_each_says_its_number() -> None:
    files = sorted((ROOT / "docs" / "decisions").iterdir())
    titles = [file.read_text("utf-8").split(".", 1)[0] for file in files]
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert titles == [f"# {number}" for number in range(1, len(files) + 1)]
