"""The user who asks, as the schema shows him: office, roles, and what these let him do."""

from enum import Enum

import strawberry

from graph import officer
from graph.office.desk_rights import open_to
from schema.office.context import Info


@strawberry.enum
class Role(Enum):
    """What somebody does at the agency."""

    INVESTIGATOR = officer.Role.INVESTIGATOR.value
    AGENT = officer.Role.AGENT.value
    SUPERVISOR = officer.Role.SUPERVISOR.value
    QUALITY = officer.Role.QUALITY.value
    AUDITOR = officer.Role.AUDITOR.value


@strawberry.type
class Officer:
    """A user of the agency."""

    user: str
    office: str
    roles: list[Role]
    who: strawberry.Private[officer.Officer]

    @classmethod
    def of(cls, who: officer.Officer) -> "Officer":
        """As the schema shows him."""
        roles = [role for role in Role if role.value in who.roles]
        return cls(user=who.user, office=who.office, roles=roles, who=who)

    @strawberry.field
    def may(self) -> list[str]:
        """The mutations that are open to these roles, of records of this office."""
        return [action.value for action in open_to(self.who)]


@strawberry.type
class OfficerQuery:
    """Who asks."""

    @strawberry.field
    def me(self, info: Info) -> Officer:
        return Officer.of(info.context.officer)
