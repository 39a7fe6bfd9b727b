"""The desk of a real home over HTTP: two cases with a document each, published for two partners."""

import json
from pathlib import Path
from typing import Any

from tests.command_line import Desk, agreement_text
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, document, link

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002", access_codes=["T3"])
D1, D2 = document("D-1", "NY03-0002-001"), document("D-2", "NY03-0002-002")
L1, L2 = link("L-1", "C-2", "CONTAINS", "D-1"), link("L-2", "C-2", "CONTAINS", "D-2")
AGENT, SUPERVISOR, QUALITY = (
    Who("kim", roles="agent"),
    Who("ortiz", roles="supervisor"),
    Who("tan", "HQ", "quality"),
)
DONE = """{ text request { id state version } record { id version accessCodes }
    effect { agreement text withdraws { record { id } reasons } } }"""
RECODE = f"""mutation ($id: ID!, $codes: [String!]!, $version: String!) {{
    recode(id: $id, codes: $codes, reason: "read it again", version: $version) {DONE} }}"""
APPROVE = f"""mutation ($request: ID!, $version: String!) {{
    approve(request: $request, version: $version, reason: "so it is") {DONE} }}"""
REQUEST = """query ($id: ID!) { request(id: $id) {
    id kind about by office reason codes state version blocked record { id }
    diff { name before after }
    effect { agreement text adds { record { id } reasons } withdraws { record { id } } } } }"""
PUBLISH = 'mutation { publish(reason: "it is time", yes: true) { agreement added withdrawn } }'


def published_desk(folder: Path) -> Desk:
    """Somebody with a home that holds them and has published."""
    desk = Desk(folder)
    desk.done("init", "--test", "--seed", "x")
    desk.agreement(agreement_text("county"), "county")
    desk.load(C1, C2, D1, D2, L1, L2)
    desk.done("publish", "--yes")
    return desk


def at(desk: Desk, who: Who) -> OfficeClient:
    """Somebody of the office who asks this home."""
    return OfficeClient.at(desk.home, who)


def version(desk: Desk, id: str) -> str:
    """The version of a record that an act on it names."""
    told: str = at(desk, AGENT).ask("query ($id: ID!) { record(id: $id) { version } }", id=id)["record"][
        "version"
    ]
    return told


def recode(desk: Desk, id: str, *codes: str, who: Who = AGENT) -> Any:
    """What is told of a recoding."""
    return at(desk, who).ask(RECODE, id=id, codes=codes, version=version(desk, id))["recode"]


def audited(desk: Desk) -> list[tuple[str, str]]:
    """What the log says was done over HTTP, and by whom."""
    lines = (desk.home / "audit" / "office.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return [
        (each["event"], each["who"]) for each in told if "token" in each and each["event"] != "token made"
    ]
