"""What a partner app told is on record, of the real commands: after a kill, with a full disk, and with a cut tail."""

import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.agency import AS_OF, Agency, free_port
from tests.worked_example import FOLDER

QUERY = {"query": "{ cases(first: 100) { nodes { number documents { nodes { number } } } } }"}


@pytest.fixture(name="agency")
def _agency(tmp_path: Path) -> Agency:
    agency = Agency(tmp_path / "home")
    agency.make()
    agency.run("load", str(FOLDER / "holdings.jsonl"))
    agency.run("publish", "--yes", "--as-of", AS_OF)
    return agency


@contextmanager
def serving(agency: Agency, *arguments: str, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """An app that answers, until it is ended."""
    server = agency.start("serve", *arguments)
    try:
        _await(lambda: answers(port))
        yield server
    finally:
        server.kill()
        server.communicate(timeout=300)


def _await(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 600
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Whether an app is ready."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def heads_of(agency: Agency) -> bytes:
    """What the office was told of how far the logs have come."""
    return b"".join(path.read_bytes() for path in (agency.home / "audit" / "heads").glob("*/*.jsonl"))


class Partner:
    """An analyst who asks one partner app."""

    def __init__(self, token: str, port: int) -> None:
        self._headers = {"Authorization": f"Bearer {token}", "X-Purpose": "a test", "X-Case-Number": "T-1"}
        self._address = f"http://127.0.0.1:{port}/graphql"

    def status(self) -> int:
        return httpx.post(self._address, json=QUERY, headers=self._headers, timeout=120).status_code


def token(agency: Agency) -> str:
    return agency.run("token", "--agreement", "ndex", "--user", "analyst").stdout.strip()


def log_of(agency: Agency) -> Path:
    [log] = (agency.home / "audit" / "partner").glob("*/000001.jsonl")
    return log


@pytest.mark.long
def test_a_kill_a_full_disk_and_a_cut_tail(agency: Agency) -> None:
    office, partner = free_port(), free_port()
    ports = ("--office-port", str(office), "--partner-port", str(partner))
    with (
        serving(agency, "--only", "office", *ports, port=office),
        serving(agency, "--only", "partner", *ports, port=partner) as server,
    ):
        analyst = Partner(token(agency), partner)
        assert [analyst.status() for _ in range(3)] == [200, 200, 200]
        full = log_of(agency).stat().st_size + 100
        before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (full, before[1]))
        assert [analyst.status() for _ in range(2)] == [503, 503]
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)
        assert analyst.status() == 200
        _await(lambda: b'"line":4,' in heads_of(agency))  # the office is told each second
        assert analyst.status() == 200
        server.send_signal(signal.SIGKILL)
        server.wait()
    lines = log_of(agency).read_bytes().splitlines(keepends=True)
    assert (len(lines), agency.told("audit", "verify")["sound"]) == (5, True)
    log_of(agency).write_bytes(b"".join(lines[:2]))
    agency.run("audit", "verify", exit_code=5)


@pytest.mark.long
def test_a_token_that_was_taken_back_is_refused_by_every_partner_app_once_the_command_ends(
    agency: Agency,
) -> None:
    ports = [free_port(), free_port()]
    with (
        serving(agency, "--only", "partner", "--partner-port", str(ports[0]), port=ports[0]),
        serving(agency, "--only", "partner", "--partner-port", str(ports[1]), port=ports[1]),
    ):
        lost = token(agency)
        analysts = [Partner(lost, port) for port in ports]
        assert [analyst.status() for analyst in analysts] == [200, 200]
        agency.run("token", "revoke", lost, "--reason", "lost")
        assert [analyst.status() for analyst in analysts] == [401, 401]
