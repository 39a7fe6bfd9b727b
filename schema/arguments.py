"""The arguments of a field as its resolver takes them: coerced by graphql-core, then converted by strawberry.

Both are asked here as they are when graphql-core executes a query, so that a compiled plan is asked for the same.
"""

from collections.abc import Mapping
from typing import Any, Final

import strawberry
from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLID,
    GraphQLString,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    get_nullable_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import convert_arguments

_TEXTS: Final = (GraphQLString, GraphQLID)


class Arguments:
    """Reads the arguments of one schema's fields."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._config = schema.config
        self._scalars = schema.schema_converter.scalar_registry

    def read(self, field: GraphQLField, node: FieldNode, values: VariableValues) -> dict[str, Any]:
        """By the names that the resolver has for them; one that was left out is not there. Raises GraphQLError."""
        coerced = get_argument_values(field, node, values, hide_suggestions=True)
        stated = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF].arguments
        return convert_arguments(coerced, stated, scalar_registry=self._scalars, config=self._config)

    def texts(self, field: GraphQLField, node: FieldNode) -> Mapping[str, str] | None:
        """By the resolver's name of each argument the variable that it is, where all are texts that are variables.

        None where they are not. Both would pass such a text on as it is, and take long to find that out.
        """
        stated = {argument.name.value: argument.value for argument in node.arguments or ()}
        named = {
            each.python_name for each in field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF].arguments
        }
        if not stated.keys() == field.args.keys() == named:
            return None
        if not all(get_nullable_type(argument.type) in _TEXTS for argument in field.args.values()):
            return None
        variables = {
            name: value.name.value for name, value in stated.items() if isinstance(value, VariableNode)
        }
        return variables if len(variables) == len(stated) else None


def has_variables(node: FieldNode) -> bool:
    """Whether the arguments of a field depend on variables."""
    return any(_is_variable(argument.value) for argument in node.arguments or ())


def _is_variable(value: ValueNode) -> bool:
    if isinstance(value, ListValueNode):
        return any(map(_is_variable, value.values))
    if isinstance(value, ObjectValueNode):
        return any(_is_variable(field.value) for field in value.fields)
    return isinstance(value, VariableNode)
