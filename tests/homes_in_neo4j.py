"""A home whose holdings and releases are in two real Neo4j servers, for tests that work with it by commands."""

from pathlib import Path

from tests.command_line import Desk
from tests.neo4j_server import Neo4jServer
from tests.store_contract import access


def home_in_neo4j(folder: Path, holdings: Neo4jServer, releases: Neo4jServer, *init: str) -> Desk:
    """A new home on these servers, which are left as they are. init: options of `caselink init`."""
    folder.mkdir(exist_ok=True)
    desk = Desk(folder)
    desk.done("init", *init)
    for section, server in (("holdings", holdings), ("releases", releases)):
        url, user, password = access(server)
        file = desk.home / f"{section}.password"
        file.write_text(password, encoding="utf-8")
        file.chmod(0o600)
        with (desk.home / "caselink.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'[{section}]\nurl = "{url}"\nuser = "{user}"\npassword_file = "{file.name}"\n')
    return desk
