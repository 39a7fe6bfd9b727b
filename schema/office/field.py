"""A field of a held line that has no place of its own in the schema, and which of them are asked for."""

from collections.abc import Iterable, Sequence

import strawberry

from graph.office.held_record import HeldField


@strawberry.type
class Field:
    """A field of a line: a text as it stands there, anything else as JSON."""

    name: str
    value: str


def those_of(held: Iterable[HeldField], names: Sequence[str] | None) -> list[Field]:
    """All of them in their order, or those with these names."""
    wanted = None if names is None else frozenset(names)
    return [Field(name=each.name, value=each.value) for each in held if wanted is None or each.name in wanted]
