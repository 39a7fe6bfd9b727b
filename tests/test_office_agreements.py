"""Agreements with their meters, publications, policy and histories over HTTP; some of that to few."""

from typing import Any, Final

from graph.model import EntryId
from tests.agency_with_readers import C1, CHIEF, D1, LONE, OTHER, TIED, agency
from tests.building import Agency, moment
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, clearance, consent, link

METER: Final = """{ agreements { id partner start end suspended held released version publishedAt
    kinds { kind held released } withheld { reason kind count } } }"""


def meter(who: Who, of: Agency) -> Any:
    [told] = OfficeClient.over(of, who).ask(METER)["agreements"]
    return told


def test_an_agreement_is_told_with_how_much_it_has_and_why_not_the_rest() -> None:
    of = agency()
    told = meter(CHIEF, of)
    assert told == {
        "id": "ndex",
        "partner": "National Data Exchange",
        "start": "2009-05-08",
        "end": told["end"],
        "suspended": False,
        "held": 4,
        "released": 2,
        "version": of.header().version,
        "publishedAt": "2026-11-24T09:00:00Z",
        "kinds": [
            {"kind": "CASE", "held": 1, "released": 1},
            {"kind": "DOCUMENT", "held": 2, "released": 1},
            {"kind": "SUBJECT", "held": 1, "released": 0},
        ],
        "withheld": [
            {"reason": "title_iii", "kind": "DOCUMENT", "count": 1},
            {"reason": "support", "kind": "SUBJECT", "count": 1},
        ],
    }


def test_the_meter_of_who_is_on_no_list_counts_what_he_may_know_of_and_names_no_version() -> None:
    told = meter(OTHER, agency())
    assert (told["held"], told["released"], told["withheld"], told["version"]) == (
        3,
        2,
        [{"reason": "support", "kind": "SUBJECT", "count": 1}],
        None,
    )


def test_what_only_something_hidden_withholds_is_counted_under_a_reason_that_is_not_shown() -> None:
    of = agency()
    of.load(
        LONE | {"properties": []},
        link("L-2", "D-9", "MENTIONS", "S-1"),
        link("L-3", "S-1", "SUBJECT_OF", "C-1", sources=["D-9"]),
    )
    assert meter(OTHER, of)["withheld"] == [{"reason": "not shown", "kind": "SUBJECT", "count": 1}]


def test_publications_are_told_the_latest_first_with_what_they_touched() -> None:
    of = agency()
    of.load(D1 | {"title": "Other"}, case("C-2", "NY03-0002"), C1 | {"access_codes": []})
    of.publish()
    query = '{ publications(agreement: "ndex") { agreement at added updated withdrawn version } }'
    found = OfficeClient.over(of, CHIEF).ask(query)["publications"]
    assert [(p["added"], p["updated"], p["withdrawn"]) for p in found] == [
        (1, 0, 0),
        (0, 0, 2),
        (None, None, None),
    ]
    assert [p["version"] for p in OfficeClient.over(of, OTHER).ask(query)["publications"]] == [None] * 3


def test_a_publication_of_hidden_records_alone_is_none_for_who_may_not_know_of_them() -> None:
    of = agency()
    of.load(link("L-9", "C-1", "CONTAINS", "D-9"), consent("N-1", "title_iii", record="D-9"))
    of.publish()
    query = "{ publications { added updated } agreements { publishedAt released } }"
    of.now = moment(minute="2026-11-24T10:00:00Z")
    told = [OfficeClient.over(of, who).ask(query)["publications"] for who in (CHIEF, OTHER)]
    first = {"added": None, "updated": None}
    assert (of.seen() - {"C-1", "D-1", "L-1"}, told) == (
        {"D-9", "L-9"},
        [[{"added": 1, "updated": 1}, first], [first]],
    )


