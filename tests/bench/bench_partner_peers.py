"""How many requests a second the partner app answers, and Mercurius with jit and Apollo Server on the same data: server
on one core, load on the other.

Run it by `python -m tests.bench.bench_partner_peers`, or with the others by `make bench`. It needs Node and npm. The
partner app does all that it does in earnest: it checks the token, writes the audit log and holds a lease; the peers
check nothing and write nothing. The servers take turns, and the best round of each counts.

The same pages are asked for again and again, so that the partner app tells them as it has kept them. It is measured a
second time with no room to keep anything, as it answers who asks for each page once.

A request is counted by the time that the server's core spends on it, so that what else the machine does meets neither:
requests a second are those that it answers in a second of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from tests.agency import free_port
from tests.bench.many_cases import NESTED, NUMBER, SINGLE, as_peers_read_it, many_cases
from tests.bench.partner_server import CASES, token
from tests.node_packages import cached

PEERS: Final = Path(__file__).with_name("peers")
OURS: Final = "caselink"
AFRESH: Final = "caselink, keeping nothing"
MERCURIUS: Final = "Mercurius with jit"
APOLLO: Final = "Apollo Server"

AT_LEAST: Final = {("nested", OURS): 0.95, ("nested", AFRESH): 0.75, ("single", OURS): 0.3}
"""Requests a second, where Mercurius with jit answers one. Issue 5 asks for 1 of the nested ones: reached for those
that are asked again. Keeping nothing, 0.82 was measured on idle cores, and 1.05 beside some twelve processes."""

QUESTIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "nested": {"query": NESTED},
    "single": {"query": SINGLE, "variables": {"number": NUMBER}},
}

_CONNECTIONS: Final = 8
_ROUNDS: Final = 3
_ROUND_SECONDS: Final = 4


@dataclass
class Server:
    """One that is asked, and how many requests a second it answered in its best round, by the question."""

    name: str
    address: str
    headers: Mapping[str, str]
    pid: int = 0
    best: dict[str, float] = field(default_factory=dict)

    def ask(self, packages: Path, name: str) -> None:
        """One round."""
        before = _core_seconds(self.pid)
        count = _loaded(packages, self.address, self.headers, QUESTIONS[name])
        rate = count / (_core_seconds(self.pid) - before)
        self.best[name] = max(rate, self.best.get(name, 0.0))


def measure(rounds: int = _ROUNDS) -> dict[str, Server]:
    """Every server, asked every question in turns."""
    packages = cached(PEERS)
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        cases = Path(made) / "cases.json"
        cases.write_text(json.dumps(as_peers_read_it(many_cases(CASES))), encoding="utf-8")
        servers = [stack.enter_context(_partner(Path(made), name)) for name in (OURS, AFRESH)]
        for name, script in ((MERCURIUS, "mercurius.js"), (APOLLO, "apollo.js")):
            servers.append(stack.enter_context(_peer(name, packages / script, cases)))
        for question in QUESTIONS:
            answers = [_answer(server, question) for server in servers]
            assert answers == answers[:1] * len(servers), f"{question} is not answered alike"
        for _ in range(rounds):
            for question in QUESTIONS:
                for server in servers:
                    server.ask(packages, question)
    return {server.name: server for server in servers}


@contextmanager
def _partner(folder: Path, name: str) -> Iterator[Server]:
    port = free_port()
    keeps = "nothing" if name == AFRESH else "lists"
    command = [sys.executable, "-m", "tests.bench.partner_server", str(port), str(folder / name), keeps]
    headers = {"Authorization": f"Bearer {token()}"}
    with _running(command, Server(name, f"http://127.0.0.1:{port}/graphql", headers)) as server:
        yield server


@contextmanager
def _peer(name: str, script: Path, cases: Path) -> Iterator[Server]:
    port = free_port()
    command = ["node", str(script), str(cases), str(port)]
    with _running(command, Server(name, f"http://127.0.0.1:{port}/graphql", {})) as server:
        yield server


@contextmanager
def _running(command: list[str], server: Server) -> Iterator[Server]:
    """A server on the first core, once it answers."""
    pinned = ["taskset", "-c", str(_cores()[0]), *command]
    with subprocess.Popen(pinned, env={**os.environ, "NODE_ENV": "production"}) as started:
        try:
            _await(server, started)
            server.pid = started.pid
            yield server
        finally:
            started.terminate()


def _await(server: Server, started: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert started.poll() is None, f"{server.name} has stopped"
        try:
            httpx.post(server.address, json={"query": "{ __typename }"})
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{server.name} does not answer")


def _answer(server: Server, name: str) -> Any:
    return httpx.post(server.address, json=QUESTIONS[name], headers=server.headers).json()["data"]


def _loaded(packages: Path, address: str, headers: Mapping[str, str], body: Mapping[str, Any]) -> int:
    """How many requests were answered, asked by autocannon on the last core."""
    stated = [part for name, value in headers.items() for part in ("-H", f"{name}={value}")]
    command = [
        *(
            "taskset",
            "-c",
            str(_cores()[-1]),
            str(packages / "node_modules" / ".bin" / "autocannon"),
            "--json",
        ),
        *("-c", str(_CONNECTIONS), "-d", str(_ROUND_SECONDS), "-m", "POST", "-b", json.dumps(body)),
        *("-H", "Content-Type=application/json", *stated, address),
    ]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert (told["errors"], told["non2xx"]) == (0, 0), told
    return int(told["2xx"])


def _core_seconds(pid: int) -> float:
    """The time that a process has spent on its core, by proc(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _cores() -> list[int]:
    return sorted(os.sched_getaffinity(0))


def ratio(servers: Mapping[str, Server], question: str, peer: str = MERCURIUS, ours: str = OURS) -> float:
    """Ours to the peer's."""
    return servers[ours].best[question] / servers[peer].best[question]


def told(servers: Mapping[str, Server]) -> str:
    """The numbers as lines."""
    return "\n".join(
        f"{question}: {name} {server.best[question]:,.0f} requests/s"
        + "".join(f", {ratio(servers, question, peer, name):.2f} of {peer}" for peer in (MERCURIUS, APOLLO))
        for question in QUESTIONS
        for name, server in servers.items()
    )


@pytest.mark.bench
def test_nested_requests_reach_mercurius_with_jit_told_again_three_quarters_afresh_and_single_a_third() -> (
    None
):
    servers = measure()
    print(f"\n{told(servers)}")
    assert {
        (question, ours): rate
        for (question, ours), least in AT_LEAST.items()
        if (rate := ratio(servers, question, ours=ours)) < least
    } == {}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_partner_peers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    print(told(measure(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
