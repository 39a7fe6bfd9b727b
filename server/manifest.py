"""What a backup is made of, and by what it is known to be whole: the size and the hash of each of its files.

It is written last, so a backup that was stopped half-way has none and is none.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from graph.errors import Unreadable
from server.whole_file import write_whole

NAME: Final = "manifest.json"
HOME: Final = "home"
HOLDINGS: Final = "holdings.sqlite"
RELEASES: Final = "releases.sqlite"


class Hashed(msgspec.Struct, frozen=True):
    """A file. blake2b: of 256 bits, in hex."""

    bytes: int
    blake2b: str


class Manifest(msgspec.Struct, frozen=True):
    """made: when, UTC. files: by their paths within the backup."""

    made: str
    files: dict[str, Hashed]


def write_manifest(folder: Path, made: str) -> Manifest:
    """Hash the files that are there and write the manifest, all of it on the disk before this returns."""
    manifest = Manifest(made, {name: _hashed(folder / name) for name in _files(folder)})
    for name in manifest.files:
        _to_disk(folder / name)
    text = msgspec.json.encode(manifest, order="deterministic")
    write_whole(folder / NAME, msgspec.json.format(text) + b"\n")
    _to_disk(folder / NAME)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup that is whole, to the byte. Raises Unreadable with what differs."""
    try:
        manifest = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise Unreadable(
            f"{folder / NAME}: cannot be read ({error}); a backup that was stopped has none: name a whole one"
        ) from error
    there = set(_files(folder))
    missing = [f"{name} is missing" for name in sorted(manifest.files.keys() - there)]
    strange = [f"{name} is not of it" for name in sorted(there - manifest.files.keys())]
    known = sorted(there & manifest.files.keys())
    changed = [f"{name} has changed" for name in known if _hashed(folder / name) != manifest.files[name]]
    if wrong := [*missing, *strange, *changed]:
        listed = "".join(f"\n  {each}" for each in wrong)
        raise Unreadable(f"{folder}: is not the backup that was made; nothing was restored:{listed}")
    return manifest


def _files(folder: Path) -> Iterator[str]:
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return (name for name in sorted(names) if name != NAME)


def _hashed(path: Path) -> Hashed:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32))
    return Hashed(path.stat().st_size, digest.hexdigest())


def _to_disk(path: Path) -> None:
    for place in (path, path.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
