"""Brings the published jars of Neo4j into a cache outside the repository, and lets no others be started.

The jars are those of `pom.xml`, fetched by Maven; `jars.sha256` says what each must be, byte for byte. They are
compared after the fetch and again for every new server (a tenth of a second for 123 MB). A fetch fills a temporary
folder, which takes its name only when it is whole and right: what was half fetched is never started.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.neo4j_server.errors import CannotStart

VERSION = "5.26.30"
HERE = Path(__file__).parent
POM = HERE / "pom.xml"
SUMS = HERE / "jars.sha256"


def published_sums() -> dict[str, str]:
    """The sha256 of each jar in hexadecimal, by its file name."""
    lines = (line.split() for line in SUMS.read_text(encoding="ascii").splitlines())
    return {name: digest for digest, name in lines}


def cache_folder() -> Path:
    """Where the jars are kept on this machine: under `XDG_CACHE_HOME` (else `~/.cache`), shared by all checkouts."""
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    caches = stated if stated.is_absolute() else Path.home() / ".cache"
    return caches / "caselink" / f"neo4j-{VERSION}" / "lib"


def checked_jars(folder: Path, sums: Mapping[str, str]) -> list[Path]:
    """The jars of `folder` in the order of their names, fetched if the folder is not there.

    CannotStart if they cannot be fetched, or are not exactly those of `sums`.
    """
    if not folder.exists():
        _fetch(folder, sums)
    wrong = difference(folder, sums)
    if wrong:
        raise CannotStart(
            f"{folder} does not hold the published Neo4j {VERSION}: {wrong}. Delete that folder and start again."
        )
    return [folder / name for name in sorted(sums)]


def difference(folder: Path, sums: Mapping[str, str]) -> str | None:
    """The first thing wrong with the files of `folder`, in a few words; None if they are exactly those of `sums`."""
    present = {path.name for path in folder.iterdir()}
    if missing := sorted(sums.keys() - present):
        return f"{missing[0]} is missing"
    if foreign := sorted(present - sums.keys()):
        return f"{foreign[0]} is not one of its jars"
    changed = (name for name in sorted(sums) if _sha256(folder / name) != sums[name])
    return next((f"{name} has other bytes than were published" for name in changed), None)


def _sha256(path: Path) -> str:
    with path.open("rb") as jar:
        return hashlib.file_digest(jar, "sha256").hexdigest()


def _fetch(folder: Path, sums: Mapping[str, str]) -> None:
    print(f"Fetching the jars of Neo4j {VERSION} (123 MB, once) into {folder}", file=sys.stderr)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="being-fetched-", dir=folder.parent) as workplace:
            fetched = Path(workplace) / "lib"
            _copy_by_maven(fetched)
            wrong = difference(fetched, sums)
            if wrong:
                raise CannotStart(f"Maven brought jars that {SUMS.name} does not list: {wrong}.")
            _name(fetched, folder)
    except OSError as error:
        raise CannotStart(f"The jars of Neo4j cannot be kept in {folder}: {error.strerror}.") from error


def _copy_by_maven(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotStart(
            "The jars of Neo4j are fetched by Maven, which is not here: install it (on Debian: apt-get install maven)."
        )
    command = [maven, "-B", "-q", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime"]
    ran = subprocess.run(
        [*command, f"-DoutputDirectory={folder}"], capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        raise CannotStart(f"Maven could not fetch the jars of Neo4j: {_first_error(ran.stdout + ran.stderr)}")


def _first_error(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("[ERROR]").strip() for line in lines if line.startswith("[ERROR]")]
    return next(iter(errors or lines[-1:]), "it does not say why.")


def _name(fetched: Path, folder: Path) -> None:
    """Give a whole folder its name, unless another process that fetched at the same time was first."""
    try:
        fetched.rename(folder)
    except OSError:
        if not folder.exists():
            raise
