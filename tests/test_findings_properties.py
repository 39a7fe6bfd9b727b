"""Findings on random holdings: one record is found as among all, in any order, and as a plain reading finds them."""

import random
from collections.abc import Sequence
from itertools import chain
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.agreement import agreement_of
from graph.draft import Rules
from graph.findings.around import Around
from graph.findings.finding import Rule
from graph.model import RECORD_KINDS, Entry, Kind, Record
from graph.numbers import fold
from graph.office.survey import Survey
from graph.phrases import words_of
from graph.policy import DELETED, UNCODED, Policy
from graph.policy_file import policy_of
from graph.reading import read_record
from graph.review.marks import Assignment, Mark, Marks
from graph.review.reviewing import Reviewing
from tests.finding_world import WORDS, around, found_among, held
from tests.holdings_strategy import World, worlds

MARK = Mark("tan", "2026-11-24T09:00Z", 739_944, "why", "")
SAID = st.sampled_from(
    ["", "grand jury", "6(e) and NY03-0001", "Ann Poe", "ann-poe", "ann-poe, SAR", "an I-589"]
)


def world_of(
    world: World, said: Sequence[str], names: Sequence[str]
) -> tuple[list[Entry], Policy, list[Any]]:
    """Its entries, with words and names laid over them, its policy and its agreements."""
    categories = {
        name: table | {"words": WORDS.get(name, [])} for name, table in world.policy["categories"].items()
    }
    policy = policy_of(world.policy | {"categories": categories})
    lines = []
    for place, line in enumerate(world.lines):
        text = {"title": said[place % len(said)]} if line["kind"] in ("case", "document") else {}
        name = {"name": "name", "value": names[place % len(names)], "sources": ["D-1"]}
        more = {"properties": [*line.get("properties", []), name]} if line["kind"] == "subject" else {}
        lines.append(line | text | more)
    return (
        held(*lines, under=policy),
        policy,
        [agreement_of(each, policy, "a.toml") for each in world.agreements],
    )


def ids(entries: Sequence[Entry], beside: Around) -> set[tuple[str, str]]:
    """What is found, with its sentence."""
    return {(finding.id, finding.text) for finding in found_among(entries, beside)}


@given(worlds(), st.lists(SAID, min_size=3, max_size=3), st.lists(SAID, min_size=2, max_size=2), st.randoms())
@settings(max_examples=30, deadline=None)
def test_one_record_is_found_as_among_all_and_in_any_order(
    world: World, said: list[str], names: list[str], chance: random.Random
) -> None:
    entries, policy, agreements = world_of(world, said, names)
    found = ids(entries, around(entries, policy, agreements, today=world.today.toordinal()))
    shuffled = list(entries)
    chance.shuffle(shuffled)
    beside = around(shuffled, policy, agreements, today=world.today.toordinal())
    alone = (found_among([entry], beside) for entry in entries)
    assert {(finding.id, finding.text) for finding in chain.from_iterable(alone)} == ids(entries, beside)
    assert {id for id, _ in ids(shuffled, beside)} == {id for id, _ in found}


@given(worlds(), st.lists(SAID, min_size=3, max_size=3), st.lists(SAID, min_size=2, max_size=2))
@settings(max_examples=30, deadline=None)
def test_words_numbers_and_names_are_found_as_a_plain_reading_finds_them(
    world: World, said: list[str], names: list[str]
) -> None:
    entries, policy, agreements = world_of(world, said, names)
    beside = around(entries, policy, agreements, today=world.today.toordinal())
    found = {(f.rule, f.record, f.detail) for f in found_among(entries, beside)}
    records = {e.id: read_record(e) for e in entries if e.kind in RECORD_KINDS}
    live = {id: record for id, record in records.items() if not record.deleted}
    for rule, plainly in ((Rule.WORDS_WITHOUT_CODE, _words), (Rule.SAME_NUMBER, _numbers)):
        assert {one for one in found if one[0] is rule} == {
            (rule, id, detail) for id, record in live.items() for detail in plainly(record, live, policy)
        }
    assert {one[1] for one in found if one[0] is Rule.WITHHELD_NAME and one[2] == "ANN POE"} == {
        id for id, record in live.items() if _names_withheld(record, live, beside)
    }


