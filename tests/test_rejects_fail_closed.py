"""Rejects fail closed (DESIGN 3): what a rejected line names is withheld until a good line for its id is taken."""

import pytest

from graph.errors import Unreadable
from graph.sources import Source, accept, open_sources
from tests.building import Agency, Given
from tests.plain_lines import Made, case, clearance, consent, delete, document, link, subject

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002")
D1, D2 = document("D-1", "NY03-0001-001"), document("D-2", "NY03-0001-002")
S1, S2 = subject("S-1"), subject("S-2")
IN_C1 = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2)]
OF_C1 = [link(f"L-S{n}", f"S-{n}", "SUBJECT_OF", "C-1") for n in (1, 2)]
KNOWS = link("L-K", "S-1", "KNOWS", "S-2", sources=["D-1"])
LINES = [C1, C2, D1, D2, S1, S2, *IN_C1, *OF_C1, KNOWS]
ALL = {line["id"] for line in LINES}
OF_C1_ALL = ALL - {"C-2"}
BAD_C2 = '{"kind": "case", "id": "C-2", "revised": 7}'
BAD_KNOWS = '{"kind": "link", "id": "L-K", "type": "KNOWS", "from": "S-1", "to": null}'


def agency(*lines: Given) -> Agency:
    """An agency that has published the lines above, and then loaded these from another file."""
    made = Agency()
    made.load(*LINES, path="all.jsonl")
    made.publish()
    assert made.seen() == ALL
    made.load(*lines, path="given.jsonl")
    made.restrict()
    return made


def seen_after(made: Agency, *lines: Given, path: str = "more.jsonl") -> set[str]:
    """What is seen after one more load that is restricted and, for this test, published whatever is open."""
    made.load(*lines, path=path)
    made.restrict()
    made.publish()
    return made.seen()


# --- what is withheld ---


def test_a_record_that_a_rejected_line_named_is_uncoded() -> None:
    made = agency(BAD_C2)
    assert made.seen() == OF_C1_ALL
    [publication] = made.restrict()
    assert publication.withheld == {"uncoded": 1}


def test_a_record_that_a_rejected_line_named_carries_what_withholds_it() -> None:
    assert agency('{"kind": "case", "id": "C-1", "revised": 7}').seen() == {"C-2"}


def test_a_link_that_a_rejected_line_named_is_withheld_and_its_readable_ends_are_uncoded() -> None:
    assert agency(BAD_KNOWS).seen() == ALL - {"L-K", "S-1", "L-S1"}
    without_ends = '{"kind": "link", "id": "L-K"}'
    assert agency(without_ends).seen() == ALL - {"L-K"}


def test_the_ends_of_a_rejected_link_that_was_never_held_are_uncoded() -> None:
    never_held = '{"kind": "link", "id": "L-NEW", "type": "SOURCE_OF", "from": "S-2", "to": '
    assert agency(never_held).seen() == ALL - {"S-2", "L-S2", "L-K"}


def test_an_end_that_is_loaded_later_is_uncoded_all_the_same() -> None:
    made = agency('{"kind": "link", "id": "L-NEW", "from": "C-3", "to": 7}')
    assert seen_after(made, case("C-3", "NY03-0003")) == ALL


@pytest.mark.parametrize("ident", ["K-1", "N-1"])
def test_a_clearance_or_consent_that_a_rejected_line_named_has_no_effect(ident: str) -> None:
    third = document("D-3", "NY03-0001-003", access_codes=["TAR"])
    wire = document("D-4", "NY03-0001-004", access_codes=["T3"])
    cites = link("L-C", "D-1", "CITES", "D-4")
    held = [
        *[third, wire, cites, link("L-3", "C-1", "CONTAINS", "D-3")],
        *[clearance("K-1", cites, "title_iii"), consent("N-1", "third_agency", record="D-3")],
    ]
    made = agency(*held)
    made.publish()
    assert made.seen() == ALL | {"D-3", "L-3"}
    lost = {"K-1": {"D-1", "L-1", "L-K"}, "N-1": {"D-3", "L-3"}}[ident]
    kind = {"K-1": "clearance", "N-1": "consent"}[ident]
    assert seen_after(made, f'{{"kind": "{kind}", "id": "{ident}", "revised": 7}}') == made.seen()
    assert made.seen() == (ALL | {"D-3", "L-3"}) - lost


def test_a_line_that_claims_a_held_id_for_another_kind_withholds_what_is_held() -> None:
    assert agency(subject("C-2")).seen() == OF_C1_ALL


# --- what lifts it ---


def test_a_good_line_for_the_id_lifts_it_even_if_it_says_what_is_held_already() -> None:
    made = agency(BAD_C2)
    assert seen_after(made, C2) == ALL


def test_a_good_line_for_a_link_lifts_its_ends_too() -> None:
    made = agency(BAD_KNOWS)
    assert seen_after(made, KNOWS) == ALL


def test_a_good_line_for_an_end_does_not_lift_what_a_links_line_withheld() -> None:
    made = agency(BAD_KNOWS)
    assert seen_after(made, S1) == ALL - {"L-K", "S-1", "L-S1"}


def test_one_id_may_be_withheld_by_several_lines_until_each_is_mended() -> None:
    made = agency(BAD_KNOWS, '{"kind": "subject", "id": "S-1", "properties": 7}')
    assert seen_after(made, KNOWS) == ALL - {"L-K", "S-1", "L-S1"}
    assert seen_after(made, S1) == ALL


