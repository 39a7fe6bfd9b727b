"""The shape of each field of a schema: how often what it gives is repeated, which is what a query's cost is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_composite_type,
)


class Repeats(Enum):
    """How many objects a field gives. PAGED: a page, whose fields of ELEMENT are repeated by the size of the page."""

    NEVER = auto()
    ONCE = auto()
    PAGED = auto()
    ELEMENT = auto()
    BY_IDS = auto()
    UNPAGED = auto()


@dataclass(frozen=True, slots=True)
class Shape:
    """repeats: of the field. type: the name of what it gives."""

    repeats: Repeats
    type: str


ROOT: Final = "Query"
"""What the root of every schema here is called."""

LEAF: Final = Shape(Repeats.NEVER, "")

Shapes = Mapping[tuple[str, str], Shape]
"""By the names of a type and of one of its fields."""


def shapes_of(schema: GraphQLSchema) -> Shapes:
    """The shapes of all fields of a schema, introspection included."""
    shapes = {
        (type.name, name): _shape(type.name, field)
        for type in schema.type_map.values()
        if isinstance(type, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in type.fields.items()
    }
    shapes[ROOT, "__schema"] = Shape(Repeats.ONCE, "__Schema")
    shapes[ROOT, "__type"] = Shape(Repeats.ONCE, "__Type")
    return shapes


def _shape(parent: str, field: GraphQLField) -> Shape:
    named = get_named_type(field.type)
    if not is_composite_type(named):
        return LEAF
    return Shape(_repeats(parent, field), named.name)


def _repeats(parent: str, field: GraphQLField) -> Repeats:
    if "first" in field.args:
        return Repeats.PAGED
    if not isinstance(get_nullable_type(field.type), GraphQLList):
        return Repeats.ONCE
    if "ids" in field.args:
        return Repeats.BY_IDS
    return Repeats.ELEMENT if parent.endswith("Connection") else Repeats.UNPAGED
