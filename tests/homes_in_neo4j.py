"""Homes whose holdings, releases or both are in a real Neo4j, for tests that work with them by commands."""

import re
from pathlib import Path

from graph.stores.home_labels import HomeId
from tests.command_line import Desk
from tests.neighbours import HOME
from tests.neo4j_server import Neo4jServer


def home_in_neo4j(
    folder: Path, holdings: Neo4jServer, releases: Neo4jServer, *init: str, home_id: HomeId | None = HOME
) -> Desk:
    """A new home on these servers, which are left as they are. init: options of `caselink init`."""
    folder.mkdir(exist_ok=True)
    desk = Desk(folder)
    desk.done("init", *init)
    keep_in_neo4j(desk.home, home_id, holdings=holdings, releases=releases)
    return desk


def keep_in_neo4j(home: Path, home_id: HomeId | None = HOME, **servers: Neo4jServer) -> None:
    """Let a home keep its holdings, its releases or both there. home_id: None: as earlier versions made homes.

    The tests' homes have few ids, for each new one costs a server a second of making constraints.
    """
    file = home / "caselink.toml"
    line = "" if home_id is None else f'home_id = "{home_id}"\n'
    text = re.sub(r"^home_id.*\n", line, file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for section, server in servers.items():
        password = home / f"{section}.password"
        password.write_text(server.password, encoding="utf-8")
        password.chmod(0o600)
        text += (
            f'[{section}]\nurl = "{server.url}"\nuser = "{server.user}"\npassword_file = "{password.name}"\n'
        )
    file.write_text(text, encoding="utf-8")
