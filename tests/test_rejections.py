"""Only what cannot be stored is rejected, with a JSON path and a sentence (DESIGN 3); the rest the rules judge."""

from typing import Any

import pytest

from graph.model import Kind
from loaders.check import LONGEST_ID, Line, check, instant
from loaders.drawn import Drawn, Place, Rejected
from tests.building import Given, as_bytes
from tests.plain_lines import case, clearance, consent, delete, document, link, prop, subject

HERE = Place("given.jsonl", 7)
C1 = case("C-1", "NY03-0001")
KNOWS = link("L-1", "S-1", "KNOWS", "S-2")


def checked(line: Given) -> Line | Rejected:
    return check(Drawn(HERE, as_bytes(line)))


def rejection(line: Given) -> Rejected:
    """The rejection of a line that cannot be stored."""
    outcome = checked(line)
    assert isinstance(outcome, Rejected)
    return outcome


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("not json", "$"),
        ("{", "$"),
        ('{"kind": "case", "id": "C-1"', "$"),
        ('{"kind": "case", "id": "C-1"} {}', "$"),
        ("{'kind': 'case', 'id': 'C-1'}", "$"),
        ('{"kind": "case", "id": "C-1", "title": NaN}', "$"),
        ('{"kind": "case", "id": "C-1", "title": "a\tb"}', "$"),
        ('{"kind": "case", "id": "C-1", "title": "\\ud800"}', "$"),
        ('{"kind": "case", "id": "C-1", "remark": 1' + "0" * 5000 + "}", "$"),
        ('{"kind": "case", "id": "C-1", "remark": ' + "[" * 100_000 + "}", "$"),
        ('{"kind": "case", "id": "C-1", "remark": ' + "[" * 1020 + "]" * 1020 + "}", "$"),
        (b'{"kind": "case", "id": "C-1", "title": "caf\xe9"}', "$"),
        ("﻿" + '{"kind": "case", "id": "C-1"}', "$"),
        ("[]", "$"),
        ('"case"', "$"),
        ("null", "$"),
        ('{"kind": "case", "id": "C-1", "id": "C-1"}', "$..id"),
        ('{"kind": "subject", "id": "S-1", "properties": [{"name": "a", "name": "b"}]}', "$..name"),
        ("{}", "$.id"),
        (C1 | {"id": None}, "$.id"),
        (C1 | {"id": 7}, "$.id"),
        (C1 | {"id": ""}, "$.id"),
        (C1 | {"id": "implied:D-1:D-2"}, "$.id"),
        (delete(""), "$.id"),
        ({"id": "C-1"}, "$.kind"),
        (C1 | {"kind": "Case"}, "$.kind"),
        (C1 | {"kind": "caveat"}, "$.kind"),
        (C1 | {"kind": None}, "$.kind"),
        (C1 | {"kind": ["case"]}, "$.kind"),
        (C1 | {"revised": None}, "$.revised"),
        (C1 | {"revised": "2004-02-02"}, "$.revised"),
        (delete("C-1", revised="yesterday"), "$.revised"),
        (subject("S-1") | {"properties": {}}, "$.properties"),
        (subject("S-1") | {"properties": None}, "$.properties"),
        ({"kind": "link", "id": "L-1", "type": "KNOWS", "to": "S-2"}, "$.from"),
        ({"kind": "link", "id": "L-1", "type": "KNOWS", "from": "S-1"}, "$.to"),
        (KNOWS | {"from": None}, "$.from"),
        (KNOWS | {"to": ["S-2"]}, "$.to"),
        (KNOWS | {"to": ""}, "$.to"),
    ],
)
def test_what_cannot_be_stored_is_rejected_with_the_path_to_why(line: Given, path: str) -> None:
    rejected = rejection(line)
    assert (rejected.place, rejected.path) == (HERE, path)
    assert rejected.sentence.endswith(".")


@pytest.mark.parametrize(
    "line",
    [
        C1,
        {"kind": "case", "id": "C-1"},
        *(C1 | {"access_codes": codes} for codes in (None, "REL", [], [7], ["NO SUCH"], {"T3": 1})),
        *(C1 | {"prepared": day} for day in (None, 7, "", "00/00/2000", "2003-02-30")),
        *(C1 | {"approval": approval} for approval in (None, "approved", ["approved"], {"state": 1})),
        *(C1 | {"source_system": system} for system in (None, "", 7)),
        *(C1 | {"number": number} for number in (None, "", "28/2003", 7)),
        C1 | {"remark": {"any": ["thing"]}, "properties": {"of": "a case"}},
        C1 | {"id": " "},
        C1 | {"id": "C 1/\u00e9\U0001f600"},
        document("D-1", "NY03-0001-001", type=None) | {"narrative": 7},
        subject("S-1", "Ann", None, prop("name", 7), type=""),
        KNOWS | {"type": None},
        KNOWS | {"type": "WHISPERED_TO", "sources": "D-1", "since": "soon", "remark": ""},
        KNOWS | {"to": "L-1"},
        consent("N-1", "third_agency"),
        {"kind": "consent", "id": "N-1"},
        clearance("K-1", KNOWS, "title_iii", agreements=None),
        {"kind": "clearance", "id": "K-1", "from": 7},
        delete("C-1", from_="anything"),
    ],
)
def test_what_is_merely_missing_or_malformed_is_loaded(line: dict[str, Any]) -> None:
    outcome = checked(line)
    assert isinstance(outcome, Line)
    known_kind = None if line["kind"] == "delete" else Kind(line["kind"])
    assert (outcome.place, outcome.id, outcome.kind, outcome.text) == (
        HERE,
        line["id"],
        known_kind,
        as_bytes(line),
    )


