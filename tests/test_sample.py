"""The demo holdings are always the same, and every line of them can be loaded."""

import hashlib
import json
import tracemalloc
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from loaders.sample import sample_lines, write_sample
from tests import worked_example
from tests.demo_holdings import NEVER_LOADED, Line, lines, links, records

RECORD_FIELDS = {
    "kind": str, "id": str, "source_system": str, "office": str, "access_codes": list, "approval": dict,
}  # fmt: skip
PERMIT_FIELDS = dict.fromkeys(
    ("kind", "id", "category", "reason", "requested_by", "approved_by", "effective", "expires"), str
)
FIELDS: dict[str, Mapping[str, type]] = {
    "case": {**RECORD_FIELDS, **dict.fromkeys(
        ("prepared", "number", "title", "status", "program", "opened", "synopsis"), str)},
    "document": {**RECORD_FIELDS, **dict.fromkeys(
        ("prepared", "type", "number", "title", "narrative", "author"), str)},
    "subject": {**RECORD_FIELDS, "created": str, "type": str, "properties": list},
    "link": dict.fromkeys(("kind", "id", "type", "from", "to"), str),
    "clearance": {**PERMIT_FIELDS, "link": str, "type": str, "from": str, "to": str, "agreements": list},
    "consent": {**PERMIT_FIELDS, "agreement": str, "record": str, "granted_by": str},
    "delete": {"kind": str, "id": str},
}  # fmt: skip
"""The fields that each line of a kind has here, as DESIGN 3 names them."""

OPTIONAL: dict[str, Mapping[str, type]] = {
    "case": {"closed": str},
    "link": {"sources": list, "role": str, "since": str, "until": str, "access_codes": list},
}
PROPERTY = {"name": str, "value": str, "sources": list}


def misfits(line: Line, must: Mapping[str, type], may: Mapping[str, type]) -> Iterator[str]:
    """The fields that are missing, unknown, or of another type."""
    yield from (name for name in must if name not in line)
    yield from (name for name in line if type(line[name]) is not (must.get(name) or may.get(name)))


def test_the_demo_holdings_are_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    write_sample(tmp_path / "demo.jsonl")
    digest = hashlib.sha256((tmp_path / "demo.jsonl").read_bytes()).hexdigest()
    assert digest == "735e77da87abb0004fc0730a1fc7ca4462f71ca23b17b3cf405e80adec28435f"


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    written = []
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        write_sample(tmp_path / name, cases=50, seed=seed)
        written.append((tmp_path / name).read_bytes())
    assert [content == written[0] for content in written] == [True, True, False]


def test_the_file_has_each_line_in_the_same_words_and_the_count_says_how_many(tmp_path: Path) -> None:
    count = write_sample(tmp_path / "demo.jsonl", cases=40)
    read = (tmp_path / "demo.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in read] == list(sample_lines(40))
    assert len(read) == count


def test_the_counts_by_kind_are_these() -> None:
    assert Counter(line["kind"] for line in lines()) == {
        "case": 2000,
        "document": 7967,
        "subject": 4934,
        "link": 26781,
        "clearance": 29,
        "consent": 30,
        "delete": 9,
    }


def test_every_line_is_one_that_the_format_knows() -> None:
    found = [
        (line["id"], list(misfits(line, FIELDS[line["kind"]], OPTIONAL.get(line["kind"], {}))))
        for line in lines()
    ]
    assert [misfit for misfit in found if misfit[1]] == []


def test_every_property_is_a_text_that_states_its_sources() -> None:
    stated = [stated for line in lines() for stated in line.get("properties", [])]
    assert [one for one in stated if list(misfits(one, PROPERTY, {"access_codes": list}))] == []


def test_every_line_opens_with_what_a_reader_looks_for_first() -> None:
    assert {(line["kind"], *list(line)[:3]) for line in lines()} == {
        ("case", "kind", "id", "number"),
        ("document", "kind", "id", "number"),
        ("subject", "kind", "id", "type"),
        ("link", "kind", "id", "type"),
        ("clearance", "kind", "id", "link"),
        ("consent", "kind", "id", "agreement"),
        ("delete", "kind", "id"),
    }


def test_no_id_is_given_twice_and_what_is_deleted_was_there_before() -> None:
    given = Counter(line["id"] for line in lines() if line["kind"] != "delete")
    assert [name for name, times in given.items() if times > 1] == []
    seen: set[str] = set()
    unseen = []
    for line in lines():
        if line["kind"] == "delete" and line["id"] not in seen:
            unseen.append(line["id"])
        seen.add(line["id"])
    assert unseen == []


def test_every_end_and_source_of_a_link_is_there_but_for_a_report_that_was_never_loaded() -> None:
    named = Counter(end for link in links() for end in (link["from"], link["to"], *link.get("sources", [])))
    assert {end: times for end, times in named.items() if end not in records()} == {f"D-{NEVER_LOADED}": 7}


def test_every_source_of_a_property_is_a_document() -> None:
    stated = (stated for record in records().values() for stated in record.get("properties", []))
    assert {records()[source]["kind"] for one in stated for source in one["sources"]} == {"document"}


def test_every_type_of_link_is_used_between_ends_of_its_kinds() -> None:
    fits: dict[str, Any] = worked_example.policy()["links"]
    assert {link["type"] for link in links()} == set(fits)
    assert [
        link["id"]
        for link in links()
        for end in ("from", "to")
        if link[end] in records() and records()[link[end]]["kind"] not in fits[link["type"]][end]
    ] == []


def test_the_memory_that_it_takes_does_not_grow_with_the_number_of_cases() -> None:
    made = sample_lines(1_200)
    tracemalloc.start()
    few = peak_while(islice(made, 10_000))
    many = peak_while(made)
    tracemalloc.stop()
    assert many < few * 1.2


def peak_while(making: Iterable[Line]) -> int:
    """The most memory, in bytes, that is held at any one time while these lines are made and dropped."""
    tracemalloc.reset_peak()
    deque(making, maxlen=0)
    return tracemalloc.get_traced_memory()[1]


@pytest.mark.parametrize("cases", [-1, 1_500_001])
def test_a_number_of_cases_that_cannot_be_numbered_is_refused_before_the_file_is_touched(
    tmp_path: Path, cases: int
) -> None:
    with pytest.raises(ValueError, match="cases must be from 0 to 1,500,000"):
        write_sample(tmp_path / "demo.jsonl", cases)
    assert list(tmp_path.iterdir()) == []


def test_no_cases_are_no_lines() -> None:
    assert list(sample_lines(0)) == []
