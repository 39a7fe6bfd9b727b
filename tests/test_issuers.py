"""A partner's identity provider says who a user is, for the one agreement that the agency wrote down."""

import json
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from graph.errors import HomeError
from graph.model import AgreementId
from server.auth import Bearer
from server.home import open_home
from server.issuers import Issuer, Who, read_issuers
from server.jwks import FromFile
from tests.command_line import Desk
from tests.partner_client import TOKENS, token
from tests.partner_world import COUNTY, NDEX

ISSUER = "https://login.partner.example"
RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
EDDSA = Ed25519PrivateKey.generate()
OTHER = Ed25519PrivateKey.generate()
SECRET = b"s" * 32
NOW = datetime.now(UTC).replace(microsecond=0)


def jwk(algorithm: Any, key: Any, kid: str, **more: Any) -> dict[str, Any]:
    return {**algorithm.to_jwk(key, as_dict=True), "kid": kid, "use": "sig", **more}


KEY_SET = {
    "keys": [
        jwk(jwt.algorithms.RSAAlgorithm, RSA.public_key(), "rsa", alg="RS256"),
        jwk(jwt.algorithms.ECAlgorithm, EC.public_key(), "ec"),
        jwk(jwt.algorithms.OKPAlgorithm, EDDSA.public_key(), "ed"),
        jwk(jwt.algorithms.OKPAlgorithm, OTHER.public_key(), "for encryption", use="enc"),
        jwk(jwt.algorithms.HMACAlgorithm, SECRET, "secret"),
    ]
}
KEYS = FromFile(json.dumps(KEY_SET).encode())
WHO = Who(
    TOKENS,
    [
        Issuer(ISSUER, "caselink", NDEX, "sub", KEYS),
        Issuer(ISSUER, "caselink-county", COUNTY, "email", KEYS),
    ],
)


def signed(
    key: Any = EDDSA, algorithm: str = "EdDSA", kid: Any = "ed", headers: Any = None, **changed: Any
) -> str:
    """A provider's token that will do, with some claims changed; one that is None is left out."""
    whole = {
        "iss": ISSUER,
        "aud": "caselink",
        "sub": "ana",
        "iat": NOW - timedelta(minutes=1),
        "exp": NOW + timedelta(hours=1),
        "jti": "7f",
    }
    claims = {name: value for name, value in {**whole, **changed}.items() if value is not None}
    head = {**(headers or {}), **({} if kid is None else {"kid": kid})}
    return jwt.encode(claims, key, algorithm=algorithm, headers=head)


def bearer(made: str) -> Bearer | None:
    return WHO.bearer([f"Bearer {made}"])


@pytest.mark.parametrize(
    ("key", "algorithm", "kid"), [(RSA, "RS256", "rsa"), (EC, "ES256", "ec"), (EDDSA, "EdDSA", "ed")]
)
def test_a_token_by_each_kind_of_key_will_do(key: Any, algorithm: str, kid: str) -> None:
    issued = int((NOW - timedelta(minutes=1)).timestamp())
    assert bearer(signed(key, algorithm, kid)) == Bearer(NDEX, "ana", "7f", issued, ISSUER)


def test_the_audience_says_under_which_agreement_and_the_agency_which_claim_names_the_user() -> None:
    found = bearer(signed(aud="caselink-county", email="ana@county.example"))
    assert found is not None
    assert (found.agreement, found.user) == (COUNTY, "ana@county.example")


@pytest.mark.parametrize("id", [None, "", "7" * 201, "7\ud800"])
def test_a_token_without_an_id_that_can_be_written_down_has_one_made_from_itself(id: object) -> None:
    made = signed(jti=id)
    one, again, other = bearer(made), bearer(made), bearer(signed(jti=id, sub="bob"))
    assert one is not None
    assert other is not None
    assert (one, len(one.token)) == (again, 32)
    assert one.token != other.token


def test_the_agencys_own_tokens_go_on_being_good() -> None:
    found = bearer(token(user="bob"))
    assert found is not None
    assert (found.user, found.issuer) == ("bob", None)


