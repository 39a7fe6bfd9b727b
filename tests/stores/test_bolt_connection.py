"""Opening a Neo4j, and losing it: each failure is a sentence that says what, where and how to mend it."""

import gc
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import Any, ClassVar

import pytest
from neo4j import GraphDatabase
from neo4j._sync.bookmark_manager import Neo4jBookmarkManager  # what the driver makes
from neo4j.exceptions import (
    AuthConfigurationError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    IncompleteCommit,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import StoreError, StoreLocked, StoreRefused, StoreUnreachable
from graph.model import EntryId
from graph.readers import Reader
from graph.stores.bolt import Transaction, _require_version, open_bolt
from graph.stores.bolt_holdings import BoltHoldings, open_holdings
from graph.stores.bolt_reader import open_reader
from graph.stores.bolt_releases import BoltReleases, open_releases
from graph.stores.bolt_trouble import sentence
from graph.stores.statements import Mode, Statement, statement
from tests.memory_releases import MARK
from tests.neo4j_server import Neo4jServer
from tests.store_contract import access, all_of, emptied, entry, put

SECRET = "s3cret-pässword"
NOBODY_THERE = "no Neo4j answers there; start it, or mend the address in caselink.toml, then run this again"
WRONG_PASSWORD = (
    "Neo4j does not take this user and password; set CASELINK_NEO4J_USER and CASELINK_NEO4J_PASSWORD,"
    " or mend them in caselink.toml"
)


def open_writer(url: str, user: str, password: str) -> BoltReleases:
    """The releases, to be written."""
    return open_releases(url, user, password, MARK)


OPENERS = [open_holdings, open_writer, open_reader]


@pytest.fixture(scope="module")
def server() -> Iterator[Neo4jServer]:
    """One that these tests may stop, kill and freeze."""
    with Neo4jServer() as running:
        yield running


def refusal(kind: type[StoreError], attempt: Callable[[], Any]) -> str:
    """The sentence by which the attempt fails. Neither it nor anything behind it shows the password."""
    with pytest.raises(StoreError) as raised:
        attempt()
    assert type(raised.value) is kind
    assert SECRET not in "".join(traceback.format_exception(raised.value, chain=True))
    return str(raised.value)


def asking(text: str) -> Statement:
    """A statement that is in no file."""
    return Statement("asked", "Ask.", frozenset(), Mode.READ, text)


@pytest.mark.parametrize("opening", OPENERS)
def test_a_server_that_is_not_there_is_said(opening: Callable[..., Any]) -> None:
    said = refusal(StoreUnreachable, lambda: opening("neo4j://127.0.0.1:1", "neo4j", SECRET))
    assert said == f"neo4j://127.0.0.1:1: {NOBODY_THERE}"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("neo4j://127.0.0.1:port", "neo4j://127.0.0.1:port"),
        ("postgres://127.0.0.1:1", "postgres://127.0.0.1:1"),
        (f"neo4j://neo4j:{SECRET}@127.0.0.1:port", "neo4j://127.0.0.1:port"),
        (f"postgres://neo4j:{SECRET}@127.0.0.1:1", "postgres://127.0.0.1:1"),
    ],
)
def test_what_is_no_address_is_said_without_what_is_secret_in_it(url: str, shown: str) -> None:
    with pytest.raises(StoreError) as raised:
        open_bolt(url, "neo4j", SECRET)
    assert str(raised.value) == f"{shown}: this is no address of a Neo4j; write one such as neo4j://HOST:7687"


@pytest.mark.parametrize("agent", ["Neo4j/5.25.1", "Neo4j/4.4.40", "Memgraph/2.0"])
def test_a_server_that_cannot_do_what_is_needed_is_said(agent: str) -> None:
    said = refusal(StoreError, lambda: _require_version(agent, "neo4j://host:7687"))
    assert said == f"neo4j://host:7687: {agent} answers there; caselink needs Neo4j 5.26 or later"


