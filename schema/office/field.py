"""A field of a held line that has no place of its own in the schema."""

import strawberry


@strawberry.type
class Field:
    """A field of a line: a text as it stands there, anything else as JSON."""

    name: str
    value: str
