"""A home's own labels: what a database that several homes share has of each is under labels that end with its id.

A statement of `cypher/` is written with plain labels. A connection of a home with an id runs it with the home's own,
and makes constraints and indexes of its own for them: `:Held` is `:Held_3f2a9c0d1b4e5f67` there. So no statement of a
home can reach what another one has, each index has one home's nodes, and no home waits for another's locks (decision
37). Neo4j cannot use an index where a label is a parameter, and so the text is another one for each home.

Relationships need nothing of the sort: they are reached from their ends alone. A home without an id, as earlier
versions made them, has the plain labels.
"""

import re
from functools import cache
from typing import Final, NewType

from graph.stores.statements import Statement

HomeId = NewType("HomeId", str)
"""16 hexadecimal digits, drawn when a home is made."""

SHARED: Final = frozenset({"Record", "KeepsHoldings", "KeepsReleases"})
"""The labels of every home: by them a server is known to have records, holdings or releases, whosever they are."""

_ID: Final = re.compile(r"[0-9a-f]{16}")
_OWN: Final = re.compile(r"(?<=[:|])[A-Z]\w*|(?<=CREATE CONSTRAINT )\w+|(?<=CREATE INDEX )\w+")


def home_id(text: str) -> HomeId | None:
    """The id that a text is; None where it is none."""
    return HomeId(text) if _ID.fullmatch(text) else None


@cache
def text_for(statement: Statement, home: HomeId | None) -> str:
    """The statement as this home runs it."""
    return statement.text if home is None or statement.of_every_home else _own_labels(statement.text, home)


def label_for(label: str, home: HomeId | None) -> str:
    """A label, as a row has it, of this home."""
    return label if home is None or label in SHARED else f"{label}_{home}"


def _own_labels(text: str, home: HomeId) -> str:
    """The text with the home's own labels, and names of constraints and indexes, in place of the plain ones."""
    return _OWN.sub(lambda found: label_for(found[0], home), text)
