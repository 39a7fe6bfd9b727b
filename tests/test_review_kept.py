"""A reviewer's word is kept in every store, beside entries that come and go."""

import pytest

from tests.building import Agency
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case
from tests.reviewing_world import agency_with
from tests.store_contract import HOLDINGS, HoldingsPlace

C1 = case("C-1", "NY03-0001", prepared="2020-01-01", title="grand jury")
QUALITY = Who("tan", "HQ", "quality")
TOLD = """{ queue { nodes { record { id } } } findings { nodes { id acceptedBy } }
    record(id: "C-1") { review { assignee lastBy } } }"""


@pytest.fixture(name="place", params=HOLDINGS)
def _place(request: pytest.FixtureRequest) -> HoldingsPlace:
    made: HoldingsPlace = request.param(request)
    return made


def test_a_word_is_kept_in_every_store_and_outlives_loads(place: HoldingsPlace) -> None:
    with place.open() as holdings:
        agency = Agency(rules=agency_with().rules, holdings=holdings)
        agency.load(C1)
        client = OfficeClient.over(agency, QUALITY)
        seen = client.ask('{ record(id: "C-1") { version } }')["record"]["version"]
        client.ask(
            """mutation ($version: String!) {
                accept(finding: "words_without_code:C-1:grand_jury", reason: "known", version: $version) { id }
                markReviewed(id: "C-1", version: $version, reason: "seen") { due }
                assign(id: "C-1", to: "kim", reason: "the next time") { due } }""",
            version=seen,
        )
        agency.load(C1 | {"revised": "2026-11-24T10:00:00Z"})
        assert client.ask(TOLD) == {
            "queue": {"nodes": []},
            "findings": {"nodes": [{"id": "words_without_code:C-1:grand_jury", "acceptedBy": "tan"}]},
            "record": {"review": {"assignee": "kim", "lastBy": "tan"}},
        }
