"""Tokens can be taken back: one by its id, or all of an agreement. No partner process takes them after that."""

import json
import sqlite3
from pathlib import Path

import jwt
import pytest

from graph.revocations import Revocations
from schema.limits import Limits
from tests.command_line import Desk
from tests.partner_client import Client, token
from tests.partner_world import NDEX, published, release

QUERY = {"query": "{ agreement { id } }"}


def claims(made: str) -> dict[str, object]:
    told: dict[str, object] = jwt.decode(made, options={"verify_signature": False})
    return told


# --- the partner app ---


def status(client: Client, made: str) -> int:
    return client.post(QUERY, {"Authorization": f"Bearer {made}"}).status_code


def test_a_token_that_was_taken_back_is_401_with_the_one_body_and_others_are_good() -> None:
    store = published(release())
    client, one, other = Client(store), token(), token()
    assert (status(client, one), status(client, other)) == (200, 200)
    store.revoke(Revocations(frozenset({str(claims(one)["jti"])})))
    client = Client(store)
    assert (status(client, one), status(client, other)) == (401, 200)
    refused = client.post(QUERY, {"Authorization": f"Bearer {one}"})
    unknown = client.send("POST", "/graphql", json=QUERY)
    assert (refused.content, refused.headers["WWW-Authenticate"]) == (unknown.content, "Bearer")
    assert client.trail.lines[0]["errors"] == ["UNAUTHENTICATED"]


def test_who_goes_on_with_a_token_that_was_taken_back_does_not_fill_the_log() -> None:
    store, made = published(release()), token()
    store.revoke(Revocations(agreements={NDEX: int(str(claims(made)["iat"]))}))
    client = Client(store)
    assert {status(client, made) for _ in range(50)} == {401}
    assert len(client.trail.lines) in (1, 2)  # the minute may have turned
    assert {line["user"] for line in client.trail.lines} == {"analyst"}


def test_who_goes_on_with_a_token_that_was_taken_back_uses_nothing_up_of_what_others_may_ask() -> None:
    store, stolen = published(release()), token()
    client = Client(store, limits=Limits(agreement_requests=2))
    store.revoke(Revocations(frozenset({str(claims(stolen)["jti"])})))
    assert [status(client, stolen) for _ in range(10)] == [401] * 10  # the first tells this process of it
    assert status(client, token()) == 200


def test_tokens_of_an_agreement_are_taken_back_up_to_a_moment() -> None:
    store, made = published(release()), token()
    issued = int(str(claims(made)["iat"]))
    store.revoke(Revocations(agreements={NDEX: issued - 1}))
    assert status(Client(store), made) == 200
    store.revoke(Revocations(agreements={NDEX: issued}))
    assert status(Client(store), made) == 401


# --- the command ---


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.done("publish")
    return desk


def made(desk: Desk) -> str:
    return desk.done("token", "--agreement", "ndex", "--user", "ana").out.strip()


def revoked(desk: Desk) -> tuple[list[str], list[str]]:
    """The ids of tokens, and the agreements, that the release store has as taken back."""
    connection = sqlite3.connect(desk.home / "releases.sqlite")
    rows = connection.execute("SELECT kind, name FROM revoked ORDER BY name").fetchall()
    connection.close()
    return [name for kind, name in rows if kind == "token"], [
        name for kind, name in rows if kind == "agreement"
    ]


@pytest.mark.parametrize("by_id", [True, False])
def test_a_token_is_taken_back_by_itself_or_by_its_id(desk: Desk, by_id: bool) -> None:
    one = made(desk)
    id = str(claims(one)["jti"])
    ran = desk.done("token", "revoke", id if by_id else one, "--reason", "lost")
    assert ran.out == f"The token {id} is taken back. lost\n"
    assert revoked(desk) == ([id], [])
    line = json.loads((desk.home / "audit" / "office.jsonl").read_bytes().splitlines()[-1])
    assert (line["event"], line["token"], line["reason"]) == ("token revoked", id, "lost")


def test_all_tokens_of_an_agreement_are_taken_back(desk: Desk) -> None:
    ran = desk.done("token", "revoke", "--agreement", "ndex", "--reason", "ended")
    assert ran.out == "The tokens of ndex until now are taken back. ended\n"
    assert revoked(desk) == ([], ["ndex"])


def test_a_release_store_that_is_made_anew_has_them_again(desk: Desk) -> None:
    desk.done("token", "revoke", "abc", "--reason", "lost")
    desk.done("token", "revoke", "--agreement", "ndex", "--reason", "ended")
    for file in desk.home.glob("releases*"):
        file.unlink()
    desk.done("publish")
    assert revoked(desk) == (["abc"], ["ndex"])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--reason", "x"), "Name either TOKEN or --agreement"),
        (("abc", "--agreement", "ndex", "--reason", "x"), "Name either TOKEN or --agreement"),
        (("--agreement", "none", "--reason", "x"), "--agreement none: no such agreement on file"),
        (("abc", "--reason", " "), "--reason: say why; it is kept in the audit log"),
        (("a.b.c", "--reason", "x"), "TOKEN: is no token, and no id of one; the audit log has the ids"),
    ],
)
def test_what_cannot_be_taken_back_is_told(desk: Desk, arguments: tuple[str, ...], sentence: str) -> None:
    ran = desk.run("token", "revoke", *arguments)
    assert (ran.code, ran.err) == (2, f"caselink: {sentence}\n")
    assert revoked(desk) == ([], [])
