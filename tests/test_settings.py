"""`caselink.toml` is read strictly: each mistake is told with its path, and no password shows (DESIGN 5)."""

from pathlib import Path

import pytest

from graph.errors import HomeError
from server.settings import Settings, read_settings
from tests.neighbours import HOME

BY_ENVIRONMENT = {"CASELINK_NEO4J_USER": "reader", "CASELINK_NEO4J_PASSWORD": "sesame"}
HOLDINGS = '[holdings]\nurl = "neo4j://one:7687"\n'


def settings(folder: Path, text: str, environment: dict[str, str] | None = None) -> Settings:
    (folder / "caselink.toml").write_text(text, encoding="utf-8")
    return read_settings(folder / "caselink.toml", environment or {})


def told(folder: Path, text: str, environment: dict[str, str] | None = None) -> list[str]:
    """What is told of settings that do not do."""
    with pytest.raises(HomeError) as refused:
        settings(folder, text, environment)
    return str(refused.value).splitlines()


def test_an_empty_file_is_sqlite_in_the_home_and_utc(tmp_path: Path) -> None:
    read = settings(tmp_path, "")
    assert (str(read.timezone), read.test, read.holdings, read.releases) == ("UTC", False, None, None)
    assert (read.graphiql, read.introspection) == (False, None)


def test_everything_may_be_said(tmp_path: Path) -> None:
    (tmp_path / "password").write_text(" open\n")
    text = 'timezone = "America/New_York"\ntest = true\ngraphiql = true\n'
    text += f'introspection = ["ndex"]\n{HOLDINGS}[releases]\nurl = "bolt+s://two"\n'
    text += 'user = "writer"\npassword_file = "password"\n[limits]\ndepth = 9\n'
    text += "[publish]\nask_share = 1\nask_records = 5\n"
    read = settings(tmp_path, text, BY_ENVIRONMENT)
    assert (str(read.timezone), read.test, dict(read.limits)) == ("America/New_York", True, {"depth": 9})
    assert (read.graphiql, read.introspection) == (True, ("ndex",))
    assert (read.asking.ask_share, read.asking.ask_records) == (1.0, 5)
    servers = [
        (server.url, server.user, server.password)
        for server in (read.holdings, read.releases)
        if server is not None
    ]
    assert servers == [("neo4j://one:7687", "reader", "sesame"), ("bolt+s://two", "writer", "open")]


def test_a_home_of_an_earlier_version_has_no_id(tmp_path: Path) -> None:
    assert (settings(tmp_path, "").home_id, settings(tmp_path, f'home_id = "{HOME}"').home_id) == (None, HOME)


def test_a_password_does_not_show_where_settings_are_printed(tmp_path: Path) -> None:
    read = settings(tmp_path, HOLDINGS, BY_ENVIRONMENT)
    assert ("sesame" in repr(read), "neo4j://one:7687" in repr(read)) == (False, True)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("colour = 1", ["colour"]),
        ("timezone = 1", ["timezone"]),
        ("home_id = 1", ["home_id"]),
        ('home_id = ""', ["home_id"]),
        ('home_id = "0123456789ABCDEF"', ["home_id"]),
        ('home_id = "0123456789abcdef0"', ["home_id"]),
        ('home_id = "a:Held) DELETE x"', ["home_id"]),
        ('test = "yes"', ["test"]),
        ('timezone = "Mars/Olympus"', ["timezone"]),
        ('timezone = ""', ["timezone"]),
        ('timezone = "America"', ["timezone"]),
        ("publish = 1", ["publish"]),
        ("[publish]\nask_share = -0.1", ["publish.ask_share"]),
        ("[publish]\nask_share = nan", ["publish.ask_share"]),
        ("[publish]\nask_records = 0.5", ["publish.ask_records"]),
        ('timezone = "../../etc/passwd"', ["timezone"]),
        ("holdings = 1", ["holdings"]),
        ("[holdings]\n", ["holdings.url"]),
        ('[holdings]\nurl = 7\npassword = "sesame"\n', ["holdings.password", "holdings.url"]),
        ('[holdings]\nurl = "http://one"\n', ["holdings.url"]),
        ('[holdings]\nurl = "one:7687"\n', ["holdings.url"]),
        ('[holdings]\nurl = "neo4j://"\n', ["holdings.url"]),
        ('[holdings]\nurl = "neo4j://["\n', ["holdings.url"]),
        ('[holdings]\nurl = "neo4j://one:seven"\n', ["holdings.url"]),
        ('[releases]\nurl = "neo4j://one:99999"\n', ["releases.url"]),
        (f'{HOLDINGS}password_file = "missing"\nuser = "x"\n', ["holdings", "holdings.password_file"]),
        (f'{HOLDINGS}[releases]\nurl = "bolt://ONE"\n', ["releases.url"]),
        ('colour = 1\ntest = "yes"\n', ["colour", "test"]),
        ("limits = 7", ["limits"]),
    ],
)
def test_each_mistake_is_told_with_its_path(tmp_path: Path, text: str, paths: list[str]) -> None:
    first, *mistakes = told(tmp_path, text, BY_ENVIRONMENT)
    assert first == f"{tmp_path / 'caselink.toml'} does not fit:"
    assert sorted(mistake.strip().partition(": ")[0] for mistake in mistakes) == paths


@pytest.mark.parametrize(
    "environment", [{}, {"CASELINK_NEO4J_USER": "reader"}, {"CASELINK_NEO4J_PASSWORD": "x"}]
)
def test_a_server_without_user_or_password_is_told_how_to_give_them(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    assert told(tmp_path, HOLDINGS, environment)[1:] == [
        "  holdings: no user or password; set CASELINK_NEO4J_USER and CASELINK_NEO4J_PASSWORD,"
        " or user and password_file here"
    ]


def test_releases_on_the_holdings_server_are_refused(tmp_path: Path) -> None:
    text = f'{HOLDINGS}[releases]\nurl = "bolt://one"\n'
    assert told(tmp_path, text, BY_ENVIRONMENT)[1:] == [
        "  releases.url: the holdings' server; releases need another, for its users read all of it"
    ]


@pytest.mark.parametrize("text", [b"timezone = ", b"timezone = 'caf\xe9'", b"\x00"])
def test_what_is_no_toml_is_told_with_its_file(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "caselink.toml"
    file.write_bytes(text)
    with pytest.raises(HomeError) as refused:
        read_settings(file, {})
    assert str(refused.value).startswith(f"{file}: cannot be read (")
