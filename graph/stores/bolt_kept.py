"""What a publisher keeps beside the entries in Neo4j: standings, terms, the account, and what ids had before.

The account stands on the node that gives the turn to write, so that every writer sees at once whether to note what it
writes over. Where the ends of a link are is never kept as a term: the links that are drawn tell it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from graph.model import EntryId
from graph.store import MOST_CHANGED, Keeping
from graph.stores.bolt import Bolt, Row, Transaction
from graph.stores.bolt_turn import BoltTurns
from graph.stores.statements import Statement, statement
from graph.terms import END, parted

_NOTE = statement("holdings_note")
_NOTED = statement("holdings_noted")
_CHANGED = statement("holdings_changed")
_SETTLE = statement("holdings_settle")
_ACCOUNT = statement("holdings_account")
_PUT_ACCOUNT = statement("holdings_put_account")
_STANDINGS = statement("holdings_standings")
_PUT_STANDINGS = statement("holdings_put_standings")
_FOUND = statement("holdings_found")
_FOUND_FROM = statement("holdings_found_from")
_TIED = statement("holdings_tied")
_EVERY_STANDING = statement("holdings_every_standing")
_EVERY_TERM = statement("holdings_every_term")
_REST_OF_TERM = statement("holdings_rest_of_term")
_TIES = statement("holdings_ties")
_TIES_OF_HUB = statement("holdings_ties_of_hub")
_PUT_TERMS = statement("holdings_put_terms")
_DROP_TERMS = statement("holdings_drop_terms")
_SWEEP_BEFORE = statement("holdings_sweep_before")
_SWEEP_STANDINGS = statement("holdings_sweep_standing")
_SWEEP_TERMS = statement("holdings_sweep_term")

_SWEPT_AT_ONCE: Final = 20_000
_KEPT_AT_ONCE: Final = 20_000
_READ_AT_ONCE: Final = 10_000
_HEADS_AT_ONCE: Final = 1_000
_FEW_TIES: Final = 200
"""What a head has at most where its links come together with those of others, which bounds what comes at once."""

_Kept = tuple[Statement, dict[str, Any]]


def note(transaction: Transaction, ids: Sequence[EntryId]) -> None:
    """Note what the ids that a batch will write have now; where they become too many, nothing that is kept counts."""
    transaction.run_rows(_NOTE, ids)
    [(noted,)] = transaction.run(_NOTED)
    if noted > MOST_CHANGED:
        transaction.run(_PUT_ACCOUNT, text=None)


def account(bolt: Bolt) -> str | None:
    """The account that was last kept."""
    return next((text for (text,) in bolt.ask(_ACCOUNT)), None)


def changed(bolt: Bolt) -> list[Row]:
    """What was noted."""
    return list(bolt.stream(_CHANGED))


def standings(bolt: Bolt, ids: Iterable[EntryId]) -> dict[EntryId, bytes]:
    """What is kept for the ids."""
    wanted = list(ids)
    rows = bolt.transact(lambda transaction: transaction.run_rows(_STANDINGS, wanted))
    return {EntryId(id): bytes(body) for id, body in rows}


def found(bolt: Bolt, terms: Iterable[str]) -> dict[str, set[EntryId]]:
    """The ids of each term."""
    ends, others = parted(terms)
    rows = bolt.transact(
        lambda transaction: [
            *((END + end, id) for end, id in transaction.run_rows(_TIED, ends)),
            *transaction.run_rows(_FOUND, others),
        ]
    )
    return _grouped(rows)


def found_from(bolt: Bolt, beginnings: Iterable[str]) -> dict[str, set[EntryId]]:
    """The ids of the terms that begin so."""
    asked = list(beginnings)
    return _grouped(bolt.transact(lambda transaction: transaction.run_rows(_FOUND_FROM, asked)))


def every_standing(bolt: Bolt) -> Iterator[tuple[EntryId, bytes]]:
    """Every standing, by id, many in a row."""
    after: str | None = ""
    while after is not None:
        [(rows, after)] = bolt.ask(_EVERY_STANDING, after=after, most=_READ_AT_ONCE)
        yield from ((id, bytes(body)) for id, body in rows)


def every_term(bolt: Bolt) -> Iterator[tuple[str, EntryId]]:
    """Every term with each of its ids, by both, many in a row; one term may have more than comes at once."""
    after = ""
    while rows := _pairs_of(bolt, _EVERY_TERM, after=after):
        yield from rows
        after, last = rows[-1]
        while rest := _pairs_of(bolt, _REST_OF_TERM, term=after, after=last):
            yield from rest
            last = rest[-1][1]


def every_tie(bolt: Bolt) -> Iterator[tuple[EntryId, EntryId, EntryId]]:
    """Every link that is drawn, with its ends: those of some heads in a row; of a head that has many, a row each."""
    after: str | None = ""
    while after is not None:
        [(ties, hubs, after)] = bolt.ask(_TIES, after=after, most=_HEADS_AT_ONCE, few=_FEW_TIES)
        yield from ((id, head, tail) for id, head, tail in ties)
        for hub in hubs:
            yield from ((id, head, tail) for id, head, tail in bolt.stream(_TIES_OF_HUB, head=hub))


def forget(turns: BoltTurns) -> None:
    """Drop all that is kept, the account first and the rest in smaller transactions."""
    turns.run(_PUT_ACCOUNT, text=None)
    for some in (_SWEEP_BEFORE, _SWEEP_STANDINGS, _SWEEP_TERMS):
        turns.run_out(some, most=_SWEPT_AT_ONCE)


def keep(turns: BoltTurns, keeping: Keeping) -> None:
    """Keep it in one transaction. What is too much for one goes before it, and until its end nothing counts."""
    rows: list[_Kept] = [
        *((_DROP_TERMS, pair) for pair in _pairs(keeping.gone)),
        *((_PUT_TERMS, pair) for pair in _pairs(keeping.terms)),
        *((_PUT_STANDINGS, {"id": id, "body": body}) for id, body in keeping.standings),
    ]
    if len(rows) > _KEPT_AT_ONCE:
        turns.run(_PUT_ACCOUNT, text=None)
    while len(rows) > _KEPT_AT_ONCE:
        turns.transact(partial(_keep, rows=rows[:_KEPT_AT_ONCE], account=None))
        del rows[:_KEPT_AT_ONCE]
    turns.transact(partial(_keep, rows=rows, account=keeping.account))


def _keep(transaction: Transaction, _: Row, rows: Sequence[_Kept], account: str | None) -> None:
    for keeping in (_DROP_TERMS, _PUT_TERMS, _PUT_STANDINGS):
        transaction.run_rows(keeping, [row for statement, row in rows if statement is keeping])
    if account is not None:
        transaction.run(_SETTLE)
        transaction.run(_PUT_ACCOUNT, text=account)


def _pairs(terms: Iterable[tuple[str, EntryId]]) -> list[dict[str, str]]:
    return [{"term": term, "id": id} for term, id in terms]


def _pairs_of(bolt: Bolt, some: Statement, **asked: str) -> list[tuple[str, EntryId]]:
    [(pairs,)] = bolt.ask(some, most=_READ_AT_ONCE, **asked)
    return [(term, id) for term, id in pairs]


def _grouped(rows: Iterable[Row]) -> dict[str, set[EntryId]]:
    grouped: dict[str, set[EntryId]] = {}
    for asked, id in rows:
        grouped.setdefault(asked, set()).add(EntryId(id))
    return grouped
