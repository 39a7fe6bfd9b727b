"""What stands in the selections of a query, however deep: the variables that decide what is asked for at all, and
whether it asks for the schema.
"""

from collections.abc import Iterable, Iterator

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)


def conditions(document: DocumentNode) -> tuple[str, ...]:
    """The variables in @skip and @include, each once, in one order.

    >>> from graphql import parse
    >>> conditions(parse("query ($b: Boolean!) { a @skip(if: $b) { ...F @include(if: $a) } b @skip(if: true) }"))
    ('a', 'b')
    """
    return tuple(sorted(set(_read(_selections(document)))))


def introspects(document: DocumentNode) -> bool:
    """Whether it asks for the schema; the name of a type alone is no such question.

    >>> from graphql import parse
    >>> introspects(parse("{ a ...F } fragment F on Query { __schema { types { name } } }"))
    True
    >>> introspects(parse("{ __typename }"))
    False
    """
    names = (selection.name.value for selection in _selections(document) if isinstance(selection, FieldNode))
    return any(name.startswith("__") and name != "__typename" for name in names)


def _selections(document: DocumentNode) -> Iterator[SelectionNode]:
    """Every selection of a document, however deep."""
    waiting: list[SelectionSetNode] = [
        definition.selection_set
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode)
    ]
    while waiting:
        for selection in waiting.pop().selections:
            yield selection
            if isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set is not None:
                waiting.append(selection.selection_set)


def _read(selections: Iterable[SelectionNode]) -> Iterator[str]:
    for selection in selections:
        for directive in selection.directives or ():
            yield from _variables(directive)


def _variables(directive: DirectiveNode) -> Iterator[str]:
    for argument in directive.arguments or ():
        if isinstance(argument.value, VariableNode):
            yield argument.value.name.value
