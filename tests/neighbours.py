"""Two homes more in a test's database: one with an id of its own, and one without, as earlier versions made them.

They have what a test's own home has, under the same ids, names and agreements, and something else to say of each. No
test of the third may see any of it, and none may change it.
"""

import re
from collections.abc import Iterator
from typing import Final

from neo4j import Driver

from graph.stores.home_labels import HomeId

HOME: Final = HomeId("0123456789abcdef")
"""The home of the tests, where several share a server."""

NEIGHBOUR: Final = HomeId("fedcba9876543210")

HOLDINGS: Final = """
CREATE (one:Held:Record:Case {id: 'C-1', kind: 'case', line: '{"kind":"case","id":"C-1","title":"another"}'}),
    (other:Held:Record:Document {id: 'D-1', kind: 'document', line: '{"kind":"document","id":"D-1"}', deleted: true}),
    (:Held:Link {id: 'L-1', kind: 'link', line: '{"kind":"link","id":"L-1","from":"C-1","to":"D-1"}'}),
    (one)-[:UNTYPED {id: 'L-1'}]->(other), (other)-[:UNTYPED {id: 'L-9'}]->(:Held {id: 'C-2'}),
    (:Taint {id: 'C-1', by: 'C-1'}), (:Memory {name: 'home', text: 'another'}), (:Memory {name: 'day', text: '1'}),
    (:Paper {drawer: 'wants', id: 'C-1', body: '{}', waits: 'wants'}), (:Standing {id: 'C-1', body: 'another'}),
    (:Term {term: 'number:NY03-0001', id: 'C-1'}), (:Before {id: 'C-1', kind: 'case', line: '{}', tainted: true}),
    (:Holdings:KeepsHoldings {name: 'holdings', turn: 7, sign: 9, holder: 'another', account: 'another', written: 'x'})
"""

RELEASES: Final = """
CREATE (one:Released:Case {agreement: 'ndex', id: 'c1', body: 'another'}),
    (other:Released:Document {agreement: 'ndex', id: 'd1', body: 'another'}),
    (one)-[:CONTAINS {agreement: 'ndex', id: 'k1', body: 'another'}]->(other),
    (:ReleasedLink {agreement: 'ndex', id: 'k1', head: 'c1', tail: 'd1'}),
    (:Release {agreement: 'ndex', header: 'another', begun: 'x', ended: 'y', unwritten: 'z'}),
    (:Release {agreement: 'county', header: 'another'}),
    (:ReleasePart {agreement: 'ndex', change: 'z', place: 0, body: 'another'}),
    (:ReleaseVersion {agreement: 'ndex', place: 3, name: 'v', minute: 1, key: 'another'}),
    (:ReleaseTouch {agreement: 'ndex', place: 3, id: 'c1', before: 'another', after: 'another', shift: 'another'}),
    (:Reader {name: 'one', confirmed: 0, lease_seconds: 60.0}), (:Restriction {one: 1, due_at: 1}),
    (:Revision {one: 1, number: 99}), (:Revoked {kind: 'token', name: 'another', at: 1}),
    (:SeenDay {zone: 'UTC', day: 999, locked: true}),
    (:Turn:KeepsReleases {one: 1, number: 7, sign: 9, holder: 'another', owner: 'another'})
"""

_PLAIN: Final = re.compile(r"(?<=:)(?!Record\b|Keeps|UNTYPED|CONTAINS)[A-Z]\w*")

_ID: Final = re.compile(r"_([0-9a-f]{16})$")

Told = frozenset[tuple[str, ...]]


def move_in(driver: Driver, contents: str) -> None:
    """Put both neighbours' holdings, or releases, into an empty database."""
    driver.execute_query(contents)
    driver.execute_query(_PLAIN.sub(lambda label: f"{label[0]}_{NEIGHBOUR}", contents))


def all_but(driver: Driver, home: str | None) -> Told:
    """What the database has that is not this home's: nodes and relationships, by their labels and all they say."""
    return frozenset(said for said in _everything(driver) if _home_of(said) != home)


def all_of(driver: Driver, home: str | None) -> Told:
    """What the database has of this home; None: of one without an id."""
    return frozenset(said for said in _everything(driver) if _home_of(said) == home)


def _home_of(said: tuple[str, ...]) -> str | None:
    [home] = {match[1] for part in said if (match := _ID.search(part))} or {None}
    return home


def _everything(driver: Driver) -> Iterator[tuple[str, ...]]:
    with driver.session() as session:
        for labels, properties in session.run("MATCH (n) RETURN labels(n), properties(n)"):
            yield (*sorted(labels), repr(sorted(properties.items())))
        tied = "MATCH (n)-[tie]->(m) RETURN labels(n), type(tie), properties(tie), labels(m)"
        for head, type, properties, tail in session.run(tied):
            yield (*sorted(head), type, repr(sorted(properties.items())), *sorted(tail))
