"""What a policy that fits says: categories of codes and systems, what links carry, its words, its fingerprint."""

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from graph.model import Kind
from graph.policy import SYSTEM_CATEGORIES, Policy, ReviewIntervals, Way
from graph.policy_file import policy_of, read_policy
from server.home import default
from tests import worked_example
from tests.building import policy

TEXT = (worked_example.FOLDER / "policy.toml").read_text(encoding="utf-8")
EVERYTHING = {
    *("title_iii", "undercover", "bank_secrecy", "confidential_source", "grand_jury", "third_agency"),
    *("trade_secrets", "asylum", "uncoded", "excluded_system"),
}


def carried(known: Policy, type_: str) -> dict[str, set[str]]:
    """The categories that a link type carries, each way."""
    said = known.links[type_]
    return {way: set(known.names_of(getattr(said, way))) for way in ("forward", "backward")}


def link_type(**changed: Any) -> dict[str, dict[str, Any]]:
    """A link type X that carries nothing and supports nothing, but for the changes."""
    return {"X": {"from": ["case"], "to": ["case"], "carries": "none", "supports": "none"} | changed}


def test_the_default_policy_is_the_worked_examples_with_what_helps_to_review() -> None:
    tables = tomllib.loads(default("policy.toml"))
    words = {name: tuple(said.pop("words", ())) for name, said in tables["categories"].items()}
    assert set(tables.pop("review")) == {"days", "old_after", "old_days", "categories"}
    assert tables == tomllib.loads(TEXT)
    assert {name for name, some in words.items() if some} == {*tables["categories"]} - {*SYSTEM_CATEGORIES}
    for word in ("grand jury", "6(e)", "SAR", "Title III", "I-589"):
        assert sum(word in some for some in words.values()) == 1


def test_a_category_has_the_words_that_it_lists() -> None:
    known = policy_of(with_words("asylum", ["I-589", "asylum"]))
    assert {name: said.words for name, said in known.categories.items() if said.words} == {
        "asylum": ("I-589", "asylum")
    }


def test_a_policy_says_how_often_records_are_reviewed() -> None:
    assert policy().review == ReviewIntervals(365, None, None, {"uncoded": 0})
    stated = {"days": 90, "old_after": 3650, "old_days": 700, "categories": {"asylum": 30, "uncoded": 7}}
    assert policy(review=stated).review == ReviewIntervals(90, 3650, 700, {"asylum": 30, "uncoded": 7})


def test_words_withhold_nothing_but_are_said_and_so_change_the_fingerprint() -> None:
    plain, worded = policy(), policy_of(with_words("asylum", ["asylum"]))
    assert worded.fingerprint != plain.fingerprint
    assert replace(worded, fingerprint=plain.fingerprint, categories=plain.categories) == plain


def with_words(category: str, words: list[str]) -> dict[str, Any]:
    """The worked example's policy, with words of one category."""
    tables = worked_example.policy()
    tables["categories"][category]["words"] = words
    return tables


@pytest.mark.parametrize(
    ("codes", "categories"),
    [
        (("REL",), []),
        (("REL", "T3", "BSA"), ["title_iii", "bank_secrecy"]),
        (("T3", "T3"), ["title_iii"]),
        (("T3 ",), ["uncoded"]),
        (("t3",), ["uncoded"]),
        (("title_iii",), ["uncoded"]),
        (("release",), ["uncoded"]),
        (("",), ["uncoded"]),
        (("NO SUCH", "6E"), ["grand_jury", "uncoded"]),
        ((), []),
        (None, ["uncoded"]),
    ],
)
def test_r1_codes_map_by_exact_match(codes: tuple[str, ...] | None, categories: list[str]) -> None:
    known = policy()
    assert known.names_of(known.categories_of(codes, without=0)) == categories


def test_r1_no_code_is_what_the_reader_says_it_is() -> None:
    known = policy()
    assert known.names_of(known.categories_of((), without=known.bit("uncoded"))) == ["uncoded"]


