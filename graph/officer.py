"""Who of the agency asks: a user of an office, in one or several roles. It says who somebody is, and allows nothing.

Two users are one person where their names are alike, trimmed and case-folded, as approvals are compared (R5). That
tells persons apart only where no name can be written in two ways that look the same, so there is no officer of a name
that is not plain. (`l` and `I` are left to whoever gives names, as `kim` and `kirn` are.)
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_LETTERS: Final = ("LATIN SMALL LETTER ", "LATIN CAPITAL LETTER ")
_OF_NAMES: Final = (range(0x250), range(0x1E00, 0x1F00))
"""Where Latin letters stand that names are written with. Those beyond are of phonetics, and look like these."""


def person(name: str) -> str:
    """The name by which persons are told apart, trimmed and case-folded (R5)."""
    return name.strip().casefold()


def is_plain(name: str) -> bool:
    """Whether a name says something, in the one way of writing it: Unicode's NFKC, single spaces, Latin letters.

    Everything else in it is ASCII. Letters of another script may look like Latin ones, one by one or a whole name of
    them (`\u0441\u043e\u0440\u0435` is no `cope`), so there are none. Sources: Unicode Standard Annex 15,
    Unicode Technical Standard 39.

    >>> [is_plain(name) for name in ("Ann Lee", "Ann  Lee", "kim\u200b", "\uff4bim", "Jos\u00e9", "Jose\u0301")]
    [True, False, False, False, True, False]
    >>> [is_plain(name) for name in ("\u0430nn", "\u0441\u043e\u0440\u0435", "\u0251nn")]
    [False, False, False]
    """
    trimmed = name.strip()
    spaced = " ".join(unicodedata.normalize("NFKC", trimmed).split())
    return spaced == trimmed != "" and trimmed.isprintable() and all(map(_is_of_names, trimmed))


def _is_of_names(letter: str) -> bool:
    if letter.isascii():
        return True
    stands = any(ord(letter) in some for some in _OF_NAMES)
    return stands and unicodedata.name(letter, "").startswith(_LETTERS)


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
