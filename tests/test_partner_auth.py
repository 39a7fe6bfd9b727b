"""Who may ask: each token that will not do is 401 and one body, whatever is wrong with it."""

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.auth import Bearer, Tokens
from server.issuers import Who
from server.token_keys import TokenKey
from tests.partner_client import GRAPHQL_RESPONSE, TOKEN_KEY, TOKENS, Client, token
from tests.partner_world import NDEX, published, release

QUERY = {"query": "{ agreement { id } }"}
ED25519 = Ed25519PrivateKey.from_private_bytes(TOKEN_KEY)
PUBLIC = ED25519.public_key().public_bytes_raw()
OWN_KEY = b"a2" * 16
NOW = datetime.now(UTC).replace(microsecond=0)


def claims(**changed: Any) -> dict[str, Any]:
    """The claims of a token that will do, with some changed; one that is None is left out."""
    whole = {
        "iss": "caselink",
        "aud": "partner",
        "sub": "analyst",
        "agreement": NDEX,
        "iat": NOW - timedelta(minutes=1),
        "exp": NOW + timedelta(hours=1),
        "jti": "7f",
    }
    return {name: value for name, value in {**whole, **changed}.items() if value is not None}


def signed(key: Any = TOKEN_KEY, algorithm: str = "HS256", headers: Any = None, **changed: Any) -> str:
    return "Bearer " + jwt.encode(claims(**changed), key, algorithm=algorithm, headers=headers)


def unsigned() -> str:
    return "Bearer " + jwt.encode(claims(), "", algorithm="none")


def nested_header() -> str:
    deep = base64.urlsafe_b64encode(b"[" * 12_000).decode().rstrip("=")
    return f"Bearer {deep}.e30.AAAA"


def office() -> str:
    return "Bearer " + TOKENS.office("SAC-NY", "supervisor", "ana", 1, NOW)


WILL_NOT_DO = {
    "none at all": None,
    "empty": "",
    "another scheme": "Basic " + token(),
    "no scheme": token(),
    "no token": "Bearer ",
    "no token of this kind": "Bearer abc",
    "three parts of nothing": "Bearer ..",
    "odd characters": "Bearer \u00e9\u00ff.\u00fe.\u00e9",
    "a header that nests without end": nested_header(),
    "another key": signed(key=b"k" * 32),
    "another algorithm": signed(algorithm="HS512", key=TOKEN_KEY * 2),
    "no signature": unsigned(),
    "expired": signed(exp=NOW - timedelta(seconds=1)),
    "not begun": signed(iat=NOW + timedelta(hours=1)),
    "of another issuer": signed(iss="other"),
    "for the office": office(),
    "for the office with an agreement": signed(aud="office"),
    "for nobody": signed(aud=None),
    "without an end": signed(exp=None),
    "without a beginning": signed(iat=None),
    "without an id": signed(jti=None),
    "without a user": signed(sub=None),
    "with an empty user": signed(sub=""),
    "without an agreement": signed(agreement=None),
    "with an empty agreement": signed(agreement=""),
    "with a list of agreements": signed(agreement=[NDEX]),
    "with a list of audiences": signed(aud=["partner"]),
    "with several audiences": signed(aud=["partner", "other"]),
    "not good yet": signed(nbf=NOW + timedelta(hours=1)),
    "of an agreement with a space after it": signed(agreement="ndex "),
    "of an agreement in odd letters": signed(agreement="ndеx"),
    "of an agreement with an unseen letter": signed(agreement="ndex\u200b"),
    "of an agreement in wide letters": signed(agreement="ｎｄｅｘ"),
    "of an agreement with a line break": signed(agreement="ndex\n"),
    "of an agreement in capitals": signed(agreement="NDEX"),
    "with a blank user": signed(sub=" "),
    "with half of a character in its user": signed(sub="ana\ud800"),
    "with half of a character in its id": signed(jti="7\udfff"),
    "with an end that is no number": signed(exp="soon"),
    "with a beginning that is no number": signed(iat="NaN"),
    "signed by a key that it names itself": signed(
        key=OWN_KEY, headers={"jwk": {"kty": "oct", "k": "a2" * 16}}
    ),
    "signed by a key at an address": signed(key=OWN_KEY, headers={"jku": "https://attacker.example/keys"}),
    "signed by a public key as if it were a secret": signed(key=PUBLIC),
    "signed by Ed25519": signed(key=ED25519, algorithm="EdDSA"),
    "a token and more": signed() + " x",
    "a token that is too long": signed(sub="a" * 13_000),
}


