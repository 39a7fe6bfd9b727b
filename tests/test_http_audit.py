"""GraphQL over HTTP by its spec: the audit of the npm package `graphql-http`, against the running partner app."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import node_packages
from tests.partner_client import partner_app, token
from tests.partner_port import on_a_port
from tests.partner_world import published, release

AUDIT = Path(__file__).with_name("http_audit")

OF_GET = {
    "5A70": "MAY accept application/x-www-form-urlencoded formatted GET requests",
    "D6D5": (
        "MAY allow URL-encoded JSON string {variables} parameter in GETs"
        " when accepting application/graphql-response+json"
    ),
    "6A70": "MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json",
}
"""The checks of GET, by their numbers. The spec leaves GET to the server, and this one has none."""


@cache
def results() -> dict[str, Any]:
    """What the audit says, by its number."""
    app = partner_app(published(release()))
    folder = node_packages.cached(AUDIT)
    with on_a_port(app) as address:
        command = ["node", "audit.js", f"{address}/graphql", token()]
        audited = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=600
        )
    assert audited.returncode == 0, audited.stderr
    told: dict[str, Any] = json.loads(audited.stdout)
    return told


def test_all_of_the_61_checks_pass_but_those_of_get() -> None:
    failed = {number: check["name"] for number, check in results().items() if check["status"] != "ok"}
    assert (len(results()), failed) == (61, OF_GET)


def test_the_checks_of_get_are_answered_405() -> None:
    assert {results()[number]["http"] for number in OF_GET} == {405}


@pytest.mark.parametrize("program", ["node", "npm"])
def test_without_node_the_audit_says_what_is_missing(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def which(name: str) -> str | None:
        return None if name == program else f"/usr/bin/{name}"

    monkeypatch.setattr(shutil, "which", which)
    with pytest.raises(node_packages.CannotRun, match=f"^{program} is not here; `make prepare` brings it"):
        node_packages.cached(AUDIT)


def test_packages_that_cannot_be_fetched_are_told_in_a_sentence_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "package.json").write_text("{}")
    with pytest.raises(node_packages.CannotRun, match=r"^npm could not fetch the packages of \S+broken: npm"):
        node_packages.cached(folder)
    assert list((tmp_path / "caches" / "caselink" / "node").iterdir()) == []
