"""Who may change a cause of withholding: by what kind of fact it is, and whose record bears it.

It names a role and an office, never a person, and promises nothing: what is changed is judged anew.
"""

from collections.abc import Callable
from typing import Final

from graph.explaining.causes import Cause, Ground
from graph.policy import Policy

_OFFICE: Final = "its office"


def who_may_change(cause: Cause, office: str | None, policy: Policy) -> str:
    """A sentence. office: of the record that bears the fact, where one is stated."""
    told = _WHO[cause.fact.ground](office or _OFFICE)
    category = policy.categories.get(cause.fact.reason)
    if category is not None and category.waivable and not cause.length:
        told += "; or the originator consents"
    if category is not None and cause.length:
        told += "; or a supervisor clears a link of the chain"
    return told


def _recoding(office: str) -> str:
    return f"an agent of {office} codes it, a supervisor of {office} approves"


def _own(office: str) -> str:
    return f"an agent of {office} mends its line, a supervisor of {office} approves"


def _policy(_office: str) -> str:
    return "the policy office, by the policy"


def _agreement(_office: str) -> str:
    return "the policy office, by the agreement"


def _loading(_office: str) -> str:
    return "who loads it: a good line for this id"


def _loading_what_was_rejected(_office: str) -> str:
    return "who loads the line that was rejected: a good one for its id"


def _other(_office: str) -> str:
    return "see what withholds the record that it waits for"


_WHO: Final[dict[Ground, Callable[[str], str]]] = {
    Ground.CODES: _recoding,
    Ground.NO_CODES: _recoding,
    Ground.UNKNOWN_CODES: _recoding,
    Ground.REJECTED: _loading_what_was_rejected,
    Ground.WITHDRAWN: lambda office: f"two persons of {office} lift the withdrawal",
    Ground.NEVER_LOADED: _loading,
    Ground.SYSTEM: _policy,
    Ground.MARK: lambda office: (
        f"an agent of {office} asks for a clearance of the link, a supervisor approves"
    ),
    Ground.DELETED: _loading,
    Ground.OUT_OF_SCOPE: _own,
    Ground.SUPPORTER_WITHHELD: _other,
    Ground.LINK_NOT_OPEN: _other,
    Ground.NO_SUPPORTER: _own,
    Ground.LINK_TYPE: _policy,
    Ground.UNKNOWN_TYPE: _policy,
    Ground.OTHER_KINDS: _own,
    Ground.NOT_IN_AGREEMENT: _agreement,
    Ground.UNSOUND: _loading,
    Ground.NO_SOURCE: _own,
    Ground.SOURCE_WITHHELD: _other,
    Ground.NO_DOCUMENT: _own,
    Ground.SOURCES_NOT_STATED: _own,
    Ground.NO_TEXT: _own,
    Ground.UNKNOWN_WORD: _policy,
    Ground.OMITTED: _agreement,
    Ground.IMPLIED: _policy,
}
