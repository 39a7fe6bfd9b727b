"""The same rows written into Neo4j by the bare driver: what the store is measured against.

Plain `UNWIND` statements, one for each kind of node and each type of relationship, with labels and types written out;
`MERGE` by id under the same constraint, for a file may be loaded twice, and a link may come before its ends. It asks
for nothing, checks nothing, and replaces no relationship of a link that has changed.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

import orjson
from neo4j import Driver, ManagedTransaction

from graph.model import RECORD_KINDS, Kind

Rows = defaultdict[str, list[dict[str, Any]]]

_CONSTRAINT = "CREATE CONSTRAINT held_id IF NOT EXISTS FOR (entry:Held) REQUIRE entry.id IS UNIQUE"
_NODES = "UNWIND $rows AS row MERGE (n:Held {{id: row.id}}) SET n:{labels}, n += row"
_TIES = (
    "UNWIND $rows AS row MERGE (a:Held {{id: row.head}}) MERGE (b:Held {{id: row.tail}})"
    " MERGE (a)-[r:{type} {{id: row.shown.id}}]->(b) SET r += row.shown"
)
_LABELS = {
    kind.value: f"Record:{kind.capitalize()}" if kind in RECORD_KINDS else kind.capitalize() for kind in Kind
}
_SHOWN = ("id", "role", "since", "until", "sources", "access_codes")
_LONG = ("approval", "properties", "agreements", "synopsis", "narrative")


def prepare(driver: Driver) -> None:
    """The constraint without which no MERGE is quick."""
    driver.execute_query(_CONSTRAINT)


def write(driver: Driver, lines: Iterable[bytes], *, register: bool = True) -> None:
    """One transaction of these lines: all that the store writes of them.

    Without a register of links it is the smallest graph: a link is its relationship alone, so nothing keeps its line,
    makes one space of ids, or finds it by its id.
    """
    nodes: Rows = defaultdict(list)
    ties: Rows = defaultdict(list)
    for line in lines:
        said = orjson.loads(line)
        if said["kind"] != Kind.LINK:
            nodes[said["kind"]].append(_node(said, line))
            continue
        ties[said["type"]].append(_tie(said))
        if register:
            nodes[Kind.LINK.value].append({"id": said["id"], "kind": said["kind"], "line": line.decode()})
    with driver.session() as session:
        session.execute_write(partial(_write, nodes=nodes, ties=ties))


def _node(said: dict[str, Any], line: bytes) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in _LONG} | {"line": line.decode()}


def _tie(said: dict[str, Any]) -> dict[str, Any]:
    shown = {name: said[name] for name in _SHOWN if name in said}
    return {"head": said["from"], "tail": said["to"], "shown": shown}


def _write(transaction: ManagedTransaction, nodes: Rows, ties: Rows) -> None:
    for kind, rows in nodes.items():
        transaction.run(_NODES.format(labels=_LABELS[kind]), rows=rows).consume()
    for type, rows in ties.items():
        transaction.run(_TIES.format(type=type), rows=rows).consume()
