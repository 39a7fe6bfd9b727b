"""The preview: an officer sees to the byte what a partner has, by the partner's own schema, less what is hidden."""

import json
from typing import Any

import pytest

from graph.office.audience import Audience
from graph.office.survey import Survey
from graph.officer import Officer, Role
from schema.limits import Limits
from server.office import previews
from server.office.archive import OfficeArchive
from tests.building import NDEX, Agency, agreement, moment, policy, rules
from tests.office_client import NO_LOGS, OfficeClient, Who
from tests.partner_client import Client
from tests.partner_world import VERSION_KEY
from tests.plain_lines import case, consent, document, link, prop, subject
from tests.worked_example import policy as tables

CHIEF, OTHER = Who("the chief"), Who("an.agent", roles="agent")
QUERY = """{ agreement { release { version publishedAt recordCount linkCount } }
    cases { totalCount nodes { id number } } documents { totalCount nodes { id number } }
    subjects { nodes { label properties { values { value sources { id } } }
        links { edges { link { id type } node { id } } } } }
    changes { edges { node { kind version recordId } } } }"""


def agency() -> Agency:
    categories = tables()["categories"]
    categories["title_iii"] |= {"readers": ["the chief"], "waivable": True}
    under = policy(categories=categories)
    agency = Agency(rules(agreement(under=under), under=under))
    agency.load(
        case("C-1", "NY03-0001"),
        document("D-1", "NY03-0001-001"),
        link("L-1", "C-1", "CONTAINS", "D-1"),
        subject("S-1", prop("name", "Ann", sources=["D-1", "D-9"])),
        link("L-2", "D-1", "MENTIONS", "S-1"),
    )
    agency.publish()
    return agency


def with_a_wire(of: Agency) -> Agency:
    of.load(
        document("D-9", "NY03-0009-001", access_codes=["T3"]),
        link("L-8", "C-1", "CONTAINS", "D-9"),
        link("L-9", "D-9", "MENTIONS", "S-1"),
        consent("N-1", "title_iii", record="D-9"),
    )
    of.now = moment(minute="2026-11-24T10:00:00Z")
    of.publish()
    return of


def previewed(of: Agency, who: Who, place: str = "ndex") -> Any:
    return OfficeClient.over(of, who).post({"query": QUERY}, path=f"/preview/{place}/graphql")


def test_an_officer_sees_to_the_byte_what_the_partner_sees() -> None:
    of = with_a_wire(agency())
    partner = Client(of.releases, NDEX, day=lambda _: of.now.day).post({"query": QUERY})
    assert (previewed(of, CHIEF).status_code, previewed(of, CHIEF).content) == (200, partner.content)
    assert json.loads(partner.content)["data"]["documents"]["totalCount"] == 2


def test_what_is_hidden_from_the_officer_is_not_in_the_preview() -> None:
    one, other = previewed(with_a_wire(agency()), OTHER), previewed(agency(), OTHER)
    assert (one.status_code, one.content) == (200, other.content)


def test_a_preview_may_be_as_long_as_the_partners_answer_and_is_refused_to_the_byte_as_it() -> None:
    of = with_a_wire(agency())
    length = len(previewed(of, CHIEF).content)
    for most, status, event in ((length, 200, "answered"), (length - 1, 400, "refused")):
        limits = Limits(answer_bytes=most)
        officer = OfficeClient.over(of, CHIEF, limits=limits)
        partner = Client(of.releases, NDEX, day=lambda _: of.now.day, limits=limits)
        answer = officer.post({"query": QUERY}, path="/preview/ndex/graphql")
        assert (answer.status_code, answer.content) == (status, partner.post({"query": QUERY}).content)
        assert [(line["event"], bool(line["records"])) for line in officer.trail.lines] == [
            (event, event == "answered")
        ]


def test_an_agreement_without_a_release_is_not_found() -> None:
    of = agency()
    told = [previewed(of, CHIEF, place) for place in ("none", "NDEX")]
    assert [(answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) for answer in told] == [
        (404, "NOT_FOUND")
    ] * 2


def test_a_preview_is_in_the_log_of_reads_with_the_records_that_it_told_of() -> None:
    client = OfficeClient.over(agency(), CHIEF)
    client.post({"query": "{ cases { nodes { id } } }"}, path="/preview/ndex/graphql")
    [line] = client.trail.lines
    assert {name: line[name] for name in ("event", "preview", "records", "user")} == {
        "event": "answered",
        "preview": "ndex",
        "records": ["C-1"],
        "user": "the chief",
    }


def test_a_preview_needs_a_token_of_the_office() -> None:
    answer = OfficeClient.over(agency()).post(
        {"query": QUERY}, {"Authorization": ""}, "/preview/ndex/graphql"
    )
    assert answer.status_code == 401


def test_a_preview_that_was_cut_for_an_earlier_survey_is_not_kept_for_one_at_its_place_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(previews, "id", lambda _: 1, raising=False)
    of = with_a_wire(agency())
    archive = OfficeArchive(of.publisher, NO_LOGS, lambda: of.rules, lambda: of.now)
    kept = previews.Previews(of.releases, archive, VERSION_KEY)
    other = Officer("an.agent", "SAC-NY", frozenset((Role.AGENT,)))

    def seen() -> int:
        survey = Survey.of(of.rules, of.now.day, of.holdings.entries(), {})
        view = kept.view(NDEX, Audience.of(survey, other), 1)
        assert view is not None
        return view.record_count

    first = seen()
    of.load(case("C-1", "NY03-0001", access_codes=["T3"]))
    assert (first, seen()) == (3, 1)


def test_few_views_are_kept_and_none_of_a_release_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "_MOST", 2)
    of = agency()
    archive = OfficeArchive(of.publisher, NO_LOGS, lambda: of.rules, lambda: of.now)
    kept = previews.Previews(of.releases, archive, VERSION_KEY)
    survey = Survey.of(of.rules, of.now.day, of.holdings.entries(), {})
    audience = Audience(survey, survey)
    first = kept.view(NDEX, audience, 1)
    assert kept.view(NDEX, audience, 1) is first
    kept.view(NDEX, audience, 2)
    kept.view(NDEX, audience, 3)
    assert set(kept._kept) == {(NDEX, 2), (NDEX, 3)}
    of.releases.drop(NDEX)
    assert (kept.view(NDEX, audience, 2), kept._kept) == (None, {})