@pytest.mark.parametrize("system", ["RESTRICTED-SYSTEM", "case-management", "CASE-MANAGEMENT ", "", None])
def test_r2_a_system_that_is_not_shared_is_excluded(system: str | None) -> None:
    known = policy()
    assert known.names_of(known.system_category(system)) == ["excluded_system"]
    assert known.system_category("CASE-MANAGEMENT") == 0


def test_r2_a_system_that_is_both_shared_and_excluded_is_excluded() -> None:
    known = policy(shared_systems=["A", "B"], excluded_systems=["B"])
    assert known.names_of(known.system_category("B")) == ["excluded_system"]
    assert known.system_category("A") == 0


@pytest.mark.parametrize(
    ("way", "forward", "backward"),
    [
        ("forward", EVERYTHING, set()),
        ("backward", set(), EVERYTHING),
        ("both", EVERYTHING, EVERYTHING),
        ("none", set(), set()),
    ],
)
def test_r3_a_link_type_carries_everything_its_way_but_being_deleted(
    way: str, forward: set[str], backward: set[str]
) -> None:
    assert carried(policy(links=link_type(carries=way)), "X") == {"forward": forward, "backward": backward}


@pytest.mark.parametrize(
    ("listed", "forward"), [(["asylum", "title_iii"], {"asylum", "title_iii"}), ([], set())]
)
def test_r3_a_link_type_may_carry_only_those_listed(listed: list[str], forward: set[str]) -> None:
    known = policy(links=link_type(carries="forward", categories=listed))
    assert carried(known, "X") == {"forward": forward, "backward": set()}


def test_r3_an_unknown_link_type_carries_everything_but_being_deleted() -> None:
    known = policy()
    assert set(known.names_of(known.everything)) == EVERYTHING


def test_a_link_type_is_read_whole() -> None:
    known = policy()
    source_of, knows = known.links["SOURCE_OF"], known.links["KNOWS"]
    assert (source_of.head, source_of.tail) == (
        frozenset((Kind.SUBJECT,)),
        frozenset((Kind.CASE, Kind.DOCUMENT)),
    )
    assert known.names_of(source_of.own) == ["confidential_source"]
    assert (source_of.marks, source_of.supports, source_of.needs_source) == ("from", Way.NONE, False)
    assert (knows.marks, knows.own, knows.supports, knows.needs_source) == (None, 0, Way.NONE, True)
    assert known.links["SUBJECT_OF"].supports is Way.BACKWARD


def test_categories_that_the_policy_does_not_name_are_the_systems_all_the_same() -> None:
    tables = {name: said for name, said in worked_example.policy()["categories"].items() if name != "deleted"}
    assert set(policy(categories=tables).categories) == EVERYTHING | {"deleted"}


@pytest.mark.parametrize(
    ("value", "listed", "unlisted"),
    [("open", "open", "open"), ("Open", None, "Open"), ("", None, None), (None, None, None)],
)
def test_r14_a_word_that_the_list_does_not_have_is_absent(
    value: str | None, listed: str | None, unlisted: str | None
) -> None:
    assert policy().word("case_status", value) == listed
    assert policy(vocabulary={}).word("case_status", value) == unlisted


def test_the_fingerprint_is_of_what_is_said_and_not_of_how_it_is_written() -> None:
    said = read_policy(TEXT).fingerprint
    bare = "\n".join(line for line in TEXT.splitlines() if not line.startswith("#"))
    moved = TEXT.replace('from = ["case"]\nto = ["document"]', 'to = ["document"]\nfrom = ["case"]')
    assert [read_policy(text).fingerprint for text in (bare, moved)] == [said, said]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("floor = 2000-01-01", "floor = 2000-01-02"),
        ('T3 = "title_iii"', 'T3 = "release"'),
        ('carries = "forward"', 'carries = "both"'),
        ('label = "Grand jury material"', 'label = "Grand jury"'),
        ('"open", "closed"', '"open"'),
    ],
)
def test_the_fingerprint_changes_with_everything_that_is_said(old: str, new: str) -> None:
    assert read_policy(TEXT.replace(old, new)).fingerprint != read_policy(TEXT).fingerprint
