"""The partner's schema, put together once: what `caselink schema partner` prints and every query is checked against."""

from typing import Final

import strawberry
from graphql import GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from schema.nodes import Case, Document, Link, Subject
from schema.query import Query
from schema.scalars import SCALARS

_DESCRIPTION: Final = """\
The partner schema: the contract. Fields may be added; none may be renamed or dropped.
Nothing in it, description or enum included, names a category, a code, a reason or another partner."""


def _build() -> GraphQLSchema:
    config = StrawberryConfig(scalar_map=SCALARS)
    built = strawberry.Schema(query=Query, types=[Case, Document, Subject, Link], config=config)._schema
    built.description = _DESCRIPTION
    return built


PARTNER_SCHEMA: Final = _build()


def partner_sdl() -> str:
    """The schema as text."""
    return print_schema(PARTNER_SCHEMA) + "\n"
