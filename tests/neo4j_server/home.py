"""Lays out the home of one Neo4j: its settings, its port, its first password.

A home that was laid out before keeps its port and password, so that what was told about it stays true.
"""

import json
import os
import random
import secrets
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from tests.neo4j_server.errors import CannotStart
from tests.neo4j_server.last_words import last_words

USER = "neo4j"
_SETTINGS = Template((Path(__file__).parent / "neo4j.conf").read_text(encoding="ascii"))
# Below the ports that Linux gives to outgoing connections: none of them takes the port between a stop and a start.
_PORTS = range(17000, 32000)


@dataclass(frozen=True, slots=True)
class Access:
    """How a home is reached on loopback: its Bolt port and the password of `USER`."""

    port: int
    password: str


def lay_out(home: Path, java: Sequence[str], page_cache: str) -> Access:
    """Write the settings of `home`, and set the first password if it has none.

    `java` is the command with its class path; `page_cache` is as Neo4j writes sizes (`256m`). CannotStart if the
    folder cannot be written or the password not set.
    """
    told = home / "access.json"
    try:
        (home / "conf").mkdir(parents=True, exist_ok=True)
        access = _read(told) if told.exists() else Access(_free_port(), secrets.token_hex(16))
        settings = _SETTINGS.substitute(port=access.port, page_cache=page_cache)
        (home / "conf" / "neo4j.conf").write_text(settings, encoding="ascii")
        if not told.exists():
            _set_password(home, java, access.password)
            _write(told, access)
    except OSError as error:
        raise CannotStart(f"Neo4j cannot keep its home in {home}: {error.strerror}.") from error
    return access


def _read(path: Path) -> Access:
    return Access(**json.loads(path.read_text(encoding="ascii")))


def _write(path: Path, access: Access) -> None:
    owner_only = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(owner_only, "w", encoding="ascii") as file:
        json.dump(asdict(access), file)


def _set_password(home: Path, java: Sequence[str], password: str) -> None:
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = [*java, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise CannotStart(f"Neo4j did not take its first password: {last_words(ran.stderr)}")


def _free_port() -> int:
    for port in random.sample(_PORTS, 100):
        if is_free(port):
            return port
    raise CannotStart(
        f"No port of {_PORTS.start} to {_PORTS.stop - 1} is free for Neo4j: stop what takes them."
    )


def is_free(port: int) -> bool:
    """Whether nothing on loopback has this port."""
    with socket.socket() as attempt:
        attempt.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as Java does: a closed connection is no hindrance
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
