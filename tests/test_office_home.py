"""The office app of a real home: what is loaded while it runs, tokens of the command, its log, and what stops it."""

import asyncio
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from graph.errors import StoreError
from schema.office.office import office_sdl
from server.audit import unknown_users
from server.audit.unknown_users import UnknownUsers
from server.home import open_home
from server.office.process import office_app
from server.office.surveying import Surveying
from tests.command_line import Desk, run
from tests.harbor_agency import C1, D1, agency
from tests.memory_trail import MemoryTrail
from tests.office_client import OfficeClient, app_over


def test_the_office_app_of_a_home_tells_of_what_is_loaded_while_it_runs(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(C1)
    client = OfficeClient.at(desk.home)
    query = '{ records(ids: ["C-1", "D-1"]) { label } }'
    before = client.ask(query)
    desk.load(D1, name="more.jsonl")
    assert (before, client.ask(query)) == (
        {"records": [{"label": "Harbor"}, None]},
        {"records": [{"label": "Harbor"}, {"label": "Plain"}]},
    )


def test_a_policy_that_does_not_fit_is_answered_from_by_nobody(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    client = OfficeClient.at(desk.home)
    client.ask("{ me { user } }")
    desk.replace("policy.toml", "shared_systems", "shared_system")
    assert client.post({"query": "{ me { user } }"}).status_code == 503


def test_a_token_made_by_the_command_will_do_until_it_is_taken_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    made = desk.done("token", "--office", "SAC-NY", "--role", "agent", "--user", "agent.lee").out.strip()
    client = OfficeClient(office_app(open_home(desk.home, {})), made)
    before = client.ask("{ me { user } }")
    desk.done("token", "revoke", made, "--reason", "lost")
    assert (before, client.post({"query": "{ me { user } }"}).status_code) == (
        {"me": {"user": "agent.lee"}},
        401,
    )


def test_what_officers_were_told_is_verified_with_the_other_logs(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    client = OfficeClient.at(desk.home)
    client.ask("{ me { user } }")
    client.ask("{ me { user } }")
    told = desk.done("audit", "verify", "--json").json()
    reads = [log for log in told["logs"] if log["log"].startswith("reads/")]
    assert (told["sound"], [(log["lines"], log["findings"]) for log in reads]) == (True, [(2, [])])
    [file] = (desk.home / "audit" / "reads").glob("*/*.jsonl")
    file.write_bytes(file.read_bytes().replace(b"sup.ortiz", b"sup.mason"))
    assert desk.run("audit", "verify").code == 5


def test_the_schema_command_prints_the_office_schema(tmp_path: Path) -> None:
    assert run("--home", tmp_path, "schema", "office").out == office_sdl()


def test_a_survey_is_made_anew_only_where_something_else_is_held() -> None:
    kept = agency()
    surveying = Surveying(kept.holdings, lambda: kept.rules, lambda: kept.now.day)
    first = surveying.current()
    kept.load(C1)
    same = surveying.renew()
    kept.load(C1 | {"title": "Port"})
    other = surveying.renew()
    assert (same is first, other is first) == (True, False)
    assert {id for id in first.readings if other.readings[id] is not first.readings[id]} == {"C-1"}


def _noted(unknown: list[UnknownUsers], trail: MemoryTrail) -> UnknownUsers:
    unknown.append(UnknownUsers(trail))
    return unknown[0]


def test_who_is_not_known_is_counted_by_the_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknown_users, "_minute", lambda: "2026-11-24T09:30Z")
    trail = MemoryTrail()
    unknown: list[UnknownUsers] = []
    with patch("tests.office_client.UnknownUsers", partial(_noted, unknown)):
        client = OfficeClient(app_over(agency(), trail), "nonsense", trail)
    assert [client.post({"query": "{ me { user } }"}).status_code for _ in range(3)] == [401] * 3
    asyncio.run(unknown[0].write(all_of_them=True))
    assert [(line["event"], line["count"]) for line in trail.lines] == [("unknown users refused", 3)]


def test_where_the_releases_do_not_answer_an_officer_is_refused_like_anybody_while_nothing_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    client = OfficeClient.at(desk.home)

    def silent(*_: object) -> bool:
        raise StoreError("the releases do not answer")

    monkeypatch.setattr("server.office.tokens.OfficeTokens.is_revoked", silent)
    response = client.post({"query": "{ me { user } }"})
    told = response.json()["errors"][0]["extensions"]["code"]
    assert (response.status_code, told, "releases" in response.text) == (503, "NOT_SERVED", False)
