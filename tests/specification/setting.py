"""What one question is asked of, and the plain words in which lines are read: fields, days, persons, words.

It decides nothing about withholding: it says what a day is, who two persons are, and which line cannot be
judged (R12).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.specification.lines import Holdings, Line

FIELDS = {
    "link": {
        *("kind", "id", "type", "from", "to", "sources", "role", "since", "until"),
        *("access_codes", "revised"),
    },
    "property": {"name", "value", "sources", "access_codes"},
    "clearance": {
        *("kind", "id", "link", "type", "from", "to", "category", "agreements", "reason"),
        *("requested_by", "approved_by", "effective", "expires", "revised"),
    },
    "consent": {
        *("kind", "id", "agreement", "record", "link", "category", "granted_by", "reason"),
        *("requested_by", "approved_by", "effective", "expires", "revised"),
    },
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Holdings, and whose eyes they are seen with on which day. `tainted`: ids that a rejected line named."""

    holdings: Holdings
    policy: Mapping[str, Any]
    agreement: Mapping[str, Any]
    today: date
    tainted: Collection[str]

    @property
    def patterns(self) -> list[str]:
        """The policy's identifier patterns, for folded text (R10)."""
        return list(self.policy["identifier_patterns"])


@dataclass(frozen=True, slots=True)
class Link:
    """What carries: a link that is held, or one that a document's text implies (R10)."""

    id: str
    type: str | None
    start: str
    end: str
    implied: bool = False


def can_be_judged(line: Line, fields: Collection[str]) -> bool:
    """R12: no unknown field, and lists of texts where such lists belong (they may be left out)."""
    lists = [line[field] for field in ("sources", "access_codes") if field in line]
    return set(line) <= set(fields) and all(
        isinstance(given, list) and all(isinstance(member, str) for member in given) for given in lists
    )


def day(value: object) -> date | None:
    """A real day `YYYY-MM-DD`; anything else is no day."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def two_different_persons(one: object, other: object) -> bool:
    """R5: compared trimmed and case-folded; nobody is no person."""
    return said(one) and said(other) and str(one).strip().casefold() != str(other).strip().casefold()


def said(value: object) -> bool:
    """Whether it is text, and not blank."""
    return isinstance(value, str) and value.strip() != ""


def word(value: object, vocabulary: str, policy: Mapping[str, Any]) -> str | None:
    """R14: a coded value; one that is empty, or that the policy's list does not have, is absent."""
    words = policy.get("vocabulary", {}).get(vocabulary)
    is_word = isinstance(value, str) and value != "" and (words is None or value in words)
    return str(value) if is_word else None
