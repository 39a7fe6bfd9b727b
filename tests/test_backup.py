"""A backup is whole and consistent; a restored home brings nothing back before a person accepts it (decision 19)."""

import errno
import json
import resource
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from graph.errors import StoreLocked
from graph.keys import ReleaseKeys, marking
from graph.model import AgreementId
from graph.release import Release
from graph.stores.sqlite_copy import snapshot
from graph.stores.sqlite_holdings import open_holdings
from graph.stores.sqlite_releases import SqliteReleases, open_releases
from tests.command_line import Desk, run
from tests.killing import in_child
from tests.plain_lines import case
from tests.set_clock import set_clock

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002")
NDEX = AgreementId("ndex")
ACCEPT = ("restore", "--accept", "--reason", "The loads of Tuesday are in again")


class Restored(Desk):
    """A desk whose home is the restored one."""

    @property
    def home(self) -> Path:
        return self.folder / "restored"


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    """A home that has published twice and has a rejected line of a file that was accepted."""
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(C1)
    desk.done("publish")
    desk.load(C1, C2, "no line")
    desk.done("rejects", "accept", "--reason", "a test")
    desk.done("publish")
    return desk


def backed_up(desk: Desk) -> Path:
    folder = desk.folder / "backup"
    desk.done("backup", folder)
    return folder


def restored(desk: Desk) -> Restored:
    other = Restored(desk.folder)
    other.done("restore", backed_up(desk))
    return other


@contextmanager
def releases(desk: Desk) -> Iterator[SqliteReleases]:
    keys = ReleaseKeys(
        *(bytes.fromhex((desk.home / f"keys/{name}.key").read_text()) for name in ("naming", "version"))
    )
    with closing(open_releases(desk.home / "releases.sqlite", marking(keys))) as store:
        yield store


def release(desk: Desk) -> Release | None:
    with releases(desk) as store:
        return store.read(NDEX)


def is_served(desk: Desk) -> bool:
    with releases(desk) as store:
        return not store.standing().restriction_due


def events(desk: Desk) -> list[str]:
    return [
        json.loads(line)["event"] for line in (desk.home / "audit/office.jsonl").read_bytes().splitlines()
    ]


def test_a_home_comes_back_as_it_was_and_for_its_owner_alone(desk: Desk) -> None:
    other = restored(desk)
    before, after = release(desk), release(other)
    assert before is not None
    assert after is not None
    assert (after, after.history) == (before, before.history)
    assert len(after.history.names) == 2
    for name in ("policy.toml", "caselink.toml", "agreements/ndex.toml", "keys/naming.key", "keys/token.key"):
        assert (other.home / name).read_bytes() == (desk.home / name).read_bytes()
    assert other.done("rejects", "list", "--json").json()["lines"] != []
    assert other.done("audit", "verify").code == 0
    assert events(other)[:-2] == events(desk)
    assert events(other)[-2:] == ["restored", "restricting"]
    found = [path for top in (other.home, desk.folder / "backup") for path in top.rglob("*")]
    assert [path for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_restored_home_serves_and_adds_nothing_before_it_is_accepted(desk: Desk) -> None:
    other = restored(desk)
    assert not is_served(other)
    assert other.load(case("C-3", "NY03-0003"), name="more.jsonl").code == 0
    assert not is_served(other)
    assert (
        "Nothing is served or added until what came after it is there again: load it, withdraw again what was withdrawn"
        " by hand or at the desk, mend policy and agreements"
    ) in other.done("publish").err
    assert (is_served(other), other.seen()) == (False, {"C-1", "C-2"})
    other.done(*ACCEPT)
    assert not is_served(other)
    other.done("publish")
    assert (is_served(other), other.seen()) == (True, {"C-1", "C-2", "C-3"})
    assert "restored home accepted" in events(other)
    assert other.done(*ACCEPT).out == "This home waits for nobody.\n"


def test_accepting_rejected_lines_does_not_accept_a_restored_home(desk: Desk) -> None:
    other = restored(desk)
    other.done("rejects", "accept", "--reason", "a habit")
    other.done("publish")
    assert not is_served(other)


def test_what_was_withdrawn_since_the_backup_is_never_served_again(desk: Desk) -> None:
    folder = backed_up(desk)
    coded = C1 | {"access_codes": ["T3"]}
    desk.load(coded, name="tuesday.jsonl")
    assert desk.seen() == {"C-2"}
    other = Restored(desk.folder)
    other.done("restore", folder)
    assert not is_served(other)
    other.load(coded, name="tuesday.jsonl")
    assert (is_served(other), other.seen()) == (False, {"C-2"})
    other.done(*ACCEPT)
    other.done("publish")
    assert (is_served(other), other.seen()) == (True, {"C-2"})


def test_tokens_that_were_made_before_are_void_for_any_may_have_been_taken_back(desk: Desk) -> None:
    made = int(time.time())
    with releases(restored(desk)) as store:
        assert store.revocations().has("any", NDEX, made)
        assert not store.revocations().has("any", NDEX, int(time.time()) + 1)


def test_days_since_the_backup_count_as_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = backed_up(desk)
    other = Restored(desk.folder)
    other.done("restore", folder)
    set_clock(monkeypatch, "2026-01-01")
    assert other.run("publish").code == 2


def test_what_has_ended_since_the_backup_is_withdrawn_as_it_is_restored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = backed_up(desk)
    set_clock(monkeypatch, "2032-01-01")
    other = Restored(desk.folder)
    other.done("restore", folder)
    assert other.seen() == set()


def test_nothing_is_restored_over_anything(desk: Desk) -> None:
    folder = backed_up(desk)
    before = {path: path.read_bytes() for path in desk.home.rglob("*") if path.is_file()}
    ran = desk.run("restore", folder)
    assert (ran.code, ran.err) == (
        2,
        f"caselink: {desk.home}: is not empty, and nothing is restored over what is there; name a new folder by"
        " --home, or move this one away\n",
    )
    assert {path: path.read_bytes() for path in desk.home.rglob("*") if path.is_file()} == before


def test_a_backup_that_has_changed_is_refused_with_all_that_differs(desk: Desk) -> None:
    folder = backed_up(desk)
    (folder / "home/policy.toml").write_text("other", encoding="utf-8")
    (folder / "home/keys/token.key").unlink()
    (folder / "strange").touch()
    ran = Restored(desk.folder).run("restore", folder)
    assert (ran.code, ran.err.splitlines()[1:]) == (
        2,
        [
            "  home/keys/token.key is missing",
            "  strange is not of it",
            "  home/policy.toml has changed",
        ],
    )
    assert not (desk.folder / "restored").exists()


def test_a_backup_that_was_stopped_is_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("server.backup.write_manifest", killed)
    assert desk.run("backup", desk.folder / "backup").code == 130
    ran = Restored(desk.folder).run("restore", desk.folder / "backup")
    assert (ran.code, "a backup that was stopped has none: name a whole one" in ran.err) == (2, True)
    assert list((desk.folder / "backup").iterdir()) == []
    monkeypatch.undo()
    desk.done("backup", desk.folder / "backup")


def test_a_backup_that_was_killed_is_named_as_such(desk: Desk) -> None:
    (backed_up(desk) / "manifest.json").unlink()
    ran = desk.run("backup", desk.folder / "backup")
    assert (ran.code, ran.err) == (
        2,
        f"caselink: {desk.folder / 'backup'}: has a backup that was killed, and keys in it; delete it, or name"
        " another folder\n",
    )


def test_a_backup_is_not_made_within_the_home(desk: Desk) -> None:
    ran = desk.run("backup", desk.home / "copies" / "tuesday")
    assert (ran.code, "is in the home, so that each backup would have those before it" in ran.err) == (
        2,
        True,
    )
    assert not (desk.home / "copies").exists()


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_where_the_disk_is_full_nothing_of_a_backup_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.backup.write_manifest", _full)
    ran = desk.run("backup", desk.folder / "backup")
    assert (ran.code, ran.err) == (
        2,
        f"caselink: {desk.folder / 'backup'}: cannot be written (No space left on device), and nothing of it stays;"
        " check the disk and rights, and run this again\n",
    )
    assert list((desk.folder / "backup").iterdir()) == []


def test_where_the_disk_of_a_copy_is_full_that_disk_is_named_and_not_the_home_s(desk: Desk) -> None:
    to, said = desk.folder / "copy.sqlite", desk.folder / "said"

    def work() -> int:
        with snapshot(desk.home / "holdings.sqlite") as copy:
            resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, resource.RLIM_INFINITY))
            with pytest.raises(StoreLocked) as refused:
                copy(to)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        said.write_text(str(refused.value), encoding="utf-8")
        return 0

    assert in_child(work) == 0
    assert said.read_text(encoding="utf-8").startswith(f"{to}: the disk")


