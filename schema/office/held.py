"""What HeldRecord and HeldLink begin with: the entry that they tell of. Each concept extends it by its fields."""

import strawberry

from graph.model import Entry


@strawberry.type
class OfRecord:
    """Fields of a record that the reader may know of. entry: as he may know of it."""

    entry: strawberry.Private[Entry]


@strawberry.type
class OfLink:
    """Fields of a link that the reader may know of."""

    entry: strawberry.Private[Entry]
