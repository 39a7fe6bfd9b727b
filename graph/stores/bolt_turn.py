"""The turn to write to a Neo4j. It is one node; who writes locks it first, and so keeps it until the transaction ends.

Each store has statements of its own for it: holdings keep it on the node that marks their server.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from graph.stores.bolt import WRITING_SECONDS, Bolt, Row, Transaction
from graph.stores.statements import Statement
from graph.turn import Turn, lost

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TurnStatements:
    """sign: locks the turn, gives a sign, and tells the number first."""

    now: Statement
    take: Statement
    sign: Statement
    end: Statement


class BoltTurns:
    """`graph.turn.Turns` of one Neo4j."""

    def __init__(self, bolt: Bolt, statements: TurnStatements) -> None:
        self._bolt = bolt
        self._statements = statements
        self._number = 0

    def now(self) -> Turn:
        """Whose turn it is now."""
        return next((Turn(*row) for row in self._bolt.ask(self._statements.now)), Turn())

    def take(self, seen: Turn, holder: str) -> bool:
        """Take the turn, unless it is another one than was seen."""
        took = partial(Transaction.run, statement=self._statements.take, number=seen.number, sign=seen.sign)
        taken = self._bolt.transact(partial(took, holder=holder))
        if taken:
            self._number = seen.number + 1
        return bool(taken)

    def give_sign(self) -> None:
        """Be heard of."""
        self.transact(lambda transaction, told: None)

    def end(self) -> None:
        """Give the turn back, unless another has taken it."""
        self._bolt.transact(partial(Transaction.run, statement=self._statements.end, number=self._number))

    def transact(self, work: Callable[[Transaction, Row], T]) -> T:
        """What the work gives, done in one transaction of one whose turn it is. Given is what `sign` tells after it."""

        def fenced(transaction: Transaction) -> T:
            [(number, *told)] = transaction.run(self._statements.sign)
            if number != self._number:
                raise lost(self._bolt.address)
            return work(transaction, tuple(told))

        return self._bolt.transact(fenced, WRITING_SECONDS)

    def run(self, statement: Statement, **parameters: object) -> list[Row]:
        """The rows of one statement that writes."""
        return self.transact(lambda transaction, _: transaction.run(statement, **parameters))

    def run_out(self, statement: Statement, **parameters: object) -> None:
        """Run a statement that takes some away and tells how many, until there are none; a transaction each time."""
        while self.run(statement, **parameters) != [(0,)]:
            pass
