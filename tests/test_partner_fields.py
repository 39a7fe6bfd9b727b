"""What each field of the partner's schema means (DESIGN 6)."""

from typing import Any

import pytest

from graph.model import OpaqueId
from graph.numbers import WITHHELD
from graph.release import ReleasedSubject, Value
from tests.partner_world import RECORDS, answer, ask, codes, content, link, release, view


def neighbours(id: str, kind: str, field: str) -> list[str]:
    """The ids that a connection of a record gives."""
    found = ask(f'{{ node(id: "{id}") {{ ... on {kind} {{ {field} {{ nodes {{ id }} totalCount }} }} }} }}')
    connection = found["node"][field]
    assert connection["totalCount"] == len(connection["nodes"])
    return [node["id"] for node in connection["nodes"]]


def links(id: str, arguments: str = "") -> list[tuple[str, str, str]]:
    """The links that a record gives: link, direction, the record at the other end."""
    asked = f"links{arguments} {{ edges {{ link {{ id }} direction node {{ id }} }} totalCount }}"
    connection = ask(f'{{ node(id: "{id}") {{ ... on Record {{ {asked} }} }} }}')["node"]["links"]
    assert connection["totalCount"] == len(connection["edges"])
    return [(edge["link"]["id"], edge["direction"], edge["node"]["id"]) for edge in connection["edges"]]


def test_the_agreement_says_under_what_and_from_which_release_it_is_answered() -> None:
    told = ask(
        "{ agreement { id partner effective expires caveat kinds"
        " release { version publishedAt recordCount linkCount } } }"
    )
    assert told == {
        "agreement": {
            "id": "ndex",
            "partner": "National Data Exchange",
            "effective": "2009-05-08",
            "expires": "2031-05-08",
            "caveat": "Verify before acting.",
            "kinds": ["CASE", "DOCUMENT", "SUBJECT"],
            "release": {
                "version": release().header.version,
                "publishedAt": "2026-11-24T09:30:00Z",
                "recordCount": 10,
                "linkCount": 15,
            },
        }
    }


def test_a_case_shows_each_of_its_fields() -> None:
    asked = "id kind office number title status program opened closed synopsis"
    assert ask(f'{{ node(id: "c1") {{ ... on Case {{ {asked} }} }} }}') == {
        "node": {
            "id": "c1",
            "kind": "CASE",
            "office": "SAC-NY",
            "number": "NY03-0001",
            "title": "Freight diversion",
            "status": "open",
            "program": "fraud",
            "opened": "2003-04-05",
            "closed": None,
            "synopsis": "Diverted freight.",
        }
    }


def test_a_document_shows_each_of_its_fields() -> None:
    asked = "id kind office number type title prepared narrative author"
    assert ask(f'{{ node(id: "d1") {{ ... on Document {{ {asked} }} }} }}') == {
        "node": {
            "id": "d1",
            "kind": "DOCUMENT",
            "office": "SAC-NY",
            "number": "NY03-0001-001",
            "type": "ROI",
            "title": "Opening report",
            "prepared": "2003-04-06",
            "narrative": "Doe met Roe.",
            "author": "agent.lee",
        }
    }


def test_a_subject_shows_its_properties_by_name_then_value_with_their_sources() -> None:
    asked = "id kind office type label properties { name values { value sources { number } } }"
    assert ask(f'{{ node(id: "s1") {{ ... on Subject {{ {asked} }} }} }}') == {
        "node": {
            "id": "s1",
            "kind": "SUBJECT",
            "office": "SAC-NY",
            "type": "person",
            "label": "Doe, J.",
            "properties": [
                {"name": "alias", "values": [{"value": "Johnny", "sources": [{"number": "NY03-0001-001"}]}]},
                {
                    "name": "name",
                    "values": [
                        {"value": "Doe, J.", "sources": []},
                        {
                            "value": "Doe, John",
                            "sources": [{"number": "NY03-0001-001"}, {"number": "NY03-0001-002"}],
                        },
                    ],
                },
            ],
        }
    }


