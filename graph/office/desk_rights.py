"""Who may do what at the desk: by role, by office, and never both halves by one person.

Withholding is never a matter of offices: whoever may withdraw may withdraw anything. What opens needs the office of the
record; where it lies between two offices, each of them does one half.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from graph.model import EntryId
from graph.officer import Officer, Role
from graph.reading import same_person


class Action(StrEnum):
    """What somebody can do, as the office's schema calls it."""

    RECODE = "recode"
    APPROVE = "approve"
    RETURN = "returnForCorrection"
    CLEARANCE = "requestClearance"
    CONSENT = "requestConsent"
    WITHDRAW = "withdraw"
    LIFT = "requestLift"
    DELETE = "delete"
    ACCEPT = "accept"
    REVIEW = "markReviewed"
    ASSIGN = "assign"
    DEFER = "defer"
    PUBLISH = "publish"


_CODING: Final = frozenset({Role.AGENT})
_APPROVING: Final = frozenset({Role.SUPERVISOR})
_ASKING: Final = frozenset({Role.AGENT, Role.SUPERVISOR})
_WATCHING: Final = frozenset({Role.AGENT, Role.SUPERVISOR, Role.QUALITY})

ROLES: Final[Mapping[Action, frozenset[Role]]] = {
    Action.RECODE: _CODING,
    Action.APPROVE: _APPROVING,
    Action.RETURN: _APPROVING,
    Action.CLEARANCE: _ASKING,
    Action.CONSENT: _ASKING,
    Action.WITHDRAW: _WATCHING,
    Action.LIFT: _WATCHING,
    Action.DELETE: _CODING,
    Action.ACCEPT: frozenset({Role.QUALITY}),
    Action.REVIEW: _WATCHING,
    Action.ASSIGN: frozenset({Role.SUPERVISOR, Role.QUALITY}),
    Action.DEFER: _WATCHING,
    Action.PUBLISH: _APPROVING,
}
_OF_ANY_OFFICE: Final = frozenset({Action.WITHDRAW, Action.ACCEPT, Action.PUBLISH})
_OF_ANY_OFFICE_FOR_QUALITY: Final = frozenset({Action.LIFT, Action.REVIEW, Action.ASSIGN, Action.DEFER})


class Why(StrEnum):
    """Why something is not done; the office's schema has a code for each."""

    FORBIDDEN = "FORBIDDEN"
    UNKNOWN = "UNKNOWN"
    CHANGED = "CHANGED"
    SAME_PERSON = "SAME_PERSON"
    BLOCKED = "BLOCKED"
    UNFIT = "UNFIT"
    ASK = "ASK"


class Refused(Exception):
    """What was asked is not done, and nothing of it. The text says why, and how to go on."""

    def __init__(self, why: Why, text: str) -> None:
        super().__init__(text)
        self.why = why


def open_to(officer: Officer) -> tuple[Action, ...]:
    """What an officer's roles let him do, of records of his office."""
    return tuple(action for action, roles in ROLES.items() if roles & officer.roles)


def require_role(officer: Officer, action: Action) -> None:
    """Raises Refused where none of the officer's roles may do that."""
    if not ROLES[action] & officer.roles:
        needed = " or ".join(sorted(ROLES[action]))
        raise Refused(Why.FORBIDDEN, f"This needs the role {needed}.")


def require_office(officer: Officer, action: Action, offices: Collection[str]) -> None:
    """Raises Refused where the record is another office's. offices: that have a share in it; none: nobody's own."""
    if action in _OF_ANY_OFFICE or not offices or officer.office in offices:
        return
    if action in _OF_ANY_OFFICE_FOR_QUALITY and Role.QUALITY in officer.roles:
        return
    raise Refused(Why.FORBIDDEN, "This is for the office that the record belongs to.")


def second_half(offices: Collection[str], first: str) -> frozenset[str]:
    """The offices of which one can answer what the first one asked: the other one, where there is another.

    >>> sorted(second_half({"SAC-LA", "SAC-NY"}, "SAC-NY")), sorted(second_half({"SAC-NY"}, "SAC-NY"))
    (['SAC-LA'], ['SAC-NY'])
    """
    return frozenset(offices) - {first} or frozenset(offices)


def require_another(officer: Officer, first: str) -> None:
    """Raises Refused where the one who answers is the one who asked, compared as R5 compares (trimmed, case-folded)."""
    if same_person(officer.user, first):
        raise Refused(
            Why.SAME_PERSON,
            "The first half is yours; another person has to do the second one, whatever your roles.",
        )


def unknown(id: EntryId | str) -> Refused:
    """Nothing is held under the id, or nothing that this officer may know of: one answer."""
    return Refused(Why.UNKNOWN, f"Nothing is held under the id “{id}”.")
