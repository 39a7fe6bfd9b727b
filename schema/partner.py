"""The partner's schema, put together once: what `caselink schema partner` prints and every query is checked against."""

from typing import Final

import strawberry
from graphql import GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from schema.arguments import Arguments
from schema.nodes import Case, Document, Subject
from schema.query import Query
from schema.record_links import Link
from schema.scalars import SCALARS

_DESCRIPTION: Final = """\
The partner schema: the contract. Fields may be added; none may be renamed or dropped.
Nothing in it, description or enum included, names a category, a code, a reason or another partner."""


def _build() -> strawberry.Schema:
    config = StrawberryConfig(scalar_map=SCALARS)
    built = strawberry.Schema(query=Query, types=[Case, Document, Subject, Link], config=config)
    built._schema.description = _DESCRIPTION
    return built


_BUILT: Final = _build()

PARTNER_SCHEMA: Final[GraphQLSchema] = _BUILT._schema

PARTNER_ARGUMENTS: Final = Arguments(_BUILT)
"""Reads the arguments of its fields."""


def partner_sdl() -> str:
    """The schema as text."""
    return print_schema(PARTNER_SCHEMA) + "\n"
