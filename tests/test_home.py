"""A home is made once, its keys are its owner's alone, and what is wrong in it is told with its path (DESIGN 5)."""

import contextlib
import stat
from pathlib import Path

import pytest

from graph.errors import HomeError, PolicyError, StoreLocked
from server.home import KEYS, Home, default, make_home, open_home
from tests.ordinary_user import as_ordinary_user


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Home:
    make_home(tmp_path / "home", neo4j=None, test=False, seed=None)
    return open_home(tmp_path / "home", {})


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_new_home_has_settings_policy_one_agreement_and_keys(home: Home) -> None:
    assert files(home.folder) == {
        *("caselink.toml", "policy.toml", "agreements/ndex.toml"),
        *(f"keys/{name}.key" for name in KEYS),
    }
    assert set(home.rules().agreements) == {"ndex"}
    assert (home.folder / "policy.toml").read_text(encoding="utf-8") == default("policy.toml")


def test_keys_can_be_read_and_written_by_their_owner_only(home: Home) -> None:
    modes = {name: stat.S_IMODE(home.key_file(name).stat().st_mode) for name in KEYS}
    assert modes == dict.fromkeys(KEYS, 0o600)
    folders = {
        name: stat.S_IMODE((home.folder / name).stat().st_mode) for name in ("keys", "rejects", "audit")
    }
    assert folders == dict.fromkeys(("keys", "rejects", "audit"), 0o700)


def test_keys_are_32_bytes_and_each_its_own(home: Home, tmp_path: Path) -> None:
    make_home(tmp_path / "other", neo4j=None, test=False, seed=None)
    other = open_home(tmp_path / "other", {})
    keys = [each.key(name) for each in (home, other) for name in KEYS]
    assert ({len(key) for key in keys}, len(set(keys))) == ({32}, 2 * len(KEYS))


def test_each_home_has_an_id_of_its_own_whatever_its_keys(tmp_path: Path) -> None:
    ids = set()
    for name in ("one", "two"):
        make_home(tmp_path / name, neo4j=None, test=True, seed="x")
        ids.add(open_home(tmp_path / name, {}).settings.home_id)
    assert (len(ids), None in ids) == (2, False)


def test_a_test_homes_keys_are_made_from_its_seed(tmp_path: Path) -> None:
    keys = {}
    for name, seed in (("one", "x"), ("two", "x"), ("three", "y")):
        make_home(tmp_path / name, neo4j=None, test=True, seed=seed)
        home = open_home(tmp_path / name, {})
        assert home.settings.test is True
        keys[name] = [home.key(key) for key in KEYS]
    assert keys["one"] == keys["two"]
    assert len({*keys["one"], *keys["three"]}) == 2 * len(KEYS)


def test_a_home_is_not_made_again_and_stays_as_it_is(home: Home) -> None:
    before = {name: (home.folder / name).read_bytes() for name in files(home.folder)}
    with pytest.raises(HomeError) as refused:
        make_home(home.folder, neo4j=None, test=True, seed="x")
    assert str(refused.value) == (
        f"{home.folder}: is a caselink home already; name another folder, or remove this one first"
    )
    assert {name: (home.folder / name).read_bytes() for name in files(home.folder)} == before


def test_a_policy_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    ours = {"policy.toml": "id = 'ours'\n", "agreements/ndex.toml": "id = 'ours'\n"}
    for name, text in ours.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    with contextlib.suppress(HomeError):
        make_home(tmp_path, neo4j=None, test=False, seed=None)
    assert {name: (tmp_path / name).read_text() for name in ours} == ours


def test_a_home_that_cannot_be_made_is_told() -> None:
    with as_ordinary_user() as folder:
        folder.chmod(0o555)
        with pytest.raises(HomeError) as refused:
            make_home(folder / "home", neo4j=None, test=False, seed=None)
        assert str(refused.value) == (
            f"{folder / 'home'}: a home cannot be made here (Permission denied); choose another folder"
        )


def test_a_folder_that_is_no_home_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(HomeError) as refused:
        open_home(tmp_path, {})
    assert (
        str(refused.value) == f"{tmp_path}: no caselink home; make one with: caselink --home {tmp_path} init"
    )


# --- keys ---


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "0 bytes, not 32"),
        (b"00" * 31, "31 bytes, not 32"),
        (b"00" * 33, "33 bytes, not 32"),
        (b"zz" * 32, "no key can be read"),
        (b"\xff" * 32, "no key can be read"),
    ],
)
def test_a_key_that_is_no_key_is_told_with_its_file(home: Home, text: bytes, told: str) -> None:
    file = home.key_file("naming")
    file.write_bytes(text)
    with pytest.raises(HomeError) as refused:
        home.release_keys()
    assert str(refused.value).startswith(f"{file}: {told}")
    assert str(refused.value).endswith("; restore it from a backup of the home")


