"""What is told is written in the same bytes, be it a dict, an object of a shape or JSON already."""

from typing import Any

import msgspec
import orjson
from hypothesis import given
from hypothesis import strategies as st

from schema.writing import as_json, shape

KEYS = st.from_regex(r"[_A-Za-z][_0-9A-Za-z]{0,20}", fullmatch=True)
TEXTS = st.text()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda told: st.lists(told, max_size=4) | st.dictionaries(KEYS, told, max_size=4),
    max_leaves=12,
)


def shaped(told: Any) -> Any:
    """The same, with objects of shapes in the place of dicts."""
    if isinstance(told, dict):
        return shape(tuple(told))(*map(shaped, told.values()))
    return [shaped(each) for each in told] if isinstance(told, list) else told


@given(VALUES)
def test_objects_of_shapes_are_written_as_dicts_are_and_as_orjson_writes_them(told: Any) -> None:
    assert [as_json(shaped(told)), as_json(told)] == [orjson.dumps(told)] * 2


def test_each_character_is_written_as_orjson_writes_it() -> None:
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    assert as_json(every) == orjson.dumps(every)


def test_what_is_json_already_is_written_as_it_is() -> None:
    assert as_json(shape(("a", "__b"))(msgspec.Raw(b'{"c":1}'), [])) == b'{"a":{"c":1},"__b":[]}'


def test_an_object_without_keys_is_an_object() -> None:
    assert as_json(shape(())()) == b"{}"
