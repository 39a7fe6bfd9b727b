"""Who of the agency asks: a user of an office, in one or several roles. It says who somebody is, and allows nothing.

Two users are one person where their names are alike, trimmed and case-folded, as approvals are compared (R5). That
tells persons apart only where no name can be written in two ways that look the same, so there is no officer of a name
that is not plain.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800")
"""Marks, letters and a symbol that are not to be seen; so are variation selectors, by their name."""


def person(name: str) -> str:
    """The name by which persons are told apart, trimmed and case-folded (R5)."""
    return name.strip().casefold()


def is_plain(name: str) -> bool:
    """Whether a name says something, in the one way of writing it: Unicode's NFKC, single spaces, and all to be seen.

    Source: Unicode Standard Annex 15. Letters of two scripts that look alike are two letters, here too.

    >>> [is_plain(name) for name in ("Ann Lee", "Ann  Lee", "kim\u200b", "\uff4bim", "Jos\u00e9", "Jose\u0301")]
    [True, False, False, False, True, False]
    """
    trimmed = name.strip()
    spaced = " ".join(unicodedata.normalize("NFKC", trimmed).split())
    return spaced == trimmed != "" and trimmed.isprintable() and not any(map(_is_unseen, trimmed))


def _is_unseen(letter: str) -> bool:
    return letter in _BLANK or "VARIATION SELECTOR" in unicodedata.name(letter, "")


class Role(StrEnum):
    """What somebody does at the agency (DESIGN 6)."""

    INVESTIGATOR = "investigator"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    QUALITY = "quality"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Officer:
    """A user of the agency. token: the id of the token that says so. Raises ValueError where the name is not plain."""

    user: str
    office: str
    roles: frozenset[Role]
    token: str = ""

    def __post_init__(self) -> None:
        if not is_plain(self.user):
            raise ValueError(f"{self.user!a}: could be taken for another user's name")

    @property
    def person(self) -> str:
        """The name by which persons are told apart."""
        return person(self.user)
