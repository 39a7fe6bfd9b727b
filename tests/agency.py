"""An agency as a person runs it: the real commands in processes of their own, the real server on a port."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests import worked_example

Post = Callable[[str, Mapping[str, Any]], Any]
"""A query and its variables; the data that it gives."""

AS_OF = worked_example.TODAY.isoformat()


@dataclass(frozen=True)
class Agency:
    """One home. environment: added to this process's own."""

    home: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, exit_code: int = 0) -> "subprocess.CompletedProcess[str]":
        """A command that must end with this exit code."""
        done = subprocess.run(
            self.command(*arguments), env=self._environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == exit_code, done.stdout + done.stderr
        return done

    def told(self, *arguments: str) -> Any:
        """What a command prints with `--json`."""
        return json.loads(self.run(*arguments, "--json").stdout)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A command that goes on while the test does."""
        return subprocess.Popen(
            self.command(*arguments),
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "server.cli", "--home", str(self.home), *arguments]

    def make(self, *arguments: str) -> None:
        """A test home with the worked example's policy and agreements."""
        self.run("init", "--test", "--seed", "end to end", *arguments)
        shutil.copy(worked_example.FOLDER / "policy.toml", self.home)
        for name in worked_example.AGREEMENTS:
            shutil.copy(worked_example.FOLDER / "agreements" / f"{name}.toml", self.home / "agreements")

    def exported(self, agreement: str) -> list[Any]:
        """The lines of the agreement's release."""
        path = self.home / f"{agreement}.export.jsonl"
        self.run("export", "--agreement", agreement, "--format", "jsonl", str(path))
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    @contextmanager
    def served(self) -> Iterator[Callable[[str], Post]]:
        """The partner app on a port; given an agreement, a way to ask as its analyst."""
        port = free_port()
        server = self.start("serve", "--only", "partner", "--partner-port", str(port))
        address = f"http://127.0.0.1:{port}"
        try:
            _await_answer(f"{address}/readyz", server)
            yield lambda agreement: self._asking(address, agreement)
        finally:
            server.terminate()
            server.communicate(timeout=300)

    def _asking(self, address: str, agreement: str) -> Post:
        token = self.run("token", "--agreement", agreement, "--user", "analyst").stdout.strip()
        headers = {"Authorization": f"Bearer {token}", "X-Purpose": "a test", "X-Case-Number": "T-1"}

        def post(query: str, variables: Mapping[str, Any]) -> Any:
            body = {"query": query, "variables": dict(variables)}
            told = httpx.post(f"{address}/graphql", json=body, headers=headers, timeout=120).json()
            assert "errors" not in told, told
            return told["data"]

        return post

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


_HELD: list[socket.socket] = []


def free_port() -> int:
    """A port on loopback that nothing listens at, and that nobody else is given while these tests run.

    It is bound for good, and never listened at: a server that reuses addresses, as all do here, may listen at it all
    the same, but the system gives it to nobody who asks for any port, a test beside this one say.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    _HELD.append(held)
    return int(held.getsockname()[1])


def as_expected(lines: list[Any]) -> dict[str, Any]:
    """An export in the form of the worked example's expected files."""
    records = {line["id"]: line for line in lines if line["kind"] in ("case", "document", "subject")}
    links = {line["id"]: line for line in lines if line["kind"] == "link"}
    sources = sorted(
        [id, value["name"], value["value"], value["sources"]]
        for id, line in records.items()
        for value in line.get("properties", [])
    )
    shown = {id: _without(line, "id", "kind", "properties") for id, line in records.items()}
    texts = ("title", "synopsis", "narrative")
    return {
        "records": sorted(records),
        "links": sorted(links),
        "properties": [value[:3] for value in sources],
        "texts": {id: {name: line[name] for name in texts if name in line} for id, line in shown.items()},
        "fields": shown,
        "link_fields": {id: _without(line, "id", "kind") for id, line in links.items()},
        "property_sources": sources,
    }


def _without(line: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in names}


def _await_answer(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        assert server.poll() is None, server.communicate()
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{address} did not answer")
