"""The programs of docs/partners.md, run as a partner would: by a shell, Python and Node, against a served release.

Those of one language are one program, in the order of the page: each goes on from those before it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import run
from tests.documentation import ROOT, Page
from tests.documented_home import documented_home
from tests.partner_port import home_on_a_port

PARTNERS = Page.of("docs/partners.md")
ADDRESS = "http://127.0.0.1:8000"
PRINTED = "".join(PARTNERS.examples("text"))
CURL = [text for text in PARTNERS.examples("") if text.startswith("curl ")]
TYPESCRIPT = ROOT / "tests" / "typescript"
TOPICS = [
    f"## {topic}"
    for topic in (
        "First query",
        "Search",
        "Path",
        "Paging",
        "What absence means",
        "Following changes",
        "Errors",
    )
]


@pytest.fixture(name="served", scope="module")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of that home's partner app, and a token."""
    home = documented_home(tmp_path_factory.mktemp("docs"))
    token = run("--home", home, "token", "--agreement", "ndex", "--user", "analyst.one").out.strip()
    with home_on_a_port(home) as address:
        yield address, token


@pytest.fixture(name="esbuild", scope="module")
def _esbuild() -> Path:
    """What takes the types away, for a Node that does not do so itself; fetched when it is not there yet."""
    lock = TYPESCRIPT / "package-lock.json"
    fetched = TYPESCRIPT / "node_modules" / ".package-lock.json"
    if not fetched.exists() or fetched.stat().st_mtime < lock.stat().st_mtime:
        fetch = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        subprocess.run(fetch, cwd=TYPESCRIPT, check=True, capture_output=True)
    return TYPESCRIPT / "node_modules" / ".bin" / "esbuild"


def output(served: tuple[str, str], *command: str | Path, given: str = "") -> str:
    """What a program prints that ends well and complains of nothing."""
    _, token = served
    environment = {**os.environ, "TOKEN": token}
    done = subprocess.run(command, input=given, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def placed(served: tuple[str, str], text: str) -> str:
    """A program that asks where the service is served."""
    assert ADDRESS in text
    return text.replace(ADDRESS, served[0])


def test_each_topic_is_told_in_all_three_languages() -> None:
    told = {topic: {example.language for example in PARTNERS.part(topic).every_example()} for topic in TOPICS}
    assert [
        topic for topic, languages in told.items() if not {"python", "typescript", "text"} <= languages
    ] == []
    assert [topic for topic in TOPICS if topic != "## What absence means" and not curls(topic)] == []


def curls(topic: str) -> list[str]:
    """The commands of a topic."""
    return [text for text in PARTNERS.part(topic).examples("") if text.startswith("curl ")]


def test_the_python_of_the_page_prints_what_is_told(served: tuple[str, str]) -> None:
    program = placed(served, "\n".join(PARTNERS.examples("python")))
    assert output(served, sys.executable, "-I", "-", given=program) == PRINTED


def test_the_typescript_of_the_page_prints_what_is_told(
    served: tuple[str, str], esbuild: Path, tmp_path: Path
) -> None:
    program = placed(served, "\n".join(PARTNERS.examples("typescript")))
    (tmp_path / "program.mjs").write_text(
        output(served, esbuild, "--loader=ts", "--format=esm", given=program), encoding="utf-8"
    )
    assert output(served, "node", tmp_path / "program.mjs") == PRINTED


@pytest.mark.parametrize("command", CURL)
def test_a_command_of_the_page_is_answered(served: tuple[str, str], command: str) -> None:
    told: dict[str, Any] = json.loads(output(served, "bash", "-c", placed(served, command)))
    assert told["extensions"]["release"]["agreement"] == "ndex"
    wrong = command in curls("## Errors")
    assert ("errors" in told, told["data"] is None) == (wrong, wrong)
