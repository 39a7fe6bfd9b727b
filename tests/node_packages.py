"""The packages of a folder's package-lock.json, brought once into a cache outside the repository.

A copy of the folder's scripts stands beside them there, for Node looks for packages beside the script. The cache is
named for what the folder holds, so that another lock or another script is another cache; it takes its name only when it
is whole.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path


class CannotRun(Exception):
    """Node or npm is not here, or the packages could not be fetched; `str()` of it is the sentence to show."""


def cached(folder: Path) -> Path:
    """The folder's copy, with its packages. Raises CannotRun."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise CannotRun(f"{program} is not here; `make prepare` brings it, or names what to install")
    files = sorted(path for path in folder.iterdir() if path.suffix in (".json", ".js"))
    digest = hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()
    place = _caches() / f"{folder.name}-{digest[:16]}"
    if not place.exists():
        _fetch(files, place)
    return place


def _fetch(files: list[Path], place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as made:
        filling = Path(made) / "filling"
        filling.mkdir()
        for path in files:
            shutil.copy(path, filling)
        fetched = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=filling,
            capture_output=True,
            text=True,
            check=False,
        )
        if fetched.returncode != 0:
            raise CannotRun(
                f"npm could not fetch the packages of {files[0].parent}: {fetched.stderr.strip()}"
            )
        _name(filling, place)


def _name(filling: Path, place: Path) -> None:
    """Give a whole folder its name, unless another process that fetched at the same time was first."""
    try:
        filling.rename(place)
    except OSError:
        if not place.exists():
            raise


def _caches() -> Path:
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (stated if stated.is_absolute() else Path.home() / ".cache") / "caselink" / "node"
