"""Slips in names: what is looked at first never leaves out a word that rapidfuzz would have counted as near."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from graph.misspelt import NameWords, slips_forgiven

WORDS = st.text(st.sampled_from("abcdeéßñя𐐨ж1"), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.sets(WORDS, max_size=30), WORDS)
def test_every_word_within_so_many_slips_is_meant_and_no_other(words: set[str], word: str) -> None:
    near = {one for one in words if 0 < OSA.distance(word, one) <= slips_forgiven(word)}
    found = NameWords(words).meant(word)
    assert set(found) == near
    assert found == sorted(found, key=lambda one: (OSA.distance(word, one), one))


@pytest.mark.timed
def test_a_word_is_looked_for_among_200_000_in_a_small_part_of_the_time_that_all_would_take() -> None:
    chance = Random(1)
    letters = "abcdefghijklmnoprstuvwy"
    words = sorted({"".join(chance.choices(letters, k=chance.randint(3, 11))) for _ in range(200_000)})
    ready = NameWords(words)
    assert 5 * _seconds(lambda: ready.meant("smithson")) < _seconds(
        lambda: [OSA.distance("smithson", word, score_cutoff=2) for word in words]
    )


def _seconds(work: object) -> float:
    assert callable(work)
    times = []
    for _ in range(3):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)
