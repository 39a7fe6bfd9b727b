"""`caselink.toml`: where the stores are, the time zone, the limits. Strict: an unknown key is a mistake with its path.

Read once, where a command starts, and handed on; nothing reads the environment later.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from graph.errors import HomeError
from graph.questions import Asking
from graph.stores.home_labels import HomeId, home_id
from graph.strict import read_table

UNLESS_SAID: Final = Asking()
USER: Final = "CASELINK_NEO4J_USER"
PASSWORD: Final = "CASELINK_NEO4J_PASSWORD"
_HOST: Final = re.compile(r"[\w.:-]+", re.ASCII)
SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


class _Server(msgspec.Struct, frozen=True):
    url: str
    user: str | None = None
    password_file: str | None = None


class Algorithm(StrEnum):
    """How the agency's own tokens are signed, as a token's header has it."""

    HS256 = "HS256"
    EDDSA = "EdDSA"


class TokensTable(msgspec.Struct, frozen=True):
    """`[tokens]`: how the agency's own tokens are signed."""

    algorithm: Algorithm = Algorithm.HS256


class _Settings(msgspec.Struct, frozen=True):
    home_id: str | None = None
    timezone: str = "UTC"
    test: bool = False
    graphiql: bool = False
    json_log: bool = False
    introspection: tuple[str, ...] | None = None
    holdings: dict[str, Any] | None = None
    releases: dict[str, Any] | None = None
    limits: dict[str, Any] = {}
    publish: dict[str, Any] = {}
    audit: dict[str, Any] = {}
    tokens: dict[str, Any] = {}
    issuers: list[dict[str, Any]] = []
    officers: list[dict[str, Any]] = []


@dataclass(frozen=True, slots=True)
class Server:
    """A Neo4j server and who we are there."""

    url: str
    user: str
    password: str
    password_file: Path | None

    def __repr__(self) -> str:
        """Without the password: this may end up in a log."""
        return f"Server({self.url!r}, {self.user!r})"


@dataclass(frozen=True, slots=True)
class Settings:
    """What caselink.toml says. A server that is None is a SQLite file in the home.

    home_id: whose what is in a Neo4j is, there; None: a home of an earlier version, which has none.
    introspection: the agreements that may ask for the schema; None: every one.
    """

    timezone: ZoneInfo
    test: bool
    holdings: Server | None
    releases: Server | None
    limits: Mapping[str, Any]
    asking: Asking = UNLESS_SAID
    graphiql: bool = False
    audit: Mapping[str, Any] = field(default_factory=dict)
    introspection: tuple[str, ...] | None = None
    algorithm: Algorithm = Algorithm.HS256
    issuers: Sequence[Mapping[str, Any]] = ()
    json_log: bool = False
    officers: Sequence[Mapping[str, Any]] = ()
    home_id: HomeId | None = None


def read_settings(path: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of a home. Raises HomeError with every mistake."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise HomeError(
            f"{path.parent}: no caselink home; make one with: caselink --home {path.parent} init"
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HomeError(f"{path}: cannot be read ({error}); mend it or its rights") from error
    mistakes: list[str] = []
    raw = read_table(_Settings, tables, "", mistakes)
    settings = None if raw is None else _settings(raw, path.parent, environment, mistakes)
    if settings is None or mistakes:
        raise unfit(path, mistakes)
    return settings


def unfit(path: Path, mistakes: Sequence[str]) -> HomeError:
    """What is raised of a file of settings that has mistakes: all of them at once."""
    return HomeError(f"{path} does not fit:" + "".join(f"\n  {mistake}" for mistake in mistakes))


def _settings(
    raw: _Settings, home: Path, environment: Mapping[str, str], mistakes: list[str]
) -> Settings | None:
    holdings = _server(raw.holdings, "holdings", home, environment, mistakes)
    releases = _server(raw.releases, "releases", home, environment, mistakes)
    if holdings is not None and releases is not None and place(holdings.url) == place(releases.url):
        mistakes.append(
            "releases.url: the holdings' server; releases need another, for its users read all of it"
        )
    try:
        zone = ZoneInfo(raw.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        mistakes.append(f"timezone: no time zone is called {raw.timezone}; write one like America/New_York")
        return None
    own = None if raw.home_id is None else home_id(raw.home_id)
    if raw.home_id is not None and own is None:
        mistakes.append("home_id: 16 digits of 0123456789abcdef; one that is new is written by caselink init")
    asking = read_table(Asking, raw.publish, "publish", mistakes, stand_in=Asking()) or Asking()
    tokens = read_table(TokensTable, raw.tokens, "tokens", mistakes) or TokensTable()
    return Settings(
        zone,
        raw.test,
        holdings,
        releases,
        raw.limits,
        asking,
        raw.graphiql,
        raw.audit,
        raw.introspection,
        tokens.algorithm,
        raw.issuers,
        raw.json_log,
        raw.officers,
        own,
    )


def _server(
    table: object, name: str, home: Path, environment: Mapping[str, str], mistakes: list[str]
) -> Server | None:
    raw = None if table is None else read_table(_Server, table, name, mistakes)
    if raw is None:
        return None
    if not is_address(raw.url):
        mistakes.append(f"{name}.url: no address of a Neo4j server; write one like neo4j://host:7687")
        return None
    file = None if raw.password_file is None else home / raw.password_file
    user = raw.user or environment.get(USER)
    password = environment.get(PASSWORD) if file is None else _password(file, name, mistakes)
    if not user or not password:
        mistakes.append(
            f"{name}: no user or password; set {USER} and {PASSWORD}, or user and password_file here"
        )
        return None
    return Server(raw.url, user, password, file)


def _password(file: Path, name: str, mistakes: list[str]) -> str | None:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        mistakes.append(f"{name}.password_file: {file} cannot be read ({error})")
        return None


def is_address(url: str) -> bool:
    """Whether a Neo4j server can be meant."""
    try:
        parts = urlsplit(url)
        return parts.scheme in SCHEMES and bool(_HOST.fullmatch(parts.hostname or "")) and parts.port != 0
    except ValueError:
        return False


def place(url: str) -> tuple[str | None, int]:
    """The host and the port of an address."""
    parts = urlsplit(url)
    return parts.hostname, parts.port or 7687
