"""The root of the office's mutations: what each concept's module writes, put together.

There is none yet. The first one makes of MUTATION a type: `@strawberry.type class Mutation(DeskMutation, …)`.
"""

from typing import Final

MUTATION: Final[type | None] = None
