"""What the audit log costs: requests a second with it and without, at 8 connections, in one run.

Run it by `python -m tests.bench.bench_audit`, or with the others by `make bench`. A server has one core and the load
another; the servers take turns, and the best round of each counts. A second is one of the server's own time on its
core: it is busy all of that, and what else the machine does is left out. Rounds are short, a fifth of a second, so that
some of each are met by nothing else.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.agency import free_port
from tests.bench.many_cases import NESTED, NUMBER, SINGLE
from tests.partner_client import token

KEPT: Final = ("none", "soon", "always")
_CONNECTIONS: Final = 8
_REQUESTS: Final = 200
_ROUNDS: Final = 25
_LARGE, _SMALL = "20 cases x 10 documents x 5 fields", "one case, 5 fields"
_AFRESH: Final = f"{_LARGE}, each page for the first time"
_QUESTIONS: Final[Mapping[str, object]] = {
    _LARGE: {"query": NESTED},
    _SMALL: {"query": SINGLE, "variables": {"number": NUMBER}},
    _AFRESH: {"query": NESTED},
}

AT_LEAST: Final = dict.fromkeys(_QUESTIONS, 0.8)
"""Of the requests without a log, how many are answered with one; issue 5 asks for it. On idle cores 0.83 to 0.86 was
measured, on cores that others used as well 0.89 to 0.92."""


def measure() -> dict[str, dict[str, float]]:
    """Requests a second, by question and by what is kept."""
    best = {name: dict.fromkeys(KEPT, 0.0) for name in _QUESTIONS}
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        again, afresh = (
            {kept: stack.enter_context(_server(Path(folder), cores[0], kept, *way)) for kept in KEPT}
            for way in ((), ("afresh",))
        )
        os.sched_setaffinity(0, {cores[-1]})
        try:
            for name, question in [*_QUESTIONS.items()] * _ROUNDS:
                for kept, server in (afresh if name == _AFRESH else again).items():
                    best[name][kept] = max(best[name][kept], asyncio.run(_rate(server, _request(question))))
        finally:
            os.sched_setaffinity(0, cores)
    return best


@dataclass(frozen=True)
class _Server:
    """A server that runs. seconds: of its core, up to now."""

    port: int
    process: int

    @property
    def seconds(self) -> float:
        return time.clock_gettime(~self.process << 3 | 2)  # what clock_getcpuclockid(3) makes of a process


@contextmanager
def _server(folder: Path, core: int, *how: str) -> Iterator[_Server]:
    """A server on a core of its own."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.audited_server", str(port), str(folder), *how]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    os.sched_setaffinity(server.pid, {core})
    try:
        asyncio.run(_await(port))
        yield _Server(port, server.pid)
    finally:
        server.terminate()
        server.wait()


async def _await(port: int) -> None:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise AssertionError("the server did not start")


def _request(question: object) -> bytes:
    body = json.dumps(question).encode()
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token()}\r\n"
        f"X-Purpose: a measurement\r\nX-Case-Number: B-1\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _rate(server: _Server, request: bytes) -> float:
    """Requests a second over some connections, each of which asks again as soon as it is answered."""
    started = server.seconds
    await asyncio.gather(*(_asking(server.port, request) for _ in range(_CONNECTIONS)))
    return _CONNECTIONS * _REQUESTS / (server.seconds - started)


async def _asking(port: int, request: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(_REQUESTS):
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    writer.close()


def told(name: str, rates: Mapping[str, float]) -> str:
    """The numbers as a line."""
    ratios = ", ".join(f"{rates[kept] / rates['none']:.2f} with {kept!r}" for kept in KEPT[1:])
    return f"{name}: {rates['none']:,.0f} requests/s without a log; of these {ratios}"


@pytest.mark.bench
def test_the_log_costs_less_than_a_fifth() -> None:
    measured = measure()
    print("", *(told(name, rates) for name, rates in measured.items()), sep="\n")
    reached = {name: rates["soon"] / rates["none"] for name, rates in measured.items()}
    assert {name for name, least in AT_LEAST.items() if reached[name] < least} == set()


def main() -> None:
    """Print what was measured."""
    print(*(told(name, rates) for name, rates in measure().items()), sep="\n")


if __name__ == "__main__":
    main()
