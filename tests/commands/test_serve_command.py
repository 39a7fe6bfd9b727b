"""`caselink serve` and `demo`: they say where they answer once they do, and nothing when they are told to stop."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.agency import free_port
from tests.command_line import Desk
from tests.plain_lines import case
from tests.set_clock import set_clock

C1 = case("C-1", "NY03-0001")
ENDING = 300


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(C1)
    desk.done("publish")
    return desk


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """A command that runs in this process takes SIGTERM for itself."""
    ours = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, ours)


def ports(partner: int, office: int) -> tuple[str, ...]:
    return "--partner-port", str(partner), "--office-port", str(office)


@contextmanager
def serving(desk: Desk, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "server.cli", "--home", str(desk.home), "serve", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield server
        finally:
            server.kill()


def test_it_says_where_it_answers_once_it_does_and_nothing_when_it_is_told_to_stop(desk: Desk) -> None:
    partner, office = free_port(), free_port()
    with serving(desk, *ports(partner, office)) as server:
        assert server.stderr is not None
        told = [server.stderr.readline(), server.stderr.readline()]
        for port in (partner, office):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=ENDING) as answer:
                assert answer.status == 200
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=ENDING)
    assert sorted(told, reverse=True) == [
        f"partner: http://127.0.0.1:{partner}\n",
        f"office: http://127.0.0.1:{office}\n",
    ]
    assert (server.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize("app", ["partner", "office"])
def test_one_app_says_where_it_answers_and_nothing_when_it_is_told_to_stop(desk: Desk, app: str) -> None:
    port = free_port()
    with serving(desk, "--only", app, f"--{app}-port", str(port)) as server:
        assert server.stderr is not None
        assert server.stderr.readline() == f"{app}: http://127.0.0.1:{port}\n"
        socket.create_connection(("127.0.0.1", port), timeout=ENDING).close()
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=ENDING)
    assert (server.returncode, out, err) == (0, "", "")


def test_a_request_that_has_begun_is_answered_and_new_ones_are_refused_before_it_ends_with_0(
    desk: Desk,
) -> None:
    partner = free_port()
    token = desk.done("token", "--agreement", "ndex", "--user", "analyst").out.strip()
    body = b'{"query": "{ cases { totalCount } }"}'
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nX-Purpose: a test\r\n"
        f"X-Case-Number: T-1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        "Expect: 100-continue\r\n\r\n"
    )
    with serving(desk, *ports(partner, free_port())) as server:
        assert server.stderr is not None
        for _ in range(2):  # both are there
            server.stderr.readline()
        with socket.create_connection(("127.0.0.1", partner), timeout=ENDING) as slow:
            slow.sendall(head.encode() + body[:10])
            assert slow.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"  # it waits for the rest
            server.send_signal(signal.SIGTERM)
            _await_refusal(partner)
            slow.sendall(body[10:])
            answer = b"".join(iter(lambda: slow.recv(65536), b""))
        server.communicate(timeout=ENDING)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["data"] == {"cases": {"totalCount": 1}}
    assert server.returncode == 0


def _await_refusal(port: int) -> None:
    end = time.monotonic() + ENDING
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=ENDING).close()
        except OSError:
            return
        time.sleep(0.05)
    raise AssertionError("new requests are still taken")


def test_both_apps_end_with_it_though_it_is_killed_and_can_be_started_again(desk: Desk) -> None:
    partner, office = free_port(), free_port()
    for _ in range(2):
        with serving(desk, *ports(partner, office)) as server:
            assert server.stderr is not None
            told = {server.stderr.readline() for _ in range(2)}
            server.kill()
            for port in (partner, office):
                _await_refusal(port)
        assert told == {f"partner: http://127.0.0.1:{partner}\n", f"office: http://127.0.0.1:{office}\n"}


def test_its_words_are_json_where_that_is_asked_for_and_metrics_are_on_the_office_port_alone(
    desk: Desk,
) -> None:
    settings = desk.home / "caselink.toml"
    settings.write_text(f"json_log = true\n{settings.read_text('utf-8')}", encoding="utf-8")
    partner, office = free_port(), free_port()
    bearer = {"Authorization": f"Bearer {desk.done('keys', 'metrics').out.strip()}"}
    with serving(desk, *ports(partner, office)) as server:
        assert server.stderr is not None
        told = [json.loads(server.stderr.readline()) for _ in range(2)]
        url = f"http://127.0.0.1:{partner}"
        assert httpx.get(f"{url}/metrics", headers=bearer, timeout=ENDING).status_code == 404
        assert httpx.post(f"{url}/graphql", timeout=ENDING).status_code == 401
        token = desk.done("token", "--agreement", "ndex", "--user", "ana").out.strip()
        for query, status in (("{ __typename }", 200), ("{ x }", 400)):
            told_to = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
            asked = httpx.post(f"{url}/graphql", headers=told_to, json={"query": query}, timeout=ENDING)
            assert asked.status_code == status
        counted: list[str] = []
        lines: list[str] = []
        end = time.monotonic() + ENDING
        while len(counted) < 3 and time.monotonic() < end:
            metrics = httpx.get(f"http://127.0.0.1:{office}/metrics", headers=bearer, timeout=ENDING)
            lines = metrics.text.splitlines()
            counted = [line for line in lines if line.startswith("caselink_answers_total{")]
            time.sleep(0.1)
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=ENDING)
    assert sorted((line["level"], line["message"].split(":")[0]) for line in told) == [
        ("info", "office"),
        ("info", "partner"),
    ]
    assert [line.split(",")[1] for line in counted] == [
        f'status="{status}"}} 1' for status in (200, 400, 401)
    ]
    assert 'caselink_release_records{agreement="ndex"} 1' in lines


def test_one_port_for_both_apps_is_refused(desk: Desk) -> None:
    ran = desk.run("serve", *ports(8000, 8000))
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        "caselink: --partner-port and --office-port are both 8000; name two ports\n",
    )


@pytest.mark.parametrize("app", ["partner", "office"])
def test_a_port_that_is_taken_is_told_before_anything_starts(desk: Desk, app: str) -> None:
    free = free_port()
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ran = desk.run("serve", *(ports(taken, free) if app == "partner" else ports(free, taken)))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"caselink: 127.0.0.1:{taken}: cannot listen (Address already in use); name another port\n"
    )


def test_a_withdrawal_that_was_left_undone_is_done_and_audited_before_it_serves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SystemExit(9)

    monkeypatch.setattr("graph.publish.Publisher.restrict", fail)
    assert desk.load(C1 | {"access_codes": ["T3"]}).code == 9
    monkeypatch.undo()
    partner, office = free_port(), free_port()
    with serving(desk, *ports(partner, office)) as server:
        assert server.stderr is not None
        told = [server.stderr.readline() for _ in range(3)]
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=ENDING)
    assert told[0] == "A load or an act was stopped before its withdrawals were done; doing them now.\n"
    log = (desk.home / "audit" / "office.jsonl").read_bytes().splitlines()
    last = json.loads(log[-1])
    assert (last["event"], [each["withdrawn"] for each in last["releases"]]) == ("restricting", [1])
    assert desk.seen() == set()


def test_a_day_that_changes_a_release_is_published_without_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, today = Desk(tmp_path), datetime.now(UTC).date()
    set_clock(monkeypatch, (today - timedelta(days=1)).isoformat())
    desk.done("init")
    desk.load(C1 | {"prepared": today.isoformat()})
    desk.done("publish")
    assert desk.seen() == set()
    with serving(desk, *ports(free_port(), free_port())) as server:
        assert server.stderr is not None
        told = sorted(server.stderr.readline() for _ in range(3))
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=ENDING)
    assert (told[0][:5], desk.seen()) == ("ndex ", {"C-1"})


def test_the_demo_that_only_checks_ends_without_a_word_of_having_been_stopped(tmp_path: Path) -> None:
    partner, office = free_port(), free_port()
    command = [sys.executable, "-m", "server.cli", "--home", str(tmp_path / "demo"), "demo", "--check"]
    ran = subprocess.run([*command, *ports(partner, office)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    lines = ran.stderr.splitlines()
    assert [line for line in lines if line.startswith(("Stopped", "caselink:"))] == []
    told = {f"partner: http://127.0.0.1:{partner}", f"office: http://127.0.0.1:{office}"}
    said = set(lines[-2:]) & told
    assert set(lines) & told == said
    assert said | {f"office: http://127.0.0.1:{office}"} == told  # it may be stopped before it listens
    assert lines[-1] in said


@pytest.mark.long
def test_a_demo_that_is_told_to_stop_leaves_no_server_behind_and_its_addresses_sign_in(
    tmp_path: Path,
) -> None:
    partner, office = free_port(), free_port()
    command = [sys.executable, "-m", "server.cli", "--home", str(tmp_path / "demo"), "demo"]
    with subprocess.Popen([*command, *ports(partner, office)], stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        told: dict[str, str] = {}
        while "auditor" not in told:
            words = demo.stdout.readline().split()
            told |= dict([words]) if len(words) == 2 else {}
        tokens = {
            name: told[name].partition("#token=")[2] for name in ("partner", "supervisor", "agent", "auditor")
        }
        asked = {
            name: asks(partner if name == "partner" else office, token) for name, token in tokens.items()
        }
        demo.send_signal(signal.SIGTERM)
        demo.wait(ENDING)
    assert asked == {key: {"data": {"__typename": "Query"}} for key in asked}
    with pytest.raises(httpx.ConnectError):
        asks(partner, tokens["partner"])


def asks(port: int, token: str) -> object:
    """What an app on a port says of itself to who has this token."""
    answer = httpx.post(
        f"http://127.0.0.1:{port}/graphql",
        headers={"Authorization": f"Bearer {token}"},
        json={"query": "{ __typename }"},
        timeout=ENDING,
    )
    return {"data": answer.json().get("data")}
