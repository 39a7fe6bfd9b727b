"""How a link's type reads as the type of a relationship: any text will do but an empty one or one with a NUL."""

from typing import Final

UNTYPED: Final = "UNTYPED"
"""The type of a relationship whose link has none that Neo4j can write. The link's line or body says what it has."""


def relationship_type(type: object) -> str:
    """The link's type where Neo4j can write it, else UNTYPED."""
    return type if isinstance(type, str) and type and "\0" not in type else UNTYPED
