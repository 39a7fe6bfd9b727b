"""R11: deletion erases content, never withholding; what is left goes on carrying and citing."""

from typing import Any

import orjson
import pytest

from graph.erasure import erased
from graph.model import Entry, EntryId, Kind
from tests.building import Agency, as_bytes, policy, rules
from tests.plain_lines import Made, case, clearance, consent, delete, document, link, prop, subject

SECRET = "The Wire"
KNOWS = link("L-1", "S-1", "KNOWS", "S-2", sources=["D-1"], role=SECRET)
C1 = case("C-1", "NY03-0001", title=SECRET, synopsis=SECRET, remark=SECRET)
D1 = document(
    *("D-1", "NY03-0001-001", f"{SECRET} in NY03-0002_NY03-0003."),
    title="ny03\u20110004",
    author=SECRET,
    access_codes=["T3"],
)
S1 = subject("S-1", prop("name", SECRET), office=SECRET)
WIRE = {"access_codes": ["T3"]}


def left(line: Made) -> Any:
    """What is kept of a line that was deleted."""
    entry = Entry(EntryId(line["id"]), Kind(line["kind"]), as_bytes(line), "2004-01-01")
    gone = erased(entry, policy().patterns, "2005-01-01")
    assert (gone.id, gone.kind, gone.deleted, gone.revised) == (entry.id, entry.kind, True, "2005-01-01")
    return orjson.loads(gone.line)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (C1, {"number": "NY03-0001", "access_codes": ["REL"], "tokens": []}),
        (
            D1,
            {
                **{"number": "NY03-0001-001", "access_codes": ["T3"]},
                "tokens": [["NY03-0004", [0]], ["NY03-0002_NY03-0003", [0, 10]]],
            },
        ),
        (S1, {"access_codes": ["REL"], "tokens": []}),
    ],
)
def test_of_a_record_id_kind_number_codes_system_and_tokens_are_kept(line: Made, kept: Made) -> None:
    same = {"kind": line["kind"], "id": line["id"], "source_system": "CASE-MANAGEMENT"}
    assert left(line) == same | kept


@pytest.mark.parametrize(
    "line",
    [
        KNOWS,
        clearance("K-1", KNOWS, "title_iii", reason=SECRET),
        consent("N-1", "third_agency", reason=SECRET),
    ],
)
def test_of_anything_else_that_its_id_was_taken_and_its_kind_are_kept(line: Made) -> None:
    assert left(line) == {"kind": line["kind"], "id": line["id"]}


@pytest.mark.parametrize(
    "changed", [{"access_codes": None}, {"access_codes": ["T3", 7]}, {"number": 7}, {"source_system": None}]
)
def test_what_was_malformed_is_kept_as_it_was(changed: Made) -> None:
    kept = left(C1 | changed)
    assert {field: kept[field] for field in changed} == changed


@pytest.mark.parametrize("line", [C1, D1, S1, KNOWS])
def test_nothing_of_the_content_is_left_in_what_is_held(line: Made) -> None:
    made = Agency()
    made.load(line, delete(line["id"]))
    [entry] = made.holdings.entries()
    assert (entry.deleted, SECRET.encode() in entry.line) == (True, False)


def test_deleting_again_leaves_it_as_it_was_and_keeps_the_later_revision() -> None:
    entry = Entry(EntryId("D-1"), Kind.DOCUMENT, as_bytes(D1))
    once = erased(entry, policy().patterns, "2005-01-01")
    twice = erased(once, policy().patterns, "2006-01-01")
    assert (twice.line, twice.revised, twice.deleted) == (once.line, "2006-01-01", True)


def test_what_a_rejected_line_withheld_stays_withheld_when_it_is_deleted() -> None:
    entry = Entry(EntryId("C-1"), Kind.CASE, as_bytes(C1), tainted=True)
    assert erased(entry, policy().patterns, None).tainted is True


# --- it goes on withholding ---


def released(*lines: Made, patterns: list[str] | None = None) -> set[str]:
    """What is seen after these lines; with other identifier patterns from before the last line on."""
    made = Agency()
    made.load(*lines[:-1])
    if patterns is not None:
        made.rules = rules(under=policy(identifier_patterns=patterns))
    made.load(lines[-1])
    made.publish()
    return made.seen()


IN_C1 = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2)]
D2 = document("D-2", "NY03-0001-002")
CASE = case("C-1", "NY03-0001")


def test_a_deleted_record_carries_its_categories_along_its_links() -> None:
    cites = link("L-C", "D-2", "CITES", "D-1")
    assert released(CASE, D1, D2, *IN_C1, cites, delete("D-1")) == {"C-1"}


def test_a_deleted_documents_tokens_go_on_citing_records_that_are_loaded_later_too() -> None:
    cites = link("L-C", "D-2", "CITES", "D-1")
    quoting = document("D-1", "NY03-0001-001", "As in NY03-0002.")
    lines = [CASE, quoting, D2, *IN_C1, cites, delete("D-1")]
    assert released(*lines) == {"C-1", "D-2", "L-2"}
    assert released(*lines, case("C-2", "NY03-0002") | WIRE) == {"C-1"}


def test_a_deleted_records_number_goes_on_being_cited() -> None:
    quoting = document("D-2", "NY03-0001-002", "As in NY03-0002.")
    wire = case("C-2", "NY03-0002") | WIRE
    assert released(CASE, wire, quoting, IN_C1[1], delete("C-2")) == {"C-1"}


def test_a_deleted_link_carries_no_more() -> None:
    cites = link("L-C", "D-2", "CITES", "D-1")
    assert released(CASE, D1, D2, IN_C1[1], cites, delete("L-C")) == {"C-1", "D-2", "L-2"}


def test_a_later_line_replaces_what_was_left() -> None:
    assert released(CASE | WIRE, delete("C-1"), CASE) == {"C-1"}
