"""Papers in Neo4j: a node for each. One that waits names its drawer once more, by which the waiting ones are found."""

from collections.abc import Iterable, Iterator, Sequence

from graph.model import EntryId
from graph.store import Paper
from graph.stores.bolt import Bolt, Row, Transaction
from graph.stores.statements import statement

_PUT = statement("holdings_put_papers")
_SOME = statement("holdings_some_papers")
_WAITING = statement("holdings_waiting_papers")
_EVERY = statement("holdings_papers")


def put(transaction: Transaction, papers: Sequence[Paper]) -> None:
    """Put papers in place of what lies there."""
    rows = [
        {"drawer": one.drawer, "id": one.id, "body": one.body, "waits": one.drawer if one.waits else None}
        for one in papers
    ]
    transaction.run_rows(_PUT, rows)


def of_ids(bolt: Bolt, drawer: str, ids: Iterable[EntryId]) -> dict[EntryId, Paper]:
    """The papers of the ids in one drawer."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = bolt.transact(lambda transaction: transaction.run_rows(_SOME, wanted, drawer=drawer))
    return {row[1]: _paper(row) for row in rows}


def waiting(bolt: Bolt, drawer: str) -> dict[EntryId, Paper]:
    """The papers in one drawer that wait."""
    return {row[1]: _paper(row) for row in bolt.ask(_WAITING, drawer=drawer)}


def every(bolt: Bolt) -> Iterator[Paper]:
    """Every paper."""
    return map(_paper, bolt.stream(_EVERY))


def _paper(row: Row) -> Paper:
    drawer, id, body, waits = row
    return Paper(drawer, EntryId(id), body, waits)
