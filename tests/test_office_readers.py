"""Lists of readers (DESIGN 6): who is not on a category's list is told nothing of what has it, and of nothing by it."""

from typing import Any

import pytest

from tests.building import agreement, rules
from tests.hidden_wire import CHIEF, HIDDEN, OTHER, S1, WIRE, agency, page
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, clearance, consent, delete, document, link, prop, subject


def test_what_has_the_category_is_there_for_a_reader_and_for_nobody_else() -> None:
    query = "query ($ids: [ID!]!) { records(ids: $ids) { id } }"
    ids = ["C-1", "D-9", "D-8", "S-1", "NEVER"]

    def seen(who: Who) -> list[str]:
        return [
            record and record["id"]
            for record in OfficeClient.over(agency(), who).ask(query, ids=ids)["records"]
        ]

    assert (seen(CHIEF), seen(OTHER)) == (
        ["C-1", "D-9", "D-8", "S-1", None],
        ["C-1", None, None, "S-1", None],
    )


def test_a_clearance_and_a_consent_let_nobody_of_the_office_read_on() -> None:
    cleared = link("implied:D-8:D-9", "D-8", "CITES", "D-9")
    opened = agency(clearance("K-1", cleared, HIDDEN), consent("N-1", HIDDEN, record="D-9"))
    assert [page(opened, id) for id in ("D-8", "D-9")] == [None, None]


def test_search_and_its_count_have_only_what_the_reader_may_know_of() -> None:
    query = '{ search(text: "NY03") { totalCount nodes { id } } }'
    found = {
        who.user: OfficeClient.over(agency(), who).ask(query)["search"]["totalCount"]
        for who in (CHIEF, OTHER)
    }
    assert found == {CHIEF.user: 3, OTHER.user: 1}


def test_a_value_with_the_category_is_not_there_and_a_hidden_source_is_named_nowhere() -> None:
    told = page(agency(), "S-1")
    assert [(value["value"], value["sources"]) for value in told["properties"]] == [
        ("Ann Poe", []),
        ("Bo", []),
    ]
    assert "D-9" not in str(told)


def test_what_only_a_hidden_record_withholds_is_told_without_a_name() -> None:
    [verdict] = page(agency(), "S-1")["properties"][0]["verdicts"]
    assert verdict == {
        "agreement": "ndex",
        "released": False,
        "text": "Withheld from ndex (National Data Exchange), for a reason not shown to you.",
        "causes": [
            {
                "rule": "",
                "reason": "not shown",
                "text": "for a reason not shown to you",
                "length": 0,
                "whoMayChange": "for a reason not shown to you",
                "category": None,
                "base": None,
                "chain": [],
            }
        ],
    }


def test_links_to_what_is_hidden_are_not_counted_listed_walked_or_found_by_their_id() -> None:
    tied = agency(link("L-4", "D-9", "MENTIONS", "S-1"))
    told = page(tied, "S-1")
    client = OfficeClient.over(tied, OTHER)
    assert (told["linkCounts"], [node["id"] for node in told["links"]["nodes"]]) == (
        [{"type": "SUBJECT_OF", "direction": "OUT", "kind": "CASE", "count": 1}],
        ["L-1"],
    )
    query = """{ link(id: "L-4") { id } path(from: "S-1", to: "D-9") { length }
        other: path(from: "C-1", to: "S-1") { length } }"""
    assert client.ask(query) == {"link": None, "path": None, "other": {"length": 1}}


def test_a_field_that_nobody_knows_loses_the_id_of_what_is_hidden() -> None:
    [node] = page(agency(), "S-1")["links"]["nodes"]
    assert node["fields"] == [{"name": "sources", "value": "[]"}]


@pytest.mark.parametrize("title", ["The wire", "Quite another title"])
def test_the_version_tells_nothing_of_what_is_hidden(title: str) -> None:
    changed = agency(WIRE | {"title": title}, S1 | {"properties": S1["properties"][:2]})
    assert page(changed, "S-1")["version"] == page(agency(), "S-1")["version"]


def test_a_reader_is_told_all() -> None:
    [verdict] = page(agency(), "S-1", CHIEF)["properties"][0]["verdicts"]
    told = [(cause["reason"], cause["base"] and cause["base"]["id"]) for cause in verdict["causes"]]
    assert told == [("sources", "D-9"), ("support", "D-8"), ("support", None)]


def test_what_stands_on_something_hidden_is_released_without_saying_by_what() -> None:
    lone = document("D-7", "NY03-0007-001", access_codes=["T3"], narrative="")
    opened = agency(
        lone,
        consent("N-1", HIDDEN, record="D-7"),
        link("L-7", "C-1", "CONTAINS", "D-7"),
        subject("S-7", prop("name", "Cy")),
        link("L-8", "D-7", "MENTIONS", "S-7"),
    )
    [verdict] = page(opened, "S-7")["verdicts"]
    assert (verdict["released"], verdict["causes"], verdict["text"]) == (
        True,
        [],
        "Released to ndex (National Data Exchange), for a reason not shown to you.",
    )


