"""`caselink token`: for whom, how long, and what no token is made of (DESIGN 5)."""

import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from graph.officer import Officer, Role
from server.auth import Tokens
from server.office.tokens import OfficeTokens
from tests.command_line import Desk
from tests.office_client import KEY

MOST = 24 * 366


def refused(desk: Desk, *arguments: str) -> str:
    """The sentence of a token that is not made."""
    ran = desk.run("token", *arguments)
    assert (ran.code, ran.out) == (2, "")
    return ran.err.removeprefix("caselink: ").removesuffix("\n")


@pytest.mark.parametrize("hours", [0.5, 8, MOST])
def test_a_token_is_good_for_so_many_hours(desk: Desk, hours: float) -> None:
    made = desk.done("token", "--agreement", "ndex", "--user", "analyst", "--hours", str(hours)).out.strip()
    claims = jwt.decode(made, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == timedelta(hours=hours).total_seconds()


@pytest.mark.parametrize("hours", ["inf", "-inf", "nan", "1e+12", "0", "-1", "8784.1"])
def test_hours_that_are_none_or_too_many_are_refused(desk: Desk, hours: str) -> None:
    assert refused(desk, "--agreement", "ndex", "--user", "analyst", "--hours", hours) == (
        f"--hours {hours}: name more than 0 and at most 8784 (366 days)"
    )


@pytest.mark.parametrize("name", ["", " ", "\t"])
def test_a_blank_name_is_refused(desk: Desk, name: str) -> None:
    told = refused(desk, "--agreement", "ndex", "--user", name)
    assert told == "--user: is blank; name who the token is for"
    told = refused(desk, "--office", name, "--role", "agent", "--user", "x")
    assert told == "--office: is blank; name who the token is for"


@pytest.mark.parametrize(
    "name",
    [
        "kim\u200b",
        "k\u00adim",
        "\uff4b\uff49\uff4d",
        "Jose\u0301",
        "kim  lee",
        "kim\u00a0lee",
        "kim\u034f",
        "kim\ufe0f",
        "\u0430nn",
        "ann \u043e'neill",
        "\u0441\u043e\u0440\u0435",
        "агент",
        "李",
        "\u0251nn",
        "a\u01c0",
        "kim\u0661",
        "o\u2019neill",
    ],
)
def test_a_name_that_could_be_taken_for_another_officers_gets_no_token_and_its_token_will_not_do(
    desk: Desk, name: str
) -> None:
    told = refused(desk, "--office", "SAC-NY", "--role", "agent", "--user", name)
    assert told == (
        f"--user {name!a}: could be taken for another name; write it with single spaces, composed Latin"
        " letters (NFKC), and otherwise in ASCII"
    )
    made = Tokens(KEY).office("SAC-NY", "agent", name, 1, datetime.now(UTC))
    assert OfficeTokens(KEY, frozenset).officer([f"Bearer {made}"]) is None
    with pytest.raises(ValueError, match="could be taken for another user's name"):
        Officer(name, "SAC-NY", frozenset({Role.AGENT}))


@pytest.mark.parametrize(
    "name", ["kim", " The CHIEF ", "Jos\u00e9", "Łukasz", "Nguyễn", "ann@agency.example"]
)
def test_a_name_in_plain_latin_letters_makes_an_officer(desk: Desk, name: str) -> None:
    made = desk.done("token", "--office", "SAC-NY", "--role", "agent", "--user", name).out.strip()
    assert jwt.decode(made, options={"verify_signature": False})["sub"] == name
    officer = Officer(name, "SAC-NY", frozenset({Role.AGENT}))
    assert officer.person == name.strip().casefold()


def test_that_a_token_was_made_stands_in_the_audit_log_and_the_token_does_not(desk: Desk) -> None:
    ran = desk.done("token", "--agreement", "ndex", "--user", "ana", "--json").json()
    text = (desk.home / "audit" / "office.jsonl").read_text(encoding="utf-8")
    line = json.loads(text.splitlines()[-1])
    claims = jwt.decode(ran["token"], options={"verify_signature": False})
    assert {name: line[name] for name in ("event", "jti", "sub", "agreement", "exp")} == {
        "event": "token made",
        "jti": ran["token_id"],
        "sub": "ana",
        "agreement": "ndex",
        "exp": claims["exp"],
    }
    assert ran["token"] not in text
