"""What a request may still ask for, of what has no page and whose length is known only once it is found: a path,
or the links among records.

Before it is executed a query is weighed as if such a list had as many elements as any other without pages. Whoever
gives a longer one pays for the rest here, before it is written.
"""

from collections.abc import Callable, Sequence

from graphql import FieldNode

from schema.errors import Code, Refusal
from schema.limits import UNPAGED


class Budget:
    """left: objects that one request may still ask for. weigh: the objects that an element of such a field has."""

    def __init__(self, left: int, weigh: Callable[[FieldNode], int]) -> None:
        self._whole = self._left = left
        self._weigh = weigh

    def anew(self) -> "Budget":
        """Another one, of which nothing has been taken."""
        return Budget(self._whole, self._weigh)

    def take(self, fields: Sequence[FieldNode], elements: int) -> None:
        """Pay for a list of so many elements, asked for by these fields. Raises Refusal TOO_COSTLY."""
        self._left -= max(0, elements - UNPAGED) * sum(map(self._weigh, fields))
        if self._left < 0:
            raise Refusal(Code.TOO_COSTLY)
