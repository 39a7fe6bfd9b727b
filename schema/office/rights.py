"""Which roles a read needs beyond being an officer. What a write needs is the desk's affair."""

from graph.officer import Officer, Role
from schema.office.refusal import OfficeCode, OfficeRefusal


def require(officer: Officer, *roles: Role) -> None:
    """Raises OfficeRefusal FORBIDDEN unless the officer has one of these roles."""
    if not officer.roles & set(roles):
        raise OfficeRefusal(OfficeCode.FORBIDDEN)
