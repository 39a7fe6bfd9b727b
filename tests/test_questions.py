"""What a person is asked before a publication adds: changed rules, and much more or less than before (DESIGN 4)."""

from dataclasses import replace

import pytest

from graph.planning import Fingerprints, Publication
from graph.questions import Asking, Question, questions
from tests.building import NDEX

QUIET = Publication(
    agreement=NDEX,
    version="v",
    records=1000,
    links=0,
    added=0,
    updated=0,
    withdrawn=0,
    links_added=0,
    links_updated=0,
    links_withdrawn=0,
    held_back=0,
    withheld={},
    adds=False,
    rules_changed=False,
    rules=Fingerprints("p", "a"),
)


def grown(before: int, added: int = 0, withdrawn: int = 0) -> Publication:
    after = before + added - withdrawn
    return replace(QUIET, records=after, added=added, withdrawn=withdrawn, adds=added > 0)


@pytest.mark.parametrize(
    ("publication", "asked"),
    [
        (grown(1000), ()),
        (grown(1000, added=200), ()),
        (grown(1000, added=201), (Question.ADDS,)),
        (grown(1000, withdrawn=201), (Question.WITHDRAWS,)),
        (grown(1000, withdrawn=200), ()),
        (grown(1000, added=300, withdrawn=300), (Question.ADDS, Question.WITHDRAWS)),
        (grown(10, added=100), ()),
        (grown(10, added=101), (Question.ADDS,)),
        (grown(0, added=101), (Question.ADDS,)),
        (replace(grown(1000, added=1), rules_changed=True), (Question.RULES,)),
        (replace(grown(1000, withdrawn=1), rules_changed=True), ()),
    ],
)
def test_it_is_asked_above_a_share_of_what_the_partner_had_and_above_a_number(
    publication: Publication, asked: tuple[Question, ...]
) -> None:
    assert questions(publication, {NDEX}, Asking()) == asked


def test_a_first_release_is_not_asked_about() -> None:
    assert questions(grown(0, added=5000), set(), Asking()) == ()


def test_the_share_and_the_number_are_the_homes() -> None:
    asking = Asking(ask_share=0.0, ask_records=0)
    assert questions(grown(1000, added=1), {NDEX}, asking) == (Question.ADDS,)
    assert questions(grown(1000), {NDEX}, asking) == ()
