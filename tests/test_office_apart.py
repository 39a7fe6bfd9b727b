"""Nothing of the office can be had on the partner port: no type, no route, no file, no answer to an officer's token."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from graphql import is_introspection_type, is_specified_scalar_type

from schema.office.office import OFFICE_SCHEMA
from schema.partner import PARTNER_SCHEMA
from server.home import open_home
from server.office.process import office_app
from tests.command_line import Desk
from tests.documentation import ROOT
from tests.office_client import Who
from tests.partner_client import Client, partner_app, token
from tests.partner_world import published, release

SHARED = {"Agreement", "Direction", "Kind", "LinkCount", "PageInfo", "Query"}
"""Names that both schemas have, of types that have nothing to do with each other."""


def names(schema: object) -> set[str]:
    types = schema.type_map.values()  # type: ignore[attr-defined]
    return {t.name for t in types if not is_introspection_type(t) and not is_specified_scalar_type(t)}


@pytest.fixture(name="client")
def _client() -> Client:
    return Client(published(release()))


def test_the_partners_schema_has_no_type_of_the_office() -> None:
    assert names(OFFICE_SCHEMA) & names(PARTNER_SCHEMA) <= SHARED


def test_every_field_of_the_offices_root_is_no_query_to_a_partner_port(client: Client) -> None:
    query = OFFICE_SCHEMA.query_type
    mutation = OFFICE_SCHEMA.mutation_type
    assert query is not None
    assert mutation is not None
    own = set(query.fields) - set(PARTNER_SCHEMA.query_type.fields if PARTNER_SCHEMA.query_type else ())
    asked = [f"{{ {name} {{ id }} }}" for name in own] + [
        f"mutation {{ {name} }}" for name in mutation.fields
    ]
    statuses = {client.post({"query": each}).status_code for each in asked}
    assert (statuses, len(asked) > 20) == ({400}, True)


def test_no_route_of_the_office_is_there_on_the_partner_port(tmp_path: Path, client: Client) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    office = {route.path for route in office_app(open_home(desk.home, {})).routes}  # type: ignore[attr-defined]
    apart = sorted(office - {"/graphql", "/healthz", "/readyz"})
    paths = [re.sub(r"\{.*?\}", "ndex", path) for path in apart]
    found = {
        (path, method): client.send(method, path, headers={"Authorization": f"Bearer {token()}"}).status_code
        for path in paths
        for method in ("GET", "POST")
    }
    assert {key: status for key, status in found.items() if status != 404} == {
        key: status for key, status in found.items() if key[0] == "/"
    }
    assert len(paths) > 3


def test_an_officers_token_is_answered_on_the_partner_port_as_no_token_is(client: Client) -> None:
    answers = [
        client.post({"query": "{ cases { totalCount } }"}, {"Authorization": authorization})
        for authorization in (f"Bearer {Who().token()}", "Bearer nonsense", "")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (401, answers[1].content),
    }


def test_the_process_that_serves_partners_has_nothing_of_the_office_in_it() -> None:
    [port] = [
        contract
        for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
            "contracts"
        ]
        if contract["id"] == "port"
    ]
    started = "import sys, server.cli, server.commands.serve, server.partner.process; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", started], capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert "server.partner.app" in imported
    assert {
        name
        for name in imported
        if any(f"{name}.".startswith(f"{each}.") for each in port["forbidden_modules"])
    } == set()


def test_no_file_of_the_office_is_served_to_partners() -> None:
    static = [route.path for route in partner_app(published(release())).routes]  # type: ignore[attr-defined]
    assert [path for path in static if "office" in path] == []
