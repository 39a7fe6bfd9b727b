"""The index of a search follows its release, or is built afresh; who asks meanwhile waits a little."""

import threading
from collections.abc import Mapping
from string import ascii_lowercase
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.late_index import LateIndex
from graph.model import OpaqueId
from graph.numbers import WITHHELD
from graph.release import (
    Content,
    ReleasedCase,
    ReleasedDocument,
    ReleasedRecord,
    ReleasedSubject,
    Value,
)
from graph.search_index import SearchIndex
from graph.view import View
from schema.deadline import OutOfTime
from tests.partner_world import CASES, DOCUMENTS, SUBJECTS, codes, content, release, view
from tests.searching import ASKED, found, person

NAMES = st.sampled_from(["Ann Poe", "Ann Pole", "Jon Poe", "José", "poe-1", WITHHELD])
TEXTS = st.sampled_from([None, "Poe met Ann.", f"ann ann jon {WITHHELD}", "pole", ""])
NUMBERS = st.sampled_from(["NY03-0001", "NY03-0002", WITHHELD])


@st.composite
def records(draw: st.DrawFn) -> dict[OpaqueId, ReleasedRecord]:
    """Some records, in any order; those of two draws have many ids in common."""
    made: dict[OpaqueId, ReleasedRecord] = {}
    for n in draw(st.permutations(range(6))):
        id = OpaqueId(f"r{n}")
        match draw(st.sampled_from(["none", "case", "document", "subject"])):
            case "case":
                made[id] = ReleasedCase(id, draw(NUMBERS), title=draw(TEXTS), synopsis=draw(TEXTS))
            case "document":
                made[id] = ReleasedDocument(
                    id, draw(NUMBERS), "ROI", title=draw(TEXTS), narrative=draw(TEXTS)
                )
            case "subject":
                values = sorted(draw(st.sets(NAMES, max_size=2)))
                made[id] = ReleasedSubject(
                    id, "person", properties=tuple(Value("name", value) for value in values)
                )
    return made


QUESTIONS = [["ann"], ["poe"], ["po"], ["ann", "poe"], ["jno"], ["pole"], ["ny03 0001"], ["jose"], ["anm"]]


@settings(max_examples=60, deadline=None)
@given(st.lists(records(), min_size=2, max_size=4))
def test_an_index_that_followed_the_release_finds_and_ranks_as_one_that_was_built_afresh(
    steps: list[dict[OpaqueId, ReleasedRecord]],
) -> None:
    followed = SearchIndex.of(steps[0])
    for step in steps[1:]:
        before = [list(followed.search(words)) for words in QUESTIONS]
        following = followed.following(step)
        assert [list(followed.search(words)) for words in QUESTIONS] == before
        followed = following
    afresh = SearchIndex.of(dict(sorted(steps[-1].items(), reverse=True)))
    assert [list(followed.search(words)) for words in QUESTIONS] == [
        list(afresh.search(words)) for words in QUESTIONS
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(records(), min_size=1, max_size=3))
def test_more_than_can_be_ranked_are_the_same_records_in_the_order_of_their_ids(
    steps: list[dict[OpaqueId, ReleasedRecord]],
) -> None:
    """They are asked for in other words, and put in order by other means."""
    index = SearchIndex.of(steps[0])
    for step in steps[1:]:
        index = index.following(step)
    for words in QUESTIONS:
        ranked = sorted((one.tier, one.id) for one in index.search(words))
        with patch("graph.search_index.RANKED", -1):
            too_many = index.search(words)
        assert [(one.tier, one.id) for one in too_many] == ranked
        assert list(too_many.among(lambda id: id < "r3")) == [one for one in too_many if one.id < "r3"]


def test_an_index_follows_a_small_change_without_being_built_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    before = view()
    before.searchable()
    monkeypatch.setattr(SearchIndex, "of", None)
    changed = (msgspec.structs.replace(CASES[0], title="Zebra"), *CASES[1:], *DOCUMENTS, *SUBJECTS)
    after = View(release(content(changed, ())), before.searchable())
    assert (set(found("zebra", after)), found("zebra", before)) == ({"c1", "c4"}, ["c4"])
    assert (found("diversion", after), found("diversion", before)) == ([], ["c1"])


def test_names_that_have_gone_take_no_place_among_those_that_may_be_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only so many are looked for: what was withdrawn would show by what is not found for it."""
    slips = [slip for x in ascii_lowercase[:-1] for slip in (f"{x}mith", f"s{x}ith", f"smi{x}h")]
    stays = {OpaqueId(f"p{n}"): person(f"p{n}", name) for n, name in enumerate(["Zmith", *["Doe"] * 100])}
    gone = {OpaqueId(f"g{n}"): person(f"g{n}", name) for n, name in enumerate(slips) if name != "smith"}
    before = SearchIndex.of(stays | gone)
    monkeypatch.setattr(SearchIndex, "of", None)
    after = before.following(stays)
    assert [{one.id[0] for one in index.search(["smith"])} for index in (before, after)] == [{"g"}, {"p"}]


def test_an_index_that_has_followed_many_changes_is_built_afresh_so_that_it_does_not_grow() -> None:
    followed = SearchIndex.of({})
    for n in range(40):
        renamed = {OpaqueId(id): person(id, f"Ann {id} {n}") for id in ("p1", "p2", "p3", "p4")[: 1 + n % 4]}
        followed = followed.following(renamed)
        assert len(followed._ids) <= 2 * 4
        assert len(followed.search(["ann"])) == len(renamed)


def test_who_waits_for_the_search_of_another_waits_no_longer_than_an_answer_may_take() -> None:
    index = SearchIndex.of(content().records)

    def late() -> None:
        raise OutOfTime

    with index._lock, pytest.raises(OutOfTime):
        index.search(["doe"], late)
    assert len(index.search(["doe"])) == 3


# --- one that is late ---


class Slow(dict[OpaqueId, ReleasedRecord]):
    """Records that are not read before they may be."""

    def __init__(self, of: Mapping[OpaqueId, ReleasedRecord]) -> None:
        super().__init__(of)
        self.may = threading.Event()
        self.began = threading.Event()

    def __iter__(self) -> Any:
        self.began.set()
        self.may.wait()
        return super().__iter__()


def test_who_asks_while_the_index_is_built_waits_a_little_and_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(LateIndex, "wait_seconds", 0.01)
    slow = Slow(content().records)
    of = View(release(Content(slow, {})))
    slow.began.clear()
    slow.may.clear()
    building = threading.Thread(target=of.searchable)
    building.start()
    slow.began.wait()
    told = codes(ASKED, of, text="doe")
    slow.may.set()
    building.join()
    assert (told, set(found("doe", of))) == (["SEARCH_NOT_READY"], {"s1", "s3", "d1"})


def test_an_index_is_built_once() -> None:
    late = LateIndex(content().records, None)
    assert late.get() is late.get()
