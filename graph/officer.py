"""Who of the agency asks: a user of an office, in one or several roles. It says who somebody is, and allows nothing.

Two users are one person where their names are alike, trimmed and case-folded, as approvals are compared (R5).
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody does at the agency (DESIGN 6)."""

    INVESTIGATOR = "investigator"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    QUALITY = "quality"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Officer:
    """A user of the agency. token: the id of the token that says so."""

    user: str
    office: str
    roles: frozenset[Role]
    token: str = ""

    @property
    def person(self) -> str:
        """The name by which persons are told apart."""
        return self.user.strip().casefold()
