"""The office's verdicts, links and paths over HTTP: what each agreement has, why not, and along which links."""

from typing import Any

import pytest

from tests.building import Agency, agreement, rules
from tests.office_client import OfficeClient
from tests.plain_lines import case, clearance, document, link, prop, subject

C1 = case("C-1", "NY03-0001")
D1 = document("D-1", "NY03-0001-001")
WIRE = document("D-9", "NY03-0009-001", access_codes=["T3"], title="Wire")
S1 = subject("S-1", prop("name", "Ann Poe", sources=["D-1"]), prop("name", "Bo", sources=["D-9"]))
IN, CITES = link("L-1", "C-1", "CONTAINS", "D-1"), link("L-2", "D-1", "CITES", "D-9")
OF, LOOP = link("L-3", "S-1", "SUBJECT_OF", "C-1"), link("L-4", "C-1", "RELATED_TO", "C-1")
AWAY = link("L-5", "D-1", "MENTIONS", "S-8", role="a name", since="2003")

PARTNER = "National Data Exchange"
TOLD = """{ text released agreement causes {
    rule reason text length whoMayChange category { id label authority } base { id }
    chain { link type from to codedBy approvedBy } } }"""


def agency() -> Agency:
    agency = Agency(rules(agreement("county"), agreement("ndex")))
    agency.load(C1, D1, WIRE, S1, IN, OF, LOOP)
    return agency


def withheld() -> Agency:
    agency_ = agency()
    agency_.load(CITES)
    return agency_


def test_a_released_record_is_told_as_explain_prints_it_for_each_agreement() -> None:
    told = OfficeClient.over(agency()).ask('{ record(id: "C-1") { verdicts ' + TOLD + " } }")
    assert told["record"]["verdicts"] == [
        {
            "agreement": mou,
            "released": True,
            "causes": [],
            "text": f"C-1, case NY03-0001 “Plain”\nReleased to {mou} ({PARTNER}) on 2026-11-24.\n\n"
            "Nothing withholds it.\n"
            "A record of its kind needs no support (R7).",
        }
        for mou in ("county", "ndex")
    ]


def test_a_withheld_record_is_told_with_its_cause_the_chain_and_who_may_change_it() -> None:
    query = '{ record(id: "D-1") { verdicts(agreements: ["ndex", "none"]) ' + TOLD + " } }"
    [verdict] = OfficeClient.over(withheld()).ask(query)["record"]["verdicts"]
    assert (verdict["released"], verdict["causes"]) == (
        False,
        [
            {
                "rule": "R1",
                "reason": "title_iii",
                "text": "D-9 is coded T3",
                "length": 1,
                "whoMayChange": "an agent of SAC-NY codes it, a supervisor of SAC-NY approves;"
                " or a supervisor clears a link of the chain",
                "category": {
                    "id": "title_iii",
                    "label": "Reports resulting from Title III wire intercepts",
                    "authority": "18 U.S.C. 2510-2523",
                },
                "base": {"id": "D-9"},
                "chain": [
                    {
                        "link": "L-2",
                        "type": "CITES",
                        "from": "D-9",
                        "to": "D-1",
                        "codedBy": "agent.lee",
                        "approvedBy": "sup.ortiz",
                    }
                ],
            }
        ],
    )


def test_a_value_has_verdicts_of_its_own_and_its_sources() -> None:
    query = """{ record(id: "S-1") { properties { name value accessCodes sources { id }
        verdicts(agreements: ["ndex"]) { released causes { reason base { id } } } } } }"""
    assert OfficeClient.over(agency()).ask(query)["record"]["properties"] == [
        {
            "name": "name",
            "value": "Ann Poe",
            "accessCodes": [],
            "sources": [{"id": "D-1"}],
            "verdicts": [{"released": True, "causes": []}],
        },
        {
            "name": "name",
            "value": "Bo",
            "accessCodes": [],
            "sources": [{"id": "D-9"}],
            "verdicts": [{"released": False, "causes": [{"reason": "sources", "base": {"id": "D-9"}}]}],
        },
    ]


