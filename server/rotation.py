"""New keys for a home: other ids and versions, cursors and tokens that are void, and the same releases.

The new keys are written beside the old ones first, and take their place when every release is made with them. Stopped
at any step, it is finished by the next command on the home. Meanwhile readers find releases that their keys do not fit,
and serve nothing. The old naming key is kept among the retired ones, for `audit disclosures`.
"""

import os
import secrets
import shutil
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from graph.errors import HomeError
from graph.keys import ReleaseKeys
from graph.model import AgreementId
from graph.readers import await_readers
from graph.rekeying import rekey
from server.home import KEY_BYTES, Home, read_key
from server.settings import Algorithm
from server.stores import open_holdings, open_releases
from server.token_keys import write_public_key
from server.turns import turn

ROTATED: Final = ("naming", "version", "cursor")
_NEXT: Final = "next"


def is_begun(home: Home) -> bool:
    """Whether there are new keys that are not in their place yet."""
    return _next(home).is_dir()


def begin(home: Home, names: Sequence[str]) -> None:
    """Write new keys beside the old ones, all of them or none. Hold the home's lock."""
    part = home.folder / "keys" / f"{_NEXT}.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        (part / "keys").mkdir(mode=0o700, parents=True)
        for name in names:
            _write(part / "keys" / f"{name}.key", secrets.token_bytes(KEY_BYTES))
        if "token" in names and home.settings.algorithm is Algorithm.EDDSA:
            write_public_key(part)
        os.rename(part, _next(home))
        _to_disk(home.folder / "keys")
    except OSError as error:
        raise HomeError(f"{part}: cannot be written ({error}); check the disk and rights") from error


def finish(home: Home) -> list[AgreementId]:
    """Make every release with the new keys, and put these in their place. Hold the home's lock.

    Returns the releases that have to be published again, for something of them is no longer held.
    """
    keys = home.folder / "keys"
    dropped = _rekey(home) if _new(home, "naming").exists() else []
    for name in ("naming.key", "version.key", "cursor.key", "token.pub", "token.key"):
        new = _next(home) / "keys" / name
        if new.exists():
            os.replace(new, keys / name)
    _to_disk(keys)
    shutil.rmtree(_next(home))
    return dropped


def _rekey(home: Home) -> list[AgreementId]:
    old = home.release_keys()
    new = ReleaseKeys(naming=read_key(_new(home, "naming")), version=read_key(_new(home, "version")))
    with (
        open_holdings(home) as holdings,
        turn(home, holdings.turns),
        closing(open_releases(home, new)) as releases,
        turn(home, releases.turns),
    ):
        dropped = rekey(holdings, releases, old, new)
        await_readers(releases, time.monotonic, time.sleep)
    _retire(home)
    return dropped


def _retire(home: Home) -> None:
    """Keep the naming key that goes, once."""
    if home.key("naming") in home.naming_keys()[1:]:
        return
    retired = home.folder / "keys" / "retired"
    retired.mkdir(mode=0o700, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    part = retired / f".{stamp}"
    _write(part, home.key("naming"))
    os.rename(part, retired / f"naming-{stamp}.key")
    _to_disk(retired)


def _next(home: Home) -> Path:
    return home.folder / "keys" / _NEXT


def _new(home: Home, name: str) -> Path:
    return _next(home) / "keys" / f"{name}.key"


def _write(path: Path, key: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def _to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