def test_the_label_of_a_subject_without_a_released_name_is_its_type() -> None:
    assert ask('{ node(id: "s2") { ... on Subject { label } } }') == {"node": {"label": "vehicle"}}


def test_a_link_shows_its_type_ends_role_dates_and_sources() -> None:
    asked = "id type from { id kind } to { id kind } role since until sources { id }"
    assert ask(f'{{ node(id: "l09") {{ ... on Link {{ {asked} }} }} }}') == {
        "node": {
            "id": "l09",
            "type": "SUBJECT_OF",
            "from": {"id": "s1", "kind": "SUBJECT"},
            "to": {"id": "c1", "kind": "CASE"},
            "role": "suspect",
            "since": "2003",
            "until": "2003-05",
            "sources": [{"id": "d1"}, {"id": "d2"}],
        }
    }


@pytest.mark.parametrize(
    ("id", "kind", "field", "expected"),
    [
        ("c1", "Case", "documents", ["d1", "d2"]),
        ("c1", "Case", "subjects", ["s1"]),
        ("c1", "Case", "relatedCases", ["c2"]),
        ("c2", "Case", "relatedCases", ["c1"]),
        ("c2", "Case", "documents", []),
        ("c3", "Case", "documents", []),
        ("d1", "Document", "cases", ["c1", "c4"]),
        ("d1", "Document", "subjects", ["s1", "s2"]),
        ("d1", "Document", "attachments", ["d2"]),
        ("d2", "Document", "attachments", ["d3"]),
        ("d3", "Document", "attachments", []),
        ("s1", "Subject", "cases", ["c1"]),
        ("s1", "Subject", "documents", ["d1", "d2"]),
        ("s3", "Subject", "documents", []),
        ("s3", "Subject", "cases", []),
    ],
)
def test_neighbours_are_those_at_the_other_end_of_a_link_that_gives_support(
    id: str, kind: str, field: str, expected: list[str]
) -> None:
    assert neighbours(id, kind, field) == expected


def test_links_come_by_type_then_the_other_record_then_the_link() -> None:
    assert links("c1") == [
        ("l01", "OUT", "d1"),
        ("l02", "OUT", "d2"),
        ("l14", "OUT", "c1"),
        ("l12", "OUT", "c2"),
        ("l09", "IN", "s1"),
        ("l10", "IN", "s1"),
    ]


def test_a_self_loop_is_one_link_and_goes_out() -> None:
    assert links("c1", '(types: ["RELATED_TO"], direction: IN)') == []
    assert links("c1", '(types: ["RELATED_TO"], direction: OUT)') == [
        ("l14", "OUT", "c1"),
        ("l12", "OUT", "c2"),
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('(types: ["CITES", "KNOWS"])', ["l13", "l15"]),
        ('(types: ["CITES", "KNOWS", "CITES"])', ["l13", "l15"]),
        ("(types: [])", []),
        ('(types: ["NO_SUCH_TYPE"])', []),
        ("(types: null)", ["l13", "l15", "l01", "l03", "l04", "l06", "l08"]),
        ("(kinds: [SUBJECT])", ["l06", "l08"]),
        ("(kinds: [CASE, SUBJECT])", ["l13", "l01", "l03", "l06", "l08"]),
        ("(kinds: [])", []),
        ("(direction: IN)", ["l15", "l01", "l03"]),
        ("(direction: OUT)", ["l13", "l04", "l06", "l08"]),
        ("(direction: BOTH)", ["l13", "l15", "l01", "l03", "l04", "l06", "l08"]),
        ("(direction: null)", ["l13", "l15", "l01", "l03", "l04", "l06", "l08"]),
        ('(types: ["CONTAINS", "CITES"], direction: IN, kinds: [CASE])', ["l01", "l03"]),
    ],
)
def test_links_are_chosen_by_type_direction_and_the_kind_at_the_other_end(
    arguments: str, expected: list[str]
) -> None:
    assert [id for id, _, _ in links("d1", arguments)] == expected