@pytest.mark.parametrize(
    ("line", "held"),
    [
        (delete("C-2"), {"C-2": True}),
        (C2 | {"revised": "2003-01-01T00:00:00Z"}, {"C-2": False}),
    ],
    ids=["a delete", "an ignored line"],
)
def test_neither_a_delete_nor_an_ignored_line_lifts_it(line: Made, held: dict[str, bool]) -> None:
    made = agency(C2 | {"revised": "2004-01-01T00:00:00Z"}, BAD_C2)
    made.load(line)
    assert {e.id: e.deleted for e in made.holdings.entries() if e.tainted} == held
    assert seen_after(made) == OF_C1_ALL


def test_a_deleted_record_that_comes_back_is_lifted_by_the_line_that_brings_it() -> None:
    made = agency(BAD_C2, delete("C-2"))
    assert seen_after(made, C2) == ALL


@pytest.mark.parametrize("apart", [False, True], ids=["in one file", "in two files"])
@pytest.mark.parametrize("good_last", [False, True], ids=["the bad line last", "the good line last"])
def test_of_a_good_and_a_bad_line_the_last_one_counts(good_last: bool, apart: bool) -> None:
    lines: list[Given] = [BAD_C2, C2] if good_last else [C2, BAD_C2]
    made = agency(*lines) if not apart else agency(lines[0])
    expected = ALL if good_last else OF_C1_ALL
    assert seen_after(made, *(lines[1:] if apart else ())) == expected


def test_a_line_with_two_ids_withholds_each_until_a_good_line_for_it_is_taken() -> None:
    made = agency('{"kind": "case", "id": "C-2", "id": "C-1"}')
    assert made.seen() == set()
    assert seen_after(made, C1) == OF_C1_ALL
    assert seen_after(made, C2) == ALL


def test_what_a_line_without_an_id_named_is_withheld_until_its_file_loads_without_rejects() -> None:
    nameless = '{"kind": "link", "type": "KNOWS", "from": "S-1", "to": "S-2"}'
    made = agency(nameless)
    withheld = ALL - {"S-1", "S-2", "L-S1", "L-S2", "L-K"}
    assert made.seen() == withheld
    assert seen_after(made, KNOWS, path="other.jsonl") == withheld
    assert seen_after(made, "{", path="given.jsonl") == withheld
    assert seen_after(made, KNOWS, path="given.jsonl") == ALL


def test_an_id_behind_what_is_wrong_in_its_line_is_withheld_too() -> None:
    assert agency('{"kind": "case", "access_codes": ["T3",], "id": "C-2"}').seen() == OF_C1_ALL


# --- what is held back ---


def sources(made: Agency) -> dict[str, Source]:
    return open_sources(made.holdings)


def test_a_file_with_rejects_is_open_and_one_without_is_not() -> None:
    made = Agency()
    made.load(C1, path="good.jsonl")
    made.load("{", C2, "[]", path="bad.jsonl")
    assert sources(made) == {"bad.jsonl": Source(rejected=2, finished=True)}


def test_a_load_of_the_same_path_without_rejects_closes_it_and_another_path_does_not() -> None:
    made = Agency()
    made.load("{", path="bad.jsonl")
    made.load(C1, path="good.jsonl")
    assert sources(made) == {"bad.jsonl": Source(rejected=1, finished=True)}
    made.load("{", "{", path="bad.jsonl")
    assert sources(made) == {"bad.jsonl": Source(rejected=2, finished=True)}
    made.load(C1, path="bad.jsonl")
    assert sources(made) == {}


def test_an_empty_file_of_the_same_path_closes_it() -> None:
    made = Agency()
    made.load("{", path="bad.jsonl")
    made.load(path="bad.jsonl")
    assert sources(made) == {}


def test_a_load_that_took_lines_and_did_not_come_to_its_end_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.load.BATCH", 1)
    made = Agency()
    with pytest.raises(Unreadable):
        made.load(C1, path="cut.jsonl", failure=Unreadable("the disk went away"))
    assert sources(made) == {"cut.jsonl": Source(rejected=0, finished=False)}
    made.load(C1, path="cut.jsonl")
    assert sources(made) == {}


def test_a_file_of_which_nothing_could_be_read_leaves_its_earlier_load_as_it_was() -> None:
    made = Agency()
    made.load("{", path="bad.jsonl")
    with pytest.raises(Unreadable):
        made.load(path="bad.jsonl", failure=Unreadable("no such file"))
    assert sources(made) == {"bad.jsonl": Source(rejected=1, finished=True)}


# --- accepting ---


def test_accepting_closes_every_file_and_says_which() -> None:
    made = Agency()
    made.load("{", path="a.jsonl")
    made.load("{", path="b.jsonl")
    assert accept(made.holdings) == {path: Source(1, finished=True) for path in ("a.jsonl", "b.jsonl")}
    assert sources(made) == {}
    assert accept(made.holdings) == {}


def test_accepting_lifts_nothing_that_a_rejected_line_named_by_its_id() -> None:
    made = agency(BAD_C2, BAD_KNOWS)
    accept(made.holdings)
    assert seen_after(made) == ALL - {"C-2", "L-K", "S-1", "L-S1"}


def test_accepting_lifts_nothing_that_a_line_with_two_ids_named() -> None:
    made = agency('{"kind": "case", "id": "C-2", "id": "C-3"}')
    accept(made.holdings)
    assert seen_after(made) == OF_C1_ALL


def test_accepting_lifts_what_a_line_without_an_id_named() -> None:
    made = agency('{"kind": "link", "type": "KNOWS", "from": "S-1", "to": "S-2"}')
    assert made.seen() == ALL - {"S-1", "S-2", "L-S1", "L-S2", "L-K"}
    accept(made.holdings)
    assert seen_after(made) == ALL
