"""The desk over HTTP tells and withdraws as simulations and commands do, and says in whose name."""

import json
from pathlib import Path

import pytest

from tests.command_line import Desk, agreement_text
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, document, link

AGENT, SUPERVISOR = Who("kim", roles="agent"), Who("ortiz", roles="supervisor")
EFFECT = "agreement text adds { id } changes { id } withdraws { id }"


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.agreement(agreement_text("county"), "county")
    desk.load(
        case("C-1", "NY03-0001", access_codes=["T3"]),
        document("D-1", "NY03-0001-001"),
        link("L-1", "C-1", "CONTAINS", "D-1"),
        case("C-2", "NY03-0002"),
    )
    desk.done("publish", "--yes")
    return desk


def test_a_request_tells_of_its_approval_what_a_simulation_of_it_tells(desk: Desk) -> None:
    version = OfficeClient.at(desk.home, AGENT).ask('{ record(id: "C-1") { version } }')["record"]["version"]
    tried = OfficeClient.at(desk.home, AGENT).ask(
        f'{{ simulate(changes: [{{record: "C-1", accessCodes: ["REL"]}}]) {{ {EFFECT} }} }}'
    )["simulate"]
    recoded = OfficeClient.at(desk.home, AGENT).ask(
        'mutation ($version: String!) { recode(id: "C-1", codes: ["REL"], reason: "why", version: $version)'
        " { request { id } } }",
        version=version,
    )
    asked = OfficeClient.at(desk.home, SUPERVISOR).ask(
        f"query ($id: ID!) {{ request(id: $id) {{ effect {{ {EFFECT} }} }} }}", **recoded["recode"]["request"]
    )
    assert asked["request"]["effect"] == tried
    assert [(each["agreement"], each["text"]) for each in tried] == [
        (id, "releases 1 case and 1 document to 1 agreement; withdraws nothing") for id in ("county", "ndex")
    ]


def test_an_act_that_withdraws_takes_away_the_release_of_an_agreement_that_is_gone(desk: Desk) -> None:
    (desk.home / "agreements" / "county.toml").unlink()
    OfficeClient.at(desk.home, SUPERVISOR).ask(
        'mutation { withdraw(id: "C-2", reason: "a source") { text } }'
    )
    told = (desk.home / "audit" / "office.jsonl").read_text(encoding="utf-8").splitlines()[-3:]
    assert [
        (line["event"], line["who"], line["office"], line.get("agreements")) for line in map(json.loads, told)
    ] == [
        ("withdrawing", "ortiz", "SAC-NY", None),
        ("dropping", "ortiz", "SAC-NY", ["county"]),
        ("restricting", "ortiz", "SAC-NY", None),
    ]
    published = desk.done("status", "--json").json()["releases"]["published"]
    assert [release["agreement"] for release in published] == ["ndex"]
