"""The scalar `Date`: a real day, written `YYYY-MM-DD`, in and out as that text.

It stays a text inside too: such days compare by code point as they do by time.
"""

import re
from datetime import date
from typing import Final, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

Date = NewType("Date", str)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_date(written: object) -> Date:
    """The day that a partner wrote. Raises GraphQLError where it is none.

    >>> read_date("2003-04-05")
    '2003-04-05'
    """
    if isinstance(written, str) and _DAY.fullmatch(written) and _is_real(written):
        return Date(written)
    raise GraphQLError("A Date is a real day, written YYYY-MM-DD.")


def _is_real(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


SCALARS: Final[dict[object, ScalarDefinition]] = {Date: strawberry.scalar(name="Date", parse_value=read_date)}
"""The schema's own scalars, for strawberry's configuration."""


def optional_date(shown: str | None) -> Date | None:
    """A released day as the schema's type."""
    return None if shown is None else Date(shown)
