"""All that one home has in a Neo4j, taken away: its nodes in small transactions, then its constraints and indexes.

Each transaction holds the turn to write, but the last one, which takes the turn itself away where nobody has it.
Nothing of another home is looked at: all is found by this home's labels and names (`home_labels`). Stopped anywhere, it
can be done again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from graph.errors import StoreLocked
from graph.stores.bolt import Bolt, Transaction
from graph.stores.bolt_turn import BoltTurns
from graph.stores.home_labels import label_for
from graph.stores.statements import Statement, schema, statement

AT_ONCE: Final = 10_000
"""Nodes, or relationships, in one transaction."""

_DROP_CONSTRAINT: Final = statement("drop_constraint")
_DROP_INDEX: Final = statement("drop_index")


@dataclass(frozen=True, slots=True)
class Dropped:
    """The statements of one store. ties, nodes: take some away and tell how many. last: what is left, and the turn."""

    ties: Statement
    nodes: Statement
    last: Statement
    schema: tuple[Statement, ...]


HOLDINGS: Final = Dropped(
    statement("holdings_drop_ties"),
    statement("holdings_drop"),
    statement("holdings_drop_last"),
    schema("holdings"),
)
RELEASES: Final = Dropped(
    statement("releases_drop_ties"),
    statement("releases_drop"),
    statement("releases_drop_last"),
    schema("releases"),
)


def take_away(turns: BoltTurns, store: Dropped, tell: Callable[[int], None]) -> None:
    """Take the nodes away but the last ones; hold the turn. tell: is told how many, and relationships, are gone."""
    gone = 0
    while True:
        while ties := _some(turns, store.ties):
            gone += ties
            tell(gone)
        nodes = _some(turns, store.nodes)
        if not nodes:
            return
        gone += nodes
        tell(gone)


def end(bolt: Bolt, store: Dropped) -> None:
    """Take the last nodes away, and the constraints and indexes. Nobody may have the turn: raises StoreLocked."""
    [(gone,)] = bolt.transact(partial(Transaction.run, statement=store.last)) or [(0,)]
    if not gone:
        raise StoreLocked(
            f"{bolt.address}: another caselink command writes to it, from another home; run this again"
        )
    for made in store.schema:
        _create, what, name, *_ = made.text.split()
        drop = _DROP_CONSTRAINT if what == "CONSTRAINT" else _DROP_INDEX
        bolt.transact(partial(Transaction.run, statement=drop, name=label_for(name, bolt.home)))


def _some(turns: BoltTurns, statement: Statement) -> int:
    [(taken,)] = turns.run(statement, most=AT_ONCE)
    return int(taken)
