"""The tests' own Neo4j does what the other tests rely on: it answers, keeps what it has, and leaves nothing behind."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from tests.neo4j_server import CannotStart, Neo4jServer, empty

pytestmark = pytest.mark.neo4j

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def server() -> Iterator[Neo4jServer]:
    """One that these tests may stop, kill and freeze."""
    with Neo4jServer() as running:
        yield running


def kept(server: Neo4jServer) -> list[str]:
    with server.driver() as driver:
        return [
            row["name"]
            for row in driver.execute_query("MATCH (n:Kept) RETURN n.name AS name ORDER BY name")[0]
        ]


def keep(server: Neo4jServer, name: str) -> None:
    with server.driver() as driver:
        driver.execute_query("CREATE (:Kept {name: $name})", name=name)


def settings(server: Neo4jServer, *names: str) -> dict[str, str]:
    with server.driver() as driver:
        rows = driver.execute_query("SHOW SETTINGS YIELD name, value WHERE name IN $names", names=names)[0]
        return {row["name"]: row["value"] for row in rows}


def listening_ports(process_id: int) -> set[int]:
    """The TCP ports on which a process takes connections, as Linux tells them."""
    sockets = set[str]()
    for link in Path(f"/proc/{process_id}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # it was closed meanwhile
            sockets.add(link.readlink().name.removeprefix("socket:[").removesuffix("]"))
    tables = [
        Path(f"/proc/{process_id}/net/{table}").read_text().splitlines()[1:] for table in ("tcp", "tcp6")
    ]
    rows = [line.split() for table in tables for line in table]
    return {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "0A" and row[9] in sockets}


def runs(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def soon(happens: Callable[[], bool]) -> bool:
    end = time.monotonic() + 300
    while not happens() and time.monotonic() < end:
        time.sleep(0.05)
    return happens()


def test_it_answers_its_user_at_its_address(server: Neo4jServer) -> None:
    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        rows, _, _ = driver.execute_query("CALL dbms.components() YIELD versions, edition")
    assert [row.data() for row in rows] == [{"versions": ["5.26.30"], "edition": "community"}]


def test_it_refuses_another_password(server: Neo4jServer) -> None:
    other = (server.user, "not the password")
    with GraphDatabase.driver(server.url, auth=other) as driver, pytest.raises(AuthError):
        driver.verify_connectivity()


def test_it_listens_on_its_bolt_port_and_on_no_other(server: Neo4jServer) -> None:
    assert server.process_id is not None
    assert listening_ports(server.process_id) == {server.port}


def test_it_reports_nothing_to_anyone(server: Neo4jServer) -> None:
    reporting = {"dbms.usage_report.enabled", "client.allow_telemetry", "server.bolt.telemetry.enabled"}
    assert settings(server, *reporting) == dict.fromkeys(reporting, "false")


def test_a_restart_keeps_data_address_and_password(server: Neo4jServer) -> None:
    keep(server, "before the restart")
    before = (server.process_id, server.url, server.password)
    server.restart()
    assert (server.url, server.password) == before[1:]
    assert server.process_id != before[0]
    assert kept(server) == ["before the restart"]


def test_what_was_committed_outlives_a_kill(server: Neo4jServer) -> None:
    with server.driver() as driver:
        empty(driver)
    keep(server, "before the kill")
    killed = server.process_id
    server.kill()
    assert (killed is not None and runs(killed), server.process_id) == (False, None)
    server.restart()
    assert kept(server) == ["before the kill"]


def test_while_it_is_frozen_it_takes_connections_and_answers_none(server: Neo4jServer) -> None:
    handshake = bytes.fromhex("6060b017" + "00000005" + "00000000" * 3)
    server.pause()
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=1) as asking:
            asking.sendall(handshake)
            with pytest.raises(TimeoutError):
                asking.recv(4)
            server.resume()
            asking.settimeout(60)
            assert asking.recv(4) == bytes.fromhex("00000005")
    finally:
        server.resume()


def test_emptying_takes_all_nodes_and_links_and_leaves_the_schema(server: Neo4jServer) -> None:
    with server.driver() as driver:
        driver.execute_query("CREATE CONSTRAINT kept IF NOT EXISTS FOR (n:Kept) REQUIRE n.name IS UNIQUE")
        driver.execute_query("UNWIND range(1, 20001) AS name CREATE (:Kept {name: name})-[:NEXT]->(:Other)")
        empty(driver)
        left = driver.execute_query("MATCH (n) RETURN count(n) AS nodes")[0][0]["nodes"]
        constraints = driver.execute_query("SHOW CONSTRAINTS YIELD name")[0]
        driver.execute_query("DROP CONSTRAINT kept")
    assert (left, [row["name"] for row in constraints]) == (0, ["kept"])


def test_a_port_that_another_program_has_is_said(server: Neo4jServer) -> None:
    server.stop()
    with socket.create_server(("127.0.0.1", server.port)), pytest.raises(CannotStart) as refusal:
        server.start()
    assert str(refusal.value) == (
        f"Port {server.port}, on which {server.home} is served, is taken: stop the program that has it."
    )


def test_a_start_that_fails_says_why_and_leaves_no_process() -> None:
    server = Neo4jServer(heap="much")
    with pytest.raises(CannotStart) as refusal, server:
        pass
    assert str(refusal.value) == "Neo4j ended while it started: Invalid maximum heap size: -Xmxmuch"
    assert server.process_id is None


def test_nothing_is_left_of_it_once_it_is_closed() -> None:
    with Neo4jServer() as server:
        process = server.process_id
    assert (process is not None and runs(process), server.home.exists()) == (False, False)


def test_holdings_and_releases_are_on_different_servers(
    neo4j_holdings_server: Neo4jServer, neo4j_releases_server: Neo4jServer
) -> None:
    with neo4j_holdings_server.driver() as driver:
        empty(driver)
    with neo4j_releases_server.driver() as driver:
        empty(driver)
    keep(neo4j_holdings_server, "a holding")
    assert (kept(neo4j_holdings_server), kept(neo4j_releases_server)) == (["a holding"], [])
    assert neo4j_holdings_server.password != neo4j_releases_server.password


@contextlib.contextmanager
def in_the_foreground(home: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """`make neo4j` with a home, and what it told a shell to export, once it has."""
    command = [sys.executable, "-m", "tests.neo4j_server", "--home", str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            told = "".join(iter(running.stdout.readline, "\n")) + "".join(iter(running.stdout.readline, "\n"))
            yield running, dict(re.findall(r"^(?:export )?(\w+)(?:=|  +)(\S+)$", told, re.MULTILINE))
        finally:
            running.kill()


def ask(told: dict[str, str], statement: str) -> list[dict[str, object]]:
    login = (told["CASELINK_NEO4J_USER"], told["CASELINK_NEO4J_PASSWORD"])
    with GraphDatabase.driver(told["address"], auth=login) as driver:
        return [row.data() for row in driver.execute_query(statement)[0]]


def test_in_the_foreground_it_ends_with_its_caller_and_a_named_home_keeps_data_and_access(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with in_the_foreground(home) as (killed, first):
        ask(first, "CREATE (:Kept {name: 'before'})")
        java = next(int(path.name) for path in Path("/proc").glob("[0-9]*") if _is_started_with(path, home))
        killed.send_signal(signal.SIGKILL)
        assert soon(lambda: not runs(java))
    with in_the_foreground(home) as (stopped, again):
        assert (again, ask(again, "MATCH (n) RETURN n.name AS name")) == (first, [{"name": "before"}])
        stopped.send_signal(signal.SIGINT)
        assert stopped.wait(300) == 0
    assert [path for path in Path("/proc").glob("[0-9]*") if _is_started_with(path, home)] == []


def _is_started_with(process: Path, home: Path) -> bool:
    try:
        return f"--home-dir={home}".encode() in (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def test_a_test_that_asks_for_a_server_where_there_is_no_java_fails_with_what_to_install(
    tmp_path: Path,
) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tests.neo4j_server.pytest_plugin"]\n')
    (tmp_path / "test_one.py").write_text("def test_one(neo4j_holdings_server):\n    pass\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        cwd=tmp_path,
        env={**os.environ, "JAVA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = re.findall(r"^(?:E  +)?(Neo4j needs .*)$", ran.stdout, re.MULTILINE)
    assert (ran.returncode, said) == (
        1,
        [
            "Neo4j needs Java, and there is none here: "
            "install a Java 17 runtime (on Debian: apt-get install openjdk-17-jre-headless)."
        ],
    )
