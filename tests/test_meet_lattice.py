"""What is left of two random contents: nothing that only one shows, and all that a withdrawal leaves (DESIGN 4)."""

from collections.abc import Collection
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.meet import meet
from graph.model import OpaqueId
from graph.numbers import WITHHELD, fold
from graph.release import (
    Content,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
    Value,
)
from tests.test_meet import C1, C2, D1, D2, L1, L2, PATTERNS, S1, S2, content

NUMBERS = {C1: "NY03-0001", C2: "NY03-0002", D1: "NY03-0001-001", D2: "NY04-0001"}
TEXTS = [
    None,
    "",
    "Plain",
    "See NY03-0001",
    "ny03\u20110002 or NY03-0001",
    "NY03-0001-001, NY09-0009",
    "NY04-0001",
]
texts = st.sampled_from(TEXTS)
documents = st.sets(st.sampled_from([D1, D2]))
Raw = dict[OpaqueId, ReleasedRecord | ReleasedLink]


@st.composite
def raws(draw: st.DrawFn) -> Raw:
    """Records and links as they are held: nothing masked, nothing left out."""
    values = st.builds(
        lambda name, value, sources: Value(name, value or "x", tuple(sorted(sources))),
        *(st.sampled_from(["alias", "name"]), texts, documents),
    )
    raw: list[ReleasedRecord | ReleasedLink] = [
        *(ReleasedCase(id, NUMBERS[id], title=draw(texts), synopsis=draw(texts)) for id in (C1, C2)),
        *(
            ReleasedDocument(id, NUMBERS[id], draw(st.sampled_from(["ROI", "other"])), narrative=draw(texts))
            for id in (D1, D2)
        ),
        *(
            ReleasedSubject(
                id, "person", office=draw(texts), properties=tuple(draw(st.lists(values, max_size=3)))
            )
            for id in (S1, S2)
        ),
        *(
            ReleasedLink(
                id=id,
                type="KNOWS",
                head=S1,
                tail=S2,
                role=draw(texts),
                sources=tuple(sorted(draw(documents))),
            )
            for id in (L1, L2)
        ),
    ]
    return {each.id: each for each in raw}


def release(raw: Raw, kept: Collection[OpaqueId]) -> Content:
    """What a release of these records and links shows, by R8, R9 and R10."""
    shown = {NUMBERS[id] for id in kept if id in NUMBERS}
    shown = {number for number in shown if shown.issuperset(PATTERNS.heads(number))}
    released = content(*(_shown(raw[id], kept, shown) for id in sorted(kept)))
    for link in list(released.links.values()):
        unsourced = not link.sources and isinstance(known := raw[link.id], ReleasedLink) and known.sources
        if unsourced or not {link.head, link.tail} <= released.records.keys():
            del released.links[link.id]
    return released


def _shown(
    raw: ReleasedRecord | ReleasedLink, kept: Collection[OpaqueId], shown: Collection[str]
) -> ReleasedRecord | ReleasedLink:
    changes: dict[str, Any] = {
        name: PATTERNS.mask(text, shown)
        for name in ("title", "synopsis", "narrative", "office", "role")
        if (text := getattr(raw, name, None)) is not None
    }
    if isinstance(raw, ReleasedCase | ReleasedDocument):
        changes["number"] = raw.number if raw.number in shown else WITHHELD
    if isinstance(raw, ReleasedLink):
        changes["sources"] = tuple(id for id in raw.sources if id in kept)
        changes |= {} if changes["sources"] == raw.sources else {"role": None}
    if isinstance(raw, ReleasedSubject):
        merged: dict[tuple[str, str], set[OpaqueId]] = {}
        for value in raw.properties:
            sources = {id for id in value.sources if id in kept}
            if sources or not value.sources:
                merged.setdefault((value.name, PATTERNS.mask(value.value, shown)), set()).update(sources)
        changes["properties"] = tuple(Value(*key, tuple(sorted(merged[key]))) for key in sorted(merged))
    return msgspec.structs.replace(raw, **changes)


ids = st.sets(st.sampled_from([*NUMBERS, S1, S2, L1, L2]), min_size=4)
contents = st.builds(release, raws(), ids)


@given(contents, contents)
@settings(max_examples=60, deadline=None)
def test_it_does_not_matter_which_is_the_old_one(one: Content, two: Content) -> None:
    assert meet(one, two, PATTERNS) == meet(two, one, PATTERNS)


@given(contents, contents)
@settings(max_examples=60, deadline=None)
def test_what_stays_is_the_same_when_it_is_taken_again(one: Content, two: Content) -> None:
    stays = meet(one, two, PATTERNS)
    assert meet(stays, two, PATTERNS) == stays


@given(contents)
@settings(max_examples=60, deadline=None)
def test_what_is_the_same_stays_whole(one: Content) -> None:
    assert meet(one, one, PATTERNS) == one


@given(raws(), ids, st.data())
@settings(max_examples=60, deadline=None)
def test_where_the_new_release_only_withdraws_it_is_the_new_release(
    raw: Raw, kept: set[OpaqueId], data: Any
) -> None:
    old = release(raw, kept)
    new = release(raw, data.draw(st.sets(st.sampled_from(sorted(kept)))))
    assert meet(old, new, PATTERNS) == new


@given(contents, contents)
@settings(max_examples=60, deadline=None)
def test_nothing_is_left_that_either_does_not_show(one: Content, two: Content) -> None:
    left = meet(one, two, PATTERNS)
    assert [unshown(left, side) for side in (one, two)] == [[], []]


def unshown(left: Content, side: Content) -> list[tuple[Any, ...]]:
    """What one content shows and the other does not; masks hide, and are never new."""
    told = [
        *(
            (id, *field)
            for id, record in left.records.items()
            for field in _extra(record, side.records.get(id))
        ),
        *((id, *field) for id, link in left.links.items() for field in _extra(link, side.links.get(id))),
    ]
    ends = [link.id for link in left.links.values() if not {link.head, link.tail} <= left.records.keys()]
    return told + [(id, "ends") for id in ends]


def _extra(left: Any, side: Any) -> list[tuple[Any, ...]]:
    if type(left) is not type(side):
        return [("absent",)]
    extra: list[tuple[Any, ...]] = []
    for name in left.__struct_fields__:
        mine, other = getattr(left, name), getattr(side, name)
        if name == "properties":
            extra += [
                (name, value)
                for value in mine
                if not any(_is_weaker_value(value, v) for v in _groups(other, value))
            ]
        elif name == "sources":
            extra += [(name, id) for id in mine if id not in other]
        elif not _is_weaker(mine, other) and (name, mine) not in (("number", WITHHELD), ("type", "other")):
            extra.append((name, mine, other))
    return extra


def _groups(values: tuple[Value, ...], like: Value) -> list[Value]:
    """The values that read like one, as if they were one: with the sources of all."""
    alike = [value for value in values if value.name == like.name and _is_weaker(like.value, value.value)]
    return (
        [Value(like.name, alike[0].value, tuple(id for value in alike for id in value.sources))]
        if alike
        else []
    )


def _is_weaker_value(left: Value, side: Value) -> bool:
    return set(left.sources) <= set(side.sources)


def _is_weaker(left: str | None, side: str | None) -> bool:
    """Whether the one is absent, or is the other with no more than some of its numbers masked."""
    if left is None or side is None:
        return left is None
    return PATTERNS.mask(side, {token.text for token in PATTERNS.tokens(fold(left))}) == left