def _words(record: Record, _: dict[Any, Record], policy: Policy) -> set[str]:
    coded = set(policy.names_of(policy.categories_of(record.codes, without=0)))
    texts = [
        (text, coded) for name, text in record.fields.items() if name in ("title", "synopsis", "narrative")
    ]
    texts += [
        (p.value, coded | set(policy.names_of(policy.categories_of(p.codes, 0)))) for p in record.properties
    ]
    return {
        category
        for text, under in texts
        for category, words in WORDS.items()
        if category not in under and any(_stands_in(word, text) for word in words)
    }


def _numbers(record: Record, live: dict[Any, Record], _: Policy) -> set[str]:
    number = fold(record.fields.get("number", ""))
    if record.kind is Kind.SUBJECT or "number" not in record.fields:
        return set()
    others = (o for o in live.values() if o.kind is not Kind.SUBJECT and o.id != record.id)
    return (
        {number} if any(fold(o.fields["number"]) == number for o in others if "number" in o.fields) else set()
    )


def _names_withheld(record: Record, live: dict[Any, Record], beside: Around) -> bool:
    """Whether a text of the record names Ann Poe, where every place of that name has a category that the text lacks."""
    policy, deleted = beside.policy, beside.policy.bit(DELETED)
    places = [
        _standing(prop, subject, beside)
        for subject in live.values()
        for prop in subject.properties
        if prop.name in ("name", "alias") and words_of(prop.value) == words_of("Ann Poe")
    ]
    own = list(beside.standing(beside.linkage.node_of[record.id]))
    texts = [
        (t, own)
        for n, t in record.fields.items()
        if n in ("title", "synopsis", "narrative", "author", "office")
    ]
    texts += [(prop.value, _standing(prop, record, beside)) for prop in record.properties]
    return bool(places) and any(
        policy.names_of(_common(place[view] for place in places) & ~under[view] & ~deleted)
        for text, under in texts
        if _stands_in("Ann Poe", text)
        for view in range(len(beside.views))
    )


def _standing(prop: Any, subject: Record, beside: Around) -> list[int]:
    policy, node_of = beside.policy, beside.linkage.node_of
    own = policy.categories_of(prop.codes, 0) | (0 if prop.sound else policy.bit(UNCODED))
    sources = [
        [int(view[node_of[id]]) if id in node_of else policy.bit(UNCODED) for id in prop.sources or ()]
        for view in beside.views
    ]
    of_subject = beside.standing(node_of[subject.id])
    return [
        word | own | (_common(those) if those else 0) for word, those in zip(of_subject, sources, strict=True)
    ]


def _common(words: Any) -> int:
    common = ~0
    for word in words:
        common &= word
    return common


def _stands_in(phrase: str, text: str) -> bool:
    """By joining words with a mark that stands in none."""
    return f"\x00{chr(0).join(words_of(phrase))}\x00" in f"\x00{chr(0).join(words_of(text))}\x00"


@given(worlds(), worlds(), st.lists(SAID, min_size=3, max_size=3), st.lists(SAID, min_size=2, max_size=2))
@settings(max_examples=30, deadline=None)
def test_after_other_lines_the_same_is_found_as_by_looking_at_everything_anew(
    world: World, other: World, said: list[str], names: list[str]
) -> None:
    entries, policy, agreements = world_of(world, said, names)
    more, _, _ = world_of(
        World(other.lines, world.policy, world.agreements, world.today, frozenset()), names, said
    )
    by, day = Rules(policy, {one.id: one for one in agreements}), world.today.toordinal()
    first = Survey.of(by, day, entries, {})
    changed = {entry.id: entry for entry in (*entries, *more[: len(more) // 2])}
    then = first.with_entries(changed.values())
    earlier = Reviewing(first, {})
    list(earlier.queue)
    after = Reviewing(then, {}, earlier)
    assert after.every == Reviewing(then, {}).every
    last = then.with_entries(more[len(more) // 2 :])
    records = [id for id, reading in last.readings.items() if reading.entry.kind in RECORD_KINDS]
    marks = {id: Marks(assignment=Assignment(MARK, "kim")) for id in records[:1]}
    kept, anew = Reviewing(last, marks, after), Reviewing(last, marks)
    assert (kept.every, kept.reviews, kept.queue) == (anew.every, anew.reviews, anew.queue)
