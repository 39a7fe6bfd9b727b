"""A held link. Each further concept adds its fields by a base of its own (see the package)."""

from schema.office.context import Asking


def link_of(_asking: Asking, _id: str) -> None:
    """No link is told of yet."""