def test_clocks_may_differ_by_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)

    class Standing(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now.astimezone(tz)

    made = signed(iat=now + timedelta(seconds=3)), signed(exp=now - timedelta(seconds=2))
    monkeypatch.setattr("jwt.api_jwt.datetime", Standing)
    assert [bearer(token) is not None for token in made] == [True, True]


WILL_NOT_DO = {
    "no signature": jwt.encode({"iss": ISSUER, "aud": "caselink"}, "", algorithm="none"),
    "a key that is not the provider's": signed(OTHER),
    "a key for encryption": signed(OTHER, kid="for encryption"),
    "a secret in the key set": signed(SECRET, "HS256", "secret"),
    "a public key as if it were a secret": signed(
        EDDSA.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), "HS256", "ed"
    ),
    "another algorithm than the key's": signed(RSA, "RS512", "rsa"),
    "the name of another key": signed(kid="rsa"),
    "no name of a key": signed(kid=None),
    "the name of no key": signed(kid="new"),
    "an address of a key": signed(OTHER, kid="new", headers={"jku": "https://attacker.example"}),
    "another issuer": signed(iss="https://login.other.example"),
    "an issuer that looks like it": signed(iss=ISSUER + "/"),
    "the agency as its issuer": signed(iss="caselink", aud="partner", agreement="ndex"),
    "no issuer": signed(iss=None),
    "another audience": signed(aud="other"),
    "a list of audiences": signed(aud=["caselink"]),
    "no audience": signed(aud=None),
    "another agreement than the agency wrote down": signed(agreement="county"),
    "a list of agreements": signed(agreement=["ndex"]),
    "an agreement that looks like it": signed(agreement="ndex "),
    "no end": signed(exp=None),
    "an end that has passed": signed(exp=NOW - timedelta(minutes=1)),
    "no beginning": signed(iat=None),
    "a beginning to come": signed(iat=NOW + timedelta(minutes=50)),
    "a time to come": signed(nbf=NOW + timedelta(minutes=50)),
    "no user": signed(sub=None),
    "an empty user": signed(sub=""),
    "a user with half of a character": signed(sub="ana\ud800"),
    "a user that is no text": signed(aud="caselink-county", email=["a"]),
    "no claim that names the user": signed(aud="caselink-county"),
}


@pytest.mark.parametrize("made", WILL_NOT_DO.values(), ids=WILL_NOT_DO)
def test_a_token_that_will_not_do_is_nobodys(made: str) -> None:
    assert bearer(made) is None


# --- caselink.toml ---

TABLE = """
[[issuers]]
issuer = "https://login.partner.example"
audience = "caselink"
agreement = "ndex"
jwks = "partner.jwks"
"""


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init")
    (desk.home / "partner.jwks").write_text(json.dumps(KEY_SET), encoding="utf-8")
    return desk


def read(desk: Desk, text: str) -> list[Issuer]:
    (desk.home / "caselink.toml").write_text(text, encoding="utf-8")
    return read_issuers(open_home(desk.home, {}))


def test_providers_are_read_from_the_settings(desk: Desk) -> None:
    [issuer] = read(desk, TABLE)
    assert (issuer.issuer, issuer.audience, issuer.agreement, issuer.user) == (
        ISSUER,
        "caselink",
        AgreementId("ndex"),
        "sub",
    )
    assert issuer.read(signed()) is not None


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            TABLE.replace("partner.jwks", "none.jwks"),
            "issuers[0].jwks: none.jwks: no public keys can be read",
        ),
        (TABLE.replace("partner.jwks", "caselink.toml"), "issuers[0].jwks: caselink.toml: no public keys"),
        (TABLE.replace("partner.jwks", "http://keys.example/jwks"), "the address is not https"),
        (TABLE.replace(ISSUER, "caselink"), "issuers[0].issuer: 'caselink' is no provider's name"),
        (TABLE.replace("jwks =", "keys ="), "issuers[0]"),
        (TABLE + TABLE, "issuers: two have the same issuer and audience"),
    ],
)
def test_a_mistake_is_told_with_its_path(desk: Desk, text: str, mistake: str) -> None:
    with pytest.raises(HomeError, match="does not fit") as refused:
        read(desk, text)
    assert mistake in str(refused.value)
