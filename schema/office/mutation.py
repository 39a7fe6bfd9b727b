"""The root of the office's mutations: what each concept's module writes, put together. Add a concept's class."""

import strawberry

from schema.office.desk import DeskMutation
from schema.office.publishing import PublishMutation
from schema.office.quality import QualityMutation


@strawberry.type
class Mutation(DeskMutation, PublishMutation, QualityMutation):
    """What an officer may do."""
