"""The agency signs by one algorithm. By Ed25519 a partner process can check tokens and make none."""

from datetime import UTC, datetime

import jwt

from server.auth import Tokens
from server.home import open_home
from server.token_keys import TokenKey, checking_key, token_key
from tests.command_line import Desk
from tests.partner_world import NDEX

NOW = datetime.now(UTC)
EDDSA = '[tokens]\nalgorithm = "EdDSA"\n'


def made(desk: Desk) -> str:
    return desk.done("token", "--agreement", "ndex", "--user", "ana").out.strip()


def test_a_home_that_says_so_signs_by_ed25519(desk: Desk) -> None:
    (desk.home / "caselink.toml").write_text(EDDSA, encoding="utf-8")
    one = made(desk)
    assert jwt.get_unverified_header(one)["alg"] == "EdDSA"
    assert Tokens(checking_key(open_home(desk.home, {}))).read(one) is not None


def test_a_partners_home_with_the_public_key_alone_checks_tokens_and_makes_none(desk: Desk) -> None:
    (desk.home / "caselink.toml").write_text(EDDSA, encoding="utf-8")
    one = made(desk)
    (desk.home / "keys" / "token.key").unlink()
    key = token_key(open_home(desk.home, {}))
    assert (Tokens(key).read(one) is not None, key.signing) == (True, None)
    ran = desk.run("token", "--agreement", "ndex", "--user", "ana")
    assert (ran.code, ran.err) == (
        2,
        f"caselink: {desk.home / 'keys' / 'token.key'}: is not here; make tokens in the office's home\n",
    )


def test_a_partner_process_holds_no_key_that_makes_tokens_by_ed25519(desk: Desk) -> None:
    (desk.home / "caselink.toml").write_text(EDDSA, encoding="utf-8")
    assert checking_key(open_home(desk.home, {})).signing is None


def test_a_token_by_one_algorithm_is_none_by_the_other() -> None:
    secret = b"k" * 32
    keys = [TokenKey.shared(secret), TokenKey.pair(secret)]
    tokens = [Tokens(key).partner(NDEX, "ana", 1, NOW) for key in keys]
    good = [[Tokens(key).read(token) is not None for token in tokens] for key in keys]
    assert good == [[True, False], [False, True]]


def test_an_algorithm_that_is_none_of_them_is_a_mistake(desk: Desk) -> None:
    (desk.home / "caselink.toml").write_text('[tokens]\nalgorithm = "none"\n', encoding="utf-8")
    ran = desk.run("token", "--agreement", "ndex", "--user", "ana")
    assert (ran.code, "tokens.algorithm" in ran.err) == (2, True)
