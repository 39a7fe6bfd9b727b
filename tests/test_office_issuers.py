"""The agency's own identity provider says who an officer is: user, office and roles, by the claims written down."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import HomeError
from graph.officer import Officer, Role
from server.home import open_home
from server.office.issuers import OfficeIssuer, OfficerTable, WhoOfficer, read_office_issuers
from server.office.tokens import OfficeTokens
from tests.command_line import Desk
from tests.office_client import KEY, Who
from tests.test_issuers import ISSUER, KEY_SET, KEYS, RSA, signed

TABLE = OfficerTable(ISSUER, "caselink", "keys.json", user="email", role="roles")


def who(*revoked: str) -> WhoOfficer:
    return WhoOfficer(OfficeTokens(KEY, lambda: frozenset(revoked)), [OfficeIssuer(TABLE, KEYS)])


def officer(made: str, *revoked: str) -> Officer | None:
    return who(*revoked).officer([f"Bearer {made}"])


def made(**changed: Any) -> str:
    claims = {"email": "ann@agency.example", "office": "SAC-NY", "roles": ["agent", "quality"]}
    return signed(**claims | changed)


def test_a_token_of_the_provider_names_user_office_and_roles() -> None:
    roles = frozenset({Role.AGENT, Role.QUALITY})
    told = [officer(made()), officer(made(roles="quality agent"))]
    assert told == [Officer("ann@agency.example", "SAC-NY", roles, "7f")] * 2


@pytest.mark.parametrize(
    "changed",
    [
        {"email": None},
        {"email": " "},
        {"email": "ann\u200b@agency.example"},
        {"email": "Jose\u0301"},
        {"office": None},
        {"office": ["SAC-NY"]},
        {"roles": None},
        {"roles": []},
        {"roles": ["agent", "king"]},
        {"roles": {"agent": True}},
        {"roles": [["agent"]]},
        {"aud": ["caselink"]},
        {"aud": "caselink-county"},
        {"iss": "https://login.other.example"},
        {"exp": 1},
        {"key": RSA, "algorithm": "RS256"},
    ],
)
def test_a_token_that_lacks_something_will_not_do(changed: dict[str, Any]) -> None:
    assert officer(made(**changed)) is None


def test_the_agencys_own_tokens_go_on_and_both_are_taken_back() -> None:
    own = officer(Who("a.b", "SAC-LA", "agent").token())
    assert own is not None
    assert (own.user, own.office, own.roles) == ("a.b", "SAC-LA", frozenset({Role.AGENT}))
    assert [officer(made(), "7f"), officer(Who().token(), own.token) is None] == [None, False]


def officers(tmp_path: Path, text: str) -> list[OfficeIssuer]:
    desk = Desk(tmp_path)
    desk.done("init")
    (desk.home / "jwks.json").write_text(json.dumps(KEY_SET), encoding="utf-8")
    with (desk.home / "caselink.toml").open("a", encoding="utf-8") as settings:
        settings.write(text)
    return read_office_issuers(open_home(desk.home, {}))


ONE = f'[[officers]]\nissuer = "{ISSUER}"\naudience = "office"\njwks = "jwks.json"\n'


def test_providers_are_read_from_the_settings(tmp_path: Path) -> None:
    [issuer] = officers(tmp_path, ONE)
    assert issuer.table == OfficerTable(ISSUER, "office", "jwks.json", "sub", "office", "role")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ONE + ONE, "officers[1]: this issuer and audience are named before"),
        (ONE.replace("officers", "issuers") + 'agreement = "ndex"\n' + ONE, "officers[0]: this issuer"),
        (ONE.replace("jwks.json", "gone.json"), "officers[0].jwks: gone.json: no public keys"),
        (ONE.replace(ISSUER, "caselink"), "officers[0].issuer: 'caselink' is no provider's name"),
        (ONE + 'agreement = "ndex"\n', "officers[0].agreement"),
    ],
)
def test_a_provider_that_does_not_fit_is_a_mistake_with_its_path(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(HomeError) as refused:
        officers(tmp_path, text)
    assert told in str(refused.value)
