"""What a mapping says: which label becomes which kind, which relationship type which link, and what the columns are.

It names every label and type that the files have, or ignores it by name; what it does not name refuses the load. It is
read from TOML by loaders/mapping_file.py.
"""

from collections import abc
from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import MappingError
from graph.model import Kind
from loaders.cells import Coding, Day, Text

Source = Text | Day
"""What a field is made of."""


@dataclass(frozen=True, slots=True)
class PropertyMapping:
    """One property of a subject."""

    name: str
    value: Source
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeMapping:
    """What the rows of a label become. fields and approval: by name. needs: each column, and a path that needs it."""

    kind: Kind
    fields: abc.Mapping[str, Source]
    approval: abc.Mapping[str, Source]
    coding: Coding
    properties: tuple[PropertyMapping, ...]
    needs: abc.Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RelationshipMapping:
    """What the rows of a relationship type become. reverse: the link goes from the row's end to its start."""

    link: str
    reverse: bool
    fields: abc.Mapping[str, Source]
    coding: Coding
    needs: abc.Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that has been validated. source: where it was read from. ignored_files: name patterns."""

    source: str
    id_prefix: str
    nodes: abc.Mapping[str, NodeMapping]
    relationships: abc.Mapping[str, RelationshipMapping]
    ignored_labels: frozenset[str]
    ignored_types: frozenset[str]
    ignored_files: tuple[str, ...]


def misfit(source: str, mistakes: Sequence[str]) -> MappingError:
    """The error that lists each mistake, one a line."""
    listed = "".join(f"\n  {mistake}" for mistake in mistakes)
    return MappingError(f"{source} does not fit; nothing was changed. Mend:{listed}")
