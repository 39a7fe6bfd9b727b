"""Why an officer's request is not done: a code, and a text that says what and how to go on.

What partners' queries can meet as well is `schema.errors`. A text names nothing that the reader may not know of.
"""

from enum import StrEnum
from typing import Final


class OfficeCode(StrEnum):
    """`extensions.code` of the errors that only the office's schema has."""

    FORBIDDEN = "FORBIDDEN"
    CHANGED = "CHANGED"
    SAME_PERSON = "SAME_PERSON"
    BLOCKED = "BLOCKED"
    ASK = "ASK"
    BUSY = "BUSY"
    BAD_ARGUMENT = "BAD_ARGUMENT"


TEXTS: Final[dict[OfficeCode, str]] = {
    OfficeCode.FORBIDDEN: "This is not open to your roles or your office.",
    OfficeCode.CHANGED: "It is not what you have seen any more. Look at it again.",
    OfficeCode.SAME_PERSON: "One person cannot do both halves. Another one has to do this.",
    OfficeCode.BLOCKED: "A finding stands against it. Data Quality has to accept that first.",
    OfficeCode.ASK: "This needs your word. Look at what it would do, and say yes.",
    OfficeCode.BUSY: "Somebody else is writing at the moment. Try again.",
    OfficeCode.BAD_ARGUMENT: "An argument is out of its range.",
}


class OfficeRefusal(Exception):
    """Raised by a resolver. text: in place of the code's own."""

    def __init__(self, code: OfficeCode, text: str | None = None) -> None:
        super().__init__(TEXTS[code] if text is None else text)
        self.code = code
