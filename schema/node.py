"""What everything that a partner sees by itself has: an id, opaque, of this agreement alone."""

import strawberry


@strawberry.interface
class Node:
    """Whatever has an id."""

    id: strawberry.ID
