"""An answer whose texts are too long is given up while it is made, in the words of one whose body is too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.release import ReleasedDocument
from graph.view import View
from schema.errors import Code
from schema.execute import Answering, Question
from schema.limits import Limits
from schema.long_texts import LongTexts, TooLong
from schema.writing import as_json
from tests.partner_world import CURSOR_KEY, content, view

EACH = 1_000
DOCUMENTS = 40

TOLD = "{ documents(first: 40) { nodes { narrative } } }"
"""Told afresh each time."""

KEPT = "{ documents(first: 40) { nodes { id number narrative } } }"
"""Kept as JSON from the second time on."""


def narrated() -> View:
    """Documents with long narratives."""
    documents = tuple(
        ReleasedDocument(f"d{n}", f"NY03-0001-{n:03}", "ROI", narrative="x" * EACH)  # type: ignore[arg-type]
        for n in range(DOCUMENTS)
    )
    return view(content(records=documents, links=()))


class Asked:
    """Asks a View, with so many bytes for an answer."""

    def __init__(self, most: int, *, plans: bool = True) -> None:
        self._answering = Answering(CURSOR_KEY, Limits(answer_bytes=most), plans=plans)
        self._view = narrated()

    def __call__(self, query: str) -> list[str]:
        """The codes of its faults."""
        answer = self._answering.answer(self._view, Question(query, None, {}))
        assert answer.executed is not bool(answer.faults)
        return [fault["extensions"]["code"] for fault in answer.faults]


@pytest.mark.parametrize("plans", [True, False])
@pytest.mark.parametrize("query", [TOLD, KEPT])
def test_an_answer_whose_texts_have_more_bytes_than_it_may_have_is_given_up(query: str, plans: bool) -> None:
    short, enough = (Asked(most, plans=plans) for most in (DOCUMENTS * EACH - 1, 2 * DOCUMENTS * EACH))
    assert [short(query) for _ in range(4)] == [[Code.ANSWER_TOO_LONG]] * 4
    assert [enough(query) for _ in range(4)] == [[]] * 4


def test_a_list_that_was_kept_counts_each_time_that_it_is_told() -> None:
    asked = Asked(3 * DOCUMENTS * EACH)
    lists = " ".join(f"l{n}: documents(first: 40) {{ nodes {{ id number narrative }} }}" for n in range(3))
    assert [asked(f"{{ {lists} }}") for _ in range(4)] == [[Code.ANSWER_TOO_LONG]] * 4
    assert [asked(KEPT) for _ in range(4)] == [[]] * 4


@given(st.none() | st.text())
def test_a_text_is_told_as_any_text_and_counts_as_it_is_written(text: str | None) -> None:
    size = len(as_json(text))
    assert as_json(LongTexts(size).tell(text)) == as_json(text)
    if text is not None:
        texts = LongTexts(size - 1)
        with pytest.raises(TooLong):
            texts.tell(text)
        assert texts.passed