def test_the_policy_is_told_as_it_is_shown_and_lists_of_readers_to_who_is_on_them() -> None:
    query = "{ policy { id title text categories { id } codes { code category { id } } linkTypes } }"
    texts = {
        who.user: OfficeClient.over(agency(), who).ask(query)["policy"]["text"] for who in (CHIEF, OTHER)
    }
    assert [texts[who.user].splitlines()[-1].split() for who in (CHIEF, OTHER)] == [
        ["title_iii", "the", "chief"],
        ["title_iii", "not", "shown", "to", "you"],
    ]


def test_a_record_has_a_history_of_who_prepared_approved_and_decided() -> None:
    of = agency()
    of.load(consent("N-1", "third_agency", record="C-1"), consent("N-2", "title_iii", record="C-1"))
    query = '{ record(id: "C-1") { history { what by at reason } } }'
    plain = [
        ("prepared", "a", None, None),
        ("consent of third_agency requested", "agent.lee", None, "In writing"),
    ]
    later = [
        ("approved", "b", "2003-05-01", None),
        ("consent of third_agency approved", "sup.ortiz", "2010-01-01", "In writing"),
    ]
    found = OfficeClient.over(of, OTHER).ask(query)["record"]["history"]
    assert [tuple(act.values()) for act in found] == plain + later


def test_a_link_is_told_with_its_clearances() -> None:
    of = agency()
    of.load(clearance("K-1", TIED, "bank_secrecy"), clearance("K-2", TIED, "title_iii"))
    query = '{ link(id: "L-1") { clearances { what by } } }'
    assert OfficeClient.over(of, OTHER).ask(query)["link"]["clearances"] == [
        {"what": "clearance of bank_secrecy requested", "by": "agent.lee"},
        {"what": "clearance of bank_secrecy approved", "by": "sup.ortiz"},
    ]


def test_a_released_record_is_found_by_its_partners_id_and_tells_it() -> None:
    of = agency()
    client = OfficeClient.over(of, OTHER)
    query = """query ($of: ID!, $id: ID!) { record(id: "C-1") { opaqueId(agreement: $of) }
        lone: record(id: "S-1") { opaqueId(agreement: $of) } recordByOpaqueId(agreement: $of, id: $id) { id } }"""
    names = {entry: opaque for opaque, entry in of.names().items()}
    name, lone, hidden = (names[EntryId(id)] for id in ("C-1", "S-1", "D-9"))
    told = [
        client.ask(query, of=mou, id=id)
        for mou, id in (("ndex", name), ("ndex", lone), ("ndex", hidden), ("none", name))
    ]
    assert told == [
        {"record": {"opaqueId": name}, "lone": {"opaqueId": None}, "recordByOpaqueId": {"id": "C-1"}},
        {"record": {"opaqueId": name}, "lone": {"opaqueId": None}, "recordByOpaqueId": None},
        {"record": {"opaqueId": name}, "lone": {"opaqueId": None}, "recordByOpaqueId": None},
        {"record": {"opaqueId": None}, "lone": {"opaqueId": None}, "recordByOpaqueId": None},
    ]


def test_after_a_change_a_record_that_came_is_found_by_its_partners_id_and_one_that_is_hidden_since_is_not() -> (
    None
):
    of = agency()
    client = OfficeClient.over(of, OTHER)
    query = """query ($one: ID!, $two: ID!) { one: recordByOpaqueId(agreement: "ndex", id: $one) { id }
        two: recordByOpaqueId(agreement: "ndex", id: $two) { id } }"""
    of.load(case("C-7", "NY03-0007"))
    names = {entry: opaque for opaque, entry in of.names().items()}
    asked = {"one": names[EntryId("C-1")], "two": names[EntryId("C-7")]}
    of.load(case("C-7", "NY03-0007", access_codes=["TAR"]))
    told = [client.ask(query, **asked)]
    of.load(case("C-7", "NY03-0007"))
    of.publish()
    told.append(client.ask(query, **asked))
    of.load(case("C-1", "NY03-0001", access_codes=["T3"]))
    told.append(client.ask(query, **asked))
    assert told == [
        {"one": {"id": "C-1"}, "two": None},
        {"one": {"id": "C-1"}, "two": {"id": "C-7"}},
        {"one": None, "two": {"id": "C-7"}},
    ]
