"""A home: settings, policy, agreements, keys, and by default the stores' files. This is where they are found and made.

caselink.toml   policy.toml   agreements/*.toml
keys/naming.key   version.key   cursor.key   token.key       readable by their owner only
holdings.sqlite   releases.sqlite   rejects/   audit/   lock   lock.first
"""

import hashlib
import os
import platform
import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from graph.agreement import read_agreements
from graph.draft import Rules
from graph.errors import HomeError, StoreLocked
from graph.keys import ReleaseKeys
from graph.policy_file import read_policy
from server.home_lock import LOCK, is_free, locked
from server.settings import Settings, is_address, read_settings

KEYS: Final = ("naming", "version", "cursor", "token")
KEY_BYTES: Final = 32
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Home:
    """A folder that is a home, and its settings."""

    folder: Path
    settings: Settings

    @property
    def holdings_file(self) -> Path:
        """Where holdings are kept if no server is named."""
        return self.folder / "holdings.sqlite"

    @property
    def releases_file(self) -> Path:
        """Where releases are kept if no server is named."""
        return self.folder / "releases.sqlite"

    @property
    def rejects(self) -> Path:
        """The folder of rejected lines."""
        return self.folder / "rejects"

    def key_file(self, name: str) -> Path:
        """The file of one of KEYS."""
        return self.folder / "keys" / f"{name}.key"

    def key(self, name: str) -> bytes:
        """One of KEYS."""
        return read_key(self.key_file(name))

    def release_keys(self) -> ReleaseKeys:
        """What the publisher needs."""
        return ReleaseKeys(naming=self.key("naming"), version=self.key("version"))

    def naming_keys(self) -> list[bytes]:
        """Every key that ids were made with: the current one, then those that were retired, the latest first."""
        retired = sorted((self.folder / "keys" / "retired").glob("naming-*.key"), reverse=True)
        return [self.key("naming"), *map(read_key, retired)]

    def rules(self) -> Rules:
        """Policy and agreements as they are on file now. Raises PolicyError with every mistake."""
        policy = read_policy(_text(self.folder / "policy.toml"))
        return Rules(policy, read_agreements(self.agreement_texts(), policy))

    def agreement_texts(self) -> dict[str, str]:
        """The agreement files by name. Raises HomeError where there is no folder of them, be it an empty one."""
        folder = self.folder / "agreements"
        try:
            names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
        except OSError as error:
            # An agreement that is not on file loses its release; a folder that is lost is no such decision.
            raise HomeError(
                f"{folder}: cannot be read ({error.strerror}); bring it back; only an empty folder ends all agreements"
            ) from error
        return {f"agreements/{name}": _text(folder / name) for name in names}

    def writer(self) -> str:
        """Names this home's lock on this machine since it was started: one who holds the lock writes by this name.

        It is a digest, for it stands in the store of releases too, where a partner process could read it.
        """
        lock = (self.folder / LOCK).stat()
        machine = _text(_BOOT) if _BOOT.exists() else platform.node()
        return hashlib.blake2b(f"{machine}:{lock.st_dev}:{lock.st_ino}".encode(), digest_size=16).hexdigest()

    def idle_writer(self) -> str | None:
        """The name by which this home writes, where nobody does: who has a turn by it was killed; else None."""
        try:
            return self.writer() if is_free(self.folder) else None
        except StoreLocked:  # whoever only looks need not have the right
            return None

    def alone(
        self,
        doing: str = "another caselink command",
        tell: Callable[[str], None] | None = None,
        *,
        first: bool = False,
    ) -> AbstractContextManager[None]:
        """While this lasts no other command writes to this home; the arguments are `home_lock.locked`'s."""
        return locked(self.folder, doing, tell, first=first)


def open_home(folder: Path, environment: Mapping[str, str]) -> Home:
    """The home in this folder."""
    return Home(folder, read_settings(folder / "caselink.toml", environment))


def make_home(folder: Path, *, neo4j: str | None, test: bool, seed: str | None) -> None:
    """A new home: settings, the default policy, one sample agreement, keys. A folder that is one is left as it is."""
    if (folder / "caselink.toml").exists():
        raise HomeError(
            f"{folder}: is a caselink home already; name another folder, or remove this one first"
        )
    if neo4j is not None and not is_address(neo4j):
        raise HomeError(f"--neo4j {neo4j}: no address of a Neo4j server; write one like neo4j://host:7687")
    try:
        for part in ("keys", "agreements", "rejects", "audit", "audit/partner", "audit/heads", "audit/reads"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        for part in ("keys", "rejects", "audit", "audit/partner", "audit/heads", "audit/reads"):
            (folder / part).chmod(0o700)
        for name in KEYS:
            _write_key(folder / "keys" / f"{name}.key", name, seed)
        _write_new(folder / "policy.toml", default("policy.toml"))
        if not any((folder / "agreements").glob("*.toml")):
            _write_new(folder / "agreements" / "ndex.toml", default("ndex.toml"))
        (folder / "caselink.toml").write_text(_settings_text(neo4j, test), encoding="utf-8")
    except OSError as error:
        raise HomeError(
            f"{folder}: a home cannot be made here ({error.strerror}); choose another folder"
        ) from error


def default(name: str) -> str:
    """A file that a new home starts with."""
    return files("server").joinpath("defaults", name).read_text(encoding="utf-8")


def _settings_text(neo4j: str | None, test: bool) -> str:
    lines = [
        'timezone = "UTC"          # days begin and end here',
        f'home_id = "{secrets.token_hex(8)}" # what is this home\'s in Neo4j ends so; it stays',
    ]
    if test:
        lines.append("test = true               # the clock and the keys can be set; never for real data")
    if neo4j is not None:
        lines += [
            "",
            "[holdings]                # user and password: from the environment, or user and password_file",
        ]
        lines.append(f'url = "{neo4j}"')
    return "\n".join(lines) + "\n"


def _write_new(file: Path, text: str) -> None:
    """Rules that are there already stay: they are someone's work."""
    if not file.exists():
        file.write_text(text, encoding="utf-8")


def _write_key(file: Path, name: str, seed: str | None) -> None:
    key = secrets.token_bytes(KEY_BYTES)
    if seed is not None:
        key = hashlib.blake2b(f"{name}\0{seed}".encode(), digest_size=KEY_BYTES).digest()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as opened:
        opened.write(key.hex() + "\n")


def read_key(file: Path) -> bytes:
    """The key in a file: 32 bytes. Raises HomeError."""
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise HomeError(
            f"{file}: no key can be read ({error}); restore it from a backup of the home"
        ) from error
    if len(key) != KEY_BYTES:
        raise HomeError(f"{file}: {len(key)} bytes, not {KEY_BYTES}; restore it from a backup of the home")
    return key


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise HomeError(f"{path}: cannot be read ({error}); mend it or its rights") from error
