"""A finding: one thing about one record that a person should look at, and whether it blocks an approval.

It withholds nothing and releases nothing: the rules of withholding do that. It blocks where approving may be wrong: the
code may be, or what a released text gives away. What R5 withholds until it is mended (an approval, a date) and what
carries everything (R3) does not block.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph.model import EntryId


class Rule(StrEnum):
    """What can be found, in the order in which it is told."""

    NO_CODE = "no_code"
    UNKNOWN_CODE = "unknown_code"
    MORE_OPEN = "more_open_than_cited"
    WORDS_WITHOUT_CODE = "words_without_code"
    WITHHELD_NUMBER = "withheld_number_in_text"
    SYNOPSIS = "withheld_number_in_synopsis"
    WITHHELD_NAME = "withheld_name_in_text"
    SAME_NUMBER = "same_number"
    NO_APPROVER = "no_approver"
    SAME_PERSON = "same_person"
    NO_DATE = "no_date"
    DANGLING_LINK = "dangling_link"
    UNKNOWN_LINK_TYPE = "unknown_link_type"


BLOCKING: Final = frozenset(
    (
        Rule.NO_CODE,
        Rule.UNKNOWN_CODE,
        Rule.MORE_OPEN,
        Rule.WORDS_WITHOUT_CODE,
        Rule.WITHHELD_NUMBER,
        Rule.SYNOPSIS,
        Rule.WITHHELD_NAME,
        Rule.SAME_NUMBER,
    )
)
"""Those over which an approval needs Data Quality's word."""

SUSPICIOUS: Final = frozenset(
    (Rule.WORDS_WITHOUT_CODE, Rule.WITHHELD_NUMBER, Rule.SYNOPSIS, Rule.WITHHELD_NAME)
)
"""Those that a text gives rise to."""


@dataclass(frozen=True, slots=True)
class Finding:
    """detail: what tells it from others of its rule and record."""

    rule: Rule
    record: EntryId
    detail: str
    text: str

    @property
    def id(self) -> str:
        """Its name: the same for as long as the record has it.

        >>> Finding(Rule.WORDS_WITHOUT_CODE, EntryId("D-1"), "asylum", "").id
        'words_without_code:D-1:asylum'
        """
        return f"{self.rule}:{self.record}:{self.detail}"

    @property
    def blocking(self) -> bool:
        """Whether an approval over it needs Data Quality's word."""
        return self.rule in BLOCKING
