"""Which questions are answered where they are read, on the event loop, and not by a thread: those that take no time.

Handing a question to a thread and back costs more than a small answer does. A query is small if it was answered from
this very View within two milliseconds of the core's time, and looks at no more than it gives: then with other variables
that ask for as much (pages as large, lists as long, in the same order) it takes little more. All others have a thread,
so that nobody waits for them.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.view import View
from schema.execute import Answer, Question
from schema.limits import LOOKING
from schema.orders import POSITIONS

_AT_ONCE_SECONDS: Final = 0.002
_KEPT: Final = 1024

_Query = tuple[str, str | None, tuple[tuple[str, float | str], ...]]
"""Its text, its operation, and the numbers, the lengths of the lists and the orders among its variables."""

_ORDERS: Final = frozenset(order.name for order in POSITIONS)
"""Who asks for an order first waits until all records have been put into it."""


class AtOnce:
    """What is known of queries, by the version that they were answered from."""

    def __init__(self) -> None:
        self._known: dict[_Query, str] = {}

    def may(self, question: Question, view: View) -> bool:
        """Whether it may be answered on the event loop."""
        return self._known.get(_query(question)) == view.header.version

    def note(self, question: Question, view: View, answer: Answer, seconds: float) -> None:
        """How long an answer took, by a clock that counts at least the core's time.

        A thread is timed by the core alone, for what else the machine does meanwhile makes no query large.
        """
        query = _query(question)
        if seconds <= _AT_ONCE_SECONDS and not answer.faults and (answer.cost or 0) < LOOKING:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[query] = view.header.version
        else:
            self._known.pop(query, None)


def _query(question: Question) -> _Query:
    return question.query, question.operation_name, tuple(_sizes(question.variables))


def _sizes(variables: Mapping[str, Any]) -> Iterator[tuple[str, float | str]]:
    for name, value in variables.items():
        if isinstance(value, int | float):
            yield name, value
        elif isinstance(value, list):
            yield name, len(value)
        elif isinstance(value, str) and value in _ORDERS:
            yield name, value
