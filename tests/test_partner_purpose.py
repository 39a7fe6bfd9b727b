"""A purpose and a case number, where an agreement requires them: asked for after the token, and stated once."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.partner_client import Client, token
from tests.partner_world import COUNTY, published, release

QUERY = {"query": "{ agreement { id } }"}


@pytest.fixture(name="client", scope="module")
def _client() -> Client:
    return Client(published(release(), release(agreement=COUNTY, purpose_required=True)))


@pytest.fixture(name="county", scope="module")
def _county() -> Client:
    return Client(published(release(agreement=COUNTY, purpose_required=True)), COUNTY)


PURPOSE = {"X-Purpose": "Joint investigation", "X-Case-Number": "2026-17"}


@pytest.mark.parametrize(
    "headers",
    [
        PURPOSE,
        {"X-Purpose": "x", "X-Case-Number": "y" * 200},
        {"X-Purpose": "Enquête à Québec".encode(), "X-Case-Number": "№ 7".encode()},
        {"X-Purpose": "Enquête".encode("latin-1"), "X-Case-Number": "7"},
    ],
)
def test_a_stated_purpose_is_answered(county: Client, headers: Mapping[str, Any]) -> None:
    assert county.post(QUERY, headers).json()["data"] == {"agreement": {"id": "county"}}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Purpose": "Joint investigation"},
        {"X-Case-Number": "2026-17"},
        {**PURPOSE, "X-Purpose": ""},
        {**PURPOSE, "X-Purpose": "   "},
        {**PURPOSE, "X-Purpose": "x" * 201},
        {**PURPOSE, "X-Case-Number": "7\t8"},
        {**PURPOSE, "X-Case-Number": b"7\x00"},
        {**PURPOSE, "X-Case-Number": "7\u200b".encode()},
    ],
)
def test_a_purpose_that_is_required_and_not_stated_is_400(county: Client, headers: Mapping[str, Any]) -> None:
    response = county.post(QUERY, headers)
    body = response.json()
    assert (response.status_code, body["errors"][0]["extensions"]) == (400, {"code": "PURPOSE_REQUIRED"})
    assert body["extensions"]["release"]["agreement"] == "county"


def test_two_purposes_are_none(county: Client) -> None:
    headers = [
        ("Authorization", f"Bearer {token(COUNTY)}"),
        ("X-Purpose", "a"),
        ("X-Purpose", "b"),
        ("X-Case-Number", "1"),
    ]
    assert county.send("POST", "/graphql", json=QUERY, headers=headers).status_code == 400


def test_a_purpose_is_asked_for_only_after_the_token(county: Client) -> None:
    assert county.send("POST", "/graphql", json=QUERY).status_code == 401


def test_a_purpose_that_is_not_required_is_no_condition(client: Client) -> None:
    assert client.post(QUERY, {"X-Purpose": "x" * 500}).content == client.post(QUERY).content