def test_where_the_disk_is_full_nothing_of_a_restored_home_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, other = backed_up(desk), Restored(desk.folder)
    with monkeypatch.context() as full:
        full.setattr("server.restoring.take_back", _full)
        ran = other.run("restore", folder)
    assert (ran.code, list(other.home.iterdir())) == (2, [])
    assert f"{other.home}: cannot be written (No space left on device)" in ran.err
    other.done("restore", folder)


def test_where_the_server_does_not_answer_nothing_of_a_restored_home_stays_either(desk: Desk) -> None:
    folder, other = backed_up(desk), Restored(desk.folder)
    settings = desk.folder / "moved.toml"
    in_files = (desk.home / "caselink.toml").read_text("utf-8")
    nowhere = '[holdings]\nurl = "bolt://127.0.0.1:1"\nuser = "neo4j"\npassword_file = "password"\n'
    settings.write_text(in_files + nowhere, "utf-8")
    private = desk.folder / "password"
    private.write_text("secret", "utf-8")
    private.chmod(0o600)
    ran = other.run("restore", folder, "--settings", settings)
    assert (ran.code, list(other.home.iterdir())) == (2, [])
    other.done("restore", folder)


def test_what_is_stopped_while_it_is_restored_is_no_home(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    folder, other = backed_up(desk), Restored(desk.folder)
    monkeypatch.setattr("server.restoring.take_back", killed)
    assert other.run("restore", folder).code == 130
    assert "no caselink home" in other.run("publish").err


def test_a_policy_that_does_not_parse_is_restored_as_well_and_waits(desk: Desk) -> None:
    (desk.home / "policy.toml").write_text("no policy", encoding="utf-8")
    other = Restored(desk.folder)
    assert other.run("restore", backed_up(desk)).code == 2
    assert not is_served(other)
    with open_holdings(other.home / "holdings.sqlite") as holdings:
        assert holdings.recall("restored") is not None


def test_a_home_that_has_loaded_nothing_can_be_backed_up(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    assert restored(desk).done("status", "--json").json()["holdings"]["held"] == {}


@pytest.mark.parametrize(
    "arguments",
    [(), ("DIR", "--accept"), ("--accept",), ("DIR", "--reason", "x"), ("--accept", "--reason", " ")],
)
def test_restoring_and_accepting_are_two_things(desk: Desk, arguments: tuple[str, ...]) -> None:
    assert run("--home", desk.home, "restore", *arguments).code == 2
