"""`make setup` needs Python alone: it installs exact versions and the command, and does no work twice."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs make in a folder, without what the make that runs these tests would hand down."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment = inherited | {"LC_ALL": "C"}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def files() -> list[str]:
    """The files of this tree that git has or would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return list(filter(None, listed.split("\0")))


def fresh_copy(folder: Path) -> Path:
    """These files, in a folder of their own."""
    for name in files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def test_no_home_is_in_the_tree_and_git_takes_in_none_where_commands_make_them() -> None:
    keys = {name for name in files() if name.endswith((".key", ".sqlite", ".sqlite.readers"))}
    made = ["caselink-home/caselink.toml", "caselink-demo/sample.jsonl", "H/keys/naming.key"]
    ignored = subprocess.run(
        ["git", "check-ignore", *made], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (keys, ignored.stdout.split()) == (set(), made)


def test_an_older_python_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    old_python = tmp_path / "python3.9"
    old_python.write_text("#!/bin/sh\nexit 1\n")
    old_python.chmod(0o755)

    refused = make(tmp_path, "setup", "PYTHON=./python3.9")

    assert refused.returncode == 2
    assert refused.stderr.splitlines()[0] == (
        "caselink needs Python 3.11 or later as `./python3.9`; "
        "name another one with: make setup PYTHON=python3.12"
    )
    assert not (tmp_path / ".venv").exists()


def test_the_lock_file_pins_every_package_by_hash_and_names_no_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    entries = [entry for entry in re.split(r"\n(?=[a-z])", lock) if not entry.startswith("#")]
    pinned = re.compile(
        r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==[^ ]+( ; [^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n?)+"
    )

    assert [entry for entry in entries if not pinned.fullmatch(entry)] == []
    assert "://" not in lock


def test_the_lock_file_names_the_extras_that_packages_ask_of_each_other() -> None:
    """Else pip takes the newest version for the extra, for which there is no hash, once there is a newer one."""
    lock = (ROOT / "requirements.lock").read_text()
    pinned = dict(re.findall(r"(?m)^([a-z0-9.-]+)(?:\[([a-z0-9,-]+)\])?==", lock))
    asked = {
        (canonicalize_name(needed.name), extra)
        for name in pinned
        for needed in map(Requirement, requires_of(name))
        for extra in needed.extras
        if needed.marker is None or needed.marker.evaluate({"extra": ""})
    }
    assert {(name, extra) for name, extras in pinned.items() for extra in extras.split(",") if extra} == asked


def requires_of(name: str) -> list[str]:
    """What an installed package asks for; nothing of one that is for other machines."""
    with suppress(PackageNotFoundError):
        return requires(name) or []
    return []


@pytest.mark.long
def test_a_fresh_copy_is_set_up_once_and_has_the_command(tmp_path: Path) -> None:
    copy = fresh_copy(tmp_path)

    first = make(copy, "setup")
    assert (first.returncode, first.stderr) == (0, "")
    command = [str(copy / ".venv/bin/caselink"), "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (shown.returncode, shown.stderr) == (0, "")

    second = make(copy, "setup")
    assert (second.returncode, second.stdout) == (0, "make: Nothing to be done for 'setup'.\n")