def test_each_link_is_seen_from_both_of_its_ends() -> None:
    seen: dict[str, set[tuple[str, str]]] = {}
    for record in RECORDS:
        for id, direction, _ in links(record.id):
            seen.setdefault(id, set()).add((direction, record.id))
    assert seen == {
        link.id: {("OUT", link.head)} | ({("IN", link.tail)} if link.head != link.tail else set())
        for link in content().links.values()
    }


def test_a_node_is_a_record_or_a_link() -> None:
    told = ask('{ nodes(ids: ["s2", "l01", "c3", "d3", "nothing", "", "s2"]) { id __typename } }')
    assert told["nodes"] == [
        {"id": "s2", "__typename": "Subject"},
        {"id": "l01", "__typename": "Link"},
        {"id": "c3", "__typename": "Case"},
        {"id": "d3", "__typename": "Document"},
        None,
        None,
        {"id": "s2", "__typename": "Subject"},
    ]


def test_no_ids_are_no_nodes() -> None:
    assert ask("{ nodes(ids: []) { id } }") == {"nodes": []}


def test_at_most_a_hundred_nodes_are_told_at_a_time() -> None:
    asked = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert ask(asked, ids=["x"] * 100) == {"nodes": [None] * 100}
    assert codes(asked, ids=["x"] * 101) == ["BAD_ARGUMENT"]


def by_number(field: str, number: str) -> Any:
    return ask(f"query ($number: String!) {{ {field}(number: $number) {{ id }} }}", number=number)[field]


def test_a_number_finds_the_record_that_shows_it_and_of_two_the_one_with_the_lowest_id() -> None:
    assert by_number("case", "NY03-0001") == {"id": "c1"}
    assert by_number("document", "NY03-0001-002") == {"id": "d2"}


@pytest.mark.parametrize("number", ["ny03-0001", " NY03-0001", "NY03-0001-001", "NY99-0100", WITHHELD, ""])
def test_no_other_number_finds_a_case_and_a_masked_one_is_found_by_nothing(number: str) -> None:
    assert by_number("case", number) is None


@pytest.mark.parametrize("number", ["NY03-0001", WITHHELD, ""])
def test_no_other_number_finds_a_document(number: str) -> None:
    assert by_number("document", number) is None


def test_labels_are_compared_by_code_point() -> None:
    names = ("zoe", "Zed", "Ähre", "\uff21", "\U00010000")
    subjects = tuple(
        ReleasedSubject(OpaqueId(f"s{place}"), "person", properties=(Value("name", name),))
        for place, name in enumerate(names)
    )
    shown = ask("{ subjects { nodes { label } } }", view(content(subjects, ())))
    assert [subject["label"] for subject in shown["subjects"]["nodes"]] == [
        "Zed",
        "zoe",
        "Ähre",
        "\uff21",
        "\U00010000",
    ]


def test_a_record_that_many_links_lead_to_is_a_neighbour_once() -> None:
    many = tuple(link(f"l{n}", "MENTIONS", "d1", "s1") for n in range(5))
    told = ask(
        '{ node(id: "d1") { ... on Document { subjects { totalCount } } } }', view(content(links=many))
    )
    assert told == {"node": {"subjects": {"totalCount": 1}}}


def test_a_document_attached_to_itself_is_not_its_own_attachment() -> None:
    loop = (link("l1", "HAS_ATTACHMENT", "d1", "d1"),)
    asked = '{ node(id: "d1") { ... on Document { attachments { totalCount } links { totalCount } } } }'
    assert ask(asked, view(content(links=loop))) == {
        "node": {"attachments": {"totalCount": 0}, "links": {"totalCount": 1}}
    }


def test_a_link_that_leads_out_of_its_release_is_our_mistake_and_shows_nothing() -> None:
    torn = view(content(links=(link("l1", "CITES", "d1", "gone"),)))
    asked = 'node(id: "l1") { ... on Link { to { id } } }'
    assert codes(f"{{ {asked} }}", torn) == ["INTERNAL"]
    assert answer(f"{{ a: __typename {asked} }}", torn).data == {"a": "Query", "node": None}