@pytest.mark.parametrize("agent", ["Neo4j/5.26.0", "Neo4j/5.26.30", "Neo4j/2025.06.1"])
def test_later_servers_will_do(agent: str) -> None:
    assert _require_version(agent, "neo4j://host:7687") is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (ServiceUnavailable("x"), StoreUnreachable, NOBODY_THERE),
        (SessionExpired("x"), StoreUnreachable, NOBODY_THERE),
        (ConnectionAcquisitionTimeoutError("x"), StoreUnreachable, NOBODY_THERE),
        (ConnectionResetError("x"), StoreUnreachable, NOBODY_THERE),
        (IncompleteCommit("x"), StoreUnreachable, "the connection broke while Neo4j wrote; run this again"),
        (AuthConfigurationError("x"), StoreRefused, WRONG_PASSWORD),
        (
            ConfigurationError("x"),
            StoreError,
            "this is no address of a Neo4j; write one such as neo4j://HOST:7687",
        ),
        (DriverError("x"), StoreError, "the connection to Neo4j failed (DriverError); run this again"),
    ],
)
def test_what_the_driver_meets_becomes_a_sentence(
    error: Exception, kind: type[StoreError], said: str
) -> None:
    told = sentence("neo4j://host:7687", error)
    assert (type(told), str(told)) == (kind, f"neo4j://host:7687: {said}")


@pytest.mark.neo4j
@pytest.mark.parametrize("opening", OPENERS)
def test_another_password_is_said(server: Neo4jServer, opening: Callable[..., Any]) -> None:
    said = refusal(StoreRefused, lambda: opening(server.url, "someone", SECRET))
    assert said == f"{server.url}: {WRONG_PASSWORD}"


@pytest.mark.neo4j
def test_too_many_wrong_passwords_are_said(server: Neo4jServer) -> None:
    with server.driver() as driver:
        driver.execute_query(
            "CREATE USER guessed IF NOT EXISTS SET PASSWORD 'another one'", database_="system"
        )

    def attempt() -> None:
        open_bolt(server.url, "guessed", SECRET)

    said = [refusal(StoreRefused, attempt) for _ in range(5)]
    assert said[-1] == f"{server.url}: too many wrong passwords; wait a few seconds, then try the right one"


@pytest.mark.neo4j
def test_a_password_that_must_be_changed_is_said(server: Neo4jServer) -> None:
    with server.driver() as driver:
        driver.execute_query(
            f"CREATE USER fresh IF NOT EXISTS SET PASSWORD '{SECRET}' CHANGE REQUIRED", database_="system"
        )
    said = refusal(StoreRefused, lambda: open_holdings(server.url, "fresh", SECRET))
    assert said == f"{server.url}: the password must be changed first; change it with Neo4j's cypher-shell"


@pytest.mark.neo4j
def test_a_statement_that_neo4j_does_not_take_is_said_without_what_it_was_given(server: Neo4jServer) -> None:
    with closing(open_bolt(*access(server))) as bolt:
        said = refusal(StoreError, lambda: bolt.ask(asking("RETURN 1 / 0"), name="Doe"))
    assert said == (
        f"{server.url}: Neo4j did not take a statement (Neo.ClientError.Statement.ArithmeticError);"
        " nothing was changed by it, and its logs say more"
    )


@pytest.mark.neo4j
def test_a_server_without_enough_memory_is_said(server: Neo4jServer) -> None:
    with closing(open_bolt(*access(server))) as bolt:
        said = refusal(
            StoreError,
            lambda: bolt.ask(asking("UNWIND range(1, 100000000) AS one RETURN size(collect(one))")),
        )
    assert said == (
        f"{server.url}: Neo4j has too little memory for this; give it more by server.memory.heap.max_size and"
        " dbms.memory.transaction.total.max in neo4j.conf"
    )


@pytest.mark.neo4j
def test_a_transaction_past_its_deadline_is_undone_and_said(server: Neo4jServer) -> None:
    endless = asking("CREATE (:Late) WITH 1 AS one UNWIND range(1, 10000000000) AS n RETURN count(n)")
    with closing(open_bolt(*access(server))) as bolt:
        said = refusal(
            StoreError, lambda: bolt.transact(partial(Transaction.run, statement=endless), seconds=1.0)
        )
        left = bolt.ask(asking("RETURN COUNT { (:Late) }"))
    assert left == [(0,)]
    assert said == (
        f"{server.url}: Neo4j took longer than a transaction may, and undid it; see what else its machine does,"
        " then run this again"
    )


@pytest.mark.neo4j
def test_rows_that_were_sent_stay_in_memory_for_nobody_though_cycles_are_not_looked_for(
    server: Neo4jServer,
) -> None:
    rows = [{"number": number} for number in range(7_000)]
    before = {sys.getrefcount(row) for row in rows}
    gc.disable()
    try:
        with closing(open_bolt(*access(server))) as bolt:
            run = partial(
                Transaction.run_rows, statement=asking("UNWIND $rows AS row RETURN sum(row.number)")
            )
            told = bolt.transact(partial(run, rows=rows))
            after = {sys.getrefcount(row) for row in rows}
    finally:
        gc.enable()
    assert (told, after) == ([(sum(range(5_000)),), (sum(range(5_000, 7_000)),)], before)