@pytest.fixture(name="client", scope="module")
def _client() -> Client:
    return Client(published(release()))


def bare(client: Client, authorization: str | None, **request: Any) -> Any:
    """A request with this Authorization header, or none."""
    headers: list[Any] = [("Accept", GRAPHQL_RESPONSE)]
    headers += [] if authorization is None else [("Authorization", authorization.encode("latin-1"))]
    return client.send("POST", "/graphql", headers=[*headers, *request.pop("headers", [])], **request)


@pytest.mark.parametrize("wrong", WILL_NOT_DO.values(), ids=WILL_NOT_DO.keys())
def test_a_token_that_will_not_do_is_401_and_one_body(client: Client, wrong: str | None) -> None:
    response = bare(client, wrong, json=QUERY)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.headers["Content-Type"] == GRAPHQL_RESPONSE
    assert response.json() == {
        "errors": [
            {
                "message": "A valid bearer token for this service is needed. Ask the agency for one.",
                "extensions": {"code": "UNAUTHENTICATED"},
            }
        ]
    }


def test_every_refusal_of_a_token_has_the_same_bytes(client: Client) -> None:
    responses = [bare(client, wrong, json=QUERY) for wrong in WILL_NOT_DO.values()]
    assert len({response.content for response in responses}) == 1
    assert len({tuple(set(response.headers.items()) - _own(response)) for response in responses}) == 1


def _own(response: Any) -> set[tuple[str, str]]:
    return {("x-request-id", response.headers["X-Request-Id"])}


def test_two_tokens_are_none(client: Client) -> None:
    both = [("Authorization", signed().encode()), ("Authorization", signed().encode())]
    assert bare(client, None, json=QUERY, headers=both).status_code == 401


def test_the_token_is_checked_before_all_else(client: Client) -> None:
    asked = {
        "content": b"\xff" * 100_000,
        "headers": [("Content-Type", "text/plain"), ("Accept", "text/html")],
    }
    assert bare(client, "Bearer abc", **asked).status_code == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_token_that_will_do_is_answered(client: Client, scheme: str) -> None:
    response = bare(client, f"{scheme} {token()}", json=QUERY)
    assert (response.status_code, response.json()["data"]) == (200, {"agreement": {"id": "ndex"}})


def test_a_token_is_read_up_to_a_length_that_no_provider_needs() -> None:
    made = [signed(sub="a" * length) for length in (11_900, 13_000)]
    assert [len(each) > 16_000 for each in made] == [True, True]
    assert [Who(TOKENS).bearer([each]) is not None for each in made] == [True, False]


def test_a_token_says_who_asks_and_under_which_agreement() -> None:
    bearer = Who(TOKENS).bearer([f"Bearer {token(user='ana')}"])
    assert bearer is not None
    assert bearer == Bearer(NDEX, "ana", bearer.token, bearer.issued)


def test_a_token_holds_these_claims_and_no_more() -> None:
    made = TOKENS.partner(NDEX, "ana", 2.5, NOW)
    head, body, _ = (base64.urlsafe_b64decode(part + "==") for part in made.split("."))
    told = json.loads(body)
    assert json.loads(head) == {"alg": "HS256", "typ": "JWT"}
    assert told == {
        "iss": "caselink",
        "aud": "partner",
        "sub": "ana",
        "agreement": "ndex",
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 9000,
        "jti": told["jti"],
    }


def test_no_two_tokens_are_the_same() -> None:
    assert len({TOKENS.partner(NDEX, "ana", 1, NOW) for _ in range(10)}) == 10


def test_a_token_that_is_known_is_not_read_again_until_its_end_and_then_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tokens = Tokens(TokenKey.shared(TOKEN_KEY))
    known = tokens.partner(NDEX, "analyst", 1, datetime.now(UTC))
    first, end = tokens.read(known), time.time() + 3600
    monkeypatch.setattr(Tokens, "_read", lambda *_: None)
    told = []
    for now in (end - 10, end + 10):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        told.append(tokens.read(known))
    assert (first is not None, told) == (True, [first, None])


def test_no_more_than_a_thousand_or_so_tokens_are_known_at_a_time() -> None:
    tokens, now = Tokens(TokenKey.shared(TOKEN_KEY)), datetime.now(UTC)
    for n in range(1030):
        assert tokens.read(tokens.partner(NDEX, f"analyst {n}", 1, now)) is not None
    assert len(tokens._known) == 6