def test_a_key_that_is_not_there_is_told_and_not_made_anew(home: Home) -> None:
    home.key_file("version").unlink()
    with pytest.raises(HomeError) as refused:
        home.release_keys()
    assert str(refused.value).startswith(f"{home.key_file('version')}: no key can be read")
    assert not home.key_file("version").exists()


def test_a_key_that_may_not_be_read_is_told() -> None:
    with as_ordinary_user() as folder:
        make_home(folder / "home", neo4j=None, test=False, seed=None)
        home = open_home(folder / "home", {})
        home.key_file("naming").chmod(0o000)
        with pytest.raises(HomeError) as refused:
            home.release_keys()
        assert str(refused.value).startswith(f"{home.key_file('naming')}: no key can be read")


# --- rules ---


def test_policy_and_agreements_are_read_anew_each_time(home: Home) -> None:
    text = (home.folder / "agreements" / "ndex.toml").read_text(encoding="utf-8")
    (home.folder / "agreements" / "county.toml").write_text(
        text.replace('"ndex"', '"county"'), encoding="utf-8"
    )
    (home.folder / "agreements" / "notes.txt").write_text("no agreement")
    assert set(home.rules().agreements) == {"ndex", "county"}
    (home.folder / "agreements" / "ndex.toml").unlink()
    assert set(home.rules().agreements) == {"county"}


@pytest.mark.parametrize("name", ["policy.toml", "agreements/ndex.toml"])
def test_a_mistake_is_told_with_its_file_and_path(home: Home, name: str) -> None:
    with (home.folder / name).open("a", encoding="utf-8") as file:
        file.write("\n[colour]\n")
    with pytest.raises(PolicyError) as refused:
        home.rules()
    assert str(refused.value).startswith(
        f"{name} does not fit; nothing was changed. Mend:\n  colour: unknown key"
    )


@pytest.mark.parametrize("name", ["policy.toml", "agreements/ndex.toml"])
def test_a_file_that_is_not_utf_8_is_told(home: Home, name: str) -> None:
    (home.folder / name).write_bytes(b"id = 'caf\xe9'\n")
    with pytest.raises(HomeError) as refused:
        home.rules()
    assert str(refused.value).startswith(f"{home.folder / name}: cannot be read (")


def test_a_policy_that_is_missing_is_told(home: Home) -> None:
    (home.folder / "policy.toml").unlink()
    with pytest.raises(HomeError) as refused:
        home.rules()
    assert str(refused.value).startswith(f"{home.folder / 'policy.toml'}: cannot be read (")


def test_a_folder_of_agreements_that_is_gone_is_told_and_an_empty_one_is_no_agreements(home: Home) -> None:
    folder = home.folder / "agreements"
    (folder / "ndex.toml").unlink()
    assert set(home.rules().agreements) == set()
    folder.rmdir()
    with pytest.raises(HomeError) as refused:
        home.rules()
    assert str(refused.value) == (
        f"{folder}: cannot be read (No such file or directory); bring it back; only an empty folder ends all agreements"
    )


def test_a_folder_of_agreements_that_may_not_be_read_is_told() -> None:
    with as_ordinary_user() as folder:
        make_home(folder / "home", neo4j=None, test=False, seed=None)
        home = open_home(folder / "home", {})
        (home.folder / "agreements").chmod(0o000)
        with pytest.raises(HomeError) as refused:
            home.rules()
        (home.folder / "agreements").chmod(0o700)
        assert str(refused.value).startswith(
            f"{home.folder / 'agreements'}: cannot be read (Permission denied)"
        )


# --- one writer ---


def test_a_home_knows_that_nobody_writes_by_its_name(home: Home) -> None:
    assert home.idle_writer() == home.writer()
    with home.alone():
        assert home.idle_writer() is None
    assert home.idle_writer() == home.writer()


def test_a_home_that_may_not_be_written_is_told() -> None:
    with as_ordinary_user() as folder:
        make_home(folder / "home", neo4j=None, test=False, seed=None)
        home = open_home(folder / "home", {})
        home.folder.chmod(0o555)
        with pytest.raises(StoreLocked) as refused, home.alone():
            pass
        home.folder.chmod(0o700)
        assert str(refused.value) == f"{home.folder}: cannot be written (Permission denied); check its rights"
