"""A connection to one Neo4j over Bolt: opened once, verified, and told about in sentences when it fails.

It runs statements of `cypher/`, with the labels of the home whose it is, and knows none of them. One connection may be
used from several threads. Every transaction has a deadline, after which the server undoes it: who stood still in one
keeps nobody waiting for ever.

Everything is asked of the member of a cluster that leads, for a follower may lag behind a withdrawal; and each question
carries the **bookmarks** of what this connection has done before, so that one that leads no more, and does not know it,
cannot answer it. A reader enrols before it asks, and a publisher has restricted before it looks who is enrolled: so the
one sees the other (`graph/readers.py`), whichever members they come to.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from neo4j import (
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    Query,
    Session,
    unit_of_work,
)
from neo4j.exceptions import ServiceUnavailable, SessionExpired

from graph.errors import StoreError
from graph.stores.bolt_trouble import no_address, sentences
from graph.stores.home_labels import HomeId, text_for
from graph.stores.statements import Statement

RETRY_SECONDS: Final = 30.0
"""How long a transaction is tried again while the server restarts, changes its leader, or another writes."""

READING_SECONDS: Final = 3_600.0
"""How long a transaction that reads may take: all that is held, or a release of millions of elements, comes in it."""

WRITING_SECONDS: Final = 120.0
"""How long one may take that has locked the turn to write; it has some thousands of rows."""

_THERE: Final = "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists"
_OLDEST: Final = (5, 26)  # the first that makes a relationship whose type is a parameter
_CONNECT_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 10.0
_IDLE_SECONDS: Final = 30.0
_ROWS_FETCHED: Final = 2_000
_ROWS_SENT: Final = 5_000

# What fails is raised as a sentence; without this, the driver's own log lines would stand beside it on stderr.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

Row = tuple[Any, ...]
_T = TypeVar("_T")


class _Unshown(list[Any]):
    """Rows that no log shows: the driver writes out what a statement is given for its debug log, wanted or not."""

    def __repr__(self) -> str:
        return f"[{len(self)} rows]"


class Transaction:
    """One transaction: the statements run in it take effect together or not at all."""

    def __init__(self, transaction: ManagedTransaction, home: HomeId | None) -> None:
        self._transaction = transaction
        self._home = home

    def run(self, statement: Statement, **parameters: Any) -> list[Row]:
        """The rows that a statement gives."""
        return list(map(tuple, self._transaction.run(text_for(statement, self._home), parameters)))

    def stream(self, statement: Statement, **parameters: Any) -> Iterator[Row]:
        """The rows of a statement as they come: of any number, a few thousand of them in memory."""
        return map(tuple, self._transaction.run(text_for(statement, self._home), parameters))

    def run_rows(self, statement: Statement, rows: Sequence[Any], **others: Any) -> list[Row]:
        """Run a statement for any number of `$rows`, some thousands at a time; none: not at all."""
        parts = (_Unshown(rows[start : start + _ROWS_SENT]) for start in range(0, len(rows), _ROWS_SENT))
        return [row for part in parts for row in self._run_part(statement, part, others)]

    def _run_part(self, statement: Statement, part: _Unshown, others: dict[str, Any]) -> list[Row]:
        """Run it for these rows, and let go of them.

        The driver keeps what it was given in a cycle of references. A publication looks for no cycles while it runs,
        and would have in memory all that it has written.
        """
        try:
            return self.run(statement, rows=part, **others)
        finally:
            part.clear()


class Bolt:
    """An open connection. address: where it goes, without user and password. home: whose labels it knows."""

    def __init__(self, driver: Driver, address: str, home: HomeId | None) -> None:
        self.address = address
        self.home = home
        self._driver = driver
        self._bookmarks = GraphDatabase.bookmark_manager()

    def ask(self, statement: Statement, *, database: str | None = None, **parameters: Any) -> list[Row]:
        """The rows of one statement, in one round trip. Fails soon if it fails: tried again once, and at once."""
        with sentences(self.address):
            try:
                return self._ask(statement, database, parameters)
            except (ServiceUnavailable, SessionExpired):  # a connection that stood since before a restart
                return self._ask(statement, database, parameters)

    def stream(self, statement: Statement, **parameters: Any) -> Iterator[Row]:
        """The rows of one statement as they come: of any number, a few thousand of them in memory."""
        with sentences(self.address), self._session() as session:
            yield from map(tuple, session.run(self._query(statement, READING_SECONDS), parameters))

    def transact(self, work: Callable[[Transaction], _T], seconds: float = READING_SECONDS) -> _T:
        """What the work gives, done in one transaction. It may be done anew: where it fails, nothing of it stays."""

        @unit_of_work(timeout=seconds)
        def worked(transaction: ManagedTransaction) -> _T:
            return work(Transaction(transaction, self.home))

        with sentences(self.address), self._session() as session:
            return session.execute_write(worked)

    def make(self, made: Statement) -> None:
        """Make a constraint or an index, unless it is there; two that do so at once are both content."""
        try:
            self.transact(lambda transaction: transaction.run(made))
        except StoreError as error:
            if getattr(error.__cause__, "code", None) != _THERE:
                raise

    def close(self) -> None:
        """Let go of the server. Closing twice is allowed."""
        self._driver.close()

    def _ask(self, statement: Statement, database: str | None, parameters: dict[str, Any]) -> list[Row]:
        with self._session(database) as session:
            return list(map(tuple, session.run(self._query(statement, WRITING_SECONDS), parameters)))

    def _query(self, statement: Statement, seconds: float) -> Query:
        return Query(text_for(statement, self.home), timeout=seconds)

    def _session(self, database: str | None = None) -> Session:
        return self._driver.session(
            database=database, fetch_size=_ROWS_FETCHED, bookmark_manager=self._bookmarks
        )


def open_bolt(
    url: str, user: str, password: str, home: HomeId | None = None, retry_seconds: float = RETRY_SECONDS
) -> Bolt:
    """A connection of this home that has answered. Raises StoreUnreachable, StoreRefused or StoreError."""
    scheme, _, rest = url.rpartition("://")
    address = f"{scheme}://{rest.rpartition('@')[2]}"
    try:
        with sentences(address):
            return Bolt(_driver(url, (user, password), address, retry_seconds), address, home)
    except ValueError as error:  # a port that is no number
        raise no_address(address) from error


def _driver(url: str, who: tuple[str, str], address: str, retry_seconds: float) -> Driver:
    driver = GraphDatabase.driver(
        url,
        auth=who,
        connection_timeout=_CONNECT_SECONDS,
        connection_acquisition_timeout=_ANSWER_SECONDS,
        liveness_check_timeout=_IDLE_SECONDS,
        max_transaction_retry_time=retry_seconds,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
        telemetry_disabled=True,
    )
    try:
        _require_version(driver.get_server_info().agent, address)
    except BaseException:
        driver.close()
        raise
    return driver


def _require_version(agent: str, address: str) -> None:
    version = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if version is None or (int(version[1]), int(version[2])) < _OLDEST:
        raise StoreError(f"{address}: {agent} answers there; caselink needs Neo4j 5.26 or later")
