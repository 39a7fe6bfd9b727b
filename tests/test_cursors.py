"""Cursors: the same place is the same cursor; one of another list, or a made one, is BAD_CURSOR."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import AgreementId
from schema.cursors import Belonging, Cursors
from schema.errors import Code, Refusal
from tests.partner_world import COUNTY, CURSOR_KEY, NDEX

HERE = Belonging(parent="c1", field="documents", stated='{"eq":"x"}', order="NUMBER")
POSITION = ("0", "NY03-0001", "d1")


def cursors(agreement: AgreementId = NDEX, key: bytes = CURSOR_KEY) -> Cursors:
    return Cursors(key, agreement)


def is_refused(cursor: str, belonging: Belonging = HERE, by: Cursors | None = None) -> bool:
    with pytest.raises(Refusal) as caught:
        (by or cursors()).open(belonging, cursor)
    return caught.value.code is Code.BAD_CURSOR


def test_a_cursor_opens_to_the_place_it_was_made_of() -> None:
    assert cursors().open(HERE, cursors().seal(HERE, POSITION)) == POSITION


def test_the_same_place_is_the_same_cursor_in_every_process() -> None:
    assert {cursors().seal(HERE, POSITION) for _ in range(5)} == {
        "cdMmZrYbhNlPvmMjjh9638Um7RkJ2EWGXJ_D__PRkaFzD8h3b0Q"
    }


def test_a_cursor_can_be_read_by_nobody_without_the_key() -> None:
    sealed = cursors().seal(HERE, POSITION)
    assert "NY03" not in sealed
    assert is_refused(sealed, by=cursors(key=b"x" * 32))


def test_a_cursor_belongs_to_its_agreement() -> None:
    assert is_refused(cursors(COUNTY).seal(HERE, POSITION))


@pytest.mark.parametrize(
    "elsewhere",
    [
        Belonging("c2", HERE.field, HERE.stated, HERE.order),
        Belonging(HERE.parent, "subjects", HERE.stated, HERE.order),
        Belonging(HERE.parent, HERE.field, "", HERE.order),
        Belonging(HERE.parent, HERE.field, HERE.stated, "TITLE"),
        Belonging("c1documents", "", HERE.stated, HERE.order),
    ],
    ids=["parent", "field", "filter", "order", "parts run together"],
)
def test_a_cursor_belongs_to_its_parent_field_filter_and_order(elsewhere: Belonging) -> None:
    assert is_refused(cursors().seal(elsewhere, POSITION))


@pytest.mark.parametrize(
    "made",
    ["", "x", "====", "AAAA", "not a cursor", "é", "\ud800", "A" * 10_000, "\x00", " "],
)
def test_what_is_no_cursor_is_refused(made: str) -> None:
    assert is_refused(made)


def test_another_writing_of_a_cursor_is_refused() -> None:
    sealed = cursors().seal(HERE, POSITION)
    assert [is_refused(other) for other in (sealed + "=", sealed + " ", "\n" + sealed, sealed + "AA")] == [
        True
    ] * 4


def test_every_cursor_has_one_writing_even_where_base64_has_bits_to_spare() -> None:
    sealed = cursors().seal(HERE, ("0", "xy", "d1"))
    assert len(sealed) % 4 != 0
    others = [
        sealed[:-1] + last for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    ]
    assert [is_refused(other) for other in others if other != sealed] == [True] * 63


@given(st.tuples(st.text(), st.text(), st.text()))
def test_every_position_comes_back(position: tuple[str, str, str]) -> None:
    assert cursors().open(HERE, cursors().seal(HERE, position)) == position


@given(st.binary(min_size=1, max_size=80).map(lambda made: made.hex()))
def test_no_made_cursor_opens(made: str) -> None:
    assert is_refused(made)