def test_a_request_about_a_hidden_category_waits_for_readers_alone() -> None:
    of = agency()
    ask = """mutation { requestClearance(link: "L-1", categories: ["title_iii"], agreements: ["ndex"],
        end: "2031-01-01", reason: "why") { request { id } } }"""
    queue = """query ($id: ID!) {
        requests { totalCount } request(id: $id) { id } link(id: "L-1") { requests { id } } }"""
    asked = OfficeClient.over(of, Who("the chief", roles="agent")).ask(ask)["requestClearance"]["request"]
    told = [OfficeClient.over(of, who).ask(queue, id=asked["id"]) for who in (CHIEF, OTHER)]
    assert told == [
        {"requests": {"totalCount": 1}, "request": asked, "link": {"requests": [asked]}},
        {"requests": {"totalCount": 0}, "request": None, "link": {"requests": []}},
    ]


C7 = case("C-7", "NY03-0007", access_codes=["T3"])
OPENED = (C7, consent("N-1", HIDDEN, record="C-7"))
PUBLISH = """mutation ($yes: Boolean!) { publish(reason: "it is time", yes: $yes) {
    agreement version added updated withdrawn heldBack } }"""
NO_NUMBERS = {
    "agreement": "ndex",
    "version": None,
    "added": None,
    "updated": None,
    "withdrawn": None,
    "heldBack": None,
}


@pytest.mark.parametrize("more", [(), OPENED])
def test_publishing_tells_no_numbers_to_who_may_not_know_of_all(more: Any) -> None:
    made = agency(*more)
    assert OfficeClient.over(made, OTHER).ask(PUBLISH, yes=True)["publish"] == [NO_NUMBERS]
    assert ("C-7" in made.seen()) is bool(more)


def test_publishing_tells_its_numbers_to_a_reader() -> None:
    made = agency(*OPENED)
    told = OfficeClient.over(made, CHIEF).ask(PUBLISH, yes=True)["publish"]
    assert [(each["added"], each["withdrawn"], each["heldBack"]) for each in told] == [(2, 0, 0)]


def test_what_is_asked_before_publishing_tells_no_numbers_to_who_may_not_know_of_all() -> None:
    made = agency()
    made.publish()
    made.load(*OPENED)
    under = made.rules.policy
    made.rules = rules(agreement(under=under, caveat="Another caveat."), under=under)
    asked = {}
    for who in (CHIEF, OTHER):
        [fault] = OfficeClient.over(made, who).told(PUBLISH, yes=False)["errors"]
        asked[who.user] = (fault["extensions"]["code"], fault["message"])
    assert asked[OTHER.user] == ("ASK", "This needs your word. Look at what it would do, and say yes.")
    assert asked[CHIEF.user][0] == "ASK"
    assert "ndex" in asked[CHIEF.user][1]


def test_a_link_to_the_id_of_a_hidden_link_is_as_hidden_and_so_is_one_to_that_link() -> None:
    """The two-world test found it: such a link lost its end, and then nothing could be told to that officer."""
    hidden = link("L-7", "D-9", "MENTIONS", "S-1")
    odd = (hidden, link("L-8", "C-1", "CONTAINS", "L-7"), link("L-9", "L-8", "CONTAINS", "C-1"))
    dangling = link("L-6", "C-1", "CONTAINS", "L-1")
    query = "query ($id: ID!) { record(id: $id) { links(first: 100) { nodes { id } } } }"

    def links(who: Who) -> set[str]:
        seen = OfficeClient.over(agency(*odd, dangling), who).ask(query, id="C-1")["record"]["links"]["nodes"]
        return {each["id"] for each in seen}

    assert (links(CHIEF), links(OTHER)) == ({"L-1", "L-6", "L-8", "L-9"}, {"L-1", "L-6"})


def test_an_erased_text_that_had_a_number_which_is_a_hidden_id_as_well_is_left_to_the_rules() -> None:
    """What was kept of the text was cut, and could not be read."""
    lines = (
        document("NY03-0007-001", "NY03-0007-002", access_codes=["T3"]),
        document("D-7", "NY03-0007-003", "See NY03-0007-001"),
    )
    of = agency(*lines)
    of.load(delete("D-7"))
    assert page(of, "D-7")["deleted"] is True


@pytest.mark.parametrize(
    "word", ["document", "case", "SUBJECT_OF", "SAC-NY", "name", "approved", "agent.lee"]
)
def test_a_hidden_record_whose_id_is_a_word_of_other_lines_leaves_them_readable(word: str) -> None:
    of = agency(document(word, "NY03-0007-001", access_codes=["T3"]), document("D-7", "NY03-0007-003"))
    told = [page(of, id) for id in ("C-1", "D-7", "S-1")]
    assert [(record["id"], record["kind"]) for record in told] == [
        ("C-1", "CASE"),
        ("D-7", "DOCUMENT"),
        ("S-1", "SUBJECT"),
    ]