def test_an_id_of_so_many_bytes_can_be_stored_and_a_longer_one_is_rejected() -> None:
    assert isinstance(checked(C1 | {"id": "é" * (LONGEST_ID // 2)}), Line)
    assert rejection(C1 | {"id": "é" * (LONGEST_ID // 2) + "C"}).path == "$.id"
    assert rejection(KNOWS | {"to": "S" * (LONGEST_ID + 1)}).path == "$.to"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b'{"id": "caf\xe9"}', "The line is not UTF-8 (byte 12); save the file as UTF-8."),
        ('{"kind": "case", "id": "C-1"', "The line is not JSON: unexpected end of data at character 29."),
        ("[]", "The line is no JSON object; write one object a line."),
        ('{"id": "A", "id": "B"}', "The key id stands twice; one of the two would be lost."),
        ({"kind": "case"}, "There is no id: id must be a text that is not empty."),
        (
            C1 | {"kind": "person"},
            "The kind is none of case, document, subject, link, clearance, consent, delete.",
        ),
        (
            C1 | {"revised": "2004"},
            "Revised is no RFC 3339 date-time with an offset, such as 2004-02-02T09:30:00Z.",
        ),
        ({"kind": "link", "id": "L-1"}, "There is no end: from must be a text that is not empty."),
        (subject("S-1") | {"properties": {}}, "The properties are no list."),
    ],
)
def test_the_sentence_says_what_is_wrong(line: Given, sentence: str) -> None:
    assert rejection(line).sentence == sentence


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (b'{"kind":"case","id":"C-1","title" \t: "a","title":"b"}', "title"),
        (b'{"kind":"case","id":"C-1","approval":{"state":"approved","state"\r:"draft"}}', "state"),
        (b'{"kind":"case","id":"C-1","other":[[{"a":1},{"b":1,"b":1}]]}', "b"),
        (b'{"kind":"case","id":"C-1","\\u0061":1,"a":2}', "a"),
    ],
)
def test_a_key_that_stands_twice_is_found_wherever_it_stands_and_however_it_is_written(
    line: bytes, key: str
) -> None:
    assert rejection(line).sentence == f"The key {key} stands twice; one of the two would be lost."


@pytest.mark.parametrize("title", ['":', '": "', '" :"title":', "{}:[]:", '\\":'])
def test_a_text_that_looks_like_a_key_is_none(title: str) -> None:
    assert isinstance(checked(C1 | {"title": title, '":': {"a": [{"a": '":'}]}}), Line)


# --- revised ---


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2004-02-02T09:30:00Z", "2004-02-02T09:30:00.000000000"),
        ("2004-02-02t09:30:00z", "2004-02-02T09:30:00.000000000"),
        ("2004-02-02T09:30:00+00:00", "2004-02-02T09:30:00.000000000"),
        ("2004-02-02T09:30:00-00:00", "2004-02-02T09:30:00.000000000"),
        ("2004-02-02T01:30:00+05:30", "2004-02-01T20:00:00.000000000"),
        ("2004-02-29T23:59:59-23:59", "2004-03-01T23:58:59.000000000"),
        ("2004-02-02T09:30:00.5Z", "2004-02-02T09:30:00.500000000"),
        ("2004-02-02T09:30:00.1234567891Z", "2004-02-02T09:30:00.123456789"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000000"),
        ("0099-01-01T00:00:00Z", "0099-01-01T00:00:00.000000000"),
    ],
)
def test_an_instant_is_its_utc_so_that_later_text_is_a_later_instant(text: str, utc: str) -> None:
    assert instant(text) == utc


@pytest.mark.parametrize(
    "text",
    [
        *(
            None,
            7,
            "",
            "2004",
            "2004-02-02",
            "2004-02-02T09:30:00",
            "2004-02-02 09:30:00Z",
            "2004-02-02T09:30Z",
        ),
        *("2004-02-30T00:00:00Z", "2004-13-01T00:00:00Z", "2004-02-02T24:00:00Z", "2004-02-02T09:60:00Z"),
        *(
            "2004-02-02T09:30:61Z",
            "2004-02-02T09:30:00.Z",
            "2004-02-02T09:30:00,5Z",
            "2004-02-02T09:30:00+0100",
        ),
        *(
            "2004-02-02T09:30:00+24:00",
            "2004-02-02T09:30:00+01:60",
            "2004-02-02T09:30:00Z ",
            "20040202T093000Z",
        ),
        *("２００４-02-02T09:30:00Z", "2004-W05-1T00:00:00Z", "2004-02-02T09:30:00+1"),
    ],
)
def test_what_is_no_rfc_3339_instant_with_an_offset_is_none(text: object) -> None:
    assert instant(text) is None
