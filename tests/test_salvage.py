"""What a rejected line names is withheld, as far as the line can be read (DESIGN 3, rejects fail closed)."""

from pathlib import Path

import pytest

from loaders.check import check
from loaders.drawn import Drawn, Place, Rejected
from loaders.lines import LinesFormat
from tests.building import Given, as_bytes
from tests.plain_lines import case, clearance, consent, delete, link, subject

KNOWS = link("L-1", "S-1", "KNOWS", "S-2")


def salvaged(line: Given) -> tuple[str | None, set[str]]:
    """Whose line it is, if that can be read, and all that it names."""
    outcome = check(Drawn(Place("given.jsonl", 1), as_bytes(line)))
    assert isinstance(outcome, Rejected)
    return outcome.by, set(outcome.named)


@pytest.mark.parametrize(
    ("line", "by", "named"),
    [
        # truncated
        ('{"kind": "case", "id": "C-1"', "C-1", {"C-1"}),
        ('{"kind": "case", "id": "C-1", "title": "Frei', "C-1", {"C-1"}),
        ('{"kind": "case", "id": "C-1', None, set()),
        ('{"kind": "link", "id": "L-1", "type": "KNOWS", "from": "S-1", "to": "S-', "L-1", {"L-1", "S-1"}),
        ('{"id": "L-1", "from": "S-1", "to": "S-2", "kind": "li', "L-1", {"L-1", "S-1", "S-2"}),
        # more than one object
        ('{"kind": "case", "id": "C-1"} {"kind": "case", "id": "C-2"}', None, {"C-1", "C-2"}),
        # not UTF-8, and what JSON does not allow
        (b'{"kind": "case", "title": "caf\xe9", "id": "C-1"}', "C-1", {"C-1"}),
        ('{"kind": "case", "title": "a\tb\\ud800", "id": "C-1"}', "C-1", {"C-1"}),
        ('{"kind": "case", "title": NaN, "id": "C-1"}', "C-1", {"C-1"}),
        # what was read, but does not do
        (case("C-1", "NY03-0001") | {"revised": "soon"}, "C-1", {"C-1"}),
        (case("C-1", "NY03-0001") | {"kind": "person", "from": "S-1"}, "C-1", {"C-1", "S-1"}),
        (subject("S-1") | {"properties": {}}, "S-1", {"S-1"}),
        (KNOWS | {"from": None}, "L-1", {"L-1", "S-2"}),
        (KNOWS | {"to": ["S-2"]}, "L-1", {"L-1", "S-1"}),
        (KNOWS | {"id": ""}, None, {"S-1", "S-2"}),
        (KNOWS | {"id": 7}, None, {"S-1", "S-2"}),
        (KNOWS | {"kind": "Link"}, "L-1", {"L-1", "S-1", "S-2"}),
        ({"id": "L-1", "from": "S-1", "to": "S-2"}, "L-1", {"L-1", "S-1", "S-2"}),
        (delete("C-1", revised="soon", to="S-1"), "C-1", {"C-1"}),
        (clearance("K-1", KNOWS, "title_iii", revised="soon"), "K-1", {"K-1"}),
        (consent("N-1", "third_agency", record="D-1", revised="soon"), "N-1", {"N-1"}),
        # repeated keys
        ('{"kind": "case", "id": "C-1", "access_codes": ["REL"], "access_codes": ["T3"]}', "C-1", {"C-1"}),
        (
            '{"kind": "link", "id": "L-1", "from": "S-1", "from": "S-3"}',
            "L-1",
            {"L-1", "S-1", "S-3"},
        ),
        # nothing to be read
        ("not json", None, set()),
        ("", None, set()),
        ("[1, 2]", None, set()),
        (b"\xff\xfe{\x00", None, set()),
        (case("C" * 3000, "NY03-0001"), None, set()),
    ],
)
def test_a_rejected_line_names_its_id_and_the_ends_of_a_link(
    line: Given, by: str | None, named: set[str]
) -> None:
    assert salvaged(line) == (by, named)


@pytest.mark.parametrize(
    "line",
    [
        '{"kind": "case", "access_codes": ["T3",], "id": "C-1"}',
        '{"kind": "case", "access_codes": [T3], "id": "C-1"}',
        '{"kind": "case", "access_codes": ["T3"] "id": "C-1"}',
        '{"kind": "case", \'access_codes\': [\'T3\'], "id": "C-1"}',
        '{"kind": "case", "prepared": 00/00/2000, "id": "C-1"}',
        '{"kind": "case", "title": "the "wire" case", "id": "C-1"}',
        '{"kind": "case", "access_codes": ["T3"], "remark": 1' + "0" * 5000 + ', "id": "C-1"}',
        '{"kind": "case", "access_codes": ["T3"], "remark": ' + "[" * 2000 + "]" * 2000 + ', "id": "C-1"}',
        '"kind": "case", "access_codes": ["T3"], "id": "C-1"}',
    ],
)
def test_an_id_that_stands_after_what_is_wrong_can_still_be_read(line: str) -> None:
    assert salvaged(line) == ("C-1", {"C-1"})


def test_the_ends_that_stand_after_what_is_wrong_can_still_be_read() -> None:
    line = '{"kind": "link", "sources": ["D-1",], "id": "L-1", "from": "S-1", "to": "S-2"}'
    assert salvaged(line) == ("L-1", {"L-1", "S-1", "S-2"})


@pytest.mark.parametrize("kinds", ['"kind": "case", "kind": "link"', '"kind": "link", "kind": "case"'])
def test_a_line_that_says_twice_what_it_is_may_be_a_link(kinds: str) -> None:
    line = f'{{{kinds}, "id": "L-1", "from": "S-1", "to": "S-2"}}'
    assert salvaged(line) == ("L-1", {"L-1", "S-1", "S-2"})


@pytest.mark.parametrize(
    "line",
    [
        '"id": "D-1",',
        '{"record": {"kind": "document", "id": "D-1"}}',
        '  "access_codes": ["T3"], "id": "D-1"}',
    ],
    ids=["a line of an object that goes over several", "an object in another", "the end of an object"],
)
def test_a_record_that_is_written_another_way_is_named_all_the_same(line: str) -> None:
    assert salvaged(line) == ("D-1", {"D-1"})


def test_a_line_with_two_ids_names_both() -> None:
    assert salvaged('{"kind": "case", "id": "C-1", "id": "C-2"}')[1] == {"C-1", "C-2"}


@pytest.mark.parametrize("id_first", [True, False], ids=["id first", "id last"])
def test_a_line_that_is_too_long_still_names_its_record(tmp_path: Path, id_first: bool) -> None:
    file = tmp_path / "long.jsonl"
    filling = "x" * (17 * 2**20)
    fields = ['"kind": "case"', '"id": "C-1"', f'"synopsis": "{filling}"']
    file.write_text("{" + ", ".join(fields if id_first else reversed(fields)) + "}\n", encoding="utf-8")
    [rejected] = LinesFormat(file).draw()
    assert isinstance(rejected, Rejected)
    assert (rejected.by, set(rejected.named)) == ("C-1", {"C-1"})


def test_a_rejection_keeps_no_more_of_a_long_line_than_a_person_would_read() -> None:
    outcome = check(Drawn(Place("given.jsonl", 1), b'{"id": "C-1", "title": "' + b"x" * 2**20 + b'"}'))
    assert isinstance(outcome, Rejected)
    assert len(outcome.text) == 64 * 1024
