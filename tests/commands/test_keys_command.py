"""`caselink keys rotate`: ids and versions change, nothing that is released does, whenever it is stopped (issue 6)."""

import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from graph.stores.sqlite_releases import SqliteReleases
from server.home import KEYS, open_home
from server.token_keys import checking_key
from tests.agency import free_port
from tests.command_line import Desk
from tests.commands.test_serve_command import ENDING, ports, serving
from tests.plain_lines import case, document, link

LINES = [case("C-1", "NY03-0001"), document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1")]


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(*LINES)
    desk.done("publish")
    return desk


def keys(desk: Desk) -> dict[str, str]:
    return {name: (desk.home / "keys" / f"{name}.key").read_text() for name in KEYS}


def version(desk: Desk) -> str:
    [published] = desk.done("status", "--json").json()["releases"]["published"]
    return str(published["version"])


def opaque(desk: Desk, record: str) -> list[str]:
    ids: dict[str, list[str]] = desk.done("audit", "disclosures", record, "--json").json()["ids"]
    return ids["ndex"]


def test_ids_and_versions_are_others_and_what_is_released_is_the_same(desk: Desk) -> None:
    before, seen, named = keys(desk), desk.seen(), (version(desk), opaque(desk, "C-1"))
    desk.done("keys", "rotate")
    after = keys(desk)
    assert {name for name in KEYS if after[name] != before[name]} == {"naming", "version", "cursor"}
    assert (desk.seen(), seen) == (seen, {"C-1", "D-1", "L-1"})
    assert version(desk) != named[0]
    assert opaque(desk, "C-1")[1:] == named[1] != opaque(desk, "C-1")[:1]
    [again] = desk.done("publish", "--json").json()["releases"]
    assert (again["added"], again["updated"], again["withdrawn"]) == (0, 0, 0)


def test_every_naming_key_that_was_is_kept_the_latest_first(desk: Desk) -> None:
    first = opaque(desk, "C-1")
    desk.done("keys", "rotate")
    second = opaque(desk, "C-1")
    desk.done("keys", "rotate")
    assert opaque(desk, "C-1")[1:] == second
    assert second[1:] == first


@pytest.mark.parametrize("algorithm", ["HS256", "EdDSA"])
def test_tokens_are_void_where_that_is_asked_for(desk: Desk, algorithm: str) -> None:
    settings = desk.home / "caselink.toml"
    settings.write_text(
        f'{settings.read_text("utf-8")}[tokens]\nalgorithm = "{algorithm}"\n', encoding="utf-8"
    )
    before = keys(desk)
    told = desk.done("keys", "rotate", "--token", "--json").json()
    assert told == {"keys": ["naming", "version", "cursor", "token"], "dropped": []}
    assert {name for name, key in keys(desk).items() if key == before[name]} == set()
    if algorithm == "EdDSA":
        home, partner = open_home(desk.home, {}), Desk(desk.folder / "partner")
        (partner.home / "keys").mkdir(parents=True)
        shutil.copy(settings, partner.home)
        shutil.copy(desk.home / "keys" / "token.pub", partner.home / "keys")
        public = checking_key(open_home(partner.home, {})).checking
        assert public == checking_key(home).checking


class Killed(BaseException):
    """Nothing that could be caught on the way."""


# The new keys, the retired one, and each of four into its place.
@pytest.mark.parametrize("dies_at", range(1, 7))
@pytest.mark.parametrize("after", [False, True], ids=["before the move", "after the move"])
def test_killed_at_any_move_it_is_finished_by_the_next_command_or_was_never_begun(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, dies_at: int, after: bool
) -> None:
    before, seen, first = keys(desk), desk.seen(), opaque(desk, "C-1")
    left = [dies_at]

    def dying(move: object) -> object:
        def moving(old: Path, new: Path) -> None:
            left[0] -= 1
            if left[0] == 0 and not after:
                raise Killed
            move(old, new)  # type: ignore[operator]
            if left[0] == 0:
                raise Killed

        return moving

    with monkeypatch.context() as patched:
        patched.setattr("server.rotation.os.rename", dying(os.rename))
        patched.setattr("server.rotation.os.replace", dying(os.replace))
        with pytest.raises(Killed):
            desk.run("keys", "rotate", "--token")
    desk.done("publish")
    assert (desk.seen(), (desk.home / "keys/next").exists()) == (seen, False)
    changed = {name for name in KEYS if keys(desk)[name] != before[name]}
    if dies_at == 1 and not after:
        assert (changed, opaque(desk, "C-1")) == (set(), first)
    else:
        assert (changed, opaque(desk, "C-1")[1:]) == (set(KEYS), first)
        assert len(list((desk.home / "keys/retired").glob("naming-*.key"))) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before it is written", "after it is written"])
def test_killed_while_a_release_is_written_it_is_finished_by_the_next_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    apply, seen, first = SqliteReleases.apply, desk.seen(), opaque(desk, "C-1")

    def dying(self: SqliteReleases, header: object, change: object) -> None:
        if after:
            apply(self, header, change)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(SqliteReleases, "apply", dying)
        with pytest.raises(Killed):
            desk.run("keys", "rotate")
    ran = desk.done("status")
    assert ran.err == "A change of the keys was stopped; it is being finished.\n"
    assert (desk.seen(), opaque(desk, "C-1")[1:]) == (seen, first)
    assert desk.done("status").err == ""


def test_it_is_audited(desk: Desk) -> None:
    desk.done("keys", "rotate")
    lines = [json.loads(line) for line in (desk.home / "audit/office.jsonl").read_bytes().splitlines()]
    assert [(line["event"], line["keys"]) for line in lines[-2:]] == [
        ("rotating keys", ["naming", "version", "cursor"]),
        ("keys rotated", ["naming", "version", "cursor"]),
    ]


@pytest.mark.long
def test_the_apps_are_started_anew_with_the_new_keys(desk: Desk) -> None:
    with serving(desk, *ports(free_port(), free_port())) as server:
        assert server.stderr is not None
        first = [server.stderr.readline() for _ in range(2)]
        desk.done("keys", "rotate")
        told = [server.stderr.readline() for _ in range(3)]
        while "does not fit" in told[0]:  # a reader may have looked in between
            told = [*told[1:], server.stderr.readline()]
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=ENDING)
    assert told == ["The keys have changed; both apps are started anew.\n", *first]
    assert server.returncode == 0
