"""What stays until `publish` adds is what both the old and the new release have (DESIGN 4, restrict first)."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from graph.meet import meet
from graph.model import OpaqueId
from graph.numbers import WITHHELD
from graph.release import (
    Content,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
    Value,
)
from tests.building import policy

PATTERNS = policy().patterns
C1, C2, D1, D2, S1, S2 = map(OpaqueId, ("c1", "c2", "d1", "d2", "s1", "s2"))
L1, L2 = map(OpaqueId, ("l1", "l2"))
NOTHING: Content = Content()


def content(*elements: ReleasedRecord | ReleasedLink) -> Content:
    """A content of these records and links."""
    records = {each.id: each for each in elements if not isinstance(each, ReleasedLink)}
    return Content(records, {each.id: each for each in elements if isinstance(each, ReleasedLink)})


def both(old: ReleasedRecord, new: ReleasedRecord, *others: ReleasedRecord) -> ReleasedRecord:
    """What is left of one record, the others being in both releases."""
    return meet(content(old, *others), content(new, *others), PATTERNS).records[old.id]


# --- records ---

CASE = ReleasedCase(C1, "NY03-0001", office="SAC-NY", title="Freight", status="open", opened="2003-04-05")
OTHER = ReleasedCase(C2, "NY03-0002")


def test_a_record_that_only_one_has_is_gone() -> None:
    assert meet(content(CASE, OTHER), content(CASE), PATTERNS) == content(CASE)
    assert meet(content(CASE), content(CASE, OTHER), PATTERNS) == content(CASE)
    assert meet(content(CASE), NOTHING, PATTERNS) == NOTHING


@pytest.mark.parametrize("field", ["office", "title", "status", "opened", "closed", "program", "synopsis"])
def test_a_field_that_only_one_shows_or_that_differs_is_gone(field: str) -> None:
    plain = msgspec.structs.replace(CASE, **{field: None})
    one, two = (msgspec.structs.replace(CASE, **{field: value}) for value in ("2003-01-01", "2004-01-01"))
    assert [both(*pair) for pair in ((plain, one), (one, plain), (one, two), (two, one))] == [plain] * 4


def test_a_number_that_differs_is_withheld_and_a_type_that_differs_is_other() -> None:
    old = ReleasedDocument(D1, "NY03-0001-001", "ROI", title="Plain")
    new = ReleasedDocument(D1, "NY03-0001-009", "Statement", title="Plain")
    assert both(old, new) == ReleasedDocument(D1, WITHHELD, "other", title="Plain")
    assert both(ReleasedSubject(S1, "person"), ReleasedSubject(S1, "vessel")) == ReleasedSubject(S1, "other")


def test_a_number_that_one_masks_is_masked_wherever_it_stands() -> None:
    synopsis = "See NY03-0002 and ny03-0002."
    masked = f"See {WITHHELD} and {WITHHELD}."
    shown, hidden = (msgspec.structs.replace(CASE, synopsis=text) for text in (synopsis, masked))
    old, new = content(shown, OTHER), content(hidden)
    assert meet(old, new, PATTERNS) == meet(new, old, PATTERNS) == new
    withheld = msgspec.structs.replace(OTHER, number=WITHHELD)
    assert meet(old, content(hidden, withheld), PATTERNS) == content(hidden, withheld)


def test_texts_that_differ_in_their_masks_alone_have_the_masks_of_both() -> None:
    one, two = ReleasedCase(C1, "NY03-0001", title=f"NY03-0001 {WITHHELD}"), ReleasedCase(C2, "NY03-0002")
    other = ReleasedCase(C1, WITHHELD, title=f"{WITHHELD} NY03-0002")
    left = ReleasedCase(C1, WITHHELD, title=f"{WITHHELD} {WITHHELD}")
    masked = ReleasedCase(C2, WITHHELD)
    assert meet(content(one, masked), content(other, two), PATTERNS) == content(left, masked)


def test_what_was_of_another_kind_is_gone() -> None:
    assert meet(content(CASE), content(ReleasedSubject(C1, "person")), PATTERNS) == NOTHING


# --- values ---


def subject(*values: Value) -> ReleasedSubject:
    return ReleasedSubject(S1, "person", properties=values)


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ([Value("name", "Ann")], [Value("name", "Anna")], []),
        ([Value("name", "Ann"), Value("sex", "f")], [Value("name", "Ann")], [Value("name", "Ann")]),
        ([Value("name", "Ann", (D1, D2))], [Value("name", "Ann", (D1,))], [Value("name", "Ann", (D1,))]),
        ([Value("name", "Ann", (D1,))], [Value("name", "Ann", (D2,))], []),
        ([Value("name", "Ann")], [Value("name", "Ann", (D2,))], [Value("name", "Ann")]),
        (
            [Value("alias", "of NY03-0001", (D1,)), Value("alias", "of NY03-0002", (D2,))],
            [Value("alias", f"of {WITHHELD}", (D1, D2))],
            [Value("alias", f"of {WITHHELD}", (D1, D2))],
        ),
        (
            [Value("alias", "of NY03-0001", (D1,)), Value("alias", "of NY03-0002", (D2,))],
            [Value("alias", f"of {WITHHELD}", (D2,))],
            [Value("alias", f"of {WITHHELD}", (D2,))],
        ),
    ],
    ids=["differs", "one has it", "fewer sources", "other sources", "its own", "merged", "merged, fewer"],
)
def test_a_value_stays_if_both_have_it_with_the_sources_of_both(
    old: list[Value], new: list[Value], left: list[Value]
) -> None:
    assert both(subject(*old), subject(*new)) == subject(*left)
    assert both(subject(*new), subject(*old)) == subject(*left)


# --- links ---

ENDS: list[ReleasedRecord] = [CASE, ReleasedSubject(S1, "person"), ReleasedSubject(S2, "person")]
LINK = ReleasedLink(id=L1, type="KNOWS", head=S1, tail=S2, role="friend", since="2003", sources=(D1, D2))


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ({}, {}),
        ({"role": None}, {"role": None}),
        ({"role": "foe"}, {"role": None}),
        ({"since": "2004"}, {"since": None}),
        ({"until": "2005"}, {}),
        ({"sources": (D2,)}, {"sources": (D2,)}),
        ({"sources": ()}, {"sources": ()}),
        ({"sources": (S1,)}, None),
        ({"type": "OWNS"}, None),
        ({"head": C1}, None),
        ({"head": S2, "tail": S1}, None),
    ],
)
def test_a_link_stays_if_both_have_it_between_the_same_ends(
    changed: Any, left: Mapping[str, Any] | None
) -> None:
    other = msgspec.structs.replace(LINK, **changed)
    expected = content(*ENDS) if left is None else content(*ENDS, msgspec.structs.replace(LINK, **left))
    assert meet(content(*ENDS, LINK), content(*ENDS, other), PATTERNS) == expected
    assert meet(content(*ENDS, other), content(*ENDS, LINK), PATTERNS) == expected


def test_a_link_goes_with_either_of_its_ends() -> None:
    without = content(*ENDS[:2])
    assert meet(content(*ENDS, LINK), without, PATTERNS) == without
