"""A partner process opens nothing of the home but its releases (DESIGN 4). Each try runs in a process of its own."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.agency import AS_OF, Agency

START = """
import os, sqlite3, subprocess, sys
from pathlib import Path
from server.partner.confine import confine
from server.home import open_home
from server.stores import open_reader
folder = Path(sys.argv[1])
home = open_home(folder, {})
reader = open_reader(home)
confine(home, folder / "audit" / "partner" / "own")
"""
TRIES = {
    "the holdings": 'open(folder / "holdings.sqlite", "rb")',
    "the holdings by SQLite": 'sqlite3.connect(folder / "holdings.sqlite")',
    "the holdings by a URI": 'sqlite3.connect(f"file:{folder}/holdings.sqlite?mode=ro", uri=True)',
    "the holdings from the releases": (
        """reader._database.connection.execute(f"ATTACH 'file:{folder}/holdings.sqlite' AS h")"""
    ),
    "the holdings from a search index": (
        """from graph.search_index import SearchIndex
index = SearchIndex.of({})
index._connection.execute(f"ATTACH 'file:{folder}/holdings.sqlite' AS h")"""
    ),
    "the holdings by a relative name": (
        'os.open("holdings.sqlite", os.O_RDONLY, dir_fd=os.open(folder.parent, os.O_RDONLY))'
    ),
    "a key": 'open(folder / "keys" / "naming.key")',
    "rejected lines": 'list((folder / "rejects").iterdir())',
    "the audit log": 'open(folder / "audit" / "office.jsonl")',
    "its own audit log, to read it": 'open(folder / "audit" / "partner" / "own" / "000001.jsonl")',
    "its own audit log, to write it anew": 'open(folder / "audit" / "partner" / "own" / "000001.jsonl", "wb")',
    "its own audit log, to change it": 'open(folder / "audit" / "partner" / "own" / "000001.jsonl", "r+b")',
    "the audit log of another process": 'open(folder / "audit" / "partner" / "other" / "000001.jsonl", "ab")',
    "another program": 'subprocess.run(["cat", folder / "holdings.sqlite"])',
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    agency = Agency(tmp_path_factory.mktemp("confined") / "home")
    agency.make()
    agency.run("publish", "--as-of", AS_OF)
    for log in ("own", "other"):
        (agency.home / "audit" / "partner" / log).mkdir(parents=True)
    return agency.home


def confined(home: Path, code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-P", "-c", START + code, str(home)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("code", TRIES.values(), ids=TRIES)
def test_it_cannot_open(home: Path, code: str) -> None:
    ended = confined(home, code)
    last = ended.stderr.strip().splitlines()[-1]
    assert (ended.returncode, ended.stdout) == (1, "")
    assert last.startswith(
        ("PermissionError: a partner process", "sqlite3.OperationalError: too many attached")
    )


def test_it_reads_the_releases(home: Path) -> None:
    ended = confined(home, 'print(sorted(reader.headers())); print(reader.read("ndex") is not None)')
    assert (ended.returncode, ended.stdout) == (0, "['county', 'ndex']\nTrue\n")


def test_it_searches_the_releases_in_memory_wherever_it_was_started(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    code = """
from graph.view import View
print(list(View(reader.read("ndex")).search(["nothing"])))
"""
    ended = confined(home, code)
    assert (ended.stderr, ended.stdout, ended.returncode) == ("", "[]\n", 0)


def test_it_adds_to_its_own_audit_log(home: Path) -> None:
    file = home / "audit" / "partner" / "own" / "000002.jsonl"
    code = """
flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
os.write(os.open(folder / "audit" / "partner" / "own" / "000002.jsonl", flags), b"a line")
"""
    assert (confined(home, code).returncode, file.read_bytes()) == (0, b"a line")


CONNECTING = """
import os, socket, sys
from pathlib import Path
from server.partner.confine import confine
from server.home import open_home
folder, port = Path(sys.argv[1]), int(sys.argv[2])
(folder / "caselink.toml").write_text(f'[holdings]\\nurl = "neo4j://localhost:{port}"\\n')
home = open_home(folder, {"CASELINK_NEO4J_USER": "neo4j", "CASELINK_NEO4J_PASSWORD": "secret"})
confine(home, folder / "audit" / "partner" / "own")
"""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_it_cannot_connect_to_the_server_of_the_holdings(tmp_path: Path, host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holdings, socket.create_server(("127.0.0.1", 0)) as other:
        ports = [listening.getsockname()[1] for listening in (holdings, other)]
        code = CONNECTING + f'socket.create_connection(("127.0.0.1", {ports[1]}))\nprint("elsewhere")\n'
        code += f'socket.create_connection(("{host}", {ports[0]}))'
        command = [sys.executable, "-W", "ignore", "-c", code, str(tmp_path), str(ports[0])]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "elsewhere\n")
    assert "PermissionError: a partner process does not connect to the holdings" in ended.stderr