def test_a_link_is_told_with_its_ends_its_fields_and_verdicts() -> None:
    agency_ = withheld()
    agency_.load(AWAY)
    query = """{ link(id: "L-5") { id type role direction from { id } to { id } other { id } fields { name value }
        accessCodes verdicts(agreements: ["ndex"]) { released causes { reason } } } }"""
    assert OfficeClient.over(agency_).ask(query)["link"] == {
        "id": "L-5",
        "type": "MENTIONS",
        "role": "a name",
        "direction": None,
        "from": {"id": "D-1"},
        "to": None,
        "other": None,
        "fields": [{"name": "since", "value": "2003"}],
        "accessCodes": [],
        "verdicts": [{"released": False, "causes": [{"reason": "title_iii"}, {"reason": "uncoded"}]}],
    }


def test_links_are_counted_before_they_are_opened() -> None:
    agency_ = withheld()
    agency_.load(AWAY)
    query = "query ($id: ID!) { record(id: $id) { linkCounts { type direction kind count } } }"
    client = OfficeClient.over(agency_)

    def counts(id: str) -> list[tuple[Any, ...]]:
        return [tuple(count.values()) for count in client.ask(query, id=id)["record"]["linkCounts"]]

    assert {id: counts(id) for id in ("C-1", "D-1")} == {
        "C-1": [
            ("CONTAINS", "OUT", "DOCUMENT", 1),
            ("RELATED_TO", "OUT", "CASE", 1),
            ("SUBJECT_OF", "IN", "SUBJECT", 1),
        ],
        "D-1": [
            ("CITES", "OUT", "DOCUMENT", 1),
            ("CONTAINS", "IN", "CASE", 1),
            ("MENTIONS", "OUT", None, 1),
        ],
    }


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("", ["L-1", "L-4", "L-3"]),
        ('(types: ["SUBJECT_OF", "NONE"])', ["L-3"]),
        ("(kinds: [DOCUMENT, CASE])", ["L-1", "L-4"]),
        ("(directions: [IN])", ["L-3"]),
        ("(directions: [])", []),
        ("(first: 2)", ["L-1", "L-4"]),
    ],
)
def test_links_are_listed_by_type_direction_and_kind(arguments: str, found: list[str]) -> None:
    query = '{ record(id: "C-1") { links' + arguments + " { nodes { id } } } }"
    told = OfficeClient.over(agency()).ask(query)
    assert [node["id"] for node in told["record"]["links"]["nodes"]] == found


def test_links_are_paged_with_the_record_at_the_other_end() -> None:
    client = OfficeClient.over(agency())
    query = """query ($after: String) { record(id: "C-1") { links(first: 1, after: $after) {
        totalCount nodes { direction other { id } } pageInfo { hasNextPage endCursor } } } }"""
    seen, after = [], None
    while True:
        page = client.ask(query, after=after)["record"]["links"]
        seen += [(page["totalCount"], node["direction"], node["other"]["id"]) for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [(3, "OUT", "D-1"), (3, "OUT", "C-1"), (3, "IN", "S-1")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('from: "S-1", to: "D-1"', (2, ["S-1", "C-1", "D-1"], ["L-3", "L-1"])),
        ('from: "S-1", to: "D-1", maxLength: 1', None),
        ('from: "S-1", to: "D-9"', None),
        ('from: "S-1", to: "X"', None),
        ('from: "S-1", to: "S-1"', (0, ["S-1"], [])),
    ],
)
def test_a_path_is_the_shortest_one(asked: str, found: Any) -> None:
    query = "{ path(" + asked + ") { length records { id } links { id } } }"
    path = OfficeClient.over(agency()).ask(query)["path"]
    told = path and (
        path["length"],
        [record["id"] for record in path["records"]],
        [link["id"] for link in path["links"]],
    )
    assert told == found


def test_a_clearance_opens_the_verdict() -> None:
    agency_ = withheld()
    agency_.load(clearance("K-1", CITES, "title_iii"))
    query = """{ record(id: "D-1") { verdicts { agreement released } categories { id } }
        wire: record(id: "D-9") { categories { id } } }"""
    assert OfficeClient.over(agency_).ask(query) == {
        "record": {
            "verdicts": [
                {"agreement": "county", "released": False},
                {"agreement": "ndex", "released": True},
            ],
            "categories": [],
        },
        "wire": {"categories": [{"id": "title_iii"}]},
    }
