"""The root of the office's mutations: what each concept's module writes, put together. Add a concept's class."""

import strawberry

from schema.office.desk import DeskMutation
from schema.office.publishing import PublishMutation


@strawberry.type
class Mutation(DeskMutation, PublishMutation):
    """What an officer may do."""