class ToldBookmarks(Neo4jBookmarkManager):
    """Bookmarks as the driver keeps them; told is what each transaction was begun with."""

    told: ClassVar[list[set[str]]] = []

    def get_bookmarks(self) -> set[str]:
        self.told.append(set(super().get_bookmarks()))
        return self.told[-1]


@pytest.mark.neo4j
def test_each_question_carries_the_bookmark_of_what_its_connection_has_written(
    server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GraphDatabase, "bookmark_manager", ToldBookmarks)
    emptied(server)
    with closing(open_reader(*access(server))) as reader:
        for number in range(2):
            reader.enrol(Reader("one", number))
            reader.standing()
    # Between the two questions something was written, by the enrolling that both come after.
    first, _, second = ToldBookmarks.told[-3:]
    assert (len(first), len(second), first == second) == (1, 1, False)


@pytest.mark.neo4j
def test_a_frozen_server_is_said_soon(server: Neo4jServer) -> None:
    server.pause()
    start = time.monotonic()
    try:
        said = refusal(StoreUnreachable, lambda: open_bolt(*access(server)))
    finally:
        server.resume()
    assert (said, time.monotonic() - start < 30) == (f"{server.url}: {NOBODY_THERE}", True)


@pytest.mark.neo4j
def test_a_store_that_loses_its_server_says_so_and_goes_on_when_it_is_back(server: Neo4jServer) -> None:
    emptied(server)
    with open_holdings(*access(server)) as store:
        put(store, entry("C-1"))
    with BoltHoldings(open_bolt(*access(server), retry_seconds=2)) as store:
        assert all_of(store) == [entry("C-1")]
        server.kill()
        attempts: list[Callable[[], Any]] = [
            store.counts,
            partial(all_of, store),
            partial(put, store, entry("C-2")),
            partial(store.held, [EntryId("C-1")]),
        ]
        said = {refusal(StoreUnreachable, attempt) for attempt in attempts}
        server.start()
        put(store, entry("C-3"))
        assert (said, all_of(store)) == ({f"{server.url}: {NOBODY_THERE}"}, [entry("C-1"), entry("C-3")])


@pytest.mark.neo4j
def test_a_closed_store_says_that_it_is_closed(server: Neo4jServer) -> None:
    store = open_holdings(*access(emptied(server)))
    store.close()
    said = refusal(StoreError, store.counts)
    assert said == f"{server.url}: the connection to Neo4j failed (DriverError); run this again"


@pytest.mark.neo4j
def test_the_mark_of_holdings_outlives_nothing_but_the_server(server: Neo4jServer) -> None:
    open_holdings(*access(emptied(server))).close()
    with closing(open_bolt(*access(server))) as bolt:
        assert bolt.ask(statement("holdings_readable")) == [(True,)]


@pytest.mark.neo4j
def test_a_database_that_is_read_only_is_said(server: Neo4jServer) -> None:
    settings = server.home / "conf" / "neo4j.conf"
    before = settings.read_text(encoding="ascii")
    settings.write_text(f"{before}\nserver.databases.default_to_read_only=true\n", encoding="ascii")
    server.restart()
    try:
        with closing(open_bolt(*access(server), retry_seconds=1)) as bolt:
            run = partial(Transaction.run, statement=statement("holdings_turn"))
            said = refusal(StoreLocked, lambda: bolt.transact(run))
    finally:
        settings.write_text(before, encoding="ascii")
        server.restart()
    assert said == f"{server.url}: the database is read-only; make it writable, then run this again"


@pytest.mark.neo4j
def test_a_constraint_that_another_command_makes_at_the_same_moment_is_no_error(
    neo4j_holdings_server: Neo4jServer,
) -> None:
    def made(text: str) -> Statement:
        return Statement("made", "A test.", frozenset(), Mode.SCHEMA, text)

    server = emptied(neo4j_holdings_server)
    held = made("CREATE CONSTRAINT held_id FOR (entry:Held) REQUIRE entry.id IS UNIQUE")
    with closing(open_bolt(*access(server))) as bolt:
        bolt.make(held)
        bolt.make(held)
        refused = refusal(StoreError, lambda: bolt.make(made(held.text.replace("entry.id", "entry.other"))))
    assert "Neo.ClientError.Schema" in refused
